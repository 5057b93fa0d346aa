//! Counts: integers that add up, whatever the order of adding.

#[cfg(feature = "documents")]
mod design;
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
pub use design::{ComparisonForm, Design, DesignColumns, Order, Placement};
#[cfg(feature = "documents")]
pub use fifths::{FIFTHS, Fifths, fifth};
#[cfg(feature = "documents")]
pub use grouping::{GroupingError, MAX_GROUPS, check_groups, find_variable, group_of};
#[cfg(feature = "documents")]
pub use observations::{Base, Level, Measure, Observations, ObservedDocument};
#[cfg(feature = "documents")]
pub use observations_builder::{DocumentTotals, ObservationsBuilder};
pub use tally::{Occurrences, SENTENCE_KINDS, Tally};
pub use value::{CategoryCount, Counts, MarkerCount, MergeError};
