//! What can be wrong with a pattern.

use std::fmt;

use super::{MAX_LENGTH, MAX_NESTING, MAX_REPETITIONS, MAX_TOKENS};
use crate::messages::Message;

/// A mistake in a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PatternError {
    /// Where it is: characters from the beginning of the pattern, from 0.
    pub offset: usize,
    /// What was expected there.
    pub expected: Expected,
}

/// What a pattern should have at some offset, and has not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A token or a group.
    Token,
    /// A token, a group or the end.
    PartOrEnd,
    /// The `)` of a group of tokens.
    ClosingGroup,
    /// The `)` of a group of conditions within a token.
    ClosingParenthesis,
    /// `&`, `|` or the `]` of a token.
    ClosingToken,
    /// The `}` of a repetition.
    ClosingBounds,
    /// The name of an attribute.
    Attribute,
    /// `=` or `!=`.
    Equals,
    /// A value in quotation marks.
    Value,
    /// The quotation mark that closes a value.
    ClosingQuote,
    /// A value that is not empty.
    NonEmptyValue,
    /// A regular expression.
    Regex {
        /// What is wrong with the value, in English.
        error: String,
    },
    /// The number of a repetition.
    Number,
    /// Bounds of a repetition of which the first is the smaller one.
    OrderedBounds,
    /// `<s>` or `</s>`.
    Boundary,
    /// The name of a macro.
    Macro {
        /// The names that there are.
        known: Vec<String>,
    },
    /// The `[]` behind the name of a macro.
    MacroBrackets,
    /// At most [`MAX_REPETITIONS`].
    FewerRepetitions,
    /// Groups and repetitions nested at most [`MAX_NESTING`] deep.
    LessNesting,
    /// A pattern that comes to at most [`MAX_TOKENS`] when its repetitions are written out.
    FewerTokens,
    /// A pattern of at most [`MAX_LENGTH`].
    FewerCharacters,
}

impl Expected {
    /// What was expected, as a noun phrase.
    pub fn message(&self) -> Message {
        let key = match self {
            Expected::Token => "pattern.token",
            Expected::PartOrEnd => "pattern.part_or_end",
            Expected::ClosingGroup => "pattern.closing_group",
            Expected::ClosingParenthesis => "pattern.closing_parenthesis",
            Expected::ClosingToken => "pattern.closing_token",
            Expected::ClosingBounds => "pattern.closing_bounds",
            Expected::Attribute => "pattern.attribute",
            Expected::Equals => "pattern.equals",
            Expected::Value => "pattern.value",
            Expected::ClosingQuote => "pattern.closing_quote",
            Expected::NonEmptyValue => "pattern.non_empty_value",
            Expected::Regex { error } => return Message::new("pattern.regex", &[("error", error)]),
            Expected::Number => "pattern.number",
            Expected::OrderedBounds => "pattern.ordered_bounds",
            Expected::Boundary => "pattern.boundary",
            Expected::Macro { known } => {
                return Message::new("pattern.macro", &[("known", &known.join(", "))]);
            }
            Expected::MacroBrackets => "pattern.macro_brackets",
            Expected::FewerRepetitions => {
                return Message::new("pattern.repetitions", &[("max", &MAX_REPETITIONS)]);
            }
            Expected::LessNesting => return Message::new("pattern.nesting", &[("max", &MAX_NESTING)]),
            Expected::FewerTokens => return Message::new("pattern.size", &[("max", &MAX_TOKENS)]),
            Expected::FewerCharacters => return Message::new("pattern.length", &[("max", &MAX_LENGTH)]),
        };
        Message::new(key, &[])
    }
}

impl PatternError {
    /// What is wrong, and where.
    pub fn message(&self) -> Message {
        Message::new("pattern.expected", &[("character", &self.offset.saturating_add(1))])
            .with("expected", self.expected.message())
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for PatternError {}
