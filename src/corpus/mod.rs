//! The documents: finding them, reading them, and their variables.

mod document;
mod error;
mod gold;
mod inputs;
mod variables;

pub use document::Document;
pub use error::CorpusError;
pub use gold::{Gold, GoldMarker, read_gold};
pub use inputs::{Corpus, Input, Place, STANDARD_INPUT};
pub use variables::Variables;
