//! The sentences of a passage, kept with their morphemes while it is coded.

use std::ops::Range;

use crate::analysis::{CutSentence, Look};
use crate::markers::Symbol;
use crate::morphology::{Morpheme, Word};

/// The sentences so far; of each its morphemes.
#[derive(Debug, Default)]
pub(super) struct Sentences(pub Vec<Vec<PlacedMorpheme>>);

/// A morpheme where it stands in its passage.
#[derive(Debug)]
pub(super) struct PlacedMorpheme {
    /// Where it stands in its passage, in bytes.
    pub span: Range<u32>,
    /// Its word.
    pub word: Word,
    /// Its form as the dictionary reads it, where that is not certain to stand in the text.
    pub folded: Option<Box<str>>,
}

impl Look for Sentences {
    fn see(&mut self, sentence: CutSentence, _begins: impl FnMut(Symbol) -> bool) {
        let placed = |morpheme: &Morpheme| {
            let span = sentence.folding.original(morpheme.start as usize..morpheme.end as usize);
            let at = |byte: usize| (sentence.span.start + byte) as u32;
            let surface = || morpheme.surface(sentence.text).into();
            PlacedMorpheme {
                span: at(span.start)..at(span.end),
                word: morpheme.word,
                folded: sentence.folding.is_folded().then(surface),
            }
        };
        self.0.push(sentence.morphemes.iter().map(placed).collect());
    }
}
