//! Schemas: in which columns a dictionary keeps lemma and part of speech, and what they are called in the lexicon.
//!
//! The lexicon is written in the words and parts of speech of IPADIC. The schema of another dictionary maps its own to
//! those, and says which words it cuts otherwise.

use regex_lite::Regex;
use serde::{Deserialize, Deserializer, de};

/// How a dictionary is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Which feature columns, from 0, make up the part of speech.
    pub pos: Vec<usize>,
    /// Which feature column, from 0, is the lemma.
    pub lemma: usize,
    /// Which feature column, from 0, is the form of inflection; `split` needs it.
    #[serde(default)]
    pub form: Option<usize>,
    /// What the dictionary writes where a column has no value.
    pub no_value: String,
    /// The parts of speech that do not count as tokens (punctuation, symbols, blanks): a regular expression that must
    /// match the whole.
    pub not_tokens: String,
    /// The part of speech of an unknown word without a letter or digit (`!!`, `…`).
    pub symbol: String,
    /// Other names for words of the dictionary; the first that fits decides.
    #[serde(default)]
    pub rename: Vec<Rename>,
    /// Words that are two in the lexicon.
    #[serde(default)]
    pub split: Vec<Split>,
    /// Words that are one in the lexicon.
    #[serde(default)]
    pub join: Vec<Join>,
}

/// What some words are called in the lexicon. Conditions are regular expressions that must match the whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// The condition on the surface form.
    #[serde(default, deserialize_with = "whole")]
    word: Option<Regex>,
    /// The condition on the dictionary's lemma.
    #[serde(default, deserialize_with = "whole")]
    lemma: Option<Regex>,
    /// The condition on the dictionary's part of speech.
    #[serde(default, deserialize_with = "whole")]
    pos: Option<Regex>,
    /// The lemma in the lexicon, if it differs.
    #[serde(default)]
    to_lemma: Option<String>,
    /// The part of speech in the lexicon, if it differs.
    #[serde(default)]
    to_pos: Option<String>,
}

/// Words of a form of inflection that are two in the lexicon, such as でしょう: でしょ and う.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The form of inflection.
    pub form: String,
    /// The second word: the end of the surface form. The rest, which must not be empty, keeps the features.
    pub last: String,
    /// The lemma of the second word.
    pub lemma: String,
    /// Its part of speech.
    pub pos: String,
}

/// Adjacent words that are one in the lexicon; of several that fit, the longest.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Their surface forms.
    pub words: Vec<String>,
    /// The surface forms before which they stay apart; an empty one is the end of the sentence.
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
    /// If the text is no TOML, has an unknown key, or a condition is no regular expression.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Lemma and part of speech of a word in the lexicon.
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

    #[test]
    fn the_first_rename_whose_conditions_match_the_whole_decides() {
        let columns = "pos = [0]\nlemma = 6\nno_value = '*'\nnot_tokens = '記号'\nsymbol = '記号'\n";
        let renames = [
            "word = 'い|ゐ'\nto_lemma = 'A'",
            "lemma = '居る'\nto_pos = 'B'",
            "pos = '動詞'\nword = '.*た'\nto_lemma = 'C'\nto_pos = 'D'",
            "pos = '動.*'\nto_pos = 'E'",
        ];
        let renames = renames.map(|rename| format!("[[rename]]\n{rename}\n"));
        let schema = Schema::parse(&format!("{columns}{}", renames.concat())).unwrap();
        for (word, lemma, pos, expected) in [
            ("い", "居る", "動詞", ("A", "動詞")),
            ("ゐ", "居る", "動詞", ("A", "動詞")),
            ("いる", "居る", "動詞", ("居る", "B")),
            ("居る", "いる", "動詞", ("いる", "E")),
            ("いた", "いる", "動詞", ("C", "D")),
            ("いた", "いる", "動詞-自立", ("いる", "E")),
            ("いた", "いる", "助動詞", ("いる", "助動詞")),
        ] {
            let (lemma, pos) = schema.rename(word, lemma, pos.into());
            assert_eq!((lemma, pos.as_str()), expected, "{word}");
        }
    }
}
