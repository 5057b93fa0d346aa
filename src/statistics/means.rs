//! Two means compared.

use super::distributions::{student_quantile, student_two_tails};
use super::special::gamma_ratio_half;
use super::{Interval, mean, variance};

/// The outcome of Welch's test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Welch {
    /// t, positive where the first mean is the larger.
    pub t: f64,
    /// Its degrees of freedom, after Welch and Satterthwaite.
    pub degrees: f64,
    /// The p-value, two-sided.
    pub p: f64,
}

/// Welch's t test for two means of unequal variance (Welch 1947): t = (mean₁ − mean₂) / √(s₁²/n₁ + s₂²/n₂).
/// Not defined for a sample of fewer than two values, or where neither varies.
pub fn welch(first: &[f64], second: &[f64]) -> Option<Welch> {
    let part = |sample: &[f64]| Some(variance(sample)? / sample.len() as f64);
    let (v1, v2) = (part(first)?, part(second)?);
    let difference = mean(first)? - mean(second)?;
    if v1 + v2 == 0.0 {
        return None;
    }
    let t = difference / (v1 + v2).sqrt();
    let inner = |v: f64, n: usize| v * v / (n as f64 - 1.0);
    let degrees = (v1 + v2).powi(2) / (inner(v1, first.len()) + inner(v2, second.len()));
    Some(Welch { t, degrees, p: student_two_tails(t, degrees) })
}

/// Hedges' g, the difference of the means in units of the pooled standard deviation, times the exact correction for
/// small samples J = Γ(m/2) / (√(m/2) Γ((m−1)/2)) with m = n₁ + n₂ − 2 (Hedges 1981).
/// Not defined for a sample of fewer than two values, or where neither varies.
pub fn hedges_g(first: &[f64], second: &[f64]) -> Option<f64> {
    let (pooled, correction) = pooled(first, second)?;
    Some(correction * (mean(first)? - mean(second)?) / pooled.sqrt())
}

/// The pooled variance of two samples, and the correction J of [`hedges_g`].
fn pooled(first: &[f64], second: &[f64]) -> Option<(f64, f64)> {
    let squares = |sample: &[f64]| Some(variance(sample)? * (sample.len() - 1) as f64);
    let m = (first.len() + second.len()).checked_sub(2)? as f64;
    let pooled = (squares(first)? + squares(second)?) / m;
    let correction = gamma_ratio_half((m - 1.0) / 2.0) / (m / 2.0).sqrt();
    (pooled > 0.0).then_some((pooled, correction))
}

/// The 95 % interval of [`hedges_g`], g ± J · t · √v, by the delta method with unequal variances.
///
/// With s² the pooled variance, m = n₁ + n₂ − 2 and d = (mean₁ − mean₂) / s, the means have the variance s₁²/n₁ + s₂²/n₂, and s², in normal
/// populations, 2 Σ (nᵢ − 1) sᵢ⁴ / m². As d changes by −d / (2s²) with s²,
///
/// ```text
/// v = (s₁²/(n₁ − 1) + s₂²/(n₂ − 1)) / s² + d² ((n₁ − 1) s₁⁴ + (n₂ − 1) s₂⁴) / (2 m² s⁴)
/// ```
///
/// which is Bonett's variance (2008, *Psychological Methods* 13), nᵢ − 1 in the first term included, for the standard deviation that g
/// uses; with t, the 97.5 % quantile of Student's distribution with m degrees of freedom, rather than z.
/// Not defined where [`hedges_g`] is not.
pub fn hedges_g_interval(first: &[f64], second: &[f64]) -> Option<Interval> {
    let (pooled, correction) = pooled(first, second)?;
    let d = (mean(first)? - mean(second)?) / pooled.sqrt();
    let (v1, v2) = (variance(first)? / pooled, variance(second)? / pooled);
    let (m1, m2) = ((first.len() - 1) as f64, (second.len() - 1) as f64);
    let m = m1 + m2;
    let variance = v1 / m1 + v2 / m2 + d * d * (m1 * v1 * v1 + m2 * v2 * v2) / (2.0 * m * m);
    let half = student_quantile(0.975, m)? * variance.sqrt();
    Some((correction * (d - half), correction * (d + half)))
}
