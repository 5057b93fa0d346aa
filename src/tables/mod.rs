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
mod markers;
mod read_back;
mod run_record;
mod table_writer;

pub use categories::CategoriesTable;
pub use columns::{Column, columns};
pub use comparisons::write_comparisons;
pub use concordance::{ConcordanceRow, ConcordanceTable};
pub use documents::DocumentsTable;
pub use folder::Folder;
pub use groups::write_groups;
pub use markers::MarkersTable;
pub use read_back::{ReadBackError, ReadTable, observations, sums};
pub use run_record::{ComparisonRecord, GroupRecord, Identified, LexiconRecord, OptionsRecord, RunRecord};
pub use table_writer::TableError;
