//! The lexicon: which markers are counted, in which category, and how their context is judged.
//!
//! It is data: the files under `dictionaries/`, and those a user adds. This module reads and checks
//! them; matching them is the work of [`crate::markers`].

mod context;
mod entry;
mod file;
mod loading;
pub mod pattern;
mod reading;
mod standard;
mod texts;

pub use context::{ContextExample, ContextRule, ContextRules, Contexts, Position, SentenceType};
pub use entry::{Category, Entry, Stance};
pub use loading::Lexicon;
pub(crate) use loading::{LexiconLoader, NamedPatterns};
pub use reading::LexiconError;
pub use standard::Source;
