//! What is compared: how often each measure occurs in each document of each group.

use std::collections::BTreeMap;

use super::{Design, Fifths};
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
    /// The index of its stratum; 0 where there are none.
    pub stratum: usize,
    /// What it belongs to: documents with the same number are not independent. Its own index where nothing says so.
    pub cluster: usize,
    /// By index of the base: its size.
    pub sizes: [u64; Base::ALL.len()],
}

/// The counts that a comparison is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observations {
    /// How the documents are compared.
    pub design: Design,
    /// The groups, in order.
    pub groups: Vec<String>,
    /// By group: its value, where the groups have an order: the number that it is, or its place in the order. Else empty.
    pub values: Vec<f64>,
    /// The strata, by code point; none where the design has none.
    pub strata: Vec<String>,
    /// The documents that are compared, by name.
    pub documents: Vec<ObservedDocument>,
    /// By level, then as in the tables.
    pub measures: Vec<Measure>,
    /// The Japanese terms of categories, as far as they are known.
    pub terms: BTreeMap<String, String>,
    /// The names of the documents that have no value of a variable of the design, or are no part of a whole pair.
    pub left_out: Vec<String>,
    /// Where in their documents the markers stand, as far as it is known.
    pub fifths: Fifths,
}

impl Observations {
    /// The documents of a stratum alone.
    pub fn of_stratum(&self, stratum: usize) -> Self {
        let mut indices = vec![None; self.documents.len()];
        let mut documents = Vec::new();
        for (index, document) in self.documents.iter().enumerate() {
            if document.stratum == stratum {
                indices[index] = Some(documents.len() as u32);
                documents.push(ObservedDocument { stratum: 0, ..*document });
            }
        }
        let measures = self.measures.iter().map(|measure| {
            let counts = measure.counts.iter();
            let counts = counts.filter_map(|(document, count)| Some((indices[*document as usize]?, *count)));
            Measure { counts: counts.collect(), ..measure.clone() }
        });
        Observations {
            documents,
            measures: measures.collect(),
            strata: Vec::new(),
            fifths: Fifths::default(),
            ..self.clone()
        }
    }
}
