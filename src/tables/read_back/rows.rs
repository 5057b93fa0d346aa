//! A table that is read row by row, and checked against its record at its end.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use csv::StringRecord;

use super::super::columns::variable_columns;
use super::super::digesting::Digesting;
use super::super::formulas::unprotected;
use super::super::{Change, ReadBackError, TableRecord};
use super::differing::open_file;
use super::run_tables::RowsRead;
use crate::corpus::{CsvError, CsvRows, TableProblem};
use crate::lexicon::Stance;

/// After how many rows it is told that they have been read.
const ROWS_TOLD: u64 = 1024;

/// The rows of a table, one at a time.
pub struct RowReader<'a> {
    pub(super) path: PathBuf,
    pub(in super::super) header: Vec<String>,
    rows: CsvRows<SharedFile>,
    file: SharedFile,
    record: TableRecord,
    row: StringRecord,
    /// The line of `row`, from 1.
    line: u64,
    /// Rows so far, without the header.
    read: u64,
    telling: Telling<'a>,
}

/// Tells of rows that were read, some at a time, and of the rest when the table is left.
struct Telling<'a> {
    told: Option<RowsRead<'a>>,
    untold: u64,
}

impl Telling<'_> {
    fn add_row(&mut self) {
        self.untold = self.untold.saturating_add(1);
        if self.untold == ROWS_TOLD {
            self.tell();
        }
    }

    fn tell(&mut self) {
        if let Some(told) = self.told {
            told(self.untold);
        }
        self.untold = 0;
    }
}

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        self.tell();
    }
}

/// A file that is digested while another owner reads it.
#[derive(Clone)]
struct SharedFile(Arc<Mutex<Digesting<File>>>);

impl SharedFile {
    fn get(&self) -> MutexGuard<'_, Digesting<File>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Read for SharedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.get().read(buffer)
    }
}

impl<'a> RowReader<'a> {
    /// Opens a table, in a file of any name, and reads its header.
    ///
    /// # Errors
    /// A file that can't be read, or that is no table.
    pub fn open(path: PathBuf, record: TableRecord) -> Result<Self, ReadBackError> {
        RowReader::open_telling(path, record, None)
    }

    /// The same, with somebody who is told of its rows.
    pub(super) fn open_telling(
        path: PathBuf,
        record: TableRecord,
        told: Option<RowsRead<'a>>,
    ) -> Result<Self, ReadBackError> {
        let opened = open_file(&path);
        let file = opened.map_err(|source| ReadBackError::Unreadable { path: path.clone(), source })?;
        let telling = Telling { told, untold: 0 };
        let file = SharedFile(Arc::new(Mutex::new(Digesting::new(file))));
        let rows = CsvRows::new(file.clone(), b',').map_err(|error| syntax(&path, error))?;
        let mut header: Vec<String> = rows.header().iter().map(str::to_owned).collect();
        if let Some(first) = header.first_mut() {
            *first = first.trim_start_matches('\u{feff}').to_owned();
        }
        Ok(RowReader {
            path,
            header,
            rows,
            file,
            record,
            row: StringRecord::new(),
            line: 1,
            read: 0,
            telling,
        })
    }

    /// The indices of columns.
    ///
    /// # Errors
    /// A column that is missing.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], ReadBackError> {
        let mut columns = [0; N];
        for (column, name) in columns.iter_mut().zip(names) {
            *column = find(&self.path, &self.header, name)?;
        }
        Ok(columns)
    }

    /// The index of a column that not every run has.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|known| known == name)
    }

    /// The variables of the user's: indices and names of the columns that are none of the program's own.
    pub fn variables(&self, table: &str) -> Vec<(usize, String)> {
        let named = |index: usize| Some((index, unprotected(self.header.get(index)?).to_owned()));
        variable_columns(table, &self.header).into_iter().filter_map(named).collect()
    }

    /// Reads the next row; false at the end, where the whole table has the digest and the rows of its record.
    ///
    /// # Errors
    /// A row that is no row of the table, or a table that is not as it was written.
    pub fn next_row(&mut self) -> Result<bool, ReadBackError> {
        let line = self.rows.next(&mut self.row).map_err(|error| syntax(&self.path, error))?;
        match line {
            Some(line) => {
                self.line = line;
                self.read = self.read.saturating_add(1);
                self.telling.add_row();
                Ok(true)
            }
            None => self.check_whole().map(|()| false),
        }
    }

    fn check_whole(&self) -> Result<(), ReadBackError> {
        let (path, recorded) = (self.path.clone(), self.record.rows);
        if self.read != recorded {
            return Err(ReadBackError::Rows { path, rows: self.read, recorded });
        }
        match self.file.get().digest() == self.record.sha256 {
            true => Ok(()),
            false => Err(ReadBackError::Digest(path)),
        }
    }

    /// The names of the columns, without the mark that protects those of variables from spreadsheets.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.header.iter().map(|name| unprotected(name))
    }

    /// The text of a cell, without the mark that protects it from spreadsheets.
    pub fn text(&self, column: usize) -> &str {
        unprotected(self.cell(column))
    }

    /// A cell as it stands in the file.
    pub fn cell(&self, column: usize) -> &str {
        self.row.get(column).unwrap_or_default()
    }

    /// The decimal in a cell; none where it is empty.
    ///
    /// # Errors
    /// A cell that is no number.
    pub fn decimal(&self, column: usize) -> Result<Option<f64>, ReadBackError> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let number = cell.parse().ok().filter(|number: &f64| number.is_finite());
        let number = number.ok_or_else(|| {
            self.changed(Change::NoDecimal { column: self.column_name(column), cell: cell.into() })
        })?;
        Ok(Some(number))
    }

    /// The count in a cell.
    ///
    /// # Errors
    /// A cell that is no whole number.
    pub fn count(&self, column: usize) -> Result<u64, ReadBackError> {
        let cell = self.cell(column);
        let is_plain = cell == "0" || !cell.starts_with(['0', '+']);
        let count = cell.parse().ok().filter(|_| is_plain);
        count.ok_or_else(|| {
            self.changed(Change::NoCount { column: self.column_name(column), cell: cell.into() })
        })
    }

    /// The counts in some cells.
    ///
    /// # Errors
    /// A cell that is no whole number.
    pub fn counts<const N: usize>(&self, columns: [usize; N]) -> Result<[u64; N], ReadBackError> {
        let mut counts = [0; N];
        for (count, column) in counts.iter_mut().zip(columns) {
            *count = self.count(column)?;
        }
        Ok(counts)
    }

    /// The stance in a cell.
    ///
    /// # Errors
    /// A cell that is no stance.
    pub fn stance(&self, column: usize) -> Result<Stance, ReadBackError> {
        let cell = self.cell(column);
        let stance = Stance::ALL.into_iter().find(|stance| stance.name() == cell);
        stance.ok_or_else(|| self.changed(Change::NoStance(cell.into())))
    }

    /// The truth in a cell.
    ///
    /// # Errors
    /// A cell that is neither true nor false.
    pub fn flag(&self, column: usize) -> Result<bool, ReadBackError> {
        let cell = self.cell(column);
        cell.parse()
            .map_err(|_| self.changed(Change::NoFlag { column: self.column_name(column), cell: cell.into() }))
    }

    /// Adds a count to a sum.
    ///
    /// # Errors
    /// A sum that is too large.
    pub fn add(&self, sum: &mut u64, count: u64, column: usize) -> Result<(), ReadBackError> {
        let added = sum.checked_add(count);
        *sum = added.ok_or_else(|| self.changed(Change::TooLarge(self.column_name(column))))?;
        Ok(())
    }

    /// The name of a column.
    pub fn column_name(&self, column: usize) -> String {
        self.header.get(column).cloned().unwrap_or_default()
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
