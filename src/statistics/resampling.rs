//! Resamples and permutations of documents, shared by all measures.
//!
//! A resample is a vector of weights: how often each document was drawn. All measures share the draws, so a measure
//! costs no more than the documents it occurs in, and its figures don't depend on which other measures there are.

use std::ops::Range;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::SeedableRng;

use super::bootstrap::random_below;

/// Identifies a sequence of resamples. Each has a generator of its own, seeded from the seed, the key and its index, so
/// neither threads nor the order of the work can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomStream {
    /// The seed of the whole comparison.
    pub seed: u64,
    /// Distinguishes this sequence from the others of the comparison.
    pub key: [u64; 4],
}

impl RandomStream {
    fn generator(&self, resample: usize) -> Pcg64 {
        let key = self.key.into_iter().chain([resample as u64]);
        Pcg64::seed_from_u64(key.fold(self.seed, |state, part| mix(state ^ mix(part))))
    }
}

/// One step of SplitMix64 (Steele, Lea & Flood 2014).
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// How often each document is in each resample of a block.
pub struct Weights {
    resamples: usize,
    /// By document, then by resample. 16 bits are enough: the probability that a bootstrap of any size draws a document
    /// 65,536 times is below 10⁻¹⁰⁰⁰⁰⁰.
    cells: Vec<u16>,
}

impl Weights {
    /// Bootstrap resamples: as many documents as there are, drawn with replacement (Efron & Tibshirani 1993, ch. 6).
    pub fn bootstrap(stream: &RandomStream, documents: usize, resamples: Range<usize>) -> Self {
        let mut weights = Weights::zeros(documents, resamples.len());
        for (column, resample) in resamples.enumerate() {
            let mut random = stream.generator(resample);
            for _ in 0..documents {
                let cell = weights.cell(random_below(&mut random, documents), column);
                *cell = cell.saturating_add(1);
            }
        }
        weights
    }

    /// Permutations of two groups: a weight of 1 for each document in the group of `chosen` documents.
    pub fn permutation(
        stream: &RandomStream,
        documents: usize,
        chosen: usize,
        resamples: Range<usize>,
    ) -> Self {
        let mut weights = Weights::zeros(documents, resamples.len());
        let mut order: Vec<usize> = Vec::with_capacity(documents);
        for (column, resample) in resamples.enumerate() {
            let mut random = stream.generator(resample);
            order.clear();
            order.extend(0..documents);
            // A partial Fisher–Yates shuffle.
            for index in 0..chosen {
                let other = index + random_below(&mut random, documents - index);
                order.swap(index, other);
                *weights.cell(order[index], column) = 1;
            }
        }
        weights
    }

    fn zeros(documents: usize, resamples: usize) -> Self {
        Weights { resamples, cells: vec![0; documents * resamples] }
    }

    fn cell(&mut self, document: usize, column: usize) -> &mut u16 {
        &mut self.cells[document * self.resamples + column]
    }

    /// The weighted sum of a measure in each resample; `values` are its nonzero values, by index of the document.
    pub fn sums(&self, values: &[(u32, f64)]) -> Vec<f64> {
        let mut sums = vec![0.0; self.resamples];
        for (document, value) in values {
            let row = &self.cells[*document as usize * self.resamples..][..self.resamples];
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * f64::from(*weight));
        }
        sums
    }
}

/// Whether the difference of a permutation is as extreme as the observed one. Sums of fractions that are equal may differ
/// in their last digits; `scale`, a rate that no mean exceeds, makes the tolerance relative.
pub fn is_as_extreme(distance: f64, observed: f64, scale: f64) -> bool {
    distance >= observed - 1e-10 * scale
}

/// The p-value of a permutation test with random permutations, (b + 1) / (m + 1), where b of m permutations are as
/// extreme as what was observed. It is never 0, as the observed grouping is a permutation too (Phipson & Smyth 2010).
pub fn permutation_p(extreme: u64, permutations: usize) -> f64 {
    (extreme + 1) as f64 / (permutations + 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: RandomStream = RandomStream { seed: 1, key: [2, 3, 4, 5] };

    /// Each document's weights in one resample.
    fn column(weights: &Weights, at: usize) -> Vec<u16> {
        weights.cells.iter().skip(at).step_by(weights.resamples).copied().collect()
    }

    #[test]
    fn a_resample_draws_as_many_documents_as_there_are() {
        let weights = Weights::bootstrap(&STREAM, 9, 0..200);
        for at in 0..200 {
            assert_eq!(column(&weights, at).iter().sum::<u16>(), 9);
        }
        let total: f64 = weights.sums(&[(4, 1.0)]).iter().sum();
        // 200 expected, with a standard deviation of 13.
        assert!((140.0..260.0).contains(&total), "{total}");
    }

    #[test]
    fn a_permutation_chooses_each_document_once_and_all_alike() {
        let weights = Weights::permutation(&STREAM, 10, 4, 0..1000);
        for at in 0..1000 {
            let chosen = column(&weights, at);
            assert_eq!((chosen.iter().sum::<u16>(), chosen.iter().max()), (4, Some(&1)));
        }
        for document in 0..10 {
            let times: f64 = weights.sums(&[(document, 1.0)]).iter().sum();
            assert!((330.0..470.0).contains(&times), "{document}: {times}");
        }
    }

    #[test]
    fn the_observed_grouping_is_one_of_the_permutations() {
        assert_eq!([permutation_p(0, 9999), permutation_p(24, 99), permutation_p(99, 99)], [1e-4, 0.25, 1.0]);
    }

    #[test]
    fn differences_that_are_equal_but_for_rounding_are_as_extreme() {
        assert!(is_as_extreme(1.0, 1.0, 10.0) && is_as_extreme(1.0 - 1e-13, 1.0, 10.0));
        assert!(is_as_extreme(1.1, 1.0, 10.0) && !is_as_extreme(1.0 - 1e-6, 1.0, 10.0));
    }

    #[test]
    fn blocks_change_nothing() {
        let whole = Weights::bootstrap(&STREAM, 5, 0..10);
        let part = Weights::bootstrap(&STREAM, 5, 7..10);
        assert_eq!(
            (0..3).map(|at| column(&part, at)).collect::<Vec<_>>(),
            [7, 8, 9].map(|at| column(&whole, at))
        );
        let other = Weights::bootstrap(&RandomStream { seed: 2, ..STREAM }, 5, 0..10);
        assert_ne!(whole.cells, other.cells);
    }

    #[test]
    fn sums_are_those_of_the_drawn_documents() {
        let weights = Weights::bootstrap(&STREAM, 4, 0..3);
        let values = [(0, 0.5), (2, 3.0)];
        for (at, sum) in weights.sums(&values).into_iter().enumerate() {
            let drawn = column(&weights, at);
            assert_eq!(sum, 0.5 * f64::from(drawn[0]) + 3.0 * f64::from(drawn[2]));
        }
    }
}
