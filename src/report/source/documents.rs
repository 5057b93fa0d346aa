//! What is known of the documents together: sums, intervals, quartiles, and a sample of them.

use std::collections::{BTreeMap, HashMap};

use super::Grouping;
use super::document_rows::{DocumentRows, SourceDocument};
use super::quantiles::{READINGS, Selection, place};
use crate::counts::SENTENCE_KINDS;
use crate::lexicon::Stance;
use crate::report::sampling::Sampling;
use crate::statistics::{Band, Frequency, PartSizes, Ratio, Residuals};
use crate::tables::{ComparisonRecord, ReadBackError, RunRecord, RunTables};

/// Of more documents, a sample of so many is drawn.
pub const MOST_DRAWN: u64 = 4000;
/// The seed of the sample.
pub const SEED: u64 = 1;
/// The shares of the documents of which the quantiles are read.
pub const SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// By stance.
type ByStance<T> = [T; Stance::ALL.len()];

/// The documents of a run.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// Sums over all.
    pub all: Sums,
    /// Sums by group.
    pub by_group: Vec<Sums>,
    /// The tokens of those that have some.
    pub sizes: PartSizes,
    /// The pooled rates of hedges and of assertive markers, and the share of hedges among both, with their variances.
    pub ratios: [Option<Ratio>; 3],
    /// The lines through the rates of groups that have an order.
    pub bands: ByStance<Option<Band>>,
    /// The quantiles of the documents' rates at [`SHARES`]; none with groups, or without a document that has tokens.
    pub quantiles: Option<ByStance<[f64; SHARES.len()]>>,
    /// All, or a sample of 4,000, in the order of the tables.
    pub sample: Vec<SampledDocument>,
}

/// Sums over documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many documents there are.
    pub documents: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Their tokens.
    pub tokens: u64,
    /// By stance: affirmed markers.
    pub stances: ByStance<u64>,
    /// By kind: sentences.
    pub kinds: [u64; SENTENCE_KINDS.len()],
}

/// A document that is drawn.
#[derive(Debug, Clone)]
pub struct SampledDocument {
    /// Its name.
    pub name: String,
    /// By stance: its rate; none where it has no tokens.
    pub rates: Option<ByStance<f64>>,
    /// The index of its group; none where it is in none.
    pub group: Option<usize>,
}

impl Documents {
    /// Reads the table twice, and [`READINGS`] times more for the quantiles of more documents than are drawn.
    pub(super) fn read(
        tables: RunTables,
        comparison: Option<&ComparisonRecord>,
        grouping: Option<&Grouping>,
        number: u64,
    ) -> Result<Self, ReadBackError> {
        let mut documents = Documents::default();
        let mut clusters = Clusters::default();
        let mut sampling = Sampling::new(SEED, number, MOST_DRAWN);
        let mut rows = DocumentRows::open(tables, comparison)?;
        while rows.next_document()? {
            documents.add(&rows.document);
            clusters.add(&rows.document);
            if sampling.draw() {
                documents.sample.push(SampledDocument {
                    name: rows.document.name.clone(),
                    rates: rows.document.rates(),
                    group: rows.document.group,
                });
            }
        }
        documents.by_group.resize(grouping.map_or(0, |grouping| grouping.groups.len()), Sums::default());
        documents.read_residuals(DocumentRows::open(tables, comparison)?, &clusters, grouping)?;
        if grouping.is_none() && documents.sizes.number > 0 {
            documents.quantiles = Some(documents.read_quantiles(tables)?);
        }
        Ok(documents)
    }

    /// How often the table is read.
    pub(in super::super) fn readings(record: &RunRecord) -> u64 {
        let sampled = record.comparison.is_none() && record.documents() > MOST_DRAWN;
        2 + if sampled { u64::from(READINGS) } else { 0 }
    }

    /// The sums of a group, or of all.
    pub fn of(&self, group: Option<usize>) -> Sums {
        group.map_or(self.all, |group| self.by_group.get(group).copied().unwrap_or_default())
    }

    /// Whether not all documents are drawn.
    pub fn is_sampled(&self) -> bool {
        (self.sample.len() as u64) < self.all.documents
    }

    fn add(&mut self, document: &SourceDocument) {
        self.all.add(document);
        self.sizes.add(document.tokens);
        if let Some(group) = document.group {
            if self.by_group.len() <= group {
                self.by_group.resize(group + 1, Sums::default());
            }
            if let Some(sums) = self.by_group.get_mut(group) {
                sums.add(document);
            }
        }
    }

    /// Reads how far the independent units are from the rates of all.
    fn read_residuals(
        &mut self,
        mut rows: DocumentRows,
        clusters: &Clusters,
        grouping: Option<&Grouping>,
    ) -> Result<(), ReadBackError> {
        let all = Unit { stances: self.all.stances, tokens: self.all.tokens };
        let mut residuals = all.frequencies().map(|sum| Residuals::new(pair(sum)));
        let values = grouping.map_or(&[][..], |grouping| grouping.values.as_slice());
        let mut bands = Stance::ALL.map(|stance| {
            let of_stance = |sums: &Sums| Frequency {
                count: sums.stances.get(stance as usize).copied().unwrap_or_default(),
                size: sums.tokens,
            };
            Band::new(values, &self.by_group.iter().map(of_stance).collect::<Vec<_>>())
        });
        let mut add_to_all = |unit: &Unit| {
            for (residuals, frequency) in residuals.iter_mut().zip(unit.frequencies()) {
                if frequency.size > 0 {
                    residuals.add(pair(frequency));
                }
            }
        };
        let mut add_to_group = |group: usize, unit: &Unit| {
            for (band, frequency) in bands.iter_mut().zip(unit.frequencies()) {
                if let Some(band) = band {
                    band.add(group, frequency);
                }
            }
        };
        while rows.next_document()? {
            let document = &rows.document;
            if document.cluster.is_empty() {
                let unit = Unit { stances: document.stances, tokens: document.tokens };
                add_to_all(&unit);
                if let Some(group) = document.group {
                    add_to_group(group, &unit);
                }
            }
        }
        clusters.all.iter().for_each(add_to_all);
        clusters.by_group.iter().for_each(|((group, _), unit)| add_to_group(*group, unit));
        let sums = all.frequencies();
        for ((ratio, residuals), sum) in self.ratios.iter_mut().zip(&residuals).zip(sums) {
            *ratio = residuals.ratio(sum.count, sum.size);
        }
        self.bands = bands;
        Ok(())
    }

    fn read_quantiles(&self, tables: RunTables) -> Result<ByStance<[f64; SHARES.len()]>, ReadBackError> {
        let places = SHARES.map(|share| place(share, self.sizes.number));
        let mut quantiles = [[0.0; SHARES.len()]; Stance::ALL.len()];
        if !self.is_sampled() {
            for (stance, quantiles) in quantiles.iter_mut().enumerate() {
                let rates = self.sample.iter().filter_map(|document| document.rates?.get(stance).copied());
                let mut rates: Vec<f64> = rates.collect();
                rates.sort_by(f64::total_cmp);
                *quantiles = places.map(|place| rates.get(place as usize).copied().unwrap_or_default());
            }
            return Ok(quantiles);
        }
        let mut selections = Stance::ALL.map(|_| Selection::new(&places));
        for _ in 0..READINGS {
            let mut rows = DocumentRows::open(tables, None)?;
            while rows.next_document()? {
                let rates = rows.document.rates();
                for (selection, rate) in selections.iter_mut().zip(rates.into_iter().flatten()) {
                    selection.add(rate);
                }
            }
            selections.iter_mut().for_each(Selection::end_reading);
        }
        for (quantiles, selection) in quantiles.iter_mut().zip(&selections) {
            quantiles.iter_mut().zip(selection.found()).for_each(|(quantile, found)| *quantile = found);
        }
        Ok(quantiles)
    }
}

impl Sums {
    fn add(&mut self, document: &SourceDocument) {
        let add = |sum: &mut u64, count: u64| *sum = sum.saturating_add(count);
        add(&mut self.documents, 1);
        add(&mut self.sentences, document.sentences);
        add(&mut self.tokens, document.tokens);
        self.stances.iter_mut().zip(document.stances).for_each(|(sum, count)| add(sum, count));
        self.kinds.iter_mut().zip(document.kinds).for_each(|(sum, count)| add(sum, count));
    }
}

/// What varies independently: a document, or the documents of a cluster.
#[derive(Debug, Clone, Copy, Default)]
struct Unit {
    stances: ByStance<u64>,
    tokens: u64,
}

impl Unit {
    fn add(&mut self, document: &SourceDocument) {
        self.tokens = self.tokens.saturating_add(document.tokens);
        for (sum, count) in self.stances.iter_mut().zip(document.stances) {
            *sum = sum.saturating_add(count);
        }
    }

    /// Hedges and assertive markers among the tokens, and hedges among both.
    fn frequencies(&self) -> [Frequency; 3] {
        let [hedge, assertive] = self.stances;
        [
            Frequency { count: hedge, size: self.tokens },
            Frequency { count: assertive, size: self.tokens },
            Frequency { count: hedge, size: hedge.saturating_add(assertive) },
        ]
    }
}

fn pair(frequency: Frequency) -> (f64, f64) {
    (frequency.count as f64, frequency.size as f64)
}

/// The sums of clusters, which grow with their number: documents of one may stand anywhere in the table.
#[derive(Debug, Default)]
struct Clusters {
    indices: HashMap<String, usize>,
    /// In the order of their first documents.
    all: Vec<Unit>,
    /// By group and cluster.
    by_group: BTreeMap<(usize, usize), Unit>,
}

impl Clusters {
    fn add(&mut self, document: &SourceDocument) {
        if document.cluster.is_empty() {
            return;
        }
        let index = match self.indices.get(&document.cluster) {
            Some(index) => *index,
            None => {
                let index = self.all.len();
                self.indices.insert(document.cluster.clone(), index);
                self.all.push(Unit::default());
                index
            }
        };
        if let Some(unit) = self.all.get_mut(index) {
            unit.add(document);
        }
        if let Some(group) = document.group {
            self.by_group.entry((group, index)).or_default().add(document);
        }
    }
}
