//! Texts that stand in a corpus more than once, wholly or nearly, and sentences that many of its documents have.

mod index;
mod repeated;
mod sketch;

pub(super) use index::{DuplicateIndex, NEAR};
pub(super) use repeated::{RepeatedSentence, RepeatedSentences, SHARE};
pub(super) use sketch::{BINS, Sketch};
