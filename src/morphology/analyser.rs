//! The morphological analyser: sentences to morphemes, words to features.

use std::path::Path;
use std::sync::Arc;

use super::dictionary::schema_of;
use super::lattice::Lattice;
use super::recutting::{self, Recutter};
use super::{Dictionary, Features, Morpheme, Schema, Word};

/// The version of lindera that this program was built with.
pub const LINDERA_VERSION: &str = env!("HEDGEROW_LINDERA_VERSION");

/// The longest stretch that is analysed at once, in bytes: total costs are of 32 bits, and a character may add two of 16. A
/// longer sentence is divided behind a comma or the like, or else between two characters.
const LONGEST_STRETCH: usize = 16 * 1024;

/// A dictionary and its schema; shared by all threads.
pub struct Analyser {
    dictionary: Dictionary,
    schema: Schema,
}

impl Analyser {
    /// An analyser with the embedded dictionary.
    ///
    /// # Errors
    /// If the program file is damaged.
    pub fn embedded() -> Result<Self, super::DictionaryError> {
        Ok(Analyser { dictionary: Dictionary::embedded()?, schema: Schema::ipadic() })
    }

    /// An analyser with a dictionary of one's own.
    pub fn new(dictionary: Dictionary, schema: Schema) -> Self {
        Analyser { dictionary, schema }
    }

    /// An analyser with a dictionary that `hedgerow dictionary build` has written, from its folder.
    ///
    /// # Errors
    /// If the folder has no dictionary, or no schema.
    pub fn from_folder(folder: &Path) -> Result<Self, super::DictionaryError> {
        let dictionary = Dictionary::from_folder(folder)?;
        Ok(Analyser { dictionary, schema: schema_of(folder)? })
    }

    /// The dictionary.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Which columns are read, and what they are called.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// A tokeniser; one for each thread.
    pub fn tokeniser(self: &Arc<Self>) -> Tokeniser {
        Tokeniser {
            analyser: Arc::clone(self),
            lattice: Lattice::new(self.dictionary.view()),
            recutter: Recutter::new(self),
        }
    }

    /// The features of a word of this dictionary whose form in the text is `surface`.
    pub fn features<'a>(&'a self, word: Word, surface: &'a str) -> Features<'a> {
        let inner = self.dictionary.inner();
        if let Some(class) = word.unknown_class() {
            if let Some((lemma, pos)) = recutting::features(&self.schema, class) {
                return Features { lemma, pos: pos.into() };
            }
            let pos = if surface.chars().any(char::is_alphanumeric) || surface.trim().is_empty() {
                self.pos(inner.unknown_word_details_iter(class as usize).enumerate())
            } else {
                self.schema.symbol.clone()
            };
            let (lemma, pos) = self.schema.rename(surface, surface, pos);
            return Features { lemma, pos };
        }
        let id = word.known_id().unwrap_or_default() as usize;
        let mut lemma = surface;
        let values = inner.word_details_iter(id).enumerate().inspect(|(column, value)| {
            if *column == self.schema.lemma && *value != self.schema.no_value {
                lemma = value;
            }
        });
        let pos = self.pos(values);
        let (lemma, pos) = self.schema.rename(surface, lemma, pos);
        Features { lemma, pos }
    }

    /// The part of speech, from the columns of a word and their values.
    fn pos<'a>(&self, values: impl Iterator<Item = (usize, &'a str)>) -> String {
        // Four levels of five characters: it seldom grows.
        let mut pos = String::with_capacity(64);
        for (column, level) in values {
            if self.schema.pos.contains(&column) && level != self.schema.no_value {
                if !pos.is_empty() {
                    pos.push('-');
                }
                pos.push_str(level);
            }
        }
        pos
    }
}

/// Cuts sentences into morphemes, reusing its buffers.
pub struct Tokeniser {
    analyser: Arc<Analyser>,
    lattice: Lattice,
    recutter: Option<Recutter>,
}

impl Tokeniser {
    /// Appends the morphemes of `sentence`, in order and without gaps.
    pub fn tokenise(&mut self, sentence: &str, morphemes: &mut Vec<Morpheme>) {
        let dictionary = self.analyser.dictionary.view();
        let (mut start, first) = (0, morphemes.len());
        while start < sentence.len() {
            let end = start + stretch(&sentence[start..]);
            self.lattice.cut(dictionary, &sentence[start..end], start, morphemes);
            start = end;
        }
        if let Some(recutter) = &mut self.recutter {
            recutter.recut(&self.analyser, sentence, first, morphemes);
        }
    }
}

/// The length of the part of `text` that is analysed at once, in bytes.
fn stretch(text: &str) -> usize {
    if text.len() <= LONGEST_STRETCH {
        return text.len();
    }
    let longest = text.floor_char_boundary(LONGEST_STRETCH);
    let comma = text[..longest].rfind(['、', '，', ',', ' ', '\u{3000}', '\t', '」', '・']);
    comma.map_or(longest, |start| start + text[start..].chars().next().map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(sentence: &str) -> Vec<(String, String, String)> {
        let analyser = Arc::new(Analyser::embedded().expect("the embedded dictionary loads"));
        let mut morphemes = Vec::new();
        analyser.tokeniser().tokenise(sentence, &mut morphemes);
        let describe = |morpheme: &Morpheme| {
            let surface = morpheme.surface(sentence);
            let features = analyser.features(morpheme.word, surface);
            (surface.to_owned(), features.lemma.to_owned(), features.pos.clone())
        };
        morphemes.iter().map(describe).collect()
    }

    #[test]
    fn gives_lemma_and_part_of_speech() {
        let expected = [
            ("期待", "期待", "名詞-サ変接続"),
            ("さ", "する", "動詞-自立"),
            ("れ", "れる", "動詞-接尾"),
            ("た", "た", "助動詞"),
            ("。", "。", "記号-句点"),
        ];
        let expected = expected.map(|(word, lemma, pos)| (word.into(), lemma.into(), pos.into()));
        assert_eq!(cut("期待された。"), expected);
    }

    #[test]
    fn a_string_of_signs_is_a_symbol_and_an_unknown_word_its_own_lemma() {
        let morphemes = cut("ヘッジロウ!?");
        assert_eq!(morphemes[0], ("ヘッジロウ".into(), "ヘッジロウ".into(), "名詞-一般".into()));
        assert_eq!(morphemes[1].2, "記号-一般");
        assert_eq!(cut("犬 猫")[1].2, "記号-空白");
    }

    #[test]
    fn a_sentence_without_end_is_cut_after_a_mark_and_loses_nothing() {
        let text = "効果が期待される、".repeat(4_000);
        assert!(text[..stretch(&text)].ends_with('、'));
        assert_eq!(cut(&text).iter().map(|(surface, ..)| surface.as_str()).collect::<String>(), text);
        assert_eq!(stretch(&"あ".repeat(20_000)) % 3, 0);
        let longest = format!("、{}", "a".repeat(LONGEST_STRETCH - 3));
        assert_eq!(stretch(&longest), LONGEST_STRETCH);
        assert_eq!(stretch(&(longest + "a")), 3);
    }

    #[test]
    fn a_column_without_a_value_is_no_lemma_and_no_part_of_speech() {
        // Of IPADIC's columns, 4 is the type of inflection, which 犬 has not, and 1 the second level of its part of speech.
        let schema = "pos = [1, 4]\nlemma = 4\nno_value = '*'\nnot_tokens = '記号'\nsymbol = '記号'";
        let dictionary = Dictionary::embedded().unwrap();
        let analyser = Arc::new(Analyser::new(dictionary, Schema::parse(schema).unwrap()));
        let mut morphemes = Vec::new();
        analyser.tokeniser().tokenise("犬する", &mut morphemes);
        let [dog, does] =
            [("犬", morphemes[0]), ("する", morphemes[1])].map(|(form, m)| analyser.features(m.word, form));
        assert_eq!((dog.lemma, dog.pos.as_str()), ("犬", "一般"));
        assert_eq!((does.lemma, does.pos.as_str()), ("サ変・スル", "自立-サ変・スル"));
    }
}
