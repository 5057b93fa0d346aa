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

use crate::tables::RunRecord;
use figures::Figure;
use source::Source;

/// Writes the report of a run into the folder that holds its tables: `report.html`, and in `figures/` each figure as SVG with
/// its data as CSV. Gives the paths of what it has written, below the folder.
///
/// # Errors
/// A table that can't be read or is not as it was written; a file that can't be written.
pub fn write(folder: &Path, record: &RunRecord) -> Result<Vec<PathBuf>, ReportError> {
    let source = Source::read(folder, record)?;
    let figures = Figure::all(&source);
    let mut written = page::write(folder, record, &source, &figures)?;
    written.extend(figures::write(folder, &source, &figures)?);
    Ok(written)
}
