//! From the text of a document to its sentences.

mod sentences;

pub use sentences::{Sentence, count_lines, sentences};
