//! From the text of a document to its sentences, and from a sentence to the form that is matched.

// Some kinds of characters are asked for by documents only.
#[cfg_attr(not(feature = "documents"), allow(dead_code))]
pub(crate) mod characters;
mod folding;
mod sentences;
mod wrap_policy;
mod wrapping;

pub use folding::{Folding, folded};
pub use sentences::{Sentence, count_lines, line_of, sentences, sentences_in};
pub use wrap_policy::WrapPolicy;
pub use wrapping::Wrapping;
