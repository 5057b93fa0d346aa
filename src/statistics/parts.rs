//! The documents of a corpus as parts in which most words don't occur: what those without a word add to its figures is added
//! up once, so that a word costs as much as it has documents.

use super::dispersion::{Deviation, PartSizes};
use super::ratio::leverage_residual;
use super::{Difference, Frequency, Interval, base_two};

/// The parts of a corpus by their sizes; those without any size are left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts {
    sizes: PartSizes,
    /// Σ (x / (1 − x / Σx))², with the sizes x.
    squares: f64,
}

impl Parts {
    /// The parts of these sizes, in an order that decides the last digits.
    pub fn new(sizes: &[u64]) -> Self {
        let mut parts = PartSizes::default();
        sizes.iter().for_each(|size| parts.add(*size));
        let square = |own: &u64| square_without(*own, parts.size);
        Parts { sizes: parts, squares: sizes.iter().filter(|size| **size > 0).map(square).sum() }
    }

    /// How many there are.
    pub fn number(&self) -> u64 {
        self.sizes.number
    }

    /// The size of all together.
    pub fn size(&self) -> u64 {
        self.sizes.size
    }

    /// [`dp`](super::dp) of what occurs in some of the parts.
    pub fn dp(&self, occurring: &[Frequency]) -> Option<f64> {
        self.deviation(occurring).dp()
    }

    /// [`dp_norm`](super::dp_norm) of the same.
    pub fn dp_norm(&self, occurring: &[Frequency]) -> Option<f64> {
        self.deviation(occurring).dp_norm()
    }

    fn deviation(&self, occurring: &[Frequency]) -> Deviation {
        let mut deviation = Deviation::new(self.sizes, occurring.iter().map(|part| part.count).sum());
        occurring.iter().for_each(|part| deviation.add(*part));
        deviation
    }

    /// [`juilland_d`](super::juilland_d) of the same.
    pub fn juilland_d(&self, occurring: &[Frequency]) -> Option<f64> {
        self.count(occurring)?;
        let relative = || occurring.iter().map(|part| part.count as f64 / part.size as f64);
        let n = self.sizes.number as f64;
        let mean = relative().sum::<f64>() / n;
        let others = (self.sizes.number - occurring.len() as u64) as f64 * mean * mean;
        let variance = (relative().map(|frequency| (frequency - mean).powi(2)).sum::<f64>() + others) / n;
        Some(1.0 - variance.sqrt() / mean / (n - 1.0).sqrt())
    }

    /// The occurrences, where a dispersion is defined: two parts or more, and an occurrence.
    fn count(&self, occurring: &[Frequency]) -> Option<f64> {
        let count: u64 = occurring.iter().map(|part| part.count).sum();
        (self.sizes.number > 1 && count > 0).then_some(count as f64)
    }

    /// The variance of the logarithm of the rate, and its degrees of freedom, as
    /// [`log_ratio_of_strata`](super::log_ratio_of_strata) has them. A part without it has the residual −R x.
    fn log_variance(&self, occurring: &[Frequency]) -> (f64, f64) {
        let count: u64 = occurring.iter().map(|part| part.count).sum();
        let (y, x) = (count as f64, self.sizes.size as f64);
        let small = (y / (y + 0.5)).powi(2);
        let rate = y / x;
        let with: f64 = occurring
            .iter()
            .map(|part| leverage_residual((part.count as f64, part.size as f64), rate, x).powi(2))
            .sum();
        let inside: f64 = occurring.iter().map(|part| square_without(part.size, self.sizes.size)).sum();
        // Of what occurs everywhere, the difference is nothing but rounding.
        let without = match occurring.len() as u64 == self.sizes.number {
            true => 0.0,
            false => rate * rate * (self.squares - inside).max(0.0),
        };
        ((with + without) / (y * y) * small, self.sizes.number as f64 - 1.0)
    }
}

/// (x / (1 − x / Σx))²: what the residual of a part without occurrences comes to, over the rate.
fn square_without(own: u64, all: u64) -> f64 {
    leverage_residual((0.0, own as f64), 1.0, all as f64).powi(2)
}

/// The 95 % interval of [`log_ratio`](super::log_ratio) between the parts of two groups, whose documents vary: that of
/// [`log_ratio_of_strata`](super::log_ratio_of_strata). Not defined where it does not occur in both, or a group has one document.
pub fn log_ratio_interval(groups: [(&Parts, &[Frequency]); 2]) -> Option<Interval> {
    let totals = groups.map(|(parts, occurring)| {
        let count: u64 = occurring.iter().map(|part| part.count).sum();
        (count as f64, parts.size() as f64)
    });
    let [(first, of_first), (second, of_second)] = totals;
    // One document says nothing of how documents vary.
    if !(first > 0.0 && second > 0.0) || groups.iter().any(|(parts, _)| parts.number() < 2) {
        return None;
    }
    let parts = groups.map(|(parts, occurring)| parts.log_variance(occurring)).to_vec();
    let value = libm::log(first / of_first) - libm::log(second / of_second);
    base_two(Difference { value, parts }.interval()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::{dp, dp_norm, juilland_d, log_ratio_of_strata};

    fn agrees(sparse: Option<f64>, dense: Option<f64>) -> bool {
        match (sparse, dense) {
            (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * (1.0 + other.abs()),
            (one, other) => one == other,
        }
    }

    /// All parts, and those in which it occurs.
    fn parts(frequencies: &[(u64, u64)]) -> (Vec<Frequency>, Parts, Vec<Frequency>) {
        let dense: Vec<Frequency> = frequencies
            .iter()
            .map(|(count, more)| Frequency { count: *count, size: count + more + 1 })
            .collect();
        let sizes: Vec<u64> = dense.iter().map(|part| part.size).chain([0]).collect();
        let occurring = dense.iter().copied().filter(|part| part.count > 0).collect();
        (dense, Parts::new(&sizes), occurring)
    }

    proptest! {
        #[test]
        fn figures_are_those_of_all_parts(
            first in proptest::collection::vec((0_u64..3, 0_u64..400), 0..12),
            second in proptest::collection::vec((0_u64..3, 0_u64..400), 0..12),
        ) {
            let (dense, sparse, occurring) = parts(&first);
            prop_assert!(agrees(sparse.dp(&occurring), dp(&dense)));
            prop_assert!(agrees(sparse.dp_norm(&occurring), dp_norm(&dense)));
            prop_assert!(agrees(sparse.juilland_d(&occurring), juilland_d(&dense)));
            let (other_dense, other, other_occurring) = parts(&second);
            let units = |dense: &[Frequency]| -> Vec<(f64, f64)> {
                dense.iter().map(|part| (part.count as f64, part.size as f64)).collect()
            };
            let counts = [&dense, &other_dense].map(|dense| dense.iter().map(|part| part.count).sum());
            let expected = (dense.len() > 1 && other_dense.len() > 1)
                .then(|| log_ratio_of_strata(&[[units(&dense), units(&other_dense)]], counts))
                .flatten()
                .and_then(|ratio| base_two(ratio.interval()?));
            let found = log_ratio_interval([(&sparse, &occurring), (&other, &other_occurring)]);
            prop_assert!(agrees(found.map(|ends| ends.0), expected.map(|ends| ends.0)), "{found:?} {expected:?}");
            prop_assert!(agrees(found.map(|ends| ends.1), expected.map(|ends| ends.1)), "{found:?} {expected:?}");
        }
    }
}
