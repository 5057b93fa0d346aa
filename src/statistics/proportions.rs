//! Intervals of proportions.

use super::Interval;
use super::distributions::normal_quantile;

/// Wilson's 95 % interval of a proportion, `part` of `whole` (Wilson 1927, *Journal of the American Statistical Association* 22), without
/// a correction for continuity:
///
/// ```text
/// (k + z²/2 ± z √(k (n − k) / n + z²/4)) / (n + z²)
/// ```
///
/// with z the 97.5 % quantile of the normal distribution. Within 0 to 1, and never of no width: 20 of 20 is 0.839 to 1.
/// Not defined where the whole is 0, or the part is larger.
pub fn wilson_interval(part: u64, whole: u64) -> Option<Interval> {
    if whole == 0 || part > whole {
        return None;
    }
    wilson(part as f64, (whole - part) as f64)
}

/// Wilson's interval of a share that was estimated as precisely as that of `n` independent ones, which need not be whole: Kish's effective number
/// of weighed ones, (Σw)² / Σw² (Kish 1965, *Survey Sampling*), or p (1 − p) / v for a variance v (Korn & Graubard 1998, *Survey Methodology* 24).
/// Not defined for a share that is none, or for an `n` that is not positive.
pub fn wilson_interval_of_share(share: f64, n: f64) -> Option<Interval> {
    let is_defined = (0.0..=1.0).contains(&share) && n > 0.0 && n.is_finite();
    is_defined.then(|| wilson(share * n, (1.0 - share) * n)).flatten()
}

/// The 95 % interval of a Poisson mean from `count`, which need not be whole: λ + z²/2 ± z √(λ + z²/4), the score interval, of which Wilson's is that
/// of a proportion. Not defined for less than 0.
pub fn poisson_interval(count: f64) -> Option<Interval> {
    let z = normal_quantile(0.975)?;
    let half = z * (count + z * z / 4.0).sqrt();
    (count >= 0.0).then(|| ((count + z * z / 2.0 - half).max(0.0), count + z * z / 2.0 + half))
}

fn wilson(k: f64, rest: f64) -> Option<Interval> {
    let z = normal_quantile(0.975)?;
    let n = k + rest;
    let half = z * (k * (rest / n) + z * z / 4.0).sqrt();
    let end = |half: f64| (k + z * z / 2.0 + half) / (n + z * z);
    // The ends of the scale, whatever the rounding.
    let low = if k == 0.0 { 0.0 } else { end(-half) };
    let high = if rest == 0.0 { 1.0 } else { end(half) };
    Some((low, high))
}

/// An interval of [`f1`](super::f1) from Wilson's: F1 = 2J / (1 + J), where J is the share of the right in everything that was found or is there
/// (Jaccard's index), right / (found + gold − right). For where resampling gives an interval of no width, as all is right.
/// Not defined where nothing is there and nothing was found.
pub fn f1_interval(right: u64, found: u64, gold: u64) -> Option<Interval> {
    let (low, high) = wilson_interval(right, (found + gold).checked_sub(right)?)?;
    let f1 = |j: f64| 2.0 * j / (1.0 + j);
    Some((f1(low), f1(high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_twenty_is_not_all() {
        let (low, high) = wilson_interval(20, 20).unwrap();
        assert!((low - 0.838_875).abs() < 1e-6 && high == 1.0);
        let (none, above) = wilson_interval(0, 20).unwrap();
        assert!(none == 0.0 && (above + low - 1.0).abs() < 1e-15);
        assert_eq!((wilson_interval(0, 0), wilson_interval(3, 2)), (None, None));
    }

    #[test]
    fn a_share_of_an_effective_number_is_that_of_the_whole_one() {
        for (part, whole) in [(20, 20), (0, 20), (17, 40)] {
            let (low, high) = wilson_interval(part, whole).unwrap();
            let (l, h) = wilson_interval_of_share(part as f64 / whole as f64, whole as f64).unwrap();
            assert!((low - l).abs() < 1e-12 && (high - h).abs() < 1e-12);
        }
        assert_eq!((wilson_interval_of_share(1.1, 3.0), wilson_interval_of_share(0.5, 0.0)), (None, None));
        let (low, high) = poisson_interval(0.0).unwrap();
        assert!(low == 0.0 && (high - 3.841_459).abs() < 1e-6);
    }

    #[test]
    fn f1_has_an_interval_about_it_that_is_never_of_no_width() {
        for (right, found, gold) in [(20, 20, 20), (0, 3, 4), (6, 8, 9), (1, 1, 50)] {
            let (low, high) = f1_interval(right, found, gold).unwrap();
            let f1 = crate::statistics::f1(right, found, gold).unwrap();
            assert!(0.0 <= low && low <= f1 && f1 <= high && high <= 1.0 && low < high, "{low} {high}");
        }
        assert_eq!((f1_interval(0, 0, 0), f1_interval(3, 1, 1)), (None, None));
    }
}
