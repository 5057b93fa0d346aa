//! The documents: finding them, reading them, and their variables.

mod decoding;
mod document;
mod documents;
mod encoding;
mod error;
mod formats;
mod gold;
mod inputs;
mod reading;
mod stream;
mod tables;
mod variables;

pub use document::{Document, Record};
pub use documents::Documents;
pub use encoding::Encoding;
pub use error::CorpusError;
pub use formats::{Form, HtmlPart, Kind, NEXT_TO_NOTHING, Packing};
pub use gold::{Gold, GoldMarker, read_gold};
pub use inputs::{Corpus, Input, Place, STANDARD_INPUT};
pub use reading::Reading;
pub use variables::Variables;
