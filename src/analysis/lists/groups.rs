//! The value of a variable that a document has.

use std::collections::BTreeMap;

use crate::corpus::{Document, Variables};
use crate::counts::{Design, DesignColumns};
use crate::statistics::{Frequency, Interval, Ratio, Scale, per_thousand};
use crate::tables::ReadBackError;

/// Finds the value of a variable, or of several with commas, which are crossed.
pub(super) struct Grouping(DesignColumns);

impl Grouping {
    /// A grouping by a variable.
    pub fn new(variable: &str, variables: &Variables) -> Result<Self, ReadBackError> {
        Ok(Grouping(DesignColumns::new(&Design::by(variable), &variables.names)?))
    }

    /// The value of a document; empty where it has none.
    pub fn value(&self, variables: &Variables, document: &Document) -> String {
        let cells: Vec<&str> = variables.of(document).collect();
        self.0.group(|column| cells.get(column).copied().unwrap_or_default())
    }
}

/// Hits in the documents that have a value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfValue {
    /// The value; empty for documents without one.
    pub value: String,
    /// Documents.
    pub documents: u64,
    /// Those of them with a hit.
    pub range: u64,
    /// Hits among tokens.
    pub total: Frequency,
    /// Hits per 1,000 tokens.
    pub per_1000_tokens: Option<f64>,
    /// The 95 % interval of this, by how documents vary.
    pub interval: Option<Interval>,
}

/// Hits and tokens of documents, by value of a variable.
#[derive(Default)]
pub(super) struct ByValue(BTreeMap<String, Vec<Frequency>>);

impl ByValue {
    /// Adds a document.
    pub fn add(&mut self, value: String, document: Frequency) {
        self.0.entry(value).or_default().push(document);
    }

    /// The figures of each value, in the order of the values; that of documents without one is last.
    pub fn finish(mut self) -> Vec<OfValue> {
        let without = self.0.remove_entry("");
        self.0.into_iter().chain(without).map(|(value, documents)| figures(value, &documents)).collect()
    }
}

fn figures(value: String, documents: &[Frequency]) -> OfValue {
    let total = documents.iter().fold(Frequency::default(), |total, document| Frequency {
        count: total.count + document.count,
        size: total.size + document.size,
    });
    let rated = documents.iter().filter(|document| document.size > 0);
    let units: Vec<_> = rated.map(|document| (document.count as f64, document.size as f64)).collect();
    let interval = Ratio::new(&units, total.count, total.size).and_then(|ratio| ratio.interval(Scale::Log));
    OfValue {
        value,
        documents: documents.len() as u64,
        range: documents.iter().filter(|document| document.count > 0).count() as u64,
        total,
        per_1000_tokens: per_thousand(total.count, total.size),
        interval: interval.map(|(low, high)| (low * 1000.0, high * 1000.0)),
    }
}
