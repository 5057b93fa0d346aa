//! The tables of a run: their columns, writing them as CSV, reading them back, and the run record.
//!
//! Tables are written to a temporary folder, which is published when all are complete: see [`TablesFolder`].

mod categories;
mod change;
mod columns;
mod comparisons;
mod concordance;
mod digesting;
mod documents;
mod duplicates;
mod error;
mod folder;
mod formulas;
mod groups;
mod latex;
mod markers;
mod read_back;
mod run_record;
mod table_record;
mod table_writer;
mod texts;

pub use categories::CategoriesTable;
pub use change::Change;
pub use columns::{Column, columns, write_columns};
pub use comparisons::write_comparisons;
pub use concordance::{ConcordanceRow, ConcordanceTable};
pub use documents::DocumentsTable;
pub use duplicates::{Duplicate, DuplicateKind, DuplicatesTable};
pub use error::{ReadBackError, TableError};
pub use folder::TablesFolder;
pub use groups::write_groups;
pub use latex::{bibtex_escaped, latex, latex_escaped, unbroken};
pub use markers::MarkersTable;
pub use read_back::{
    DifferingTable, ReadTable, RunTables, check_hits, check_sums, check_variable, differing_tables,
    observations, sums,
};
pub use run_record::{
    ComparisonRecord, GroupRecord, Identified, LexiconRecord, OptionsRecord, OtherLanguageRecord, RunRecord,
    SCHEMA,
};
pub use table_record::TableRecord;
pub use texts::TextsTable;

pub use crate::publishing::PublishError;
