//! What people look at: the figures of a run and its page, made of its tables and its record alone.

mod error;
pub mod figures;
mod methods;
pub mod page;
mod sampling;
pub mod source;
mod words;
pub mod workbook;

use std::path::{Path, PathBuf};

pub use self::error::ReportError;
pub use self::methods::{Methods, Texts};
pub use self::words::Words;

use crate::tables::{RowsRead, RunRecord, RunTables};
use figures::Figure;
use source::Source;

/// Writes the report of a run into the folder that holds its tables: `report.html`, and in `figures/` each figure as SVG with
/// its data as CSV. Gives the paths of what it has written, below the folder. `told` is told of the rows that are read.
///
/// # Errors
/// A table that can't be read or is not as it was written; a file that can't be written.
pub fn write(folder: &Path, record: &RunRecord, told: RowsRead) -> Result<Vec<PathBuf>, ReportError> {
    let tables = RunTables::new(folder, &record.tables).telling(told);
    let source = Source::read(tables, record)?;
    let figures = Figure::all(&source);
    let mut written = page::write(folder, tables, record, &source, &figures)?;
    written.extend(figures::write(folder, &source, &figures)?);
    Ok(written)
}

/// About how many rows of tables [`write`] reads, for those who are told of them.
pub fn rows(record: &RunRecord) -> u64 {
    let tables = RunTables::new(Path::new(""), &record.tables);
    let times = |name: &str, times: u64| tables.rows(name).saturating_mul(times);
    let hits = if tables.has("concordance") { 2 } else { 0 };
    let all = [
        // The rows of each table that has some of each document meet their documents.
        times("documents", source::Documents::readings(record).saturating_add(2 + hits)),
        times("categories", 1),
        times("markers", 2),
        times("concordance", hits),
        times("groups", 2),
        times("comparisons", 2),
        times("omnibus", 2),
    ];
    all.into_iter().fold(0, u64::saturating_add)
}
