//! Cliff's delta with its interval.

use super::Interval;
use super::distributions::student_quantile;

/// The 95 % interval of Cliff's delta ([`MannWhitney::delta`](super::MannWhitney)), asymmetric and within −1 to 1 (Feng & Cliff 2004,
/// *Journal of Modern Applied Statistical Methods* 3):
///
/// ```text
/// (δ − δ³ ± t s √((1 − δ²)² + t² s²)) / (1 − δ² + t² s²)
/// ```
///
/// with t the 97.5 % quantile of Student's distribution with n₁ + n₂ − 2 degrees of freedom, and s² the consistent estimate of the variance
/// of δ (Cliff 1996, *Ordinal Methods for Behavioral Data Analysis*):
///
/// ```text
/// s² = ((n₂ − 1) Σ(δᵢ. − δ)²/(n₁ − 1) + (n₁ − 1) Σ(δ.ⱼ − δ)²/(n₂ − 1) + ΣΣ(δᵢⱼ − δ)²/((n₁ − 1)(n₂ − 1))) / (n₁ n₂)
/// ```
///
/// where δᵢⱼ is the sign of the difference of a pair, δᵢ. and δ.ⱼ its means over the other sample. Where δ is 1, s² is 0, and the
/// interval goes from (n − t²) / (n + t²) to 1, with n the smaller sample: Wilson's interval (1927) for a share of n of n, from 0–1 to the scale of
/// δ. Where δ is −1, its mirror image.
///
/// Not defined for a sample of fewer than two values, or where all values are equal.
pub fn cliffs_delta_interval(first: &[f64], second: &[f64]) -> Option<Interval> {
    if first.len() < 2 || second.len() < 2 {
        return None;
    }
    let (n1, n2) = (first.len() as f64, second.len() as f64);
    let t = student_quantile(0.975, n1 + n2 - 2.0)?;
    let (rows, ties) = dominances(first, second);
    let (columns, _) = dominances(second, first);
    let sum: i64 = rows.iter().sum();
    let pairs = first.len() * second.len();
    if ties == pairs as u64 {
        return None;
    }
    if sum.unsigned_abs() == pairs as u64 {
        let n = n1.min(n2);
        let end = (n - t * t) / (n + t * t);
        return Some(if sum > 0 { (end, 1.0) } else { (-1.0, -end) });
    }
    let total = n1 * n2;
    let delta = sum as f64 / total;
    // n · Σⱼδᵢⱼ − ΣΣδᵢⱼ is a whole number, n₁n₂ times the deviation of δᵢ. from δ.
    let squares = |sums: &[i64], sum: i64| {
        let deviation = |own: &i64| ((own * sums.len() as i64 - sum) as f64 / total).powi(2);
        sums.iter().map(deviation).sum::<f64>()
    };
    let within = total - ties as f64 - total * delta * delta;
    let of_rows = squares(&rows, sum) * (n2 - 1.0) / (n1 - 1.0);
    let of_columns = squares(&columns, -sum) * (n1 - 1.0) / (n2 - 1.0);
    let variance = (of_rows + of_columns + within / ((n1 - 1.0) * (n2 - 1.0))) / total;
    let (rest, error) = (1.0 - delta * delta, t * t * variance);
    let half = (error * (rest * rest + error)).sqrt();
    let end = |half: f64| ((delta * rest + half) / (rest + error)).clamp(-1.0, 1.0);
    Some((end(-half), end(half)))
}

/// For each value: of how many of the others it is above, less of how many it is below; and how many pairs are tied.
fn dominances(values: &[f64], others: &[f64]) -> (Vec<i64>, u64) {
    let mut sorted = others.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut ties = 0;
    let dominance = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let not_above = sorted.partition_point(|other| other <= value);
        ties += (not_above - below) as u64;
        below as i64 - (sorted.len() - not_above) as i64
    };
    (values.iter().map(dominance).collect(), ties)
}

#[cfg(test)]
mod tests {
    use rand_pcg::Pcg64;
    use rand_pcg::rand_core::SeedableRng;

    use super::*;
    use crate::statistics::bootstrap::random_below;

    /// The same, from all pairs.
    fn naive(first: &[f64], second: &[f64]) -> Option<Interval> {
        let (n1, n2) = (first.len() as f64, second.len() as f64);
        let sign = |a: f64, b: f64| f64::from(i8::from(a > b) - i8::from(a < b));
        let rows: Vec<f64> =
            first.iter().map(|a| second.iter().map(|b| sign(*a, *b)).sum::<f64>() / n2).collect();
        let columns: Vec<f64> =
            second.iter().map(|b| first.iter().map(|a| sign(*a, *b)).sum::<f64>() / n1).collect();
        let delta = rows.iter().sum::<f64>() / n1;
        let squares = |means: &[f64]| means.iter().map(|mean| (mean - delta).powi(2)).sum::<f64>();
        let all: f64 = first.iter().flat_map(|a| second.iter().map(|b| (sign(*a, *b) - delta).powi(2))).sum();
        let variance = ((n2 - 1.0) * squares(&rows) / (n1 - 1.0)
            + (n1 - 1.0) * squares(&columns) / (n2 - 1.0)
            + all / (n1 - 1.0) / (n2 - 1.0))
            / (n1 * n2);
        if variance == 0.0 {
            return None;
        }
        let t = student_quantile(0.975, n1 + n2 - 2.0)?;
        let half = t * variance.sqrt() * ((1.0 - delta.powi(2)).powi(2) + t.powi(2) * variance).sqrt();
        let end = |half: f64| (delta - delta.powi(3) + half) / (1.0 - delta.powi(2) + t.powi(2) * variance);
        Some((end(-half), end(half)))
    }

    #[test]
    fn the_interval_is_that_of_all_pairs() {
        let mut random = Pcg64::seed_from_u64(7);
        let mut tried = 0;
        for _ in 0..500 {
            let [n1, n2] = [0, 0].map(|_: u8| 2 + random_below(&mut random, 12));
            let different = 2 + random_below(&mut random, 30);
            let mut sample = |n: usize| -> Vec<f64> {
                (0..n).map(|_| random_below(&mut random, different) as f64 / 8.0).collect()
            };
            let (first, second) = (sample(n1), sample(n2));
            let Some(expected) = naive(&first, &second) else { continue };
            let given = cliffs_delta_interval(&first, &second).unwrap();
            let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
            assert!(near(given.0, expected.0) && near(given.1, expected.1), "{first:?} {second:?}");
            assert!(-1.0 <= given.0 && given.0 < given.1 && given.1 <= 1.0);
            let (low, high) = cliffs_delta_interval(&second, &first).unwrap();
            assert!(near(given.0, -high) && near(given.1, -low));
            tried += 1;
        }
        assert!(tried > 400, "{tried}");
    }

    #[test]
    fn a_delta_of_one_has_the_interval_of_a_share_of_one() {
        let (low, high) = cliffs_delta_interval(&[3.0; 4], &[1.0, 2.0, 2.0]).unwrap();
        let square = student_quantile(0.975, 5.0).unwrap().powi(2);
        assert!((low - (3.0 - square) / (3.0 + square)).abs() < 1e-15 && high == 1.0);
        assert_eq!(cliffs_delta_interval(&[1.0, 2.0, 2.0], &[3.0; 4]), Some((-1.0, -low)));
        assert_eq!(cliffs_delta_interval(&[1.0; 4], &[1.0; 3]), None);
        assert_eq!(cliffs_delta_interval(&[1.0], &[1.0, 2.0]), None);
    }
}
