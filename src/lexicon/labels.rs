//! What hits and counts are called, without the patterns by which they are found.

use std::sync::Arc;

use super::{Entry, Lexicon, Stance};

/// The names of a lexicon's categories and entries; shared, so that a hit costs no string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// By stance, then by name.
    pub categories: Vec<CategoryLabel>,
    /// By id.
    pub entries: Vec<EntryLabel>,
}

/// The label of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryLabel {
    /// Its name in the tables.
    pub name: Arc<str>,
    /// Its stance.
    pub stance: Stance,
    /// Its Japanese term; its name, where the lexicon gives none.
    pub term: Arc<str>,
}

/// The label of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLabel {
    /// Its id.
    pub id: Arc<str>,
    /// The index of its category.
    pub category: usize,
}

impl Labels {
    /// Those of a lexicon.
    pub fn of(lexicon: &Lexicon) -> Self {
        let categories = lexicon.categories.iter();
        let entry = |entry: &Entry| EntryLabel { id: entry.id.as_str().into(), category: entry.category };
        Labels {
            categories: categories
                .map(|category| CategoryLabel {
                    name: category.name.as_str().into(),
                    stance: category.stance,
                    term: match category.term.trim() {
                        "" => category.name.as_str().into(),
                        term => term.into(),
                    },
                })
                .collect(),
            entries: lexicon.entries.iter().map(entry).collect(),
        }
    }

    /// The category of an entry, by its index.
    pub fn category_of(&self, entry: usize) -> &CategoryLabel {
        &self.categories[self.entries[entry].category]
    }
}
