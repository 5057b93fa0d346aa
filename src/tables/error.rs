//! What can go wrong when tables are written or read back.

use std::io;
use std::path::{Path, PathBuf};

use super::Change;
use super::run_record::SCHEMA;
use crate::counts::GroupingError;
use crate::messages::Message;
use crate::publishing::PublishError;

/// Tables that can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum TableError {
    /// The folder exists.
    Exists(PathBuf),
    /// The folder exists and holds no run.
    NoRun(PathBuf),
    /// The folder has a comparison already.
    Compared(PathBuf),
    /// The folder has corrected figures already.
    Corrected(PathBuf),
    /// A file or folder that can't be written.
    Publish(#[from] PublishError),
}

impl TableError {
    pub(super) fn new(path: &Path, source: impl Into<io::Error>) -> Self {
        TableError::Publish(PublishError::write(path, source))
    }

    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            TableError::Exists(folder) => Message::new("tables.exists", &[("folder", &folder.display())]),
            TableError::NoRun(folder) => Message::new("tables.no_run", &[("folder", &folder.display())]),
            TableError::Compared(folder) => Message::new("tables.compared", &[("folder", &folder.display())]),
            TableError::Corrected(folder) => {
                Message::new("tables.corrected", &[("folder", &folder.display())])
            }
            TableError::Publish(error) => error.message(),
        }
    }
}

/// Tables that can't be read back.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum ReadBackError {
    /// The folder holds no finished run.
    NoRun(PathBuf),
    /// A run of another version.
    Version {
        /// The folder.
        folder: PathBuf,
        /// The version that wrote it.
        version: String,
    },
    /// A run whose record has another version of its schema.
    Schema {
        /// The folder.
        folder: PathBuf,
        /// The version of the program that wrote it.
        version: String,
        /// The version of its schema; 0 where it has none.
        schema: u64,
    },
    /// A run record that has not the digest that it names.
    RecordChanged(PathBuf),
    /// A file that can't be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file that is not as it was written.
    Changed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        change: Change,
    },
    /// `documents.csv` has other documents than the run record.
    Documents {
        /// The folder.
        folder: PathBuf,
        /// How many the table has.
        tables: u64,
        /// How many the record names.
        record: u64,
    },
    /// A table that the run record does not name.
    NotRecorded(PathBuf),
    /// A run without hits, as it was put together of parts without them.
    NoHits(PathBuf),
    /// A table that has more or fewer rows than were written.
    Rows {
        /// The file.
        path: PathBuf,
        /// Its rows, without the header.
        rows: u64,
        /// The rows that were written.
        recorded: u64,
    },
    /// A table that has the rows that were written, and other bytes.
    Digest(PathBuf),
    /// Two runs that have the same documents in another order.
    Order {
        /// The folder of one.
        first: PathBuf,
        /// The folder of the other.
        second: PathBuf,
        /// A document that is not at the same place.
        document: String,
    },
    /// Documents that can't be grouped by the variable.
    Grouping(#[from] GroupingError),
    /// A folder that a killed run has set aside and that can't be put back.
    Publish(#[from] PublishError),
}

impl ReadBackError {
    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            ReadBackError::NoRun(folder) => {
                Message::new("read_back.no_run", &[("folder", &folder.display())])
            }
            ReadBackError::Version { folder, version } => Message::new(
                "read_back.version",
                &[("folder", &folder.display()), ("version", version), ("own", &env!("CARGO_PKG_VERSION"))],
            ),
            ReadBackError::Schema { folder, version, schema } => Message::new(
                "read_back.schema",
                &[("folder", &folder.display()), ("version", version), ("schema", schema), ("own", &SCHEMA)],
            ),
            ReadBackError::RecordChanged(path) => {
                Message::new("read_back.record_changed", &[("path", &path.display())])
            }
            ReadBackError::Unreadable { path, source } => {
                Message::new("read_back.unreadable", &[("path", &path.display()), ("source", source)])
            }
            ReadBackError::Changed { path, line, change } => change.message(path, *line),
            ReadBackError::Documents { folder, tables, record } => Message::new(
                "read_back.documents",
                &[("folder", &folder.display()), ("count", tables), ("record", record)],
            ),
            ReadBackError::NotRecorded(path) => {
                Message::new("read_back.not_recorded", &[("path", &path.display())])
            }
            ReadBackError::NoHits(folder) => {
                Message::new("read_back.no_hits", &[("folder", &folder.display())])
            }
            ReadBackError::Rows { path, rows, recorded } => Message::new(
                "read_back.rows",
                &[("path", &path.display()), ("count", rows), ("recorded", recorded)],
            ),
            ReadBackError::Digest(path) => Message::new("read_back.digest", &[("path", &path.display())]),
            ReadBackError::Order { first, second, document } => Message::new(
                "read_back.order",
                &[("first", &first.display()), ("second", &second.display()), ("document", document)],
            ),
            ReadBackError::Grouping(error) => error.message(),
            ReadBackError::Publish(error) => error.message(),
        }
    }
}
