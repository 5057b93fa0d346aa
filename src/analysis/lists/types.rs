//! The different words and n-grams of a corpus, by their ids.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::tokens::Sequence;
use crate::analysis::AnalysisError;
use crate::morphology::{Analyser, Word};

/// The longest n-gram.
pub const MAX_NGRAM: usize = 5;

/// How many different n-grams are counted: some 60 bytes of memory each.
pub const MAX_TYPES: usize = 14_000_000;

/// Stands behind the words of a shorter sequence.
pub(super) const NONE: u32 = u32::MAX;

/// What is counted as the same word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// What has the same lemma and the same part of speech.
    LemmaAndPos,
    /// What has the same lemma.
    Lemma,
    /// What has the same form, as it is matched: full- and half-width forms are the same.
    Word,
}

/// Between a lemma and its part of speech; no sentence has it in a word.
const SEPARATOR: char = '\0';

/// The types met so far. What is the same for its [`Unit`] has one id.
pub(super) struct Types {
    analyser: Arc<Analyser>,
    unit: Unit,
    length: usize,
    /// How many sequences there may be.
    most: usize,
    words: Vec<Arc<str>>,
    ids: FxHashMap<Arc<str>, u32>,
    by_word: FxHashMap<u32, u32>,
    /// Of n-grams of several words.
    sequences: Vec<Sequence>,
    sequence_ids: FxHashMap<Sequence, u32>,
}

impl Types {
    pub fn new(analyser: &Arc<Analyser>, unit: Unit, length: usize, most: usize) -> Self {
        Types {
            analyser: Arc::clone(analyser),
            unit,
            length,
            most,
            words: Vec::new(),
            ids: FxHashMap::default(),
            by_word: FxHashMap::default(),
            sequences: Vec::new(),
            sequence_ids: FxHashMap::default(),
        }
    }

    /// The id of a word of the corpus.
    pub fn word(&mut self, word: Word, surface: &str) -> u32 {
        if let Some(id) = word.known_id().and_then(|id| self.by_word.get(&id)) {
            return *id;
        }
        let text: Arc<str> = match self.unit {
            Unit::Word => surface.into(),
            Unit::Lemma => self.analyser.features(word, surface).lemma.into(),
            Unit::LemmaAndPos => {
                let features = self.analyser.features(word, surface);
                format!("{}{SEPARATOR}{}", features.lemma, features.pos).into()
            }
        };
        let next = self.words.len() as u32;
        let id = *self.ids.entry(Arc::clone(&text)).or_insert(next);
        if id == next {
            self.words.push(text);
        }
        if let Some(known) = word.known_id() {
            self.by_word.insert(known, id);
        }
        id
    }

    /// The id of a sequence of words.
    pub fn sequence(&mut self, sequence: Sequence) -> Result<u32, AnalysisError> {
        if self.length == 1 {
            return Ok(sequence[0]);
        }
        let next = self.sequences.len() as u32;
        let id = *self.sequence_ids.entry(sequence).or_insert(next);
        if id == next {
            if self.sequences.len() == self.most {
                return Err(AnalysisError::TooManyNgrams(self.most));
            }
            self.sequences.push(sequence);
        }
        Ok(id)
    }

    /// What a type is written as, and the part of speech of a lemma.
    pub fn written(&self, id: u32) -> (String, String) {
        let word = |id: u32| self.words.get(id as usize).map_or("", |word| &**word);
        if self.length == 1 {
            let (item, pos) = word(id).split_once(SEPARATOR).unwrap_or((word(id), ""));
            return (item.into(), pos.into());
        }
        let sequence = self.sequences.get(id as usize).copied().unwrap_or([NONE; MAX_NGRAM]);
        let words: Vec<&str> = sequence[..self.length].iter().map(|id| word(*id)).collect();
        (words.join(" "), String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_ngrams_than_are_counted_are_refused() {
        let analyser = Arc::new(Analyser::embedded().unwrap());
        let mut types = Types::new(&analyser, Unit::Word, 2, 3);
        let sequence = |id: u32| [id, id, NONE, NONE, NONE];
        assert_eq!([0, 1, 2, 0].map(|id| types.sequence(sequence(id)).unwrap()), [0, 1, 2, 0]);
        let refused = types.sequence(sequence(3)).unwrap_err().to_string();
        assert!(refused.contains("more than 3 different n-grams"), "{refused}");
        assert_eq!(types.sequence(sequence(1)).unwrap(), 1);
    }
}
