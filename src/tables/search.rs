//! The tables of a search: a row for each hit, or for each value of a variable.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::concordance::kept_of_value;
use super::table_writer::TableWriter;
use super::{TableError, TableRecord};

/// A hit of a search in its context.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchLine {
    /// The document.
    pub document: String,
    /// The line that the sentence begins on, from 1.
    pub line: u64,
    /// The index of the sentence in the document, from 1.
    pub sentence: u64,
    /// The offset of the node in characters of the document, from 0.
    pub start: u64,
    /// The offset of its end, exclusive.
    pub end: u64,
    /// The sentence before the node.
    pub left: String,
    /// The node.
    pub node: String,
    /// The sentence after the node.
    pub right: String,
    /// The lemmas of the node.
    pub lemma: String,
    /// Their parts of speech.
    pub pos: String,
    /// The values of the document's variables, in order.
    pub variables: Vec<String>,
}

impl SearchLine {
    /// What is kept of the values of a document's variables.
    pub fn kept(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| kept_of_value(value).into()).collect()
    }
}

/// `search.csv`, being written to a file of any name.
pub struct SearchTable(TableWriter);

impl SearchTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(path: &Path, variables: &[String]) -> Result<Self, TableError> {
        Ok(SearchTable(TableWriter::create_at(path.into(), "search", variables)?))
    }

    /// Writes the row of a hit.
    pub fn add(&mut self, line: &SearchLine) -> Result<(), TableError> {
        let SearchTable(table) = self;
        table.text(&line.document)?;
        for value in [line.line, line.sentence, line.start, line.end] {
            table.value(value)?;
        }
        for text in [&line.left, &line.node, &line.right, &line.lemma, &line.pos] {
            table.text(text)?;
        }
        line.variables.iter().try_for_each(|value| table.text(value))?;
        table.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}

/// The hits in the documents that have a value of a variable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueRow<'a> {
    /// The value; empty for documents without one.
    pub value: &'a str,
    /// Documents, documents with a hit, hits and tokens.
    pub counts: [u64; 4],
    /// Hits per 1,000 tokens, and the ends of the interval of this.
    pub rates: [Option<f64>; 3],
}

/// Writes `values.csv` to a file of any name.
///
/// # Errors
/// A file that can't be written.
pub fn write_values<'a>(
    path: &Path,
    variable: &str,
    rows: impl IntoIterator<Item = ValueRow<'a>>,
) -> Result<TableRecord, TableError> {
    let mut table = TableWriter::create_at(path.into(), "values", &[])?;
    for row in rows {
        table.text(variable)?;
        table.text(row.value)?;
        row.counts.iter().try_for_each(|count| table.value(count))?;
        row.rates.iter().try_for_each(|rate| table.rate(*rate))?;
        table.end_row()?;
    }
    table.finish()
}
