//! Writing one table as CSV.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::digesting::Digesting;
use super::formulas::needs_protection;
use super::{TableError, TableRecord, columns};
use crate::lexicon::CategoryLabel;

/// Excel reads a file as UTF-8 only if it begins with this.
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table being written: comma, `\n`, quotation marks only where needed.
pub(super) struct TableWriter {
    path: PathBuf,
    name: String,
    writer: csv::Writer<BufWriter<Digesting<File>>>,
    /// Rows so far, without the header.
    rows: u64,
    scratch: String,
}

impl TableWriter {
    /// Creates a table in `folder` and writes its header.
    pub fn create(folder: &Path, table: &str, variables: &[String]) -> Result<Self, TableError> {
        TableWriter::create_at(folder.join(format!("{table}.csv")), table, variables)
    }

    /// Creates a table in a file of any name.
    pub fn create_at(path: PathBuf, table: &str, variables: &[String]) -> Result<Self, TableError> {
        let name = format!("{table}.csv");
        let begin = || {
            let mut file = BufWriter::with_capacity(1 << 16, Digesting::new(File::create(&path)?));
            file.write_all(BYTE_ORDER_MARK)?;
            Ok(csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(file))
        };
        let writer = begin().map_err(|error: io::Error| TableError::new(&path, error))?;
        let mut writer = TableWriter { path, name, writer, rows: 0, scratch: String::new() };
        for column in columns::header(table, variables) {
            writer.text(&column)?;
        }
        writer.end_row()?;
        writer.rows = 0;
        Ok(writer)
    }

    /// Writes a cell of text: one that a spreadsheet would run as a formula gets a `'` before it.
    pub fn text(&mut self, text: &str) -> Result<(), TableError> {
        if !needs_protection(text) {
            return self.cell(text);
        }
        let mut safe = std::mem::take(&mut self.scratch);
        safe.clear();
        safe.push('\'');
        safe.push_str(text);
        let written = self.cell(&safe);
        self.scratch = safe;
        written
    }

    /// Writes a cell that needs no protection: a figure or a fixed word.
    pub fn value(&mut self, value: impl std::fmt::Display) -> Result<(), TableError> {
        use std::fmt::Write;
        let mut cell = std::mem::take(&mut self.scratch);
        cell.clear();
        let _ = write!(cell, "{value}");
        let written = self.cell(&cell);
        self.scratch = cell;
        written
    }

    /// Writes the two cells of a category: its name and its Japanese term.
    pub fn category(&mut self, category: &CategoryLabel) -> Result<(), TableError> {
        self.text(&category.name)?;
        self.text(&category.term)
    }

    /// Writes a rate with the fewest digits that are read as the same number; an empty cell where it is not defined.
    pub fn rate(&mut self, rate: Option<f64>) -> Result<(), TableError> {
        match rate {
            Some(rate) => self.value(rate),
            None => self.cell(""),
        }
    }

    /// Ends the row.
    pub fn end_row(&mut self) -> Result<(), TableError> {
        self.rows = self.rows.saturating_add(1);
        self.writer.write_record(None::<&[u8]>).map_err(|error| TableError::new(&self.path, error))
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        let TableWriter { path, name, writer, rows, .. } = self;
        let buffer = writer.into_inner().map_err(|error| TableError::new(&path, error.into_error()))?;
        let file = buffer.into_inner().map_err(|error| TableError::new(&path, error.into_error()))?;
        Ok(TableRecord { name, sha256: file.digest(), rows })
    }

    fn cell(&mut self, cell: &str) -> Result<(), TableError> {
        self.writer.write_field(cell).map_err(|error| TableError::new(&self.path, error))
    }
}
