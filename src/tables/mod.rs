//! The tables of a run: their columns, writing them as CSV, reading them back, and the run record.
//!
//! Tables are written to a temporary folder, which is published when all are complete: see [`TablesFolder`].

mod categories;
mod change;
mod columns;
mod comparisons;
mod concordance;
mod corrected;
mod data_package;
mod differences;
mod digesting;
mod documents;
mod duplicates;
mod error;
mod evaluation;
mod folder;
mod formulas;
mod frequencies;
mod groups;
mod latex;
mod left_out;
mod markers;
mod omnibus;
mod read_back;
mod record_differences;
mod recorded_options;
mod run_record;
mod search;
mod sheet;
mod table_record;
mod table_writer;
mod texts;

pub use categories::CategoriesTable;
pub use change::Change;
pub use columns::{
    Column, columns, columns_in, write_columns, write_columns_of_differences, write_columns_of_evaluation,
};
pub use comparisons::write_comparisons;
pub use concordance::{ConcordanceRow, ConcordanceTable};
pub use corrected::{CorrectedFigures, CorrectedRow, write_corrected};
pub use differences::DifferencesTable;
pub use documents::DocumentsTable;
pub use duplicates::{Duplicate, DuplicateKind, DuplicatesTable};
pub use error::{ReadBackError, TableError};
pub use evaluation::{EvaluationDifferencesTable, EvaluationRow, EvaluationTable};
pub use folder::{CORRECTED, FIGURES, REPORT, TablesFolder, WORKBOOK};
pub use formulas::{protected, unprotected};
pub use frequencies::{FrequencyRow, KeynessRow, write_frequencies, write_keyness};
pub use groups::write_groups;
pub use latex::{bibtex_escaped, latex, latex_escaped, unbroken};
pub use left_out::LeftOutTable;
pub use markers::MarkersTable;
pub use omnibus::write_omnibus;
pub use read_back::{
    DifferingTable, LikelyCluster, ReadCoding, ReadHit, ReadTable, RowReader, RowsRead, RunHits, RunTables,
    check_design, check_file, check_hits, check_others, check_sums, differing_tables, each_document,
    likely_cluster, observations, sums, unrecorded_files,
};
pub use record_differences::{option_differences, set_up_differences};
pub use run_record::{
    AgreementRecord, CheckRecord, ComparisonRecord, GroupRecord, Identified, LexiconRecord, OptionsRecord,
    OtherLanguageRecord, PartRecord, RunRecord, SCHEMA,
};
pub use search::{SearchLine, SearchTable, ValueRow, write_values};
pub use sheet::{SHEET, SheetCell, sheet_header, write_sheet};
pub use table_record::TableRecord;
pub use texts::TextsTable;

pub use crate::publishing::PublishError;
