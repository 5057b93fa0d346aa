//! A measure in two groups.

use std::f64::consts::LN_2;

use super::group::base_two;
use super::{Interval, PValue};
use crate::statistics::sample::has_documents;
use crate::statistics::{
    Difference, Frequency, MannWhitney, Notes, PairedUnits, Sample, Stratum, Welch, bic,
    cliffs_delta_interval, difference_of_strata, g2_four_cell, g2_two_cell, hedges_g, hedges_g_interval,
    is_testable, log_ratio, log_ratio_of_strata, mann_whitney, mean, paired_difference, paired_log_ratio,
    percent_difference, welch,
};

/// The units of two groups, as counts (y) in bases (x) and as sums of rates (y) over documents (x).
#[derive(Debug, Clone, PartialEq)]
pub enum PairUnits {
    /// Independent units, by stratum; one stratum where there are none.
    Independent {
        /// Counts in bases.
        pooled: Vec<Stratum>,
        /// Sums of rates over documents.
        means: Vec<Stratum>,
        /// Whether each unit is a document.
        are_documents: bool,
    },
    /// Pairs with a unit in each group.
    Paired {
        /// Counts in bases.
        pooled: Vec<PairedUnits>,
        /// Sums of rates over documents.
        means: Vec<PairedUnits>,
    },
}

/// A measure in two groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PairStatistics {
    /// Documents with a rate.
    pub documents: [usize; 2],
    /// Independent units among them: clusters, pairs, or the documents themselves.
    pub clusters: [usize; 2],
    /// The sums of the counts and of the sizes.
    pub totals: [Frequency; 2],
    /// The pooled rates.
    pub rates: [Option<f64>; 2],
    /// The means of the documents' rates.
    pub means: [Option<f64>; 2],
    /// The log ratio of the pooled rates; over strata, that of Mantel and Haenszel.
    pub log_ratio: Option<f64>,
    /// Its interval.
    pub log_ratio_interval: Option<Interval>,
    /// [`percent_difference`] of the pooled rates.
    pub percent_difference: Option<f64>,
    /// Its interval, which follows from that of the log ratio.
    pub percent_difference_interval: Option<Interval>,
    /// The permutation test of the pooled rates.
    pub pooled: PValue,
    /// Its p-value adjusted for all pairs and all measures of the level.
    pub pooled_adjusted: Option<f64>,
    /// [`g2_two_cell`] of the pooled counts; not defined for a share.
    pub g2_two_cell: Option<f64>,
    /// Its [`bic`].
    pub bic_two_cell: Option<f64>,
    /// [`g2_four_cell`] of the pooled counts.
    pub g2_four_cell: Option<f64>,
    /// Its [`bic`].
    pub bic_four_cell: Option<f64>,
    /// The difference of the means; over strata, their weighed mean.
    pub mean_difference: Option<f64>,
    /// Its interval.
    pub mean_difference_interval: Option<Interval>,
    /// The permutation test of the difference of the means.
    pub permutation: PValue,
    /// [`mann_whitney`] of the documents' rates.
    pub mann_whitney: Option<MannWhitney>,
    /// Its p-value.
    pub mann_whitney_p: PValue,
    /// The interval of Cliff's delta.
    pub cliffs_delta_interval: Option<Interval>,
    /// [`welch`] of the documents' rates.
    pub welch: Option<Welch>,
    /// Its p-value.
    pub welch_p: PValue,
    /// [`hedges_g`] of the documents' rates.
    pub hedges_g: Option<f64>,
    /// Its interval.
    pub hedges_g_interval: Option<Interval>,
    /// How many arrangements the permutation tests tried.
    pub arrangements: usize,
    /// Whether these are all that there are.
    pub is_exact: bool,
    /// How many tests are adjusted together; 0 where this is none of them.
    pub tests: usize,
    /// Why cells are empty, and what else to know.
    pub note: Notes,
}

/// With fewer units in a group, and variances that differ by more than [`UNEQUAL`], permutation tests reject too often.
const FEW_UNITS: usize = 30;

/// By what factor the variances of two groups' units may differ.
const UNEQUAL: f64 = 3.0;

impl PairStatistics {
    /// The figures of two samples, without what permutations give.
    pub fn new(samples: [&Sample; 2], units: &PairUnits) -> Self {
        let [first, second] = samples.map(Sample::total);
        let (two, four) = match samples[0].is_share() {
            true => (None, g2_four_cell(first, second)),
            false => (g2_two_cell(first, second), g2_four_cell(first, second)),
        };
        let [a, b] = samples.map(Sample::rates);
        let (logarithm, means) = units.differences([first.count, second.count]);
        let mut pair = PairStatistics {
            documents: samples.map(Sample::documents),
            clusters: units.clusters(),
            totals: [first, second],
            rates: samples.map(Sample::pooled),
            means: [mean(&a), mean(&b)],
            log_ratio: units.log_ratio(first, second, logarithm.as_ref()),
            percent_difference: percent_difference(first, second),
            g2_two_cell: two,
            bic_two_cell: two.map(|g2| bic(g2, first, second)),
            g2_four_cell: four,
            bic_four_cell: four.map(|g2| bic(g2, first, second)),
            mean_difference: means.as_ref().map(|means| means.value * samples[0].scale),
            ..PairStatistics::default()
        };
        if units.have_intervals() {
            let scale = |(low, high)| (low * samples[0].scale, high * samples[0].scale);
            pair.log_ratio_interval = logarithm.as_ref().and_then(|ratio| base_two(ratio.interval()?));
            pair.percent_difference_interval = pair.log_ratio_interval.map(|(low, high)| {
                let percent = |ratio: f64| (libm::exp2(ratio) - 1.0) * 100.0;
                (percent(low), percent(high))
            });
            // A group whose few documents agree by chance would make it too narrow.
            let vary = means.as_ref().filter(|means| means.parts.iter().all(|(variance, _)| *variance > 0.0));
            pair.mean_difference_interval = vary.and_then(Difference::interval).map(scale);
        }
        if units.is_stratified() {
            pair.percent_difference = pair.log_ratio.map(|ratio| (libm::exp2(ratio) - 1.0) * 100.0);
        }
        if is_testable(samples) && !units.is_stratified() {
            pair.mann_whitney = mann_whitney(&a, &b);
            pair.hedges_g = hedges_g(&a, &b);
            if units.are_documents() {
                pair.mann_whitney_p = PValue::new(pair.mann_whitney.and_then(|test| test.p));
                pair.welch = welch(&a, &b);
                pair.welch_p = PValue::new(pair.welch.map(|welch| welch.p));
                pair.cliffs_delta_interval = cliffs_delta_interval(&a, &b);
                pair.hedges_g_interval = hedges_g_interval(&a, &b);
            }
        }
        pair.note = pair.note_on(samples, units, logarithm.as_ref());
        pair
    }

    fn note_on(&self, samples: [&Sample; 2], units: &PairUnits, logarithm: Option<&Difference>) -> Notes {
        let mut notes = Notes::default();
        for (sample, name) in samples.iter().zip(["group_a", "group_b"]) {
            match sample.documents() {
                0 => notes.add("notes.no_document_of", &[("group", &name)]),
                1 => notes.add("notes.one_document_in", &[("group", &name)]),
                _ => {}
            }
        }
        let [first, second] = samples.map(|sample| sample.total().count);
        if first + second == 0 {
            notes.add("notes.none_in_either", &[]);
            return notes;
        }
        if has_documents(samples) && !units.have_intervals() {
            notes.add("notes.one_cluster_in_group", &[]);
        }
        if first == 0 {
            notes.add("notes.none_in_group_a", &[]);
        }
        if second == 0 {
            notes.add("notes.none_in_group_b", &[]);
        }
        if has_documents(samples) && !is_testable(samples) {
            notes.add("notes.same_rate", &[]);
        } else if is_testable(samples) {
            if units.is_stratified() {
                notes.add("notes.over_strata", &[]);
            } else if !units.are_documents() {
                notes.add("notes.dependent", &[]);
            } else if self.welch.is_none() {
                notes.add("notes.no_variance_within", &[]);
            } else if self.mean_difference_interval.is_none() {
                notes.add("notes.no_variance_in_group", &[]);
            }
        }
        if let (Some(ratio), Some(difference)) = (self.log_ratio, self.mean_difference)
            && ratio * difference < 0.0
        {
            notes.add("notes.opposite", &[]);
        }
        if let Some(Difference { parts, .. }) = logarithm
            && let [(one, _), (other, _)] = parts[..]
            && units.have_intervals()
        {
            let [one, other] = [one * self.clusters[0] as f64, other * self.clusters[1] as f64];
            if self.clusters.iter().min() < Some(&FEW_UNITS) && one.max(other) > UNEQUAL * one.min(other) {
                notes.add("notes.unequal_variance", &[]);
            }
        }
        notes
    }
}

impl PairUnits {
    /// Of the logarithms of the pooled rates, and of the means.
    fn differences(&self, counts: [u64; 2]) -> (Option<Difference>, Option<Difference>) {
        match self {
            PairUnits::Independent { pooled, means, .. } => {
                (log_ratio_of_strata(pooled, counts), difference_of_strata(means))
            }
            PairUnits::Paired { pooled, means } => (paired_log_ratio(pooled), paired_difference(means)),
        }
    }

    fn log_ratio(&self, first: Frequency, second: Frequency, logarithm: Option<&Difference>) -> Option<f64> {
        match self.is_stratified() {
            true => logarithm.map(|ratio| ratio.value / LN_2),
            false => log_ratio(first, second),
        }
    }

    fn is_stratified(&self) -> bool {
        matches!(self, PairUnits::Independent { pooled, .. } if pooled.len() > 1)
    }

    fn are_documents(&self) -> bool {
        matches!(self, PairUnits::Independent { are_documents: true, .. })
    }

    fn clusters(&self) -> [usize; 2] {
        match self {
            PairUnits::Independent { pooled, .. } => {
                [0, 1].map(|side| pooled.iter().map(|stratum| stratum[side].len()).sum())
            }
            PairUnits::Paired { pooled, .. } => [pooled.len(); 2],
        }
    }

    fn have_intervals(&self) -> bool {
        self.clusters().iter().all(|clusters| *clusters > 1)
    }
}
