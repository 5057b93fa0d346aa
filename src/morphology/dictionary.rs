//! The system dictionary: the embedded one, or one from a folder.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use lindera::dictionary::{Dictionary as Inner, load_fs_dictionary_with_options};

use super::embedded;
use super::error::{DictionaryError, reason};
use super::lattice::{DictionaryView, Trie, TrieFiles};
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
    trie: Arc<TrieFiles>,
    digest: String,
}

impl Dictionary {
    /// Loads the embedded dictionary, most of which is read in place.
    ///
    /// # Errors
    /// If the program file is damaged.
    pub fn embedded() -> Result<Self, DictionaryError> {
        let inner =
            embedded::dictionary().map_err(|error| DictionaryError::Embedded { reason: reason(&error) })?;
        let digest = env!("HEDGEROW_DICTIONARY_SHA256").to_owned();
        Ok(Self { inner, trie: Arc::new(embedded::trie()), digest })
    }

    /// Loads a dictionary that lindera has built, from its folder.
    ///
    /// # Errors
    /// If a file is missing or unreadable, or in the format of another version of lindera.
    pub fn from_folder(folder: &Path) -> Result<Self, DictionaryError> {
        // Read, not mapped: a mapped file that changes would change the counts.
        let inner = load_fs_dictionary_with_options(folder, false)
            .map_err(|error| DictionaryError::Load { folder: folder.into(), reason: reason(&error) })?;
        let (digest, trie) = digest_and_trie(folder)?;
        Ok(Self { inner, trie: Arc::new(trie), digest })
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
        let trie = Trie::new(&self.trie, &self.inner.prefix_dictionary.vals_data);
        DictionaryView { words: &self.inner, trie }
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.inner
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, DictionaryError> {
    let path = folder.join(name);
    fs::read(&path).map_err(|source| DictionaryError::Read { path, source })
}

/// The digest of the files, and those that our trie is read from, of the same bytes.
fn digest_and_trie(folder: &Path) -> Result<(String, TrieFiles), DictionaryError> {
    let mut list = String::new();
    let mut files = TrieFiles::default();
    for name in FILES {
        let bytes = read(folder, name)?;
        list += &format!("{}  {name}\n", sha256(&bytes));
        match name {
            "dict.trie" => files.trie = bytes.into(),
            "dict.valsidx" => files.first_records = bytes.into(),
            _ => {}
        }
    }
    if let Ok(schema) = fs::read(folder.join(SCHEMA)) {
        list += &format!("{}  {SCHEMA}\n", sha256(&schema));
    }
    Ok((sha256(list), files))
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
    use super::*;

    #[test]
    fn the_embedded_dictionary_says_which_one_it_is() {
        let dictionary = Dictionary::embedded().unwrap();
        assert_eq!(dictionary.name(), env!("HEDGEROW_DICTIONARY_NAME"));
        assert_eq!(dictionary.digest().len(), 64);
        assert_eq!(dictionary.inner().metadata.dictionary_schema.field_count(), 11);
    }

    #[test]
    fn of_words_with_the_same_form_and_neighbours_the_cheapest_is_kept() {
        let dictionary = Dictionary::embedded().unwrap();
        // In Noun.csv of mecab-ipadic it stands twice as a noun, in the context 1285: しじょう at 3,219, いちば at 8,243.
        let words = dictionary.inner().prefix_dictionary.find_surface("市場");
        let noun = words.iter().filter(|word| (word.left_id(), word.right_id()) == (1285, 1285));
        assert_eq!(noun.map(|word| word.word_cost()).collect::<Vec<_>>(), [3219]);
        assert!(words.len() > 1, "names with other neighbours are kept");
    }

    #[test]
    fn a_folder_gives_the_same_dictionary_under_its_own_digest() {
        let embedded = Dictionary::embedded().unwrap();
        let folder = Dictionary::from_folder(&Path::new(env!("HEDGEROW_BUILT")).join("ipadic")).unwrap();
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
}
