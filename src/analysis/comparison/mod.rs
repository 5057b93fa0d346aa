//! Compares groups of documents, measure by measure, on all cores.
//!
//! Intervals are computed from sums over units, tests by arranging the units anew. An arrangement is drawn once and serves all
//! measures; a measure then costs the units it occurs in. Threads work on blocks of arrangements or on measures, and what they
//! give is put together in order, so the number of threads changes nothing.

mod adjusting;
mod figures;
mod layout;
mod permuted;
mod run;

use std::sync::atomic::{AtomicU64, Ordering};

pub use self::run::{Compared, compare_run};

use self::figures::Figures;
use super::{AnalysisError, Progress};
use crate::counts::{MAX_GROUPS, Observations};
use crate::statistics::{GroupStatistics, OmnibusStatistics, PairStatistics};

/// How a comparison is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The seed of all random numbers.
    pub seed: u64,
    /// How many permutations a test is made of at most; fewer arrangements are all tried.
    pub resamples: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Plan { seed: 1, resamples: 10_000 }
    }
}

/// The figures of a comparison, in the order of the measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// By group.
    pub groups: Vec<Vec<GroupStatistics>>,
    /// Over all groups, where there are more than two.
    pub omnibus: Vec<OmnibusStatistics>,
    /// Each pair of groups, in order; none where the groups have an order that takes their place.
    pub pairs: Vec<((usize, usize), Vec<PairStatistics>)>,
    /// The same within each stratum, where there are any.
    pub strata: Vec<Comparison>,
}

/// Compares groups of documents, measure by measure: rates with intervals, dispersion, effect sizes and tests.
///
/// ```
/// use hedgerow::{Counter, Observations, Plan, compare};
///
/// let counter = Counter::new()?;
/// let texts = [("1", "ad", "必ず効く。"), ("2", "ad", "必ず治る。"), ("3", "news", "効くかもしれない。"), ("4", "news", "治る。")];
/// let counts = texts.map(|(_, _, text)| counter.count(text));
/// let documents = texts.iter().zip(&counts).map(|((name, group, _), counts)| (*name, *group, counts));
/// let observations = Observations::from_counts("genre", documents)?;
/// let comparison = compare(&observations, Plan { seed: 1, resamples: 1000 }, &|_| ());
/// // The second measure is the rate of assertive markers.
/// let rates = comparison.groups.iter().map(|group| group[1].rate.unwrap() > 0.0);
/// assert_eq!(rates.collect::<Vec<_>>(), [true, false]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(observations: &Observations, plan: Plan, progress: &(dyn Fn(Progress) + Sync)) -> Comparison {
    let groups = observations.groups.len();
    let tests = pairs(observations).len() + usize::from(groups > 2);
    let total = ((1 + observations.strata.len()) * tests * plan.resamples) as u64;
    let finished = AtomicU64::new(0);
    let done = |arrangements: u64| {
        finished.fetch_add(arrangements, Ordering::Relaxed);
        progress(Progress::Resamples { done: arrangements, total });
    };
    let whole = Figures { observations, plan, stratum: 0, done: &done }.comparison();
    let within = (0..observations.strata.len()).map(|stratum| {
        let observations = observations.of_stratum(stratum);
        Figures { observations: &observations, plan, stratum: stratum as u64 + 1, done: &done }.comparison()
    });
    let strata = within.collect();
    // Tests that try all of few arrangements have done less than was planned.
    let rest = total.saturating_sub(finished.into_inner());
    progress(Progress::Resamples { done: rest, total });
    Comparison { strata, ..whole }
}

/// Whether a trend takes the place of pairs of groups, and of groups against the rest.
fn has_trend_alone(observations: &Observations) -> bool {
    let groups = observations.groups.len();
    groups > MAX_GROUPS || groups > 2 && observations.design.is_ordered()
}

/// The pairs of groups that are compared.
fn pairs(observations: &Observations) -> Vec<(usize, usize)> {
    let groups = observations.groups.len();
    match has_trend_alone(observations) {
        true => Vec::new(),
        false => (0..groups).flat_map(|a| (a + 1..groups).map(move |b| (a, b))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::{Design, DocumentTotals, Level, ObservationsBuilder};
    use crate::lexicon::Stance;
    use crate::statistics::{PValue, benjamini_hochberg, holm};

    const PLAN: Plan = Plan { seed: 3, resamples: 150 };

    fn observations() -> Observations {
        let mut builder = ObservationsBuilder::new(Design::by("genre"));
        for document in 0..24 {
            let totals = DocumentTotals {
                tokens: 100 + document * 7,
                sentences: 10,
                stances: [document % 5, document % 3],
                sentence_kinds: [document % 4, 1, 2, 3, 4 - document % 4],
            };
            let group = ["a", "b", "c"][document as usize % 3];
            let added = builder.add_document(&document.to_string(), group, totals).unwrap();
            for marker in 0..7 {
                let count = (document + marker) % (marker + 2);
                builder.add_marker(added, Stance::Hedge, "conjecture", &marker.to_string(), count);
            }
        }
        builder.finish().unwrap()
    }

    #[test]
    fn p_values_are_adjusted_test_by_test_and_level_by_level() {
        let observations = observations();
        let comparison = compare(&observations, PLAN, &|_| ());
        let assert_adjusted = |p_values: Vec<PValue>| {
            for level in Level::ALL {
                let measures = observations.measures.iter().zip(&p_values);
                let of_level = measures.filter(|(measure, p)| measure.level == level && p.raw.is_some());
                let family: Vec<PValue> = of_level.map(|(_, p)| *p).collect();
                let raw: Vec<f64> = family.iter().filter_map(|p| p.raw).collect();
                let of = |adjusted: fn(&PValue) -> Option<f64>| {
                    family.iter().filter_map(adjusted).collect::<Vec<_>>()
                };
                assert_eq!(of(|p| p.holm), holm(&raw));
                assert_eq!(of(|p| p.benjamini_hochberg), benjamini_hochberg(&raw));
                assert!(level == Level::Category || !raw.is_empty());
            }
        };
        for (_, figures) in &comparison.pairs {
            assert_adjusted(figures.iter().map(|figures| figures.pooled).collect());
            assert_adjusted(figures.iter().map(|figures| figures.permutation).collect());
            assert_adjusted(figures.iter().map(|figures| figures.mann_whitney_p).collect());
            assert_adjusted(figures.iter().map(|figures| figures.welch_p).collect());
        }
        assert_adjusted(comparison.omnibus.iter().map(|figures| figures.wald_p).collect());
        assert_adjusted(comparison.omnibus.iter().map(|figures| figures.kruskal_wallis_p).collect());
    }

    #[test]
    fn what_is_adjusted_for_more_is_not_smaller() {
        let comparison = compare(&observations(), PLAN, &|_| ());
        for figures in comparison.pairs.iter().flat_map(|(_, figures)| figures) {
            if let (Some(raw), Some(adjusted)) = (figures.pooled.raw, figures.pooled_adjusted) {
                // Of other random arrangements, all groups being exchanged: but for five standard errors.
                assert!(adjusted + 5.0 * (raw * (1.0 - raw) / 75.0).sqrt() >= raw, "{figures:?}");
            }
        }
        for figures in comparison.groups.iter().flatten() {
            assert!(figures.rest.p <= figures.rest.adjusted, "{figures:?}");
        }
    }
}
