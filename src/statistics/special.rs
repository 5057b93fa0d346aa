//! Special functions, from the elementary ones of libm alone, whose digits no system and no other package changes.
//!
//! Packages have them from num-traits, whose digits depend on what else is compiled (statrs), or the lower incomplete gamma function
//! alone, of which the upper tail is a difference without digits (special).

use std::f64::consts::PI;

/// From here on the expansions in powers of 1/a are exact to the last digits.
const LARGE: f64 = 20.0;

/// What changes a series or a continued fraction by no more than this part of it is its last term.
const PRECISION: f64 = 4e-16;

/// More terms than the largest arguments need, which is some √a.
const MOST_TERMS: u32 = 1_000_000;

/// Σ cₖ / a²ᵏ⁺¹.
fn odd_powers(a: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum / (a * a) + coefficient) / a
}

/// Γ(a + ½) / Γ(a), for `a` > 0; for large `a` by the difference of Stirling's series (DLMF 5.11.8), as the logarithms of
/// both would leave few digits.
pub(super) fn gamma_ratio_half(a: f64) -> f64 {
    if a < LARGE {
        return libm::tgamma(a + 0.5) / libm::tgamma(a);
    }
    let series = [-1.0 / 8.0, 1.0 / 192.0, -1.0 / 640.0, 17.0 / 14_336.0, -31.0 / 18_432.0];
    a.sqrt() * libm::exp(odd_powers(a, &series))
}

/// xᵃ e⁻ˣ / Γ(a + 1); for large `a` after Loader (2000, *Fast and Accurate Computation of Binomial Probabilities*), so that no digits are lost where `x` is near it.
fn poisson(a: f64, x: f64) -> f64 {
    if a < LARGE {
        return libm::exp(a * libm::log(x) - x) / libm::tgamma(a + 1.0);
    }
    let stirling = odd_powers(a, &[1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0]);
    let share = (x - a) / a;
    libm::exp(a * (libm::log1p(share) - share) - stirling) / (2.0 * PI * a).sqrt()
}

/// The regularised upper incomplete gamma function Q(a, x), for `a` and `x` > 0: from the series of P (DLMF 8.11.4), or by the
/// continued fraction of Q (the even part of DLMF 8.9.2), whichever converges faster.
pub(super) fn gamma_upper(a: f64, x: f64) -> f64 {
    if x < a + 1.0 {
        return 1.0 - poisson(a, x) * series(|n| x / (a + n));
    }
    // The first factor is xᵃ e⁻ˣ / Γ(a).
    a * poisson(a, x) / continued_fraction(|n| x - a + 1.0 + 2.0 * n, |n| n * (a - n))
}

/// The regularised incomplete beta function Iₓ(a, b), divided by xᵃ yᵇ / B(a, b), with y = 1 − x given, as a difference would leave it
/// few digits. By the series (DLMF 8.17.8), which needs no y, for small `x`.
pub(super) fn beta_series(a: f64, b: f64, x: f64) -> f64 {
    series(|n| (a + b + n - 1.0) / (a + n) * x) / a
}

/// The same by the continued fraction of Didonato & Morris (1992, *ACM Transactions on Mathematical Software* 18), for other `x`.
pub(super) fn beta_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let lambda = (a + b) * y - b;
    let denominator = |n: f64| {
        let middle = if n > 0.0 { n * (b - n) * x / (a + 2.0 * n - 1.0) } else { 0.0 };
        n + middle + (a + n) * (lambda + 1.0 + n * (1.0 + y)) / (a + 2.0 * n + 1.0)
    };
    let numerator =
        |n: f64| (a + n - 1.0) * (a + b + n - 1.0) * n * (b - n) * (x / (a + 2.0 * n - 1.0)).powi(2);
    1.0 / continued_fraction(denominator, numerator)
}

/// 1 + r₁ + r₁ r₂ + r₁ r₂ r₃ + …, of ratios that are positive and fall below 1.
fn series(ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..MOST_TERMS {
        term *= ratio(f64::from(n));
        sum += term;
        if term <= PRECISION * sum || term.is_nan() {
            break;
        }
    }
    sum
}

/// b₀ + a₁ / (b₁ + a₂ / (b₂ + …)), by the method of Lentz (1976) as Thompson & Barnett (1986) give it.
fn continued_fraction(denominator: impl Fn(f64) -> f64, numerator: impl Fn(f64) -> f64) -> f64 {
    let not_zero = |value: f64| if value.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { value };
    let mut c = not_zero(denominator(0.0));
    let (mut d, mut fraction) = (0.0, c);
    for n in 1..MOST_TERMS {
        let n = f64::from(n);
        let (a, b) = (numerator(n), denominator(n));
        d = 1.0 / not_zero(b + a * d);
        c = not_zero(b + a / c);
        fraction *= c * d;
        if (c * d - 1.0).abs() <= PRECISION || fraction.is_nan() {
            break;
        }
    }
    fraction
}
