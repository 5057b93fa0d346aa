//! What can be wrong with a lexicon file.

use std::fmt;

use super::pattern::{self, PatternError};
use super::{Stance, size};
use crate::messages::Message;

/// A mistake in a lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LexiconError {
    /// The file, by the name of its [`Source`](super::Source).
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub mistake: Mistake,
}

/// What is wrong in a lexicon file. An `id` is that of an entry or a rule, or the name of a macro.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mistake {
    /// It is not TOML, or a value has the wrong type.
    Toml {
        /// What the reader of TOML says, in English.
        message: String,
    },
    /// Its tables or arrays are nested too deep for the reader of TOML.
    DeepToml,
    /// A required field is missing.
    MissingField {
        /// Its name.
        field: String,
    },
    /// The citation form is empty.
    EmptyForm,
    /// The citation form is cut into more morphemes than a pattern may have tokens.
    LongForm,
    /// With this entry, the patterns come to too many tokens.
    TooManyTokens,
    /// With this entry, too many values need a regular expression.
    TooManyRegexes,
    /// An entry has no example.
    NoExamples {
        /// Its id.
        id: String,
    },
    /// A pattern can't be read.
    Pattern {
        /// Whose pattern it is.
        id: String,
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        error: PatternError,
    },
    /// `<s>` or `</s>` in the pattern of a marker.
    BoundaryInNode {
        /// Whose pattern it is.
        id: String,
        /// The pattern.
        pattern: String,
    },
    /// The pattern of a marker matches the empty sequence.
    NullableNode {
        /// Whose pattern it is.
        id: String,
        /// The pattern.
        pattern: String,
    },
    /// A condition matches the empty sequence, and so everywhere.
    NullableCondition {
        /// Whose pattern it is.
        id: String,
        /// The pattern.
        pattern: String,
    },
    /// Two entries have one id.
    DuplicateId {
        /// The id.
        id: String,
        /// The file of the earlier entry.
        file: String,
        /// The line of the earlier entry, from 1.
        line: usize,
    },
    /// Two macros have one name.
    DuplicateMacro {
        /// The name.
        name: String,
    },
    /// A rule or an example gives a value that its column can't have.
    UnknownValue {
        /// The value.
        value: String,
    },
    /// A category has another stance in an earlier file.
    OtherStance {
        /// The category.
        category: String,
        /// Its stance in the earlier file.
        stance: Stance,
    },
}

impl Mistake {
    /// From the message of the reader of TOML.
    pub(super) fn of_toml(message: &str) -> Self {
        let field = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
        match field {
            Some(field) => Mistake::MissingField { field: field.into() },
            None if message.contains("recurs") => Mistake::DeepToml,
            None => Mistake::Toml { message: message.into() },
        }
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> Message {
        match self {
            Mistake::Toml { message } => Message::new("lexicon.toml", &[("message", &excerpt(message, 0))]),
            Mistake::DeepToml => Message::new("lexicon.deep_toml", &[]),
            Mistake::MissingField { field } => {
                let key = match field.as_str() {
                    "category" => "lexicon.missing_category",
                    "stance" => "lexicon.missing_stance",
                    "entry" => "lexicon.missing_entry",
                    "id" => "lexicon.missing_id",
                    "examples" => "lexicon.missing_examples",
                    _ => "lexicon.missing_field",
                };
                Message::new(key, &[("field", field)])
            }
            Mistake::EmptyForm => Message::new("lexicon.empty_form", &[]),
            Mistake::LongForm => Message::new("lexicon.long_form", &[("max", &pattern::MAX_TOKENS)]),
            Mistake::TooManyTokens => Message::new("lexicon.tokens", &[("max", &size::MAX_TOKENS)]),
            Mistake::TooManyRegexes => Message::new("lexicon.regexes", &[("max", &size::MAX_REGEXES)]),
            Mistake::NoExamples { id } => of_entry("lexicon.no_examples", id, &[]),
            Mistake::Pattern { id, pattern, error } => {
                let excerpt = excerpt(pattern, error.offset);
                of_entry("lexicon.pattern", id, &[("pattern", &excerpt)]).with("error", error.message())
            }
            Mistake::BoundaryInNode { id, pattern } => {
                of_entry("lexicon.boundary_in_node", id, &[("pattern", &excerpt(pattern, 0))])
            }
            Mistake::NullableNode { id, pattern } => {
                of_entry("lexicon.nullable_node", id, &[("pattern", &excerpt(pattern, 0))])
            }
            Mistake::NullableCondition { id, pattern } => {
                of_entry("lexicon.nullable_condition", id, &[("pattern", &excerpt(pattern, 0))])
            }
            Mistake::DuplicateId { id, file, line } => {
                of_entry("lexicon.duplicate_id", id, &[("file", file), ("line", line)])
            }
            Mistake::DuplicateMacro { name } => Message::new("lexicon.duplicate_macro", &[("name", name)]),
            Mistake::UnknownValue { value } => Message::new("lexicon.unknown_value", &[("value", value)]),
            Mistake::OtherStance { category, stance } => {
                let category = excerpt(category, 0);
                Message::new("lexicon.other_stance", &[("category", &category), ("stance", stance)])
            }
        }
    }
}

/// A message of an entry, a rule or a macro.
fn of_entry(key: &'static str, id: &str, values: &[(&'static str, &dyn fmt::Display)]) -> Message {
    let id = excerpt(id, 0);
    Message::new(key, &[&[("id", &id as &dyn fmt::Display)], values].concat())
}

/// A text on one line or, of a long one, what stands around a character of it.
pub(super) fn excerpt(pattern: &str, offset: usize) -> String {
    const AROUND: usize = 100;
    let pattern = pattern.replace(['\r', '\n'], " ");
    let length = pattern.chars().count();
    if length <= 10 * AROUND {
        return pattern;
    }
    let start = offset.saturating_sub(AROUND);
    let shown: String = pattern.chars().skip(start).take(2 * AROUND).collect();
    let (before, behind) =
        (if start > 0 { "…" } else { "" }, if start + 2 * AROUND < length { "…" } else { "" });
    format!("{before}{shown}{behind}")
}

impl LexiconError {
    /// What is wrong, and where.
    pub fn message(&self) -> Message {
        Message::new("lexicon.mistake", &[("file", &self.file), ("line", &self.line)])
            .with("mistake", self.mistake.message())
    }
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for LexiconError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_pattern_a_part_is_shown() {
        let long = "犬".repeat(1000) + &"猫".repeat(1000);
        assert_eq!(excerpt(&long, 0), "犬".repeat(200) + "…");
        assert_eq!(excerpt(&long, 1000), format!("…{}{}…", "犬".repeat(100), "猫".repeat(100)));
        assert_eq!(excerpt(&long, 1950), format!("…{}", "猫".repeat(150)));
        assert_eq!(excerpt(&long[..3000], 5), long[..3000]);
    }
}
