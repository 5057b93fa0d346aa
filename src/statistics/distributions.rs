//! Tails and quantiles of distributions.

use std::f64::consts::{PI, SQRT_2};

use super::special::{beta_fraction, beta_series, gamma_ratio_half, gamma_upper};

/// P(Z > `z`) of the standard normal distribution.
pub fn normal_upper_tail(z: f64) -> f64 {
    libm::erfc(z / SQRT_2) / 2.0
}

/// P(X > `x`) of the χ² distribution.
pub fn chi_square_upper_tail(x: f64, degrees: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_upper(degrees / 2.0, x / 2.0) }
}

/// P(|T| > |`t`|) of Student's t distribution: Iₓ(ν/2, ½) with x = ν / (ν + t²).
pub fn student_two_tails(t: f64, degrees: f64) -> f64 {
    let (square, a) = (t * t, degrees / 2.0);
    if square.is_infinite() {
        return 0.0;
    }
    let (x, y) = (degrees / (degrees + square), square / (degrees + square));
    // xᵃ √y / B(a, ½)
    let factor = gamma_ratio_half(a) / PI.sqrt() * libm::exp(-a * libm::log1p(square / degrees)) * y.sqrt();
    if x < (a + 1.0) / (a + 2.5) {
        factor * beta_fraction(a, 0.5, x, y)
    } else {
        1.0 - factor * beta_series(0.5, a, y)
    }
}

/// From this many degrees of freedom on, the quantile of Student's t is computed from the normal one.
const MANY_DEGREES: f64 = 10_000.0;

/// The quantile of the standard normal distribution: P(Z ≤ z) = `p`. Not defined for a `p` that is not between 0 and 1.
///
/// Newton's method on the logarithm of the tail, a concave function, from √(−2 ln 2p), which is beyond the quantile.
pub fn normal_quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let beyond = p.min(1.0 - p);
    let mut z = (-2.0 * libm::log(2.0 * beyond)).sqrt();
    for _ in 0..100 {
        let tail = normal_upper_tail(z);
        // Near the middle, the tails' difference from a half has more digits than the tails.
        let excess = if z < 0.5 { (0.5 - beyond) - libm::erf(z / SQRT_2) / 2.0 } else { tail - beyond };
        let density = libm::exp(-z * z / 2.0) / (2.0 * PI).sqrt();
        let step = tail / density * libm::log1p(excess / beyond);
        z += step;
        if step.abs() <= 1e-15 * z {
            break;
        }
    }
    Some(if p < 0.5 { -z } else { z })
}

/// The quantile of Student's t distribution (Student 1908): P(T ≤ t) = `p`, with `degrees` of freedom, which need not be whole.
/// Relative errors are below 1e-9 for `p` from 1e-10 to 1 − 1e-10 and not within 1e-4 of a half.
/// Not defined for a `p` that is not between 0 and 1, or for degrees of freedom that are not positive.
///
/// With few degrees of freedom, Newton's method on the logarithms of t and of the tail, which is a concave function there: after the
/// first step it comes down to the quantile. With many, the expansion about the normal quantile (Fisher & Cornish 1960).
pub fn student_quantile(p: f64, degrees: f64) -> Option<f64> {
    let z = normal_quantile(p)?;
    if degrees.is_nan() || degrees <= 0.0 {
        return None;
    }
    if z == 0.0 {
        return Some(0.0);
    }
    if degrees >= MANY_DEGREES {
        return Some(near_normal(z, degrees));
    }
    let tails = 2.0 * p.min(1.0 - p);
    let density = gamma_ratio_half(degrees / 2.0) / (degrees * PI).sqrt();
    let mut t = z.abs();
    for _ in 0..100 {
        let reached = student_two_tails(t, degrees);
        let slope = 2.0 * density * t * libm::pow(1.0 + t * t / degrees, -(degrees + 1.0) / 2.0) / reached;
        let step = libm::log(reached / tails) / slope;
        t *= libm::exp(step);
        if step.abs() < 1e-14 {
            break;
        }
    }
    Some(t.copysign(z))
}

/// Student's t at the place of `z` in the normal distribution, to the fourth power of 1 / `degrees` (Fisher & Cornish 1960).
fn near_normal(z: f64, degrees: f64) -> f64 {
    let square = z * z;
    let polynomial = |coefficients: &[f64]| coefficients.iter().fold(0.0, |sum, c| sum * square + c) * z;
    let terms = [
        polynomial(&[1.0, 1.0]) / 4.0,
        polynomial(&[5.0, 16.0, 3.0]) / 96.0,
        polynomial(&[3.0, 19.0, 17.0, -15.0]) / 384.0,
        polynomial(&[79.0, 776.0, 1482.0, -1920.0, -945.0]) / 92_160.0,
    ];
    terms.iter().rev().fold(0.0, |sum, term| (sum + term) / degrees) + z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_not_defined_outside_and_mirrored_about_a_half() {
        for p in [0.0, 1.0, -0.5, 1.5, f64::NAN] {
            assert_eq!((normal_quantile(p), student_quantile(p, 5.0)), (None, None));
        }
        for degrees in [0.0, -1.0, f64::NAN] {
            assert_eq!(student_quantile(0.9, degrees), None);
        }
        for degrees in [1.0, 7.5, 1e6] {
            assert_eq!(student_quantile(0.5, degrees), Some(0.0));
            assert_eq!(student_quantile(0.25, degrees), student_quantile(0.75, degrees).map(|t| -t));
        }
    }
    /// In a Python extension other packages switch on features of packages below, and Windows and macOS have functions of their own.
    #[test]
    fn digits_are_the_same_on_every_system_and_with_every_other_package() {
        let digits = [
            normal_upper_tail(1.3),
            normal_quantile(0.975).unwrap(),
            chi_square_upper_tail(7.3, 3.0),
            chi_square_upper_tail(90.0, 61.0),
            chi_square_upper_tail(30.0, 61.0),
            student_two_tails(0.7, 12.5),
            student_two_tails(31.0, 12.5),
            student_two_tails(2.5, 2000.0),
            student_quantile(0.975, 12.5).unwrap(),
            student_quantile(0.975, 20_000.0).unwrap(),
        ];
        let recorded = [
            0.09680048458561034,
            1.9599639845400538,
            0.06292623645904309,
            0.009260595110465182,
            0.9997115726928689,
            0.49674916072534636,
            3.3559359250311105e-13,
            0.012498852598113343,
            2.16918594271254,
            1.9600826051581348,
        ];
        assert_eq!(digits, recorded);
    }
}
