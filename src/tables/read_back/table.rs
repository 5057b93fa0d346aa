//! A whole table, and sums over its columns.

use std::path::{Path, PathBuf};

use super::super::ReadBackError;
use super::rows::{RowReader, find};

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
    /// A table that can't be read.
    pub fn read(folder: &Path, name: &str) -> Result<Self, ReadBackError> {
        let mut reader = RowReader::open(folder, name)?;
        let mut rows = Vec::new();
        while reader.next()? {
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
            *cell = &row[find(&self.path, &self.header, name)?];
        }
        Ok(cells)
    }
}

/// The sums over the documents of a run, of the columns of `documents.csv` with these names.
///
/// # Errors
/// A table that can't be read.
pub fn sums<const N: usize>(folder: &Path, names: [&str; N]) -> Result<[u64; N], ReadBackError> {
    let mut rows = RowReader::open(folder, "documents")?;
    let columns = rows.columns(names)?;
    let mut sums = [0; N];
    while rows.next()? {
        for (sum, column) in sums.iter_mut().zip(columns) {
            *sum += rows.count(column)?;
        }
    }
    Ok(sums)
}
