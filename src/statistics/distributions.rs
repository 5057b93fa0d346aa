//! Tails of distributions, from the special functions of statrs.

use std::f64::consts::SQRT_2;

use statrs::function::beta::beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma::gamma_ur;

pub(super) use statrs::function::gamma::ln_gamma;

/// P(Z > `z`) of the standard normal distribution.
pub(super) fn normal_upper_tail(z: f64) -> f64 {
    erfc(z / SQRT_2) / 2.0
}

/// P(X > `x`) of the χ² distribution.
pub(super) fn chi_square_upper_tail(x: f64, degrees: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_ur(degrees / 2.0, x / 2.0) }
}

/// P(|T| > |`t`|) of Student's t distribution.
pub(super) fn student_two_tails(t: f64, degrees: f64) -> f64 {
    let square = t * t;
    beta_reg(degrees / 2.0, 0.5, degrees / (degrees + square))
}
