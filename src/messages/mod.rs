//! The words of all messages: a sentence for each key, one file a language.
//!
//! Errors carry data and name a key; what a reader sees is the sentence of the key with the data filled in. So a
//! second language is a second file. The library's sentences say what is wrong; what to do about it depends on who
//! calls the library, and the program keeps remedies of its own under the same keys.
//!
//! An error type has a method `message` that gives its [`Message`], and `Display` prints this.

mod grouped;
mod language;
mod printable;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use self::grouped::grouped;
pub use self::language::Language;
pub use self::printable::{is_obeyed, printable};

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("en.toml")));

static JAPANESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("ja.toml")));

/// What a message says, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The key of its sentence, `section.name`.
    pub key: &'static str,
    /// The values of the sentence's placeholders, by name, each `printable`: whatever stands in a file's name or in a
    /// cell, a message is one line. The one called `count` decides between singular and plural.
    pub values: Vec<(&'static str, String)>,
    /// The values that are messages themselves, by name: they are put into words with it.
    pub parts: Vec<(&'static str, Message)>,
}

impl Message {
    /// A message from the values of its placeholders.
    pub fn new(key: &'static str, values: &[(&'static str, &dyn fmt::Display)]) -> Self {
        let printed = |value: &dyn fmt::Display| printable(&value.to_string()).into_owned();
        Message {
            key,
            values: values.iter().map(|(name, value)| (*name, printed(*value))).collect(),
            parts: Vec::new(),
        }
    }

    /// The same with a message as the value of a placeholder.
    pub fn with(mut self, name: &'static str, part: Message) -> Self {
        self.parts.push((name, part));
        self
    }

    /// The message in words.
    pub fn in_language(&self, language: Language) -> String {
        let catalogue = match language {
            Language::English => &ENGLISH,
            Language::Japanese => &JAPANESE,
        };
        let message = self.worded(language);
        catalogue.sentence(&message).unwrap_or_else(|| format!("{} {:?}", message.key, message.values))
    }

    /// The message with its parts in words.
    fn worded(&self, language: Language) -> Cow<'_, Message> {
        if self.parts.is_empty() {
            return Cow::Borrowed(self);
        }
        let parts = self.parts.iter().map(|(name, part)| (*name, part.in_language(language)));
        let values = self.values.iter().cloned().chain(parts).collect();
        Cow::Owned(Message { key: self.key, values, parts: Vec::new() })
    }
}

/// In English.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::English))
    }
}

/// The sentences of one language.
#[derive(Debug)]
pub struct Catalogue(BTreeMap<String, BTreeMap<String, Sentence>>);

/// A sentence with `{name}` in the place of values.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Sentence {
    /// The same for every number.
    Plain(String),
    /// By the value of `count`, with the names of Unicode's plural categories.
    Plural {
        /// Of one.
        one: String,
        /// Of none or several.
        other: String,
    },
}

impl Catalogue {
    /// Reads a catalogue: tables of sentences.
    ///
    /// # Panics
    /// If the text is no catalogue: it is part of the program, and a test reads it.
    pub fn parse(text: &str) -> Self {
        Catalogue(toml::from_str(text).unwrap_or_else(|error| panic!("a catalogue of messages: {error}")))
    }

    /// Whether the catalogue has a sentence for a key.
    pub fn contains(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The sentence of a message whose values are text; none where the catalogue lacks its key.
    pub fn sentence(&self, message: &Message) -> Option<String> {
        self.filled(message.key, |name| message.value(name))
    }

    /// The sentence of a key with values in it; none where the catalogue lacks the key.
    pub fn filled<'v>(&self, key: &str, value: impl Fn(&str) -> Option<&'v str>) -> Option<String> {
        let template = match self.find(key)? {
            Sentence::Plain(text) => text,
            Sentence::Plural { one, other } => match value("count") {
                Some("1") => one,
                _ => other,
            },
        };
        Some(fill(template, value))
    }

    /// The sentences of a section by name, with `{name}` in the place of values.
    pub fn section(&self, section: &str) -> Option<&BTreeMap<String, Sentence>> {
        self.0.get(section)
    }

    fn find(&self, key: &str) -> Option<&Sentence> {
        let (section, name) = key.split_once('.')?;
        self.0.get(section)?.get(name)
    }
}

impl Message {
    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// Puts values in the place of `{name}`, in one pass: braces within a value are text, and so are those of unknown names.
pub fn fill<'v>(template: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut filled = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        match behind.split_once('}').and_then(|(name, behind)| Some((value(name)?, behind))) {
            Some((value, behind)) => {
                filled.push_str(value);
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = behind;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_once() {
        let values = |name: &str| match name {
            "a" => Some("{b}"),
            "b" => Some("c"),
            _ => None,
        };
        for (template, filled) in [
            ("{a}{b}", "{b}c"),
            ("{x} {", "{x} {"),
            ("{{a}}", "{{b}}"),
            ("\\textbf{{b}}", "\\textbf{c}"),
            ("", ""),
        ] {
            assert_eq!(fill(template, values), filled, "{template}");
        }
    }

    #[test]
    fn count_decides_between_singular_and_plural() {
        let catalogue = Catalogue::parse("[a]\nb = { one = \"a byte\", other = \"{count} bytes\" }");
        let sentence = |count: usize| catalogue.sentence(&Message::new("a.b", &[("count", &count)]));
        assert_eq!([0, 1, 2].map(|count| sentence(count).unwrap()), ["0 bytes", "a byte", "2 bytes"]);
        assert_eq!(catalogue.sentence(&Message::new("a.c", &[])), None);
    }
}
