//! What a check by hand has found, as the estimates need it.

use crate::lexicon::Stance;
use crate::statistics::{Difference, SampledStratum, stratified_total};

/// A marker as it is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Coded {
    /// The index of its category.
    pub category: usize,
    /// Whether it is denied.
    pub negated: bool,
}

/// What a sample was drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Population {
    /// The hits of the program.
    Hits,
    /// The sentences without a hit.
    Sentences,
}

/// A hit or a sentence that was judged. What several coders have said is their mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckedItem {
    /// The index of the group of its document, if it is in one.
    pub group: Option<usize>,
    /// What the program has coded; none for a sentence.
    pub found: Option<Coded>,
    /// Whether the category is right, 0 to 1.
    pub right: f64,
    /// What is there in the place of the hit, each with its share of the coders.
    pub truth: Vec<(Coded, f64)>,
    /// What the program has missed in the sentence, each with the item's part of it: all for a sentence without a hit, one over the hits of
    /// the sentence for a hit (the multiplicity estimator: Sirken 1970, *Journal of the American Statistical Association* 65).
    pub missed: Vec<(Coded, f64)>,
}

/// A stratum of the check.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedStratum {
    /// What it is a part of.
    pub population: Population,
    /// How many there are.
    pub size: u64,
    /// Those that were judged.
    pub items: Vec<CheckedItem>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measured {
    /// The markers of a stance.
    Stance(Stance),
    /// The markers of a category, by index.
    Category(usize),
}

/// A check by hand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckedSample {
    /// By category: its stance.
    pub stances: Vec<Stance>,
    /// The strata.
    pub strata: Vec<CheckedStratum>,
}

/// The documents that a figure is about: those of a group, by index, or all.
pub type Domain = Option<usize>;

impl CheckedItem {
    /// Whether it is in a domain.
    pub(super) fn is_in(&self, domain: Domain) -> bool {
        domain.is_none() || self.group == domain
    }
}

impl CheckedSample {
    /// Whether a marker is one of a measure.
    pub(super) fn counts(&self, measured: Measured, coded: Coded) -> bool {
        match measured {
            Measured::Category(category) => category == coded.category,
            Measured::Stance(stance) => self.stances.get(coded.category) == Some(&stance),
        }
    }

    /// How many of some markers are of a measure, of those that `is_meant`.
    pub(super) fn sum(
        &self,
        measured: Measured,
        markers: &[(Coded, f64)],
        is_meant: impl Fn(Coded) -> bool,
    ) -> f64 {
        let markers = markers.iter().filter(|(coded, _)| self.counts(measured, *coded) && is_meant(*coded));
        markers.map(|(_, share)| share).sum()
    }

    /// The correction that an item asks for: the affirmed markers of a measure that are there, less those that the program has counted.
    pub(super) fn correction_of(&self, measured: Measured, item: &CheckedItem) -> f64 {
        let affirmed = |coded: Coded| !coded.negated;
        let there = self.sum(measured, &item.truth, affirmed) + self.sum(measured, &item.missed, affirmed);
        let found = item.found.filter(|found| affirmed(*found) && self.counts(measured, *found));
        there - if found.is_some() { 1.0 } else { 0.0 }
    }

    /// The strata of a population.
    pub(super) fn of(&self, population: Population) -> impl Iterator<Item = &CheckedStratum> {
        self.strata.iter().filter(move |stratum| stratum.population == population)
    }

    /// Whether something was judged of both populations, and of each stratum.
    pub fn is_complete(&self) -> bool {
        let both = [Population::Hits, Population::Sentences];
        both.into_iter().all(|population| self.of(population).next().is_some())
            && self.strata.iter().all(|stratum| stratum.size == 0 || !stratum.items.is_empty())
    }

    /// How many of a population were judged in a domain.
    pub fn judged(&self, population: Population, domain: Domain) -> u64 {
        let items = self.of(population).flat_map(|stratum| &stratum.items);
        items.filter(|item| item.is_in(domain)).count() as u64
    }

    /// The total of a value over a population, with its variance; not defined where nothing, or too little, was judged of it.
    pub(super) fn total_of(
        &self,
        population: Population,
        value: impl Fn(&CheckedItem) -> f64,
    ) -> Option<Difference> {
        let values: Vec<(u64, Vec<f64>)> = self
            .of(population)
            .map(|stratum| (stratum.size, stratum.items.iter().map(&value).collect()))
            .collect();
        let strata = values.iter().map(|(size, values)| SampledStratum { size: *size, values });
        let strata: Vec<SampledStratum> = strata.collect();
        (!strata.is_empty()).then(|| stratified_total(&strata)).flatten()
    }

    /// The total over hits and sentences.
    pub(super) fn total(&self, value: impl Fn(&CheckedItem) -> f64) -> Option<Difference> {
        let mut total = self.total_of(Population::Hits, &value)?;
        let sentences = self.total_of(Population::Sentences, &value)?;
        total.value += sentences.value;
        total.parts.extend(sentences.parts);
        Some(total)
    }
}
