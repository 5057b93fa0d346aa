//! The folder of a run: all its files, or none.

use std::fs;
use std::io;
use std::path::Path;

use super::{RunRecord, TableError, TableRecord};
use crate::publishing::{Publication, PublishError};

/// Every file that a run may write, in the order of its record. The record is last: where it is, the others are
/// complete.
pub(super) const FILES: [&str; 9] = [
    "documents.csv",
    "categories.csv",
    "markers.csv",
    "concordance.csv",
    "duplicates.csv",
    "groups.csv",
    "comparisons.csv",
    "columns.csv",
    "run.json",
];

/// The files of a comparison.
const COMPARISON: [&str; 2] = ["groups.csv", "comparisons.csv"];

/// The folder of a run before it is published. Dropped before, it leaves nothing.
pub struct TablesFolder {
    publication: Publication,
    replace: bool,
}

impl TablesFolder {
    /// Begins the folder of a run, to be published as `destination`.
    ///
    /// # Errors
    /// A destination that exists (unless it is a folder and `replace` is set), or whose parent can't be written.
    pub fn create(destination: &Path, replace: bool) -> Result<Self, TableError> {
        let publication = Publication::create(destination, replace).map_err(exists)?;
        Ok(TablesFolder { publication, replace })
    }

    /// Begins the tables of a comparison, which are to join those of a finished run.
    ///
    /// # Errors
    /// A folder that has such tables (unless `replace` is set), or whose parent can't be written.
    pub fn join(destination: &Path, replace: bool) -> Result<Self, TableError> {
        if !replace && COMPARISON.iter().any(|file| destination.join(file).exists()) {
            return Err(TableError::Compared(destination.into()));
        }
        Ok(TablesFolder { publication: Publication::create(destination, true)?, replace })
    }

    /// The temporary folder, to write the tables to.
    pub fn path(&self) -> &Path {
        self.publication.path()
    }

    /// Publishes the finished tables.
    ///
    /// # Errors
    /// A file that can't be moved.
    pub fn publish(self) -> Result<(), TableError> {
        if !self.replace || !self.publication.destination().exists() {
            return self.publication.publish().map_err(exists);
        }
        // The record is removed first and moved last: a mixture of two runs has none.
        for file in FILES.iter().rev() {
            let path = self.publication.destination().join(file);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(TableError::new(&path, error));
                }
                _ => {}
            }
        }
        for file in FILES {
            if !COMPARISON.contains(&file) || self.path().join(file).exists() {
                self.publication.publish_file(file)?;
            }
        }
        Ok(())
    }

    /// Moves the tables of a comparison to those of their run, with the record that names them.
    ///
    /// # Errors
    /// A file that can't be moved.
    pub fn publish_comparison(self, record: RunRecord) -> Result<(), TableError> {
        // At no time does the record name tables that are not there.
        let is_of_comparison = |table: &TableRecord| COMPARISON.contains(&table.name.as_str());
        let mut before = RunRecord { comparison: None, ..record.clone() };
        before.tables.retain(|table| !is_of_comparison(table));
        before.write(self.path())?;
        self.publication.publish_file("run.json")?;
        for file in COMPARISON {
            self.publication.publish_file(file)?;
        }
        record.write(self.path())?;
        Ok(self.publication.publish_file("run.json")?)
    }
}

/// The tables of a folder can be replaced, so it has a message of its own.
fn exists(error: PublishError) -> TableError {
    match error {
        PublishError::Exists(folder) => TableError::Exists(folder),
        error => error.into(),
    }
}
