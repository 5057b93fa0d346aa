//! Tallies: integers that add up, whatever the order of adding.

mod grouping;
mod observations;
mod tally;

pub use grouping::{GroupingError, find_variable, group_of, groups};
pub use observations::{Base, Level, Measure, Observations, Observed};
pub use tally::{Occurrences, Tally};
