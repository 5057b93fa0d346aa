//! Tallies: integers that add up, whatever the order of adding.

mod tally;

pub use tally::{Occurrences, Tally};
