//! From the text of a document to its sentences, and from a sentence to the form that is matched.

mod brackets;
// Some kinds of characters are asked for by documents only.
#[cfg_attr(not(feature = "documents"), allow(dead_code))]
pub(crate) mod characters;
mod composition;
mod excerpt;
mod foldable;
mod folding;
#[cfg(feature = "documents")]
pub(crate) mod line_breaks;
mod line_ends;
mod line_tail;
#[cfg(test)]
mod naive;
mod note_marks;
#[cfg(feature = "documents")]
mod passages;
mod quotatives;
mod ruby;
#[cfg(feature = "documents")]
mod scripts;
mod sentences;
mod splitter;
mod unicode;
mod wrap_policy;
mod wrapping;

pub use composition::composed;
#[cfg(feature = "documents")]
pub(crate) use excerpt::{first_characters, last_characters};
pub use excerpt::{left_context, right_context};
pub use folding::{Folding, folded};
pub(crate) use line_ends::is_line_end;
pub use line_ends::{count_lines, line_ends, line_ends_from, line_of};
#[cfg(feature = "documents")]
pub use passages::{BEHIND_PASSAGE, PASSAGE_WINDOW, PassageEnd, passage_end};
#[cfg(feature = "documents")]
pub use scripts::{OtherLanguage, Scripts};
#[cfg(feature = "documents")]
pub(crate) use sentences::is_end_mark;
pub use splitter::{Sentence, sentences, sentences_in, split};
pub use wrap_policy::WrapPolicy;
pub use wrapping::Wrapping;
