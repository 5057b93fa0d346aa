//! The system dictionary: the embedded one, or one from a folder.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use lindera::LinderaResult;
use lindera::dictionary::{Dictionary as Inner, Metadata};
use lindera_dictionary::dictionary::character_definition::CharacterDefinition;
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::dictionary::unknown_dictionary::UnknownDictionary;
use lindera_dictionary::util::Data;

use super::embedded;
use super::error::{DictionaryError, reason};
use super::lattice::{DictionaryView, Files, Layout, ROW, lay_out};
use super::schema::Schema;
use crate::digest::sha256;

/// The files of a built dictionary, in the order of their names.
const FILES: [&str; 9] = [
    "char_def.bin",
    "dict.trie",
    "dict.vals",
    "dict.valsidx",
    "dict.words",
    "dict.wordsidx",
    "matrix.mtx",
    "metadata.json",
    "unk.bin",
];

/// The file beside them with the dictionary's schema.
pub(super) const SCHEMA: &str = "schema.toml";

/// A loaded dictionary and its digest. Clones share its data.
#[derive(Clone)]
pub struct Dictionary {
    inner: Inner,
    /// Its forms and words as the search reads them.
    layout: Arc<Cow<'static, [u8]>>,
    digest: String,
}

impl Dictionary {
    /// Loads the embedded dictionary, most of which is read in place.
    ///
    /// # Errors
    /// If the program file is damaged.
    pub fn embedded() -> Result<Self, DictionaryError> {
        let fail = |reason| DictionaryError::Embedded { reason };
        let (parts, layout) = embedded::parts();
        let inner = parts.load().map_err(|error| fail(reason(&error)))?;
        let digest = env!("HEDGEROW_DICTIONARY_SHA256").to_owned();
        Self::checked(inner, layout.into(), digest).map_err(|reason| fail(reason.into()))
    }

    /// Loads a dictionary that lindera has built, from its folder.
    ///
    /// # Errors
    /// If a file is missing or unreadable, or in the format of another version of lindera.
    pub fn from_folder(folder: &Path) -> Result<Self, DictionaryError> {
        let fail = |reason| DictionaryError::Load { folder: folder.into(), reason };
        // Read, not mapped: a mapped file that changes would change the counts.
        let mut list = String::new();
        let [
            character_definition,
            trie,
            words,
            first_words,
            details,
            details_index,
            mut matrix,
            metadata,
            unknown,
        ] = {
            let mut files = [const { Vec::new() }; FILES.len()];
            for (name, file) in FILES.iter().zip(&mut files) {
                *file = read(folder, name)?;
                list += &format!("{}  {name}\n", sha256(&*file));
            }
            files
        };
        if let Ok(schema) = fs::read(folder.join(SCHEMA)) {
            list += &format!("{}  {SCHEMA}\n", sha256(&schema));
        }
        matrix.resize(matrix.len() + size_of::<i16>() * ROW, 0);
        let parts = Parts {
            metadata: &metadata,
            character_definition: &character_definition,
            matrix: matrix.into(),
            unknown: &unknown,
            details: details.into(),
            details_index: details_index.into(),
        };
        let inner = parts.load().map_err(|error| fail(reason(&error)))?;
        let files = Files { trie: &trie, first_words: &first_words, words: &words };
        let layout = lay_out(&files, &inner.connection_cost_matrix).map_err(|reason| fail(reason.into()))?;
        Self::checked(inner, layout.into(), sha256(list)).map_err(|reason| fail(reason.into()))
    }

    /// A dictionary whose unknown words have contexts that the matrix knows, as all other words have.
    fn checked(inner: Inner, layout: Cow<'static, [u8]>, digest: String) -> Result<Self, &'static str> {
        let matrix = &inner.connection_cost_matrix;
        let mut unknown = inner.unknown_dictionary.costs.iter();
        if !unknown.all(|word| word.left_id() < matrix.backward_size && word.right_id() < matrix.forward_size)
        {
            return Err("an unknown word has a context that the matrix does not know");
        }
        Ok(Self { inner, layout: Arc::new(layout), digest })
    }

    /// The dictionary's name and release, as its own metadata states them.
    pub fn name(&self) -> &str {
        &self.inner.metadata.name
    }

    /// A SHA-256 in hexadecimal digits that identifies the dictionary.
    ///
    /// For the embedded one it is that of the archive it was built from. For a
    /// folder it is what `LC_ALL=C sha256sum` prints for its nine files, in the
    /// order of their names, and `schema.toml`, passed through `sha256sum` once more.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The number of its words; their ids are less than this.
    pub fn words(&self) -> usize {
        self.inner.prefix_dictionary.word_count()
    }

    pub(super) fn view(&self) -> DictionaryView<'_> {
        let layout = Layout::new(&self.layout, self.inner.connection_cost_matrix.costs());
        DictionaryView { words: &self.inner, layout }
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.inner
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, DictionaryError> {
    let path = folder.join(name);
    fs::read(&path).map_err(|source| DictionaryError::Read { path, source })
}

/// The files of a dictionary that lindera reads: all but those of its forms, which only [`lay_out`] reads.
pub(super) struct Parts<'f> {
    pub metadata: &'f [u8],
    pub character_definition: &'f [u8],
    /// With [`ROW`] costs more behind.
    pub matrix: Data,
    pub unknown: &'f [u8],
    /// What the dictionary says of its words, and by number where.
    pub details: Data,
    pub details_index: Data,
}

impl Parts<'_> {
    fn load(self) -> LinderaResult<Inner> {
        let metadata = Metadata::load(self.metadata)?;
        metadata.validate_format_version()?;
        let (no_forms, no_words): (&[u8], &[u8]) = (&[0; 12], &[]);
        let words = PrefixDictionary::load(no_forms, no_words, no_words, self.details_index, self.details)?;
        Ok(Inner {
            prefix_dictionary: Arc::new(words),
            connection_cost_matrix: Arc::new(ConnectionCostMatrix::load(self.matrix)?),
            character_definition: Arc::new(CharacterDefinition::load(self.character_definition)?),
            unknown_dictionary: Arc::new(UnknownDictionary::load(self.unknown)?),
            metadata: Arc::new(metadata),
        })
    }
}

/// The schema of the dictionary in a folder.
pub(super) fn schema_of(folder: &Path) -> Result<Schema, DictionaryError> {
    let path = folder.join(SCHEMA);
    let text =
        fs::read_to_string(&path).map_err(|source| DictionaryError::Read { path: path.clone(), source })?;
    Schema::parse(&text).map_err(|error| DictionaryError::schema(&path, &text, &error))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use lindera::dictionary::load_fs_dictionary_with_options;

    use super::*;

    fn built() -> PathBuf {
        Path::new(env!("HEDGEROW_BUILT")).join("ipadic")
    }

    #[test]
    fn the_embedded_dictionary_says_which_one_it_is() {
        let dictionary = Dictionary::embedded().unwrap();
        assert_eq!(dictionary.name(), env!("HEDGEROW_DICTIONARY_NAME"));
        assert_eq!(dictionary.digest().len(), 64);
        assert_eq!(dictionary.inner().metadata.dictionary_schema.field_count(), 11);
    }

    #[test]
    fn of_words_with_the_same_form_and_neighbours_the_cheapest_is_kept() {
        let dictionary = load_fs_dictionary_with_options(&built(), false).unwrap();
        // In Noun.csv of mecab-ipadic it stands twice as a noun, in the context 1285: しじょう at 3,219, いちば at 8,243.
        let words = dictionary.prefix_dictionary.find_surface("市場");
        let noun = words.iter().filter(|word| (word.left_id(), word.right_id()) == (1285, 1285));
        assert_eq!(noun.map(|word| word.word_cost()).collect::<Vec<_>>(), [3219]);
        assert!(words.len() > 1, "names with other neighbours are kept");
    }

    #[test]
    fn a_folder_gives_the_same_dictionary_under_its_own_digest() {
        let embedded = Dictionary::embedded().unwrap();
        let folder = Dictionary::from_folder(&built()).unwrap();
        assert_eq!(folder.name(), embedded.name());
        assert_ne!(folder.digest(), embedded.digest());
        let words = |dictionary: &Dictionary| dictionary.inner().word_details(1000).join(",");
        assert_eq!(words(&folder), words(&embedded));
    }

    #[test]
    fn a_folder_without_a_dictionary_is_named() {
        let empty = tempfile::tempdir().unwrap();
        let error = Dictionary::from_folder(empty.path()).err().unwrap().to_string();
        assert!(error.contains(&empty.path().display().to_string()), "{error}");
    }

    #[test]
    fn a_folder_whose_files_contradict_each_other_is_refused() {
        let place = tempfile::tempdir().unwrap();
        for name in FILES {
            fs::copy(built().join(name), place.path().join(name)).unwrap();
        }
        let words = fs::read(built().join("dict.vals")).unwrap();
        let mut foreign = words.clone();
        // The last bytes of a word are its right context.
        foreign[10 * 1_000 - 1] = 0x7f;
        for (damaged, is_right) in [(&words[..words.len() / 2], false), (&foreign, false), (&words, true)] {
            fs::write(place.path().join("dict.vals"), damaged).unwrap();
            match Dictionary::from_folder(place.path()) {
                Ok(_) => assert!(is_right),
                Err(error) => assert!(!is_right && error.to_string().contains("contradict"), "{error}"),
            }
        }
    }
}
