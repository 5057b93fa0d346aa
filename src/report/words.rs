//! The words of figures and page, a file for each language.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use crate::messages::{Catalogue, Language, Message, Sentence};

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("messages/en.toml")));
static JAPANESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("messages/ja.toml")));

/// The words of a language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The language.
    pub language: Language,
    catalogue: &'static Catalogue,
}

impl Words {
    /// Those of a language.
    pub fn new(language: Language) -> Self {
        let catalogue = match language {
            Language::English => &*ENGLISH,
            Language::Japanese => &*JAPANESE,
        };
        Words { language, catalogue }
    }

    /// The sentence of a key with values in it, which are made printable.
    pub fn say(&self, key: &'static str, values: &[(&'static str, &dyn Display)]) -> String {
        let message = Message::new(key, values);
        self.catalogue.sentence(&message).unwrap_or_else(|| key.to_owned())
    }

    /// The sentence of a key that the template of the page names, with values in it; none where there is no such key.
    pub fn filled<'v>(&self, key: &str, value: impl Fn(&str) -> Option<&'v str>) -> Option<String> {
        self.catalogue.filled(key, value)
    }

    /// The sentences of a section, for the script of the page.
    pub fn section(&self, section: &str) -> Option<&'static BTreeMap<String, Sentence>> {
        self.catalogue.section(section)
    }

    /// The words of a key.
    pub fn of(&self, key: &'static str) -> String {
        self.say(key, &[])
    }
}
