//! Morphological analysis: a sentence in, morphemes with lemma and part of speech out.

mod analyser;
mod dictionary;
mod error;
mod lattice;
mod schema;
mod word;

pub use analyser::{Analyser, LINDERA_VERSION, Tokeniser};
pub use dictionary::Dictionary;
pub use error::DictionaryError;
pub use schema::Schema;
pub use word::{Features, Morpheme, Word};
