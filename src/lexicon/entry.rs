//! What the lexicon consists of: entries in categories, categories in stances.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::pattern::Pattern;

/// How the writer stands to the proposition.
///
/// Source of the pair: Hyland, K. (2005), *Metadiscourse*, where it is hedges against boosters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// The writer withholds full commitment (期待される, 可能性がある).
    Hedge,
    /// The writer commits fully, or adds force (実現する, 必ず).
    Assertive,
}

impl Stance {
    /// Both, in the order of the tables.
    pub const ALL: [Stance; 2] = [Stance::Hedge, Stance::Assertive];

    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Hedge => "hedge",
            Stance::Assertive => "assertive",
        }
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A category of markers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name in the tables (`expectation`).
    pub name: String,
    /// Its stance.
    pub stance: Stance,
    /// The Japanese term (期待・見込み).
    pub term: String,
    /// What it is, in a sentence.
    pub definition: String,
    /// Where the category is described in the literature.
    pub source: String,
}

/// A marker: what is looked for, under which conditions it counts, and the sentences that test it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Unique in the lexicon: the citation form, with the sense in brackets where two share a form.
    pub id: String,
    /// The citation form.
    pub form: String,
    /// The index of its category in [`super::Lexicon::categories`].
    pub category: usize,
    /// The marker itself.
    pub node: Pattern,
    /// Must match right before the node.
    pub before: Option<Pattern>,
    /// Must not match right before the node.
    pub not_before: Option<Pattern>,
    /// Must match right after the node.
    pub after: Option<Pattern>,
    /// Must not match right after the node.
    pub not_after: Option<Pattern>,
    /// Whether its hits are negated, where the entry says so itself and not the context.
    pub negated: Option<bool>,
    /// Sentences in which it is found.
    pub examples: Vec<String>,
    /// Sentences in which it is found, negated by its context.
    pub denied: Vec<String>,
    /// Sentences in which it is not found.
    pub counterexamples: Vec<String>,
    /// Reasons, for the reader of the lexicon.
    pub note: String,
    /// The file it comes from and the line it begins on, from 1.
    pub origin: (String, usize),
}

impl Entry {
    /// Its node and its conditions.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        [Some(&self.node)].into_iter().chain(self.conditions().map(Option::as_ref)).flatten()
    }

    /// Whether it has any condition besides the node.
    pub fn has_conditions(&self) -> bool {
        self.conditions().any(Option::is_some)
    }

    fn conditions(&self) -> impl Iterator<Item = &Option<Pattern>> {
        [&self.before, &self.not_before, &self.after, &self.not_after].into_iter()
    }
}
