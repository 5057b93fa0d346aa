//! The rules that judge the context of a hit: negated, interrogative, quoted, position.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::pattern::Pattern;

/// The syntactic position of a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// Closes its sentence or clause.
    Predicate,
    /// Modifies a noun (期待される効果).
    Adnominal,
    /// Modifies a predicate (必ず).
    Adverbial,
    /// Anything else.
    Other,
}

impl Position {
    /// All, in the order of their names in the documentation.
    pub const ALL: [Position; 4] =
        [Position::Predicate, Position::Adnominal, Position::Adverbial, Position::Other];

    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Position::Predicate => "predicate",
            Position::Adnominal => "adnominal",
            Position::Adverbial => "adverbial",
            Position::Other => "other",
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a sentence is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentenceType {
    /// By a declarative predicate.
    Declarative,
    /// Otherwise: a question, a request, a heading or a fragment.
    Other,
}

impl SentenceType {
    pub(super) const ALL: [SentenceType; 2] = [SentenceType::Declarative, SentenceType::Other];

    /// Its name in the file of the rules.
    pub fn name(self) -> &'static str {
        match self {
            SentenceType::Declarative => "declarative",
            SentenceType::Other => "other",
        }
    }
}

impl fmt::Display for SentenceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The rules for one column; the first that matches decides.
#[derive(Debug, Clone)]
pub struct ContextRules<T> {
    /// The value where no rule matches.
    pub default: T,
    /// In the order in which they are tried.
    pub rules: Vec<ContextRule<T>>,
    /// Sentences that test them.
    pub examples: Vec<ContextExample<T>>,
}

/// A rule: where all its patterns match, the column has its value.
#[derive(Debug, Clone)]
pub struct ContextRule<T> {
    /// Its name within the file.
    pub id: String,
    /// The value it gives.
    pub value: T,
    /// Must match the whole node.
    pub node: Option<Pattern>,
    /// Must match right before the node.
    pub before: Option<Pattern>,
    /// Must match right after the node.
    pub after: Option<Pattern>,
}

/// A sentence with the value that a hit in it must have.
#[derive(Debug, Clone)]
pub struct ContextExample<T> {
    /// The sentence.
    pub text: String,
    /// A string in it that the hit overlaps, its first occurrence; nothing for a rule on the whole sentence.
    pub node: String,
    /// The value.
    pub value: T,
    /// The file it comes from and the line it begins on, from 1.
    pub origin: (String, usize),
}

/// The rules for every column of context.
#[derive(Debug, Clone)]
pub struct Contexts {
    /// Whether the marker itself is denied.
    pub negated: ContextRules<bool>,
    /// Whether it stands in a question.
    pub interrogative: ContextRules<bool>,
    /// Whether it stands in quotation marks.
    pub quoted: ContextRules<bool>,
    /// Its syntactic position.
    pub position: ContextRules<Position>,
    /// How the sentence is closed: `before` must match right before its end.
    pub sentence: ContextRules<SentenceType>,
}

impl Contexts {
    /// No rules.
    pub(super) fn none() -> Self {
        Contexts {
            negated: ContextRules::none(false),
            interrogative: ContextRules::none(false),
            quoted: ContextRules::none(false),
            position: ContextRules::none(Position::Other),
            sentence: ContextRules::none(SentenceType::Other),
        }
    }
}

impl<T> ContextRules<T> {
    fn none(default: T) -> Self {
        ContextRules { default, rules: Vec::new(), examples: Vec::new() }
    }
}
