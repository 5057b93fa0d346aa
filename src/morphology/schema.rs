//! Where a dictionary keeps lemma and part of speech, and how they are called here.
//!
//! The lexicon is written in the words and parts of speech of IPADIC. The schema of another dictionary says what
//! its own are in those: which parts of speech stand for which, and which words it cuts otherwise.

use regex_lite::Regex;
use serde::{Deserialize, Deserializer, de};

/// How a dictionary is read, from a file under `dictionaries/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Which feature columns, from 0, make up the part of speech.
    pub pos: Vec<usize>,
    /// Which feature column, from 0, is the lemma.
    pub lemma: usize,
    /// Which feature column, from 0, is the form of inflection; only for `split`.
    #[serde(default)]
    pub form: Option<usize>,
    /// What the dictionary writes where a column has no value.
    pub no_value: String,
    /// The parts of speech that are punctuation, symbols or blanks, and so no tokens: a regular
    /// expression that must match the whole.
    pub not_tokens: String,
    /// The part of speech of an unknown word without a letter or a digit in it (`!!`, `…`).
    pub symbol: String,
    /// What words of the dictionary are called here, tried from the top: the first that fits decides.
    #[serde(default)]
    pub rename: Vec<Rename>,
    /// Words that are two here.
    #[serde(default)]
    pub split: Vec<Split>,
    /// Words that are one here.
    #[serde(default)]
    pub join: Vec<Join>,
}

/// What some words are called here. Conditions are regular expressions that must match the whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// The condition on the word as it stands in the text.
    #[serde(default, deserialize_with = "whole")]
    word: Option<Regex>,
    /// The condition on the dictionary's lemma.
    #[serde(default, deserialize_with = "whole")]
    lemma: Option<Regex>,
    /// The condition on the dictionary's part of speech.
    #[serde(default, deserialize_with = "whole")]
    pos: Option<Regex>,
    /// The lemma here, if it is another.
    #[serde(default)]
    to_lemma: Option<String>,
    /// The part of speech here, if it is another.
    #[serde(default)]
    to_pos: Option<String>,
}

/// Words of a form of inflection, such as でしょう, that are two here, でしょ and う.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The form of inflection.
    pub form: String,
    /// What the second word is, at the end of the first.
    pub last: String,
    /// The lemma of the second word.
    pub lemma: String,
    /// Its part of speech.
    pub pos: String,
}

/// Words, one behind the other, that are one here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The words as they stand in the text.
    pub words: Vec<String>,
    /// They stay apart before one of these words; an empty one is the end of the sentence.
    #[serde(default)]
    pub unless_before: Vec<String>,
    /// The lemma of the whole.
    pub lemma: String,
    /// Its part of speech.
    pub pos: String,
}

fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Regex>, D::Error> {
    let pattern = String::deserialize(deserializer)?;
    Regex::new(&format!("^(?:{pattern})$")).map(Some).map_err(de::Error::custom)
}

impl Schema {
    /// The schema of the embedded dictionary.
    pub fn ipadic() -> Self {
        Schema::parse(include_str!("../../dictionaries/ipadic/schema.toml"))
            .expect("the embedded schema is tried by the tests")
    }

    /// Reads a schema.
    ///
    /// # Errors
    /// The first place where the text is none.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// What a word is called here.
    pub(super) fn rename<'a>(&'a self, word: &str, lemma: &'a str, pos: String) -> (&'a str, String) {
        let fits =
            |condition: &Option<Regex>, text: &str| condition.as_ref().is_none_or(|c| c.is_match(text));
        let rename = self
            .rename
            .iter()
            .find(|rename| fits(&rename.word, word) && fits(&rename.lemma, lemma) && fits(&rename.pos, &pos));
        match rename {
            None => (lemma, pos),
            Some(rename) => {
                (rename.to_lemma.as_deref().unwrap_or(lemma), rename.to_pos.clone().unwrap_or(pos))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemas_of_the_repository_can_be_read() {
        assert_eq!(Schema::ipadic().lemma, 6);
        let unidic = Schema::parse(include_str!("../../dictionaries/unidic/schema.toml")).unwrap();
        assert!(unidic.lemma == 10 && !unidic.rename.is_empty());
    }
}
