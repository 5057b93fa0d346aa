//! The tables of a run, with what its record says of them.

use std::path::{Path, PathBuf};

use super::super::{ReadBackError, TableRecord};
use super::rows::RowReader;

/// The table that is not there where parts without hits were put together.
pub(super) const CONCORDANCE: &str = "concordance";

/// Is told how many more rows have been read.
pub type RowsRead<'a> = &'a (dyn Fn(u64) + Sync);

/// The tables in a folder, each of which is checked against its record while it is read.
#[derive(Clone, Copy)]
pub struct RunTables<'a> {
    folder: &'a Path,
    records: &'a [TableRecord],
    told: Option<RowsRead<'a>>,
}

impl<'a> RunTables<'a> {
    /// The tables of a run that are in `folder`.
    pub fn new(folder: &'a Path, records: &'a [TableRecord]) -> Self {
        RunTables { folder, records, told: None }
    }

    /// The same, with somebody who is told of what is read.
    pub fn telling(self, told: RowsRead<'a>) -> Self {
        RunTables { told: Some(told), ..self }
    }

    /// How many rows a table has, by its name without `.csv`; 0 where it is not there.
    pub fn rows(self, name: &str) -> u64 {
        let file = format!("{name}.csv");
        self.records.iter().find(|record| record.name == file).map_or(0, |record| record.rows)
    }

    /// Whether there is a table, by its name without `.csv`.
    pub fn has(self, name: &str) -> bool {
        let file = format!("{name}.csv");
        self.records.iter().any(|record| record.name == file)
    }

    /// Opens a table by its name, without `.csv`.
    ///
    /// # Errors
    /// A table that is not there or can't be read.
    pub fn open(self, name: &str) -> Result<RowReader<'a>, ReadBackError> {
        let file = format!("{name}.csv");
        let path = self.path(&file);
        match self.records.iter().find(|record| record.name == file) {
            Some(record) => RowReader::open_telling(path, record.clone(), self.told),
            None if name == CONCORDANCE => Err(ReadBackError::NoHits(self.folder.into())),
            None => Err(ReadBackError::NotRecorded(path)),
        }
    }

    /// The header of a table, as it stands in the file.
    pub(in super::super) fn header(self, name: &str) -> Result<Vec<String>, ReadBackError> {
        Ok(self.open(name)?.header)
    }

    /// Reads some tables to their ends.
    ///
    /// # Errors
    /// The first that can't be read, or is not as it was written.
    pub fn check<'n>(self, names: impl IntoIterator<Item = &'n str>) -> Result<(), ReadBackError> {
        for name in names {
            let mut rows = self.open(name)?;
            while rows.next_row()? {}
        }
        Ok(())
    }

    pub(super) fn path(self, file: &str) -> PathBuf {
        self.folder.join(file)
    }
}
