//! A figure with its interval.

use super::Interval;

/// A figure with its 95 % interval; either may not be defined.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
}
