//! The tables: their columns, writing them as CSV, and the record of the run.
//!
//! Files stand under a temporary name until all of them are complete: see [`Folder`].

mod categories;
mod columns;
mod comparisons;
mod concordance;
mod documents;
mod folder;
mod groups;
mod manifest;
mod markers;
mod results;
mod table;

pub use categories::Categories;
pub use columns::{Column, columns};
pub use comparisons::write_comparisons;
pub use concordance::{Concordance, Line};
pub use documents::Documents;
pub use folder::Folder;
pub use groups::write_groups;
pub use manifest::{ComparisonRecord, GroupRecord, Identified, LexiconRecord, Manifest, OptionsRecord};
pub use markers::Markers;
pub use results::{ReadTable, ResultsError, observations, sums};
pub use table::TableError;
