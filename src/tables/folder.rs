//! The folder of a run: all its files, or none.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::data_package::DATA_PACKAGE;
use super::{RunRecord, TableError};
use crate::messages::Message;
use crate::publishing::{OwnFile, Publication, PublishError};

/// Every file that a run may write, in the order of its record. The record is last: where it is, the others are
/// complete.
pub(super) const FILES: [&str; 11] = [
    "documents.csv",
    "categories.csv",
    "markers.csv",
    "concordance.csv",
    "duplicates.csv",
    "groups.csv",
    "comparisons.csv",
    "omnibus.csv",
    "columns.csv",
    DATA_PACKAGE,
    RECORD,
];

/// The files of a comparison.
const COMPARISON: [&str; 3] = ["groups.csv", "comparisons.csv", "omnibus.csv"];

/// The name of the run record.
pub(super) const RECORD: &str = "run.json";

/// The folder of a run before it is published. Dropped before, it leaves nothing.
pub struct TablesFolder {
    publication: Publication,
    /// The files of the run that is replaced.
    replaced: Vec<OwnFile>,
}

impl TablesFolder {
    /// Begins the folder of a run, to be published as `destination`.
    ///
    /// # Errors
    /// A destination that exists (unless it holds a run and `replace` is set), or whose parent can't be written.
    pub fn create(destination: &Path, replace: bool) -> Result<Self, TableError> {
        let publication = match replace {
            true => Publication::replace(destination, &FILES),
            false => Publication::create(destination),
        };
        let publication = publication.map_err(exists)?;
        let replaced = match publication.replaces() {
            true => files_of_run(destination)?,
            false => Vec::new(),
        };
        Ok(TablesFolder { publication, replaced })
    }

    /// Begins the tables of a comparison, which are to join those of a finished run.
    ///
    /// # Errors
    /// A folder that has such tables (unless `replace` is set), or whose parent can't be written.
    pub fn join(destination: &Path, replace: bool) -> Result<Self, TableError> {
        if !replace && COMPARISON.iter().any(|file| destination.join(file).exists()) {
            return Err(TableError::Compared(destination.into()));
        }
        let publication = Publication::replace(destination, &FILES)?;
        // The other tables stay.
        let mut replaced = files_of_run(destination)?;
        let is_new = |name: &str| [DATA_PACKAGE, RECORD].contains(&name) || COMPARISON.contains(&name);
        replaced.retain(|file| is_new(&file.name));
        Ok(TablesFolder { publication, replaced })
    }

    /// The temporary folder, to write the tables to.
    pub fn path(&self) -> &Path {
        self.publication.path()
    }

    /// Publishes the finished tables. Gives notes for the user.
    ///
    /// # Errors
    /// A folder that can't take its place.
    pub fn publish(self) -> Result<Vec<Message>, TableError> {
        self.publication.publish(&self.replaced).map_err(exists)
    }

    /// Publishes the tables of a comparison, with the others and the record of their run, which names them. Gives notes for
    /// the user.
    ///
    /// # Errors
    /// A folder that can't take its place.
    pub fn publish_comparison(self, record: &RunRecord) -> Result<Vec<Message>, TableError> {
        let mut record = record.clone();
        record.describe_tables(self.path(), self.publication.destination())?;
        record.write(self.path())?;
        Ok(self.publication.publish(&self.replaced)?)
    }
}

/// The files of the run in a folder, which may be one of another version. A table that its record doesn't list is none.
fn files_of_run(folder: &Path) -> Result<Vec<OwnFile>, TableError> {
    #[derive(Deserialize)]
    struct Record {
        #[serde(rename = "hedgerow")]
        _version: String,
        #[serde(default)]
        tables: Vec<Table>,
        #[serde(default)]
        files: Vec<Table>,
    }
    #[derive(Deserialize)]
    struct Table {
        name: String,
        sha256: String,
    }
    let record = fs::read(folder.join(RECORD)).ok();
    let record = record.and_then(|record| serde_json::from_slice::<Record>(&record).ok());
    let Some(Record { tables, files, .. }) = record else { return Err(TableError::NoRun(folder.into())) };
    let own_file = |name: &str| {
        let table = tables.iter().chain(&files).find(|table| table.name == name);
        let is_own = table.is_some() || tables.is_empty() || name == RECORD;
        is_own.then(|| OwnFile { name: name.into(), sha256: table.map(|table| table.sha256.clone()) })
    };
    Ok(FILES.into_iter().filter_map(own_file).collect())
}

/// The tables of a folder can be replaced, so it has a message of its own.
fn exists(error: PublishError) -> TableError {
    match error {
        PublishError::Exists(folder) => TableError::Exists(folder),
        error => error.into(),
    }
}
