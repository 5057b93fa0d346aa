//! A whole table, and sums over its columns.

use std::path::PathBuf;

use super::super::{Change, ReadBackError};
use super::rows::find;
use super::run_tables::RunTables;

/// A table in memory. Its text is that of the documents: without the marks that protect it from spreadsheets.
#[derive(Debug, Clone)]
pub struct ReadTable {
    path: PathBuf,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl ReadTable {
    /// Reads a table by its name, without `.csv`.
    ///
    /// # Errors
    /// A table that can't be read, or is not as it was written.
    pub fn read(tables: RunTables, name: &str) -> Result<Self, ReadBackError> {
        let mut reader = tables.open(name)?;
        let mut rows = Vec::new();
        while reader.next_row()? {
            rows.push((0..reader.header.len()).map(|column| reader.text(column).to_owned()).collect());
        }
        Ok(ReadTable { path: reader.path, header: reader.header, rows })
    }

    /// Its rows, for [`ReadTable::cells`].
    pub fn rows(&self) -> impl Iterator<Item = &[String]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// The cells of a row in some columns.
    ///
    /// # Errors
    /// A column that is missing.
    pub fn cells<'a, const N: usize>(
        &self,
        row: &'a [String],
        names: [&str; N],
    ) -> Result<[&'a str; N], ReadBackError> {
        let mut cells = [""; N];
        for (cell, name) in cells.iter_mut().zip(names) {
            *cell = row.get(find(&self.path, &self.header, name)?).map_or("", String::as_str);
        }
        Ok(cells)
    }

    /// An error in the table as a whole.
    pub(in super::super) fn changed(&self, change: Change) -> ReadBackError {
        ReadBackError::Changed { path: self.path.clone(), line: 1, change }
    }
}

/// The sums over the documents of a run, of the columns of `documents.csv` with these names.
///
/// # Errors
/// A table that can't be read, or is not as it was written; a sum that is too large.
pub fn sums<const N: usize>(tables: RunTables, names: [&str; N]) -> Result<[u64; N], ReadBackError> {
    let mut rows = tables.open("documents")?;
    let columns = rows.columns(names)?;
    let mut sums = [0; N];
    while rows.next_row()? {
        for (sum, column) in sums.iter_mut().zip(columns) {
            rows.add(sum, rows.count(column)?, column)?;
        }
    }
    Ok(sums)
}
