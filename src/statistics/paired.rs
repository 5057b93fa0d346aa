//! Paired groups: the same company before and after, the same text in two versions.

use super::Difference;
use super::ratio::leverage_residual;

/// The units (y, x) of a pair, one in either group.
pub type PairedUnits = [(f64, f64); 2];

fn sums(pairs: &[PairedUnits], side: usize) -> [f64; 2] {
    pairs.iter().fold([0.0; 2], |[y, x], pair| [y + pair[side].0, x + pair[side].1])
}

/// The natural logarithm of the ratio of the rates over pairs, with the variance of the pairs' contributions
/// uₖ = e₁ₖ / (1 − h₁ₖ) / Σy₁ − e₂ₖ / (1 − h₂ₖ) / Σy₂, which takes account of what both documents of a pair have in common.
/// Not defined for fewer than two pairs, or where it does not occur in both groups.
pub fn paired_log_ratio(pairs: &[PairedUnits]) -> Option<Difference> {
    let [first, second] = [0, 1].map(|side| sums(pairs, side));
    if pairs.len() < 2 || first[0] <= 0.0 || second[0] <= 0.0 {
        return None;
    }
    let part = |unit: (f64, f64), [y, x]: [f64; 2]| leverage_residual(unit, y / x, x) / y;
    let squares = pairs.iter().map(|pair| (part(pair[0], first) - part(pair[1], second)).powi(2));
    Some(Difference {
        value: libm::log(first[0] / first[1]) - libm::log(second[0] / second[1]),
        parts: vec![(squares.sum(), pairs.len() as f64 - 1.0)],
    })
}

/// The difference of the ratios Σy / Σx over pairs, with the variance of the pairs' differences: that of the paired t test where
/// each unit is a document with x = 1. Not defined for fewer than two pairs.
pub fn paired_difference(pairs: &[PairedUnits]) -> Option<Difference> {
    let [first, second] = [0, 1].map(|side| sums(pairs, side));
    let number = pairs.len() as f64;
    if pairs.len() < 2 || first[1] <= 0.0 || second[1] <= 0.0 {
        return None;
    }
    let part = |(y, x): (f64, f64), [sum, base]: [f64; 2]| (y - sum / base * x) / base;
    let squares: f64 = pairs.iter().map(|pair| (part(pair[0], first) - part(pair[1], second)).powi(2)).sum();
    Some(Difference {
        value: first[0] / first[1] - second[0] / second[1],
        parts: vec![(squares * number / (number - 1.0), number - 1.0)],
    })
}
