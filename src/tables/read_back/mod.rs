//! Reading the tables of a run back.

mod observations;
mod rows;
mod table;

pub use observations::observations;
pub use table::{ReadTable, sums};
