//! What the matcher finds.

use crate::lexicon::Position;

/// An occurrence of a marker in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The number of its entry in the lexicon.
    pub entry: usize,
    /// Its first morpheme.
    pub first: usize,
    /// The morpheme behind its last.
    pub last: usize,
    /// Whether the marker itself is denied.
    pub negated: bool,
    /// Whether it stands in a question.
    pub interrogative: bool,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Its syntactic place.
    pub position: Position,
}
