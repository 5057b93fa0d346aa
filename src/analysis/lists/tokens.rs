//! The words of a passage, and how often they and their n-grams occur in it.

use rustc_hash::FxHashMap;

use super::types::{MAX_NGRAM, NONE};
use crate::analysis::{CutSentence, Look};
use crate::markers::Symbol;
use crate::morphology::Word;

/// A sequence of words by their ids; behind a shorter one stands [`NONE`].
pub(super) type Sequence = [u32; MAX_NGRAM];

/// Counts the sequences of so many words in a passage. Its ids of words are its own.
pub(super) struct TokenLook {
    length: usize,
    /// Whether only words with which a node of the lexicon begins are counted.
    is_filtered: bool,
    /// By id: the words of the passage, as the dictionary knows them and as they stand in the text.
    pub words: Vec<(Word, Box<str>)>,
    known: FxHashMap<u32, u32>,
    /// By form: the classes that a word which is not in the dictionary has, each with its id.
    unknown: FxHashMap<Box<str>, Vec<(Word, u32)>>,
    pub counts: FxHashMap<Sequence, u32>,
    run: Vec<u32>,
}

impl TokenLook {
    pub fn new(length: usize, is_filtered: bool) -> Self {
        TokenLook {
            length,
            is_filtered,
            words: Vec::new(),
            known: FxHashMap::default(),
            unknown: FxHashMap::default(),
            counts: FxHashMap::default(),
            run: Vec::new(),
        }
    }

    fn id(&mut self, word: Word, surface: &str) -> u32 {
        let next = self.words.len() as u32;
        let found = match word.known_id() {
            Some(id) => *self.known.entry(id).or_insert(next),
            None => {
                let classes = match self.unknown.get_mut(surface) {
                    Some(classes) => classes,
                    None => self.unknown.entry(surface.into()).or_default(),
                };
                match classes.iter().find(|(class, _)| *class == word) {
                    Some((_, id)) => *id,
                    None => {
                        classes.push((word, next));
                        next
                    }
                }
            }
        };
        if found == next {
            self.words.push((word, surface.into()));
        }
        found
    }
}

impl Look for TokenLook {
    fn see(&mut self, sentence: CutSentence, mut begins: impl FnMut(Symbol) -> bool) {
        self.run.clear();
        for (morpheme, symbol) in sentence.morphemes.iter().zip(sentence.symbols) {
            let surface = morpheme.surface(sentence.text);
            // Blanks are nothing between words, marks are something.
            if surface.trim().is_empty() {
                continue;
            }
            if !symbol.is_token() || self.is_filtered && !begins(*symbol) {
                self.run.clear();
                continue;
            }
            let id = self.id(morpheme.word, surface);
            self.run.push(id);
            if let Some(first) = self.run.len().checked_sub(self.length) {
                let mut sequence = [NONE; MAX_NGRAM];
                sequence.iter_mut().zip(&self.run[first..]).for_each(|(place, id)| *place = *id);
                *self.counts.entry(sequence).or_default() += 1;
            }
        }
    }
}
