//! Counts hedging and assertive modality in Japanese documents, every figure traceable to its sentences.
//!
//! documents → sentences → morphemes → hits → counts → statistics → tables. Data flows one way; each stage
//! is a module, and uses only those before it:
//!
//! - [`text`] – classes of characters, folding, sentences
//! - [`corpus`] – finding, reading and decoding documents, and their variables
//! - [`morphology`] – morphemes, with lemma and part of speech
//! - [`lexicon`] – the markers that are looked for, as data
//! - [`markers`] – finding them, and judging their context
//! - [`counts`] – tallies that add up
//! - [`statistics`] – pure functions of counts
//! - [`tables`] – the tables and the record of a run
//! - [`analysis`] – all of it, over many documents
//!
//! ```
//! use hedgerow::analysis::{Coder, Setup};
//!
//! let setup = Setup::new(&[])?;
//! let passage = Coder::new(&setup).code("効果が期待されています。");
//! assert_eq!(setup.lexicon.entries[passage.hits[0].hit.entry].id, "期待される");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod analysis;
#[cfg(feature = "documents")]
pub mod corpus;
pub mod counts;
mod digest;
pub mod lexicon;
pub mod markers;
pub mod messages;
pub mod morphology;
pub mod span;
#[cfg(feature = "documents")]
pub mod statistics;
#[cfg(feature = "documents")]
pub mod tables;
pub mod text;
