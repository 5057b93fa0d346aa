//! The texts of a lexicon file, which know where they stand.

use std::fmt;

use memchr::memchr_iter;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use toml::Spanned;

use super::Source;

/// A text in a lexicon file.
pub(super) trait Text {
    fn get(&self) -> &str;
    fn into_string(self) -> String;
    /// The line that it begins on, from 1.
    fn line(&self, source: &Source) -> usize;
}

/// A text of TOML.
pub(super) type FromToml = Spanned<String>;

impl Text for FromToml {
    fn get(&self) -> &str {
        self.get_ref()
    }

    fn into_string(self) -> String {
        self.into_inner()
    }

    fn line(&self, source: &Source) -> usize {
        source.line(self.span().start)
    }
}

/// A text that the build has read: it knows its line where the program tells of it, and stands alone where it does not.
pub(super) struct FromBuild {
    line: Option<usize>,
    text: String,
}

impl Text for FromBuild {
    fn get(&self) -> &str {
        &self.text
    }

    fn into_string(self) -> String {
        self.text
    }

    fn line(&self, _: &Source) -> usize {
        self.line.unwrap_or(1)
    }
}

impl<'de> Deserialize<'de> for FromBuild {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = FromBuild;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text, or its line and the text")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<FromBuild, E> {
                Ok(FromBuild { line: None, text: text.into() })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<FromBuild, A::Error> {
                let line = sequence.next_element()?;
                let text = sequence.next_element()?;
                Ok(FromBuild { line, text: text.ok_or_else(|| Error::invalid_length(1, &self))? })
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl Source {
    /// The line that a byte stands on.
    pub(super) fn line(&self, byte: usize) -> usize {
        memchr_iter(b'\n', &self.text.as_bytes()[..byte]).count() + 1
    }
}
