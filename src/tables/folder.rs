//! The folder of a run: all its files, or none.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::data_package::DATA_PACKAGE;
use super::{ReadBackError, RunRecord, TableError};
use crate::digest::sha256_of_file;
use crate::messages::Message;
use crate::publishing::{OwnFile, Publication, PublishError};

/// Every file that a run may write, in the order of its record. The record is last: where it is, the others are
/// complete.
pub(super) const FILES: [&str; 14] = [
    "documents.csv",
    "categories.csv",
    "markers.csv",
    "concordance.csv",
    "duplicates.csv",
    "groups.csv",
    "comparisons.csv",
    "omnibus.csv",
    CORRECTED,
    "columns.csv",
    DATA_PACKAGE,
    REPORT,
    WORKBOOK,
    RECORD,
];

/// The page that a run ends in.
pub const REPORT: &str = "report.html";

/// All tables in one workbook.
pub const WORKBOOK: &str = "tables.xlsx";

/// The folder of the plots.
pub const FIGURES: &str = "figures";

/// The table of what was corrected by a check.
pub const CORRECTED: &str = "corrected.csv";

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
        TablesFolder::join_new(destination, |name| {
            [DATA_PACKAGE, WORKBOOK, RECORD].contains(&name)
                || COMPARISON.contains(&name)
                || is_of_report(name)
        })
    }

    /// Begins the table of what was corrected by a check, which is to join those of a finished run.
    ///
    /// # Errors
    /// A folder that has such a table (unless `replace` is set), or whose parent can't be written.
    pub fn join_corrected(destination: &Path, replace: bool) -> Result<Self, TableError> {
        if !replace && destination.join(CORRECTED).exists() {
            return Err(TableError::Corrected(destination.into()));
        }
        TablesFolder::join_new(destination, |name| {
            [CORRECTED, DATA_PACKAGE, WORKBOOK, RECORD].contains(&name) || is_of_report(name)
        })
    }

    /// Begins a report, which is to join the tables of a finished run.
    ///
    /// # Errors
    /// A folder without a run, or whose parent can't be written.
    pub fn join_report(destination: &Path) -> Result<Self, TableError> {
        TablesFolder::join_new(destination, |name| name == RECORD || name == WORKBOOK || is_of_report(name))
    }

    /// Begins some files of a finished run; the others stay.
    fn join_new(destination: &Path, is_new: impl Fn(&str) -> bool) -> Result<Self, TableError> {
        let publication = Publication::replace(destination, &FILES)?;
        let mut replaced = files_of_run(destination)?;
        replaced.retain(|file| is_new(&file.name));
        Ok(TablesFolder { publication, replaced })
    }

    /// Gives the tables of the finished run that stay a second name in the temporary folder, for what is made of all of them.
    ///
    /// # Errors
    /// A table that is not as its record says, or of which there can be no second name nor a copy.
    pub fn take_tables(&mut self, record: &RunRecord) -> Result<(), ReadBackError> {
        for table in &record.tables {
            let [from, to] =
                [self.publication.destination(), self.path()].map(|folder| folder.join(&table.name));
            if to.exists() {
                continue;
            }
            let unreadable = |source| ReadBackError::Unreadable { path: from.clone(), source };
            if sha256_of_file(&from).map_err(unreadable)? != table.sha256 {
                return Err(ReadBackError::Digest(from));
            }
            fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)).map_err(unreadable)?;
            self.replaced.push(OwnFile { name: table.name.clone(), sha256: Some(table.sha256.clone()) });
        }
        Ok(())
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

    /// Publishes what has joined a finished run, with the record that names it. Gives notes for the user.
    ///
    /// # Errors
    /// A folder that can't take its place.
    pub fn publish_joined(self, record: &RunRecord) -> Result<Vec<Message>, TableError> {
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
    let figures = files.iter().map(|file| file.name.as_str()).filter(|name| is_figure(name));
    Ok(FILES.into_iter().chain(figures).filter_map(own_file).collect())
}

/// Whether a file of a run is the report or one of its figures, by its name.
pub(super) fn is_of_report(name: &str) -> bool {
    name == REPORT || is_figure(name)
}

/// Whether a file of a run is a figure.
fn is_figure(name: &str) -> bool {
    name.split_once('/').is_some_and(|(folder, name)| folder == FIGURES && !name.contains(['/', '\\']))
}

/// The tables of a folder can be replaced, so it has a message of its own.
fn exists(error: PublishError) -> TableError {
    match error {
        PublishError::Exists(folder) => TableError::Exists(folder),
        error => error.into(),
    }
}
