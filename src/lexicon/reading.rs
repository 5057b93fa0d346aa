//! Reads one lexicon file: its form, its patterns, and where a mistake is.

use serde::de::DeserializeOwned;

use super::pattern::{self, Macros, Pattern};
use super::standard::{LexiconFile, Source};
use super::texts::Text;
use crate::digest::sha256;

/// A mistake in a lexicon file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {message}")]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

/// The name of a file without folders, and its SHA-256 in hexadecimal.
pub(super) type FileRecord = (String, String);

/// What the reader of TOML says, with a remedy for what is likely to be forgotten.
fn in_words(message: &str) -> String {
    let remedy = match message {
        "missing field `examples`" => "give the entry at least one sentence in which it is found",
        "missing field `entry`" => "give at least one [[entry]]",
        "missing field `category`" => "say which category the entries belong to: category = \"…\"",
        "missing field `stance`" => "say which stance the category has: stance = \"hedge\" or \"assertive\"",
        "missing field `id`" => "give the entry an id: id = \"…\"",
        _ => return message.to_owned(),
    };
    format!("{message}: {remedy}")
}

impl LexiconFile {
    /// Reads it from what the build has read in it or, where there is nothing or something is wrong with it, from its text,
    /// which tells where.
    pub(super) fn read<A: DeserializeOwned, B: DeserializeOwned, R>(
        &self,
        from_build: impl FnOnce(A) -> Result<R, LexiconError>,
        from_text: impl FnOnce(B) -> Result<R, LexiconError>,
    ) -> Result<R, LexiconError> {
        let form = self.from_build.and_then(|json| serde_json::from_str(json).ok());
        if let Some(Ok(read)) = form.map(from_build) {
            return Ok(read);
        }
        let source = &self.source;
        let form = toml::from_str(&source.text).map_err(|error| LexiconError {
            file: source.name.clone(),
            line: error.span().map_or(1, |span| source.line(span.start)),
            message: in_words(error.message()),
        })?;
        from_text(form)
    }
}

/// Where a pattern stands, and so what it may hold.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Node,
    Context,
    /// Anywhere: what it may hold shows where it is called.
    Macro,
}

impl Source {
    pub(super) fn mistake(&self, at: &impl Text, message: String) -> LexiconError {
        LexiconError { file: self.name.clone(), line: at.line(self), message }
    }

    /// What the record of a run says of it.
    pub(super) fn record(&self) -> FileRecord {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        (name.into(), sha256(&self.text))
    }

    pub(super) fn optional(
        &self,
        text: &Option<impl Text>,
        id: &str,
        place: Place,
        macros: &Macros,
    ) -> Result<Option<Pattern>, LexiconError> {
        text.as_ref().map(|text| self.pattern(text, id, place, macros)).transpose()
    }

    pub(super) fn pattern(
        &self,
        text: &impl Text,
        id: &str,
        place: Place,
        macros: &Macros,
    ) -> Result<Pattern, LexiconError> {
        let pattern = pattern::parse(text.get(), macros)
            .map_err(|error| self.mistake(text, format!("{id}: {error} in {}", text.get())))?;
        let wrong = |what: &str| Err(self.mistake(text, format!("{id}: {what}: {}", text.get())));
        match place {
            Place::Node if pattern.names_a_sentence_end() => {
                wrong("`<s>` and `</s>` may only stand in what comes before or after")
            }
            Place::Node if pattern.matches_nothing() => {
                wrong("expected a pattern that needs at least one token")
            }
            Place::Context if pattern.matches_nothing() => {
                wrong("expected a pattern that does not match everywhere")
            }
            _ => Ok(pattern),
        }
    }
}
