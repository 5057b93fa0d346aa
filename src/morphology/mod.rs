//! Morphological analysis: a sentence in, morphemes with lemma and part of speech out.

mod analyser;
#[cfg(feature = "documents")]
mod builder;
mod dictionary;
mod embedded;
mod error;
mod lattice;
mod recutting;
mod schema;
mod word;

pub use analyser::{Analyser, LINDERA_VERSION, Tokeniser};
#[cfg(feature = "documents")]
pub use builder::DictionarySource;
pub use dictionary::Dictionary;
pub use error::DictionaryError;
pub use schema::{Join, Rename, Schema, Split};
pub use word::{Features, Morpheme, Word};
