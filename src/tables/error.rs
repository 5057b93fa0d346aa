//! What can go wrong when tables are written or read back.

use std::io;
use std::path::{Path, PathBuf};

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
    /// The folder has a comparison already.
    Compared(PathBuf),
    /// A file or folder that can't be written.
    Publish(#[from] PublishError),
}

impl TableError {
    pub(super) fn new(path: &Path, source: impl Into<io::Error>) -> Self {
        TableError::Publish(PublishError::Write { path: path.into(), source: source.into() })
    }

    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            TableError::Exists(folder) => Message::new("tables.exists", &[("folder", &folder.display())]),
            TableError::Compared(folder) => Message::new("tables.compared", &[("folder", &folder.display())]),
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
        tables: usize,
        /// How many the record names.
        record: usize,
    },
    /// Documents that can't be grouped by the variable.
    Grouping(#[from] GroupingError),
}

/// How a file differs from what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// It is not valid CSV or JSON; the words of the parser.
    Syntax(String),
    /// A column is missing.
    MissingColumn(String),
    /// A document has two rows.
    DuplicateDocument(String),
    /// A document of another table has no row in `documents.csv`.
    UnknownDocument(String),
    /// A cell should hold a count.
    NoCount {
        /// The column.
        column: String,
        /// The cell.
        cell: String,
    },
    /// A cell should hold a stance.
    NoStance(String),
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
            ReadBackError::Grouping(error) => error.message(),
        }
    }
}

impl Change {
    fn message(&self, path: &Path, line: u64) -> Message {
        let message = |key, values: &[(&'static str, &dyn std::fmt::Display)]| {
            let position: [(_, &dyn std::fmt::Display); 2] = [("path", &path.display()), ("line", &line)];
            Message::new(key, &[&position[..], values].concat())
        };
        match self {
            Change::Syntax(error) => message("read_back.syntax", &[("error", error)]),
            Change::MissingColumn(column) => message("read_back.missing_column", &[("column", column)]),
            Change::DuplicateDocument(document) => {
                message("read_back.duplicate_document", &[("document", document)])
            }
            Change::UnknownDocument(document) => {
                message("read_back.unknown_document", &[("document", document)])
            }
            Change::NoCount { column, cell } => {
                message("read_back.no_count", &[("column", column), ("cell", cell)])
            }
            Change::NoStance(cell) => message("read_back.no_stance", &[("cell", cell)]),
        }
    }
}
