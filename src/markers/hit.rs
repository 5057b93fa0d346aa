//! Hits: what the finder finds.

use crate::lexicon::Position;

/// An occurrence of a marker in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The index of its entry in the lexicon.
    pub entry: usize,
    /// The index of its first morpheme in the sentence.
    pub first: usize,
    /// The index behind its last morpheme.
    pub last: usize,
    /// Whether the marker itself is negated.
    pub negated: bool,
    /// Whether it is in a question.
    pub interrogative: bool,
    /// Whether it is in quotation marks.
    pub quoted: bool,
    /// Its syntactic position.
    pub position: Position,
}
