//! The program's own words: remedies for errors of the library, and its own messages, in the language that is spoken.

use std::sync::LazyLock;

use hedgerow::messages::{Catalogue, Language, Message};

use super::language::spoken;

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("en.toml")));

static JAPANESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("ja.toml")));

/// A message of the program's own.
pub fn own(message: &Message) -> String {
    let catalogue = match spoken() {
        Language::English => &ENGLISH,
        Language::Japanese => &JAPANESE,
    };
    catalogue.sentence(message).unwrap_or_default()
}

/// A message of the program's own, by its key and values.
pub fn own_words(key: &'static str, values: &[(&'static str, &dyn std::fmt::Display)]) -> String {
    own(&Message::new(key, values))
}

/// A message of the library.
pub fn words(message: &Message) -> String {
    message.in_language(spoken())
}

/// A message of the library, with the remedy that the program has under its key.
pub fn with_remedy(message: &Message) -> String {
    words(message) + &own(message)
}
