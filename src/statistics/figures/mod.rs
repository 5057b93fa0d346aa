//! The figures of a measure in one group, in two groups, and over all groups.

mod group;
mod omnibus;
mod pair;

pub(super) use group::base_two;
pub use group::{GroupStatistics, RestStatistics, residual};
pub use omnibus::{OmnibusStatistics, Trend};
pub use pair::{PairStatistics, PairUnits};

/// The lower and the upper end of an interval.
pub type Interval = (f64, f64);

/// A p-value and its adjustments within its family.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PValue {
    /// Unadjusted.
    pub raw: Option<f64>,
    /// Adjusted by Holm's method.
    pub holm: Option<f64>,
    /// Adjusted by Benjamini and Hochberg's method.
    pub benjamini_hochberg: Option<f64>,
}

impl PValue {
    /// A p-value that is not yet adjusted.
    pub fn new(raw: Option<f64>) -> Self {
        PValue { raw, ..PValue::default() }
    }
}
