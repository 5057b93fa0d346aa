//! Compares groups of documents, measure by measure, on all cores.
//!
//! The draws of a bootstrap or of a permutation test are made once and serve all measures; a measure then costs the
//! documents it occurs in. Threads work on blocks of resamples or on measures, and what they give is put together
//! in order, so the number of threads changes nothing.

mod layout;
mod resampled;
mod run;

use std::ops::Range;

pub use self::run::{Compared, compare_run};

use self::layout::Layout;
use self::resampled::{bootstrap, permute};
use super::{AnalysisError, Progress, parallel};
use crate::counts::{Base, Level, Observations};
use crate::statistics::{
    AllGroupsStatistics, BootstrapSums, GroupStatistics, PValue, PairStatistics, Sample, benjamini_hochberg,
    holm,
};

/// How much memory the sums over resamples may take, in bytes; with more groups, fewer measures are done at a time.
const SUMS_BYTES: usize = 64 << 20;

/// How a comparison is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The seed of all random numbers.
    pub seed: u64,
    /// How many resamples an interval, and how many permutations a test is made of.
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
    pub all_groups: Vec<AllGroupsStatistics>,
    /// Each pair of groups, in order.
    pub pairs: Vec<((usize, usize), Vec<PairStatistics>)>,
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
    compare_within(SUMS_BYTES, observations, plan, progress)
}

/// Compares the groups with sums over resamples of at most so many bytes at a time.
fn compare_within(
    bytes: usize,
    observations: &Observations,
    plan: Plan,
    progress: &(dyn Fn(Progress) + Sync),
) -> Comparison {
    let groups = observations.groups.len();
    let pairs = (0..groups).flat_map(|a| (a + 1..groups).map(move |b| (a, b)));
    let mut comparison = Comparison {
        groups: vec![Vec::new(); groups],
        all_groups: Vec::new(),
        pairs: pairs.map(|pair| (pair, Vec::new())).collect(),
    };
    let passes = passes(bytes, observations, plan);
    let total = (passes.len() * (groups + comparison.pairs.len()) * plan.resamples) as u64;
    let done = |resamples: u64| progress(Progress::Resamples { done: resamples, total });
    for (base, measures) in passes {
        let pass = Pass { observations, layout: Layout::new(observations, base), measures, plan };
        pass.add_to(&mut comparison, &done);
    }
    comparison.adjust(observations);
    comparison
}

/// The measures that are done together: of one base, and not too many for the memory.
fn passes(bytes: usize, observations: &Observations, plan: Plan) -> Vec<(Base, Range<usize>)> {
    let most = (bytes / (8 * plan.resamples.max(1) * observations.groups.len().max(1))).max(1);
    let measures = &observations.measures;
    let mut passes: Vec<(Base, Range<usize>)> = Vec::new();
    for (index, measure) in measures.iter().enumerate() {
        match passes.last_mut() {
            Some((base, range)) if *base == measure.base && range.len() < most => range.end = index + 1,
            _ => passes.push((measure.base, index..index + 1)),
        }
    }
    passes
}

/// Some measures of one base in all groups.
struct Pass<'a> {
    observations: &'a Observations,
    layout: Layout,
    measures: Range<usize>,
    plan: Plan,
}

impl Pass<'_> {
    fn add_to(&self, comparison: &mut Comparison, done: &(dyn Fn(u64) + Sync)) {
        let measures = &self.observations.measures[self.measures.clone()];
        let samples: Vec<Vec<Sample>> =
            parallel::map(measures.iter().collect(), |measure| self.layout.samples(measure));
        let mut resampled: Vec<Vec<BootstrapSums>> = vec![Vec::new(); measures.len()];
        for (group, figures) in comparison.groups.iter_mut().enumerate() {
            let of_group: Vec<&Sample> = samples.iter().map(|samples| &samples[group]).collect();
            let (sums, means) =
                bootstrap(&self.layout.bootstrap_stream(self.plan.seed, group), &of_group, self.plan, done);
            let work: Vec<_> = of_group.into_iter().zip(&sums).zip(means).collect();
            figures.extend(parallel::map(work, |((sample, sums), mut means)| {
                GroupStatistics::new(sample, sums, &mut means)
            }));
            resampled.iter_mut().zip(sums).for_each(|(resampled, sums)| resampled.push(sums));
        }
        if self.observations.groups.len() > 2 {
            comparison.all_groups.extend(samples.iter().map(|samples| AllGroupsStatistics::new(samples)));
        }
        for ((a, b), figures) in &mut comparison.pairs {
            let of_pair: Vec<_> = samples.iter().map(|samples| [&samples[*a], &samples[*b]]).collect();
            let work: Vec<_> = of_pair.iter().zip(&resampled).collect();
            let mut pairs = parallel::map(work, |(samples, resampled)| {
                PairStatistics::new(*samples, [&resampled[*a], &resampled[*b]])
            });
            let extreme = permute(&self.layout, self.plan, (*a, *b), &of_pair, done);
            for (pair, extreme) in pairs.iter_mut().zip(extreme) {
                pair.add_permutation_test(extreme, self.plan.resamples);
            }
            figures.append(&mut pairs);
        }
    }
}

impl Comparison {
    /// Adjusts the p-values of each test within their family: the measures of one level in one comparison.
    fn adjust(&mut self, observations: &Observations) {
        for level in Level::ALL {
            let family: Vec<usize> = (0..observations.measures.len())
                .filter(|measure| observations.measures[*measure].level == level)
                .collect();
            if !self.all_groups.is_empty() {
                adjust(&mut self.all_groups, &family, |figures| &mut figures.p);
            }
            for (_, figures) in &mut self.pairs {
                adjust(figures, &family, |figures| &mut figures.permutation);
                adjust(figures, &family, |figures| &mut figures.mann_whitney_p);
                adjust(figures, &family, |figures| &mut figures.welch_p);
            }
        }
    }
}

/// Adjusts the p-values of a family, leaving aside those that are not defined.
fn adjust<T>(figures: &mut [T], family: &[usize], p_value: impl Fn(&mut T) -> &mut PValue) {
    let mut raw = Vec::new();
    let mut defined = Vec::new();
    for measure in family {
        if let Some(p) = p_value(&mut figures[*measure]).raw {
            raw.push(p);
            defined.push(*measure);
        }
    }
    let adjusted = holm(&raw).into_iter().zip(benjamini_hochberg(&raw));
    for (measure, (holm, benjamini_hochberg)) in defined.into_iter().zip(adjusted) {
        let p_value = p_value(&mut figures[measure]);
        (p_value.holm, p_value.benjamini_hochberg) = (Some(holm), Some(benjamini_hochberg));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::counts::{DocumentTotals, ObservationsBuilder};
    use crate::lexicon::Stance;

    const PLAN: Plan = Plan { seed: 3, resamples: 150 };

    fn observations() -> Observations {
        let mut builder = ObservationsBuilder::new("genre");
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
            assert_adjusted(figures.iter().map(|figures| figures.permutation).collect());
            assert_adjusted(figures.iter().map(|figures| figures.mann_whitney_p).collect());
            assert_adjusted(figures.iter().map(|figures| figures.welch_p).collect());
        }
        assert_adjusted(comparison.all_groups.iter().map(|figures| figures.p).collect());
    }

    #[test]
    fn resamples_differ_between_bases_groups_and_tests() {
        let observations = observations();
        let streams: Vec<_> = Base::ALL
            .iter()
            .map(|base| Layout::new(&observations, *base))
            .flat_map(|layout| {
                let [a, b, c] = [(0, 1), (0, 2), (1, 2)].map(|pair| layout.permutation_stream(1, pair));
                [0, 1, 2].map(|group| layout.bootstrap_stream(1, group)).into_iter().chain([a, b, c])
            })
            .collect();
        for (index, stream) in streams.iter().enumerate() {
            assert!(!streams[..index].contains(stream), "{stream:?}");
        }
        let layout = Layout::new(&observations, Base::Tokens);
        assert_eq!(layout.permutation_stream(1, (2, 0)), layout.permutation_stream(1, (0, 2)));
    }

    #[test]
    fn many_passes_give_what_one_gives() {
        let observations = observations();
        // The bases are tokens, markers, sentences, tokens.
        assert_eq!(passes(SUMS_BYTES, &observations, PLAN).len(), 4);
        let whole = compare(&observations, PLAN, &|_| ());
        for measures in [1, 2, 3] {
            let bytes = measures * 8 * PLAN.resamples * observations.groups.len();
            let passes = passes(bytes, &observations, PLAN);
            assert_eq!(passes.iter().map(|(_, range)| range.len()).max(), Some(measures));
            let (done, total) = (AtomicU64::new(0), AtomicU64::new(0));
            let progress = |progress| {
                if let Progress::Resamples { done: more, total: all } = progress {
                    done.fetch_add(more, Ordering::Relaxed);
                    total.store(all, Ordering::Relaxed);
                }
            };
            assert_eq!(compare_within(bytes, &observations, PLAN, &progress), whole, "{measures}");
            assert_eq!(done.into_inner(), total.into_inner());
        }
    }
}
