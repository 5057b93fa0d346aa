//! Counts: integers that add up, whatever the order of adding.

#[cfg(feature = "documents")]
mod fifths;
#[cfg(feature = "documents")]
mod grouping;
#[cfg(feature = "documents")]
mod observations;
#[cfg(feature = "documents")]
mod observations_builder;
mod tally;
mod value;

#[cfg(feature = "documents")]
pub use fifths::{FIFTHS, Fifths, fifth};
#[cfg(feature = "documents")]
pub use grouping::{GroupingError, find_variable, group_of, groups};
#[cfg(feature = "documents")]
pub use observations::{Base, Level, Measure, Observations, ObservedDocument};
#[cfg(feature = "documents")]
pub use observations_builder::{DocumentTotals, ObservationsBuilder};
pub use tally::{Occurrences, SENTENCE_KINDS, Tally};
pub use value::{CategoryCount, Counts, MarkerCount, MergeError};
