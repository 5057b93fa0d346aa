//! Tails of distributions, from the special functions of a library.

use std::f64::consts::SQRT_2;

use statrs::function::beta::beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma::gamma_ur;

pub(super) use statrs::function::gamma::ln_gamma;

/// The probability that a standard normal variable is above `z`.
pub(super) fn normal_above(z: f64) -> f64 {
    erfc(z / SQRT_2) / 2.0
}

/// The probability that a χ² variable is above `x`.
pub(super) fn chi_square_above(x: f64, degrees: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_ur(degrees / 2.0, x / 2.0) }
}

/// The probability that Student's t is further from 0 than `t`, on either side.
pub(super) fn student_beyond(t: f64, degrees: f64) -> f64 {
    let square = t * t;
    beta_reg(degrees / 2.0, 0.5, degrees / (degrees + square))
}
