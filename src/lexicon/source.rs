//! One lexicon file: its TOML, its patterns, and the lines of its mistakes.

use memchr::memchr_iter;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::error::{LexiconError, Mistake};
use super::pattern::{self, Macros, Pattern};
use crate::digest::sha256;

/// A lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path, for messages and for the record of the run.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// How many keys the reader of TOML refuses to nest (`a.b.c`).
const MAX_KEYS: usize = 80;

/// The name of a file without folders, and its SHA-256 in hexadecimal.
pub(super) type FileRecord = (String, String);

/// What a pattern is for, and so what it may hold.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum PatternRole {
    /// The marker itself.
    Node,
    /// What stands before or after it.
    Condition,
    /// Part of other patterns, which are checked where it is called.
    Macro,
}

/// A file with the places of its line ends, so that thousands of entries find their lines.
pub(super) struct Lines<'a> {
    pub source: &'a Source,
    /// The offsets of `\n`.
    ends: Vec<usize>,
}

impl Source {
    /// Where its lines are.
    pub(super) fn lines(&self) -> Lines<'_> {
        Lines { source: self, ends: memchr_iter(b'\n', self.text.as_bytes()).collect() }
    }

    /// What the record of a run says of it.
    pub(super) fn record(&self) -> FileRecord {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        (name.into(), sha256(&self.text))
    }
}

impl Lines<'_> {
    /// Reads its TOML.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, LexiconError> {
        toml::from_str(&self.source.text).map_err(|error| {
            let line = error.span().map_or_else(|| self.line_of_dots(), |span| self.line(span.start));
            self.error_on(line, Mistake::of_toml(error.message()))
        })
    }

    /// The first line with the dots of a key that is nested too deep, for which the reader of TOML gives no place.
    fn line_of_dots(&self) -> usize {
        let has_many = |line: &str| line.matches('.').nth(MAX_KEYS - 2).is_some();
        self.source.text.lines().position(has_many).map_or(1, |index| index + 1)
    }

    /// The line of a byte, from 1.
    fn line(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end < offset) + 1
    }

    /// The line that a string of its TOML begins on, from 1.
    pub fn line_of(&self, string: &Spanned<String>) -> usize {
        self.line(string.span().start)
    }

    /// How many lines of the file a string has before one of its characters.
    fn lines_before(&self, string: &Spanned<String>, offset: usize) -> usize {
        // A line end right behind the opening quotation marks is none of the string.
        let opening = self.source.text[string.span()].trim_start_matches(['"', '\'']);
        let skipped = usize::from(opening.starts_with('\n') || opening.starts_with("\r\n"));
        let breaks = |text: &str| text.matches('\n').count();
        // A line end that is escaped (`\n` within `"…"`) is on the line of the others.
        let written = breaks(&self.source.text[string.span()]);
        if written == 0 {
            return 0;
        }
        skipped + breaks(&string.get_ref().chars().take(offset).collect::<String>())
    }

    pub fn error(&self, at: &Spanned<String>, mistake: Mistake) -> LexiconError {
        self.error_on(self.line_of(at), mistake)
    }

    fn error_on(&self, line: usize, mistake: Mistake) -> LexiconError {
        LexiconError { file: self.source.name.clone(), line, mistake }
    }

    /// Reads a pattern that may be missing.
    pub fn optional_pattern(
        &self,
        text: Option<&Spanned<String>>,
        id: &str,
        role: PatternRole,
        macros: &Macros,
    ) -> Result<Option<Pattern>, LexiconError> {
        text.map(|text| self.pattern(text, id, role, macros)).transpose()
    }

    /// Reads the pattern of an entry, a rule or a macro with this id, and checks that it may play its role.
    pub fn pattern(
        &self,
        text: &Spanned<String>,
        id: &str,
        role: PatternRole,
        macros: &Macros,
    ) -> Result<Pattern, LexiconError> {
        let (id, written) = (id.to_owned(), text.get_ref().clone());
        let pattern = match pattern::parse(text.get_ref(), macros) {
            Ok(pattern) => pattern,
            Err(error) => {
                let line = self.line_of(text) + self.lines_before(text, error.offset);
                return Err(self.error_on(line, Mistake::Pattern { id, pattern: written, error }));
            }
        };
        let mistake = match role {
            PatternRole::Node if pattern.has_sentence_boundary() => {
                Mistake::BoundaryInNode { id, pattern: written }
            }
            PatternRole::Node if pattern.is_nullable() => Mistake::NullableNode { id, pattern: written },
            PatternRole::Condition if pattern.is_nullable() => {
                Mistake::NullableCondition { id, pattern: written }
            }
            _ => return Ok(pattern),
        };
        Err(self.error(text, mistake))
    }
}
