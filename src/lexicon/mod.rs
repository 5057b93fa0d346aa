//! The lexicon: which markers are counted, in which category, and how their context is judged.
//!
//! It is data: the files under `dictionaries/`, and those a user adds. This module reads and checks
//! them; matching them is the work of [`crate::markers`].

mod context;
mod embedded;
mod entry;
mod error;
mod file;
mod labels;
mod loading;
pub mod pattern;
mod query;
mod size;
mod source;

pub use context::{ContextExample, ContextRule, ContextRules, Contexts, Position, SentenceType};
pub use embedded::default_files;
pub use entry::{Category, Entry, Stance};
pub use error::{LexiconError, Mistake};
pub use labels::{CategoryLabel, EntryLabel, Labels};
pub use loading::{LexiconFile, LexiconLoader, LoadedContexts, LoadedEntries, LoadedMacros};
pub use query::QueryError;
pub use source::Source;

use crate::digest::sha256;

/// The entries, in categories, and the rules for their context.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// By stance, then by name.
    pub categories: Vec<Category>,
    /// By id.
    pub entries: Vec<Entry>,
    /// The rules for the context of a hit.
    pub contexts: Contexts,
    /// Every file it was read from, by its name without folders, with its SHA-256 in hexadecimal, in the order of reading.
    pub files: Vec<(String, String)>,
}

impl Lexicon {
    /// The category of an entry.
    pub fn category(&self, entry: &Entry) -> &Category {
        &self.categories[entry.category]
    }

    /// The category of an entry, by its index.
    pub fn category_of(&self, entry: usize) -> &Category {
        self.category(&self.entries[entry])
    }

    /// The stance of an entry, by its index.
    pub fn stance_of(&self, entry: usize) -> Stance {
        self.category_of(entry).stance
    }

    /// SHA-256, in hexadecimal, over the digests of all its files: the same digest, the same lexicon.
    pub fn digest(&self) -> String {
        sha256(self.files.iter().map(|(_, digest)| digest.as_str()).collect::<String>())
    }
}
