//! A table that is read row by row.

use std::fs::File;
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::super::formulas::unprotected;
use super::super::{Change, ReadBackError};
use super::differing::open_file;
use crate::corpus::{CsvError, CsvRows, TableProblem};

/// The rows of a table, one at a time.
pub(super) struct RowReader {
    pub path: PathBuf,
    pub header: Vec<String>,
    rows: CsvRows<File>,
    row: StringRecord,
    /// The line of `row`, from 1.
    line: u64,
}

impl RowReader {
    /// Opens a table by its name, without `.csv`.
    pub fn open(folder: &Path, name: &str) -> Result<Self, ReadBackError> {
        let path = folder.join(format!("{name}.csv"));
        let file =
            open_file(&path).map_err(|source| ReadBackError::Unreadable { path: path.clone(), source })?;
        let rows = CsvRows::new(file, b',').map_err(|error| syntax(&path, error))?;
        let mut header: Vec<String> = rows.header().iter().map(str::to_owned).collect();
        if let Some(first) = header.first_mut() {
            *first = first.trim_start_matches('\u{feff}').to_owned();
        }
        Ok(RowReader { path, rows, header, row: StringRecord::new(), line: 1 })
    }

    /// The indices of columns.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], ReadBackError> {
        let mut columns = [0; N];
        for (column, name) in columns.iter_mut().zip(names) {
            *column = find(&self.path, &self.header, name)?;
        }
        Ok(columns)
    }

    /// Reads the next row; false at the end.
    pub fn next(&mut self) -> Result<bool, ReadBackError> {
        let line = self.rows.next(&mut self.row).map_err(|error| syntax(&self.path, error))?;
        self.line = line.unwrap_or(self.line);
        Ok(line.is_some())
    }

    /// The text of a cell, without the mark that protects it from spreadsheets.
    pub fn text(&self, column: usize) -> &str {
        unprotected(&self.row[column])
    }

    /// The count in a cell.
    pub fn count(&self, column: usize) -> Result<u64, ReadBackError> {
        let cell = &self.row[column];
        let column = || self.header[column].clone();
        cell.parse().map_err(|_| self.changed(Change::NoCount { column: column(), cell: cell.into() }))
    }

    /// An error in the current row.
    pub fn changed(&self, change: Change) -> ReadBackError {
        ReadBackError::Changed { path: self.path.clone(), line: self.line, change }
    }
}

/// The index of a column.
pub(super) fn find(path: &Path, header: &[String], name: &str) -> Result<usize, ReadBackError> {
    header.iter().position(|known| known == name).ok_or_else(|| ReadBackError::Changed {
        path: path.into(),
        line: 1,
        change: Change::MissingColumn(name.into()),
    })
}

fn syntax(path: &Path, error: CsvError) -> ReadBackError {
    let (line, problem): (u64, TableProblem) = error.into();
    ReadBackError::Changed { path: path.into(), line, change: Change::Syntax(problem.to_string()) }
}
