//! A measure in a group.

use super::Interval;
use crate::statistics::{
    Difference, Frequency, Notes, Ratio, Sample, Scale, dp, dp_norm, juilland_d, mean, median,
    standard_deviation,
};

/// A measure in a group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroupStatistics {
    /// Documents with a rate.
    pub documents: usize,
    /// Independent units among them: clusters, or the documents themselves.
    pub clusters: usize,
    /// The sums of the counts and of the sizes.
    pub total: Frequency,
    /// The pooled rate.
    pub rate: Option<f64>,
    /// Its interval.
    pub rate_interval: Option<Interval>,
    /// The mean of the documents' rates.
    pub mean: Option<f64>,
    /// Its interval.
    pub mean_interval: Option<Interval>,
    /// The median of the documents' rates.
    pub median: Option<f64>,
    /// The standard deviation of the documents' rates.
    pub standard_deviation: Option<f64>,
    /// Documents in which it occurs.
    pub range: usize,
    /// [`dp`]: 0 even, towards 1 clumped.
    pub dp: Option<f64>,
    /// [`dp_norm`]: 0 even, 1 clumped.
    pub dp_norm: Option<f64>,
    /// [`juilland_d`]: 1 even, 0 clumped.
    pub juilland_d: Option<f64>,
    /// The group against the rest, where there are more than two groups.
    pub rest: RestStatistics,
    /// Why cells are empty.
    pub note: Notes,
}

/// A group against all others together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RestStatistics {
    /// The log ratio of the pooled rates, of the group against the rest.
    pub log_ratio: Option<f64>,
    /// Its interval.
    pub log_ratio_interval: Option<Interval>,
    /// The p-value of the permutation test of the pooled rates.
    pub p: Option<f64>,
    /// The same, adjusted for all groups and all measures of the level.
    pub adjusted: Option<f64>,
    /// The adjusted standardised residual of the count in the table of groups and occurrences (Haberman 1973).
    pub residual: Option<f64>,
}

impl GroupStatistics {
    /// The figures of a sample; its units are given as (count, base) and as (sum of rates, documents).
    pub fn new(sample: &Sample, pooled: &[(f64, f64)], means: &[(f64, f64)]) -> Self {
        let (documents, total) = (sample.documents(), sample.total());
        let scale = if sample.is_share() { Scale::Logit } else { Scale::Log };
        let interval = |units: &[(f64, f64)]| {
            let (low, high) = Ratio::new(units, total.count, total.size)?.interval(scale)?;
            Some((low * sample.scale, high * sample.scale))
        };
        let (parts, rates) = (sample.parts(), sample.rates());
        let rate_interval = interval(pooled);
        let note = match (documents, total.count) {
            (0, _) => Notes::one("notes.no_document"),
            (1, _) => Notes::one("notes.one_document"),
            (_, 0) => Notes::one("notes.no_occurrence"),
            (_, count) if count >= total.size => Notes::one("notes.nothing_else"),
            _ if pooled.len() < 2 => Notes::one("notes.one_cluster"),
            _ if rate_interval.is_none() => Notes::one("notes.no_variance"),
            _ => Notes::default(),
        };
        GroupStatistics {
            documents,
            clusters: pooled.len(),
            total,
            rate: sample.pooled(),
            rate_interval,
            mean: mean(&rates),
            mean_interval: interval(means),
            median: median(&rates),
            standard_deviation: standard_deviation(&rates),
            range: sample.counts.len(),
            dp: dp(&parts),
            dp_norm: dp_norm(&parts),
            juilland_d: juilland_d(&parts),
            rest: RestStatistics::default(),
            note,
        }
    }
}

impl RestStatistics {
    /// The figures of a group against the rest. `difference` is of the logarithms of the rates.
    pub fn new(group: Frequency, rest: Frequency, difference: Option<&Difference>) -> Self {
        RestStatistics {
            log_ratio: crate::statistics::log_ratio(group, rest),
            log_ratio_interval: difference.and_then(|difference| base_two(difference.interval()?)),
            residual: residual(group, rest),
            ..RestStatistics::default()
        }
    }
}

/// An interval of a natural logarithm as one of the logarithm to base 2.
pub(in crate::statistics) fn base_two((low, high): Interval) -> Option<Interval> {
    use std::f64::consts::LN_2;
    let ends = (low / LN_2, high / LN_2);
    (ends.0.is_finite() && ends.1.is_finite()).then_some(ends)
}

/// The adjusted standardised residual of a cell, (O − E) / √(E (1 − N₁/N) (1 − C/N)) with the count O of the group, E = C N₁ / N of the
/// count C of all, in the base N₁ of N (Haberman 1973). Beyond ±2 the group has more or fewer than its share, if the
/// occurrences were independent, which those of one text are not. Not defined where it does not occur, or nothing else does.
pub fn residual(group: Frequency, rest: Frequency) -> Option<f64> {
    let (count, size) = ((group.count + rest.count) as f64, (group.size + rest.size) as f64);
    let (own, observed) = (group.size as f64, group.count as f64);
    let expected = count * own / size;
    let variance = expected * (1.0 - own / size) * (1.0 - count / size);
    (variance > 0.0).then(|| (observed - expected) / variance.sqrt())
}
