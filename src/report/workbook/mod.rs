//! `tables.xlsx`: the tables of a run in one workbook, a sheet for each.
//!
//! It is made of the tables as they are read back and checked against their record, row by row, so that it holds what they
//! hold. The rows of a sheet wait in a temporary file beside it, not in memory.

mod about;
mod cells;
mod sheets;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::about::fill_about;
use self::sheets::{Definition, Sheets};
use super::{ReportError, Words};
use crate::catching::caught;
use crate::messages::Language;
use crate::publishing::PublishError;
use crate::tables::{RowReader, RowsRead, RunRecord, RunTables, TableRecord, WORKBOOK};

/// How many rows a sheet may have below its header; the rest of a table goes on in another.
const ROWS: u32 = 1_048_575;

/// How many bytes a sheet may be estimated to have before the archive gets sizes of 64 bits, which not every program reads:
/// 4 GiB is the limit, and characters that are escaped are not reckoned.
const LARGE: u64 = 3 << 30;

/// How many bytes the markup of a cell has at most.
const MARKUP: u64 = 64;

/// Writes the workbook of a run into the folder that holds its tables. Gives its path below the folder. `told` is told of the
/// rows that are read.
///
/// # Errors
/// A table that can't be read or is not as it was written; a file that can't be written.
pub fn write(folder: &Path, record: &RunRecord, told: RowsRead) -> Result<PathBuf, ReportError> {
    write_in_sheets_of(ROWS, folder, record, told)
}

/// The same, with as many rows in a sheet below its header.
///
/// # Errors
/// The same.
pub fn write_in_sheets_of(
    rows: u32,
    folder: &Path,
    record: &RunRecord,
    told: RowsRead,
) -> Result<PathBuf, ReportError> {
    let path = folder.join(WORKBOOK);
    // The package panics where a temporary file can't be written.
    let written = caught(|| Writing { path: &path, record, rows, told }.write(folder));
    written.unwrap_or_else(|reason| Err(failed(&path, io::Error::other(reason))))?;
    Ok(WORKBOOK.into())
}

/// A workbook that is being written.
struct Writing<'a> {
    path: &'a Path,
    record: &'a RunRecord,
    /// How many rows a sheet has below its header.
    rows: u32,
    told: RowsRead<'a>,
}

impl Writing<'_> {
    fn write(&self, folder: &Path) -> Result<(), ReportError> {
        let tables = RunTables::new(folder, &self.record.tables).telling(self.told);
        let failed = |error: XlsxError| failed(self.path, io::Error::other(error));
        let words = Words::new(self.record.options.lang);
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(failed)?;
        workbook.set_properties(&properties().map_err(failed)?);
        workbook.add_worksheet().set_name(words.of("workbook.about")).map_err(failed)?;
        workbook.use_zip_large_file(self.has_large_sheet(folder, tables)?);
        let mut sheets = Sheets::new(&mut workbook, Definition::of_run(tables)?, words, self.rows);
        for table in &self.record.tables {
            let table = table.name.trim_end_matches(".csv");
            sheets.add(table, tables.open(table)?, failed)?;
        }
        let (listed, cut) = sheets.finish();
        fill_about(&mut workbook, self.record, tables, words, &listed, &cut, failed)?;
        workbook.save(self.path).map_err(failed)
    }

    /// Whether a sheet may be too large for an archive with sizes of 32 bits.
    fn has_large_sheet(&self, folder: &Path, tables: RunTables) -> Result<bool, ReportError> {
        for table in &self.record.tables {
            let rows = tables.open(table.name.trim_end_matches(".csv"))?;
            if is_large(&folder.join(&table.name), table.rows.min(u64::from(self.rows)), &rows) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether a sheet of so many rows may be too large for an archive with sizes of 32 bits.
fn is_large(table: &Path, number: u64, rows: &RowReader) -> bool {
    let size = fs::metadata(table).map_or(0, |file| file.len());
    let cells = number.saturating_mul(rows.names().count() as u64);
    size.saturating_add(cells.saturating_mul(MARKUP)) > LARGE
}

/// Writes a table that belongs to no run, such as the lines of a search, as a workbook with a sheet of it.
///
/// # Errors
/// A table that can't be read or is not as it was written; a file that can't be written.
pub fn write_table(
    path: &Path,
    table: &Path,
    record: &TableRecord,
    language: Language,
) -> Result<(), ReportError> {
    let write = || -> Result<(), ReportError> {
        let failed = |error: XlsxError| failed(path, io::Error::other(error));
        let name = record.name.trim_end_matches(".csv");
        let rows = RowReader::open(table.into(), record.clone())?;
        let mut workbook = Workbook::new();
        workbook.set_tempdir(table.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        workbook.set_properties(&properties().map_err(failed)?);
        workbook.use_zip_large_file(is_large(table, record.rows.min(u64::from(ROWS)), &rows));
        let definitions = Definition::of_table(name, language);
        let mut sheets = Sheets::new(&mut workbook, definitions, Words::new(language), ROWS);
        sheets.add(name, rows, failed)?;
        workbook.save(path).map_err(failed)
    };
    caught(write).unwrap_or_else(|reason| Err(failed(path, io::Error::other(reason))))
}

/// The properties of the file: the same for the same tables, so without the day.
fn properties() -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_author("Hedgerow").set_creation_datetime(&created))
}

fn failed(path: &Path, error: io::Error) -> ReportError {
    PublishError::write(path, error).into()
}
