//! The documents: finding them, reading them, and their variables.

mod decoding;
mod document;
mod document_reader;
mod encoding;
mod error;
mod formats;
mod gold;
mod inputs;
mod read_options;
mod streaming;
mod tables;
mod variables;

pub use document::{Document, InputRecord};
pub use document_reader::DocumentReader;
pub use encoding::Encoding;
pub use error::CorpusError;
pub use formats::{Form, HtmlPart, Kind, NEXT_TO_NOTHING, Packing};
pub use gold::{Gold, GoldMarker, read_gold};
pub use inputs::{Corpus, Input, Origin, STANDARD_INPUT};
pub use read_options::ReadOptions;
pub use variables::Variables;
