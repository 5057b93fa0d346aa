//! Resamples and permutations of documents, shared by all measures.
//!
//! A resample is how often each document was drawn. The same draws serve every measure, so a measure costs no
//! more than the documents it occurs in, and its result does not depend on which other measures there are.

use std::ops::Range;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::SeedableRng;

use super::bootstrap::below;

/// Which random numbers are used. Every resample has a generator of its own, made from the seed, the key and its
/// number: so neither threads nor the order of the work can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// The seed of the whole comparison.
    pub seed: u64,
    /// What tells this set of resamples from the others.
    pub key: [u64; 4],
}

impl Design {
    fn generator(&self, resample: usize) -> Pcg64 {
        let key = self.key.into_iter().chain([resample as u64]);
        Pcg64::seed_from_u64(key.fold(self.seed, |state, part| mixed(state ^ mixed(part))))
    }
}

/// Mixes the bits of a number: the step and the finish of SplitMix64 (Steele, Lea & Flood 2014).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// How often each document is in each of some resamples.
pub struct Weights {
    resamples: usize,
    /// By document, then by resample. Nothing is drawn 65,536 times: for that to happen once in a bootstrap of any
    /// size is less likely than 10⁻¹⁰⁰⁰⁰⁰.
    cells: Vec<u16>,
}

impl Weights {
    /// Some of a design's bootstrap resamples: as many documents as there are, drawn with replacement (Efron &
    /// Tibshirani 1993, ch. 6).
    pub fn drawn(design: &Design, documents: usize, resamples: Range<usize>) -> Self {
        let mut weights = Weights::none(documents, resamples.len());
        for (column, resample) in resamples.enumerate() {
            let mut random = design.generator(resample);
            for _ in 0..documents {
                let cell = weights.cell(below(&mut random, documents), column);
                *cell = cell.saturating_add(1);
            }
        }
        weights
    }

    /// Some of a design's permutations of two groups: which documents fall to the group of `chosen` documents.
    pub fn permuted(design: &Design, documents: usize, chosen: usize, resamples: Range<usize>) -> Self {
        let mut weights = Weights::none(documents, resamples.len());
        let mut order: Vec<usize> = Vec::with_capacity(documents);
        for (column, resample) in resamples.enumerate() {
            let mut random = design.generator(resample);
            order.clear();
            order.extend(0..documents);
            // As far as Fisher and Yates's shuffle is needed.
            for at in 0..chosen {
                let other = at + below(&mut random, documents - at);
                order.swap(at, other);
                *weights.cell(order[at], column) = 1;
            }
        }
        weights
    }

    fn none(documents: usize, resamples: usize) -> Self {
        Weights { resamples, cells: vec![0; documents * resamples] }
    }

    fn cell(&mut self, document: usize, column: usize) -> &mut u16 {
        &mut self.cells[document * self.resamples + column]
    }

    /// The sum of a measure over the documents of each resample; `values` names the documents in which it is not 0.
    pub fn sums(&self, values: &[(u32, f64)]) -> Vec<f64> {
        let mut sums = vec![0.0; self.resamples];
        for (document, value) in values {
            let row = &self.cells[*document as usize * self.resamples..][..self.resamples];
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * f64::from(*weight));
        }
        sums
    }
}

/// Whether a permutation is counted as at least as far apart as what was observed: equal distances may differ in
/// their last digits, for they are sums of fractions. `scale` is a rate that none of the means exceeds.
pub fn at_least_as_far(distance: f64, observed: f64, scale: f64) -> bool {
    distance >= observed - 1e-10 * scale
}

/// The p-value of a permutation test with random permutations, (b + 1) / (m + 1), where b of m permutations are at
/// least as far apart as what was observed: it is never 0, for the observed one is a permutation too
/// (Phipson & Smyth 2010).
pub fn permutation_p(as_far: u64, permutations: usize) -> f64 {
    (as_far + 1) as f64 / (permutations + 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESIGN: Design = Design { seed: 1, key: [2, 3, 4, 5] };

    /// Each document's weights in one resample.
    fn column(weights: &Weights, at: usize) -> Vec<u16> {
        weights.cells.iter().skip(at).step_by(weights.resamples).copied().collect()
    }

    #[test]
    fn a_resample_draws_as_many_documents_as_there_are() {
        let weights = Weights::drawn(&DESIGN, 9, 0..200);
        for at in 0..200 {
            assert_eq!(column(&weights, at).iter().sum::<u16>(), 9);
        }
        let total: f64 = weights.sums(&[(4, 1.0)]).iter().sum();
        // 200 expected, with a standard deviation of 13.
        assert!((140.0..260.0).contains(&total), "{total}");
    }

    #[test]
    fn a_permutation_chooses_each_document_once_and_all_alike() {
        let weights = Weights::permuted(&DESIGN, 10, 4, 0..1000);
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
    fn blocks_change_nothing() {
        let whole = Weights::drawn(&DESIGN, 5, 0..10);
        let part = Weights::drawn(&DESIGN, 5, 7..10);
        assert_eq!(
            (0..3).map(|at| column(&part, at)).collect::<Vec<_>>(),
            [7, 8, 9].map(|at| column(&whole, at))
        );
        let other = Weights::drawn(&Design { seed: 2, ..DESIGN }, 5, 0..10);
        assert_ne!(whole.cells, other.cells);
    }

    #[test]
    fn sums_are_those_of_the_drawn_documents() {
        let weights = Weights::drawn(&DESIGN, 4, 0..3);
        let values = [(0, 0.5), (2, 3.0)];
        for (at, sum) in weights.sums(&values).into_iter().enumerate() {
            let drawn = column(&weights, at);
            assert_eq!(sum, 0.5 * f64::from(drawn[0]) + 3.0 * f64::from(drawn[2]));
        }
    }
}
