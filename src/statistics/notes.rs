//! What is to be known of a row of figures: why some are not defined, or are to be taken with care.

use std::fmt;

use crate::messages::{Language, Message};

/// Notes on a row, in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes(Vec<Message>);

impl Notes {
    /// One note, by its key.
    pub fn one(key: &'static str) -> Self {
        Notes(vec![Message::new(key, &[])])
    }

    /// Adds a note, by its key and values.
    pub fn add(&mut self, key: &'static str, values: &[(&'static str, &dyn fmt::Display)]) {
        self.0.push(Message::new(key, values));
    }

    /// The notes in words, a semicolon and a blank between them.
    pub fn in_language(&self, language: Language) -> String {
        self.0.iter().map(|note| note.in_language(language)).collect::<Vec<_>>().join("; ")
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one has this key.
    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|note| note.key == key)
    }
}

/// In English.
impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::English))
    }
}
