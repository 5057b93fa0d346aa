//! Where a dictionary keeps lemma and part of speech.

use serde::Deserialize;

/// The columns of a dictionary that this program reads, from a file under `dictionaries/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Which feature columns, from 0, make up the part of speech.
    pub pos: Vec<usize>,
    /// Which feature column, from 0, is the lemma.
    pub lemma: usize,
    /// What the dictionary writes where a column has no value.
    pub no_value: String,
    /// The parts of speech that are punctuation, symbols or blanks, and so no tokens: a regular
    /// expression that must match the whole.
    pub not_tokens: String,
    /// The part of speech of an unknown word without a letter or a digit in it (`!!`, `…`).
    pub symbol: String,
}

impl Schema {
    /// The schema of the embedded dictionary.
    pub fn ipadic() -> Self {
        toml::from_str(include_str!("../../dictionaries/ipadic/schema.toml"))
            .expect("the embedded schema is tried by the tests")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_schema_can_be_read() {
        assert_eq!(super::Schema::ipadic().lemma, 6);
    }
}
