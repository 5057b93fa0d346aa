//! The bootstrap and the permutation test, block by block.

use std::ops::Range;
use std::sync::Arc;

use super::super::parallel;
use super::Plan;
use super::layout::Layout;
use crate::statistics::{BootstrapSums, RandomStream, Sample, Weights, is_as_extreme, is_testable};

/// How many resamples are drawn at a time: enough that a loop over them is long, few enough that the draws of some
/// thousand documents stay in the processor's cache.
const BLOCK: usize = 64;

fn blocks(resamples: usize) -> Vec<Range<usize>> {
    (0..resamples).step_by(BLOCK).map(|start| start..(start + BLOCK).min(resamples)).collect()
}

/// Resamples a group. Returns for each measure the resampled sums of counts and sizes, and those of the rates.
pub(super) fn bootstrap(
    stream: &RandomStream,
    samples: &[&Sample],
    plan: Plan,
    done: &(dyn Fn(u64) + Sync),
) -> (Vec<BootstrapSums>, Vec<Vec<f64>>) {
    let sizes: &[u64] = samples.first().map_or(&[], |sample| sample.sizes);
    let documents = sizes.len();
    let sizes: Vec<(u32, f64)> = (0..).zip(sizes.iter().map(|size| *size as f64)).collect();
    let count = |(index, count): &(u32, u64)| (*index, *count as f64);
    let counts: Vec<Vec<_>> =
        samples.iter().map(|sample| sample.counts.iter().map(count).collect()).collect();
    let rates: Vec<Vec<_>> = samples.iter().map(|sample| sample.nonzero_rates().collect()).collect();
    let parts = parallel::map(blocks(plan.resamples), |block| {
        let length = block.len() as u64;
        let weights = Weights::bootstrap(stream, documents, block);
        let sums = |columns: &[Vec<_>]| columns.iter().map(|column| weights.sums(column)).collect::<Vec<_>>();
        let part = (weights.sums(&sizes), sums(&counts), sums(&rates));
        done(length);
        part
    });
    let sizes: Arc<[f64]> = parts.iter().flat_map(|(sizes, ..)| sizes).copied().collect();
    let of_measure = |measure: usize| {
        let counts = parts.iter().flat_map(|(_, counts, _)| &counts[measure]).copied().collect();
        let rates = parts.iter().flat_map(|(.., rates)| &rates[measure]).copied().collect();
        (BootstrapSums { counts, sizes: Arc::clone(&sizes) }, rates)
    };
    (0..samples.len()).map(of_measure).unzip()
}

/// Permutes two groups. Returns for each measure in how many permutations the mean rates were at least as far apart as
/// observed; none where the test is not defined.
pub(super) fn permute(
    layout: &Layout,
    plan: Plan,
    pair: (usize, usize),
    samples: &[[&Sample; 2]],
    done: &(dyn Fn(u64) + Sync),
) -> Vec<Option<u64>> {
    let stream = layout.permutation_stream(plan.seed, pair);
    let indices = layout.pooled(pair);
    let smaller_is_second = layout.smaller_first(pair) != pair;
    let tests: Vec<Option<Test>> =
        samples.iter().map(|samples| Test::new(*samples, &indices, smaller_is_second)).collect();
    let documents = indices[0].len() + indices[1].len();
    let chosen = indices[usize::from(smaller_is_second)].len();
    let parts = parallel::map(blocks(plan.resamples), |block| {
        let length = block.len() as u64;
        let weights = Weights::permutation(&stream, documents, chosen, block);
        let part: Vec<Option<u64>> =
            tests.iter().map(|test| test.as_ref().map(|test| test.extreme(&weights))).collect();
        done(length);
        part
    });
    let sum = |measure: usize| parts.iter().map(|part| part[measure]).sum::<Option<u64>>();
    (0..samples.len()).map(sum).collect()
}

/// The permutation test of one measure.
struct Test {
    /// The rates of both groups, in the order of the documents.
    rates: Vec<(u32, f64)>,
    sum: f64,
    /// How many documents the smaller and the larger group have.
    sizes: [f64; 2],
    observed: f64,
    scale: f64,
}

impl Test {
    fn new(samples: [&Sample; 2], indices: &[Vec<u32>; 2], smaller_is_second: bool) -> Option<Self> {
        if !is_testable(samples) {
            return None;
        }
        let mut rates = Vec::new();
        for (sample, indices) in samples.iter().zip(indices) {
            rates.extend(sample.nonzero_rates().map(|(index, rate)| (indices[index as usize], rate)));
        }
        rates.sort_unstable_by_key(|(index, _)| *index);
        let sum = rates.iter().map(|(_, rate)| rate).sum();
        let [smaller, larger] = if smaller_is_second { [samples[1], samples[0]] } else { samples };
        let sizes = [smaller, larger].map(|sample| sample.documents() as f64);
        let mut test = Test { rates, sum, sizes, observed: 0.0, scale: sum / sizes[0] };
        test.observed = test.distance(smaller.nonzero_rates().map(|(_, rate)| rate).sum());
        Some(test)
    }

    /// The absolute difference of the mean rates if those of the smaller group add up to `smaller`.
    fn distance(&self, smaller: f64) -> f64 {
        (smaller / self.sizes[0] - (self.sum - smaller) / self.sizes[1]).abs()
    }

    /// How many permutations are as extreme as what was observed.
    fn extreme(&self, weights: &Weights) -> u64 {
        let sums = weights.sums(&self.rates).into_iter();
        sums.filter(|sum| is_as_extreme(self.distance(*sum), self.observed, self.scale)).count() as u64
    }
}
