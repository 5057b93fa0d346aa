//! How a table that is read back differs from what was written.

use std::path::Path;

use crate::messages::Message;

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
    /// A cell should hold a number or nothing.
    NoDecimal {
        /// The column.
        column: String,
        /// The cell.
        cell: String,
    },
    /// A cell should hold a stance.
    NoStance(String),
    /// A cell should hold `true` or `false`.
    NoFlag {
        /// The column.
        column: String,
        /// The cell.
        cell: String,
    },
    /// A sum over a column is too large.
    TooLarge(String),
    /// A figure is not what the others make it.
    Disagrees {
        /// The column.
        column: String,
        /// The figure.
        figure: String,
        /// What the others make it.
        others: String,
    },
    /// A row of another document, category or marker was expected.
    Expected {
        /// What the row should be of.
        expected: String,
        /// What it is of; none at the end of the table.
        found: Option<String>,
    },
}

impl Change {
    /// Whether another table may be the one that was changed.
    pub(super) fn is_between_tables(&self) -> bool {
        matches!(
            self,
            Change::DuplicateDocument(_)
                | Change::UnknownDocument(_)
                | Change::Disagrees { .. }
                | Change::Expected { .. }
        )
    }

    pub(super) fn message(&self, path: &Path, line: u64) -> Message {
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
            Change::NoDecimal { column, cell } => {
                message("read_back.no_decimal", &[("column", column), ("cell", cell)])
            }
            Change::NoFlag { column, cell } => {
                message("read_back.no_flag", &[("column", column), ("cell", cell)])
            }
            Change::TooLarge(column) => message("read_back.too_large", &[("column", column)]),
            Change::Disagrees { column, figure, others } => {
                let values: [(_, &dyn std::fmt::Display); 3] =
                    [("column", column), ("figure", figure), ("others", others)];
                message("read_back.disagrees", &values)
            }
            Change::Expected { expected, found: Some(found) } => {
                message("read_back.expected", &[("expected", expected), ("found", found)])
            }
            Change::Expected { expected, found: None } => {
                message("read_back.expected_more", &[("expected", expected)])
            }
            Change::NoStance(cell) => message("read_back.no_stance", &[("cell", cell)]),
        }
    }
}
