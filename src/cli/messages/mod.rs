//! The program's own words: remedies for errors of the library, and its own messages.

use std::sync::LazyLock;

use hedgerow::messages::{Catalogue, Message};

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("en.toml")));

/// A message of the program's own.
pub fn own(message: &Message) -> String {
    ENGLISH.sentence(message).unwrap_or_default()
}

/// A message of the program's own, by its key and values.
pub fn own_words(key: &'static str, values: &[(&'static str, &dyn std::fmt::Display)]) -> String {
    own(&Message::new(key, values))
}

/// A message of the library, with the remedy that the program has under its key.
pub fn with_remedy(message: &Message) -> String {
    message.to_string() + &own(message)
}
