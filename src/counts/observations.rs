//! What is compared: how often each measure occurs in each document of each group.

use super::Fifths;
use crate::lexicon::Stance;

/// What a measure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The markers of a stance.
    Stance,
    /// A share: of hedges among the markers, of a kind of sentences among the sentences.
    Share,
    /// The markers of a category.
    Category,
    /// One marker.
    Marker,
}

impl Level {
    /// All, in the order of the tables.
    pub const ALL: [Level; 4] = [Level::Stance, Level::Share, Level::Category, Level::Marker];

    /// Its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Level::Stance => "stance",
            Level::Share => "share",
            Level::Category => "category",
            Level::Marker => "marker",
        }
    }

    /// The name of all measures of this level, whose p-values are adjusted together.
    pub fn family(self) -> &'static str {
        match self {
            Level::Stance => "stances",
            Level::Share => "shares",
            Level::Category => "categories",
            Level::Marker => "markers",
        }
    }
}

/// What a measure is counted among: the denominator of its rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Tokens.
    Tokens,
    /// Affirmed markers of both stances.
    Markers,
    /// Sentences.
    Sentences,
}

impl Base {
    /// All, by index.
    pub const ALL: [Base; 3] = [Base::Tokens, Base::Markers, Base::Sentences];

    /// The factor of a rate: 1,000 for rates per 1,000 tokens, 1 for shares.
    pub fn scale(self) -> f64 {
        match self {
            Base::Tokens => 1000.0,
            Base::Markers | Base::Sentences => 1.0,
        }
    }

    /// The unit of the rates, in the words of the tables.
    pub fn unit(self) -> &'static str {
        match self {
            Base::Tokens => "per 1,000 tokens",
            Base::Markers => "share of markers",
            Base::Sentences => "share of sentences",
        }
    }
}

/// A measure, with its count in each document that has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What it counts.
    pub level: Level,
    /// Its name: of the stance, the category or the marker, or `hedge_share`, `sentences_hedged_share` …
    pub name: String,
    /// Its stance, where it has one.
    pub stance: Option<Stance>,
    /// The category, of a category or a marker.
    pub category: Option<String>,
    /// What it is counted among.
    pub base: Base,
    /// Index of the document and the count there, for each document in which it is not 0, by index.
    pub counts: Vec<(u32, u64)>,
}

/// A document that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObservedDocument {
    /// The index of its group.
    pub group: usize,
    /// By index of the base: its size.
    pub sizes: [u64; Base::ALL.len()],
}

/// The counts that a comparison is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Observations {
    /// The variable by which documents are grouped.
    pub variable: String,
    /// Its values, by code point.
    pub groups: Vec<String>,
    /// The documents that have a value, by name.
    pub documents: Vec<ObservedDocument>,
    /// By level, then as in the tables.
    pub measures: Vec<Measure>,
    /// The names of the documents that have no value.
    pub left_out: Vec<String>,
    /// Where in their documents the markers stand, as far as it is known.
    pub fifths: Fifths,
}
