//! Bootstrap intervals.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// How many resamples an interval of an evaluation is computed from.
pub const RESAMPLES: usize = 2_000;

/// The seed of every interval of an evaluation, so that the same counts give the same interval.
pub const SEED: u64 = 1;

/// Draws as many units as there are, with replacement (Efron & Tibshirani 1993, *An Introduction to the Bootstrap*, ch. 6), and
/// returns the sum of each of [`RESAMPLES`] resamples. `merge` adds a unit to a sum.
pub fn resample<T: Default>(units: &[T], merge: impl Fn(&mut T, &T)) -> Vec<T> {
    let mut random = Pcg64::seed_from_u64(SEED);
    let mut sum = || {
        let mut sum = T::default();
        for _ in units {
            merge(&mut sum, &units[random_below(&mut random, units.len())]);
        }
        sum
    };
    (0..RESAMPLES).map(|_| sum()).collect()
}

/// A random integer from 0 to `bound` − 1: the high half of a product, with a bias below `bound` / 2⁶⁴ (Lemire 2019).
pub(super) fn random_below(random: &mut Pcg64, bound: usize) -> usize {
    ((u128::from(random.next_u64()) * bound as u128) >> 64) as usize
}

/// The 95 % percentile interval of a statistic over resamples (Efron & Tibshirani 1993, ch. 13).
/// Not defined where the statistic is not defined in a resample.
pub fn percentile_interval<T>(resamples: &[T], statistic: impl Fn(&T) -> Option<f64>) -> Option<(f64, f64)> {
    let mut values = resamples.iter().map(statistic).collect::<Option<Vec<f64>>>()?;
    interval(&mut values)
}

/// The 95 % percentile interval of the values of a statistic over resamples, which it reorders.
pub fn interval(values: &mut [f64]) -> Option<(f64, f64)> {
    Some((quantile_of(values, 0.025)?, quantile_of(values, 0.975)?))
}

/// [`quantile`] of values that are not sorted.
fn quantile_of(values: &mut [f64], p: f64) -> Option<f64> {
    let at = p * (values.len().checked_sub(1)?) as f64;
    let (_, low, above) = values.select_nth_unstable_by(at.floor() as usize, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(*low);
    Some(*low + (high - *low) * at.fract())
}

/// The quantile of sorted values, with linear interpolation (type 7 of Hyndman & Fan 1996,
/// *The American Statistician* 50; the default of R and NumPy).
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let at = p * (sorted.len().checked_sub(1)?) as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    Some(low + (high - low) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_numpy() {
        let values = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile(&values, 0.5), Some(3.0));
        assert!((quantile(&values, 0.025).unwrap() - 1.075).abs() < 1e-12);
        assert!((quantile(&values, 0.975).unwrap() - 7.7).abs() < 1e-12);
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn the_interval_is_that_of_the_sorted_values() {
        let mut values: Vec<f64> = (0..1000).map(|n| f64::from(n * 7919 % 1000).sqrt()).collect();
        let given = interval(&mut values);
        values.sort_by(f64::total_cmp);
        assert_eq!(given, quantile(&values, 0.025).zip(quantile(&values, 0.975)));
        assert_eq!((interval(&mut []), interval(&mut [3.0])), (None, Some((3.0, 3.0))));
    }

    #[test]
    fn resampling_is_reproducible_and_covers_the_mean() {
        let units: Vec<u64> = (0..100).collect();
        let sums = resample(&units, |sum, unit| *sum += unit);
        assert_eq!(sums, resample(&units, |sum, unit| *sum += unit));
        let (low, high) = percentile_interval(&sums, |sum| Some(*sum as f64 / 100.0)).unwrap();
        // The mean is 49.5, its standard error 2.9: an interval of some 11.3.
        assert!(low < 49.5 && 49.5 < high && (9.0..13.5).contains(&(high - low)), "{low} {high}");
    }

    #[test]
    fn a_resample_may_be_of_one_unit_alone_whichever_it_is() {
        let sums = resample(&[1u64, 10, 100], |sum, unit| *sum += unit);
        for all in [3, 30, 300] {
            // One in 27 is expected.
            let share = sums.iter().filter(|sum| **sum == all).count() as f64 / sums.len() as f64;
            assert!((0.02..0.06).contains(&share), "{all}: {share}");
        }
    }

    #[test]
    fn every_unit_is_drawn_and_none_beyond() {
        let mut random = Pcg64::seed_from_u64(SEED);
        let mut drawn = [0; 3];
        (0..3000).for_each(|_| drawn[random_below(&mut random, 3)] += 1);
        assert!(drawn.iter().all(|times| (900..1100).contains(times)), "{drawn:?}");
    }
}
