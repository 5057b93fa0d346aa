//! Counts: integers that add up, whatever the order of adding.

#[cfg(feature = "documents")]
mod grouping;
#[cfg(feature = "documents")]
mod observations;
mod tally;
mod value;

#[cfg(feature = "documents")]
pub use grouping::{GroupingError, find_variable, group_of, groups};
#[cfg(feature = "documents")]
pub use observations::{Base, Level, Measure, Observations, Observed};
pub use tally::{Occurrences, Tally};
pub use value::{CategoryCount, Counts, MarkerCount, MergeError};
