//! `concordance.csv`: one row for each hit, in the order of the text.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::corpus::Variables;
use crate::lexicon::Labels;
use crate::markers::Hit;
use crate::statistics::share;
use crate::text::{first_characters, left_context, right_context};

/// The most characters of a variable's value: a column of a table of documents may hold a text.
const MAX_VALUE: usize = 200;

/// The table being written.
pub struct ConcordanceTable {
    table: TableWriter,
    /// Whether the text of documents is left out.
    without_text: bool,
}

/// A hit in its context.
#[derive(Debug, Clone, Copy)]
pub struct ConcordanceRow<'a> {
    /// The document.
    pub document: &'a str,
    /// The line that the sentence begins on, from 1.
    pub line: u64,
    /// The index of the sentence in the document, from 1.
    pub sentence: u64,
    /// The offset of the node in characters of the document, from 0.
    pub start: u64,
    /// The offset of its end, exclusive.
    pub end: u64,
    /// The sentence before the node.
    pub left: &'a str,
    /// The node.
    pub node: &'a str,
    /// The sentence after the node.
    pub right: &'a str,
    /// The sentence before that of the node; empty where there is none.
    pub previous: &'a str,
    /// The sentence behind that of the node; empty where there is none.
    pub next: &'a str,
    /// How many characters the document has.
    pub characters: u64,
    /// The values of its variables, in order.
    pub variables: &'a [&'a str],
}

impl<'a> ConcordanceRow<'a> {
    /// The row with as much of the context on either side as the table keeps.
    pub fn kept(self) -> Self {
        ConcordanceRow {
            left: left_context(self.left),
            right: right_context(self.right),
            previous: left_context(self.previous),
            next: right_context(self.next),
            ..self
        }
    }
}

impl ConcordanceRow<'_> {
    fn without_text(self) -> Self {
        ConcordanceRow { left: "", node: "", right: "", previous: "", next: "", ..self }
    }
}

impl ConcordanceTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path, variables: &Variables, without_text: bool) -> Result<Self, TableError> {
        let table = TableWriter::create(folder, "concordance", &variables.names)?;
        Ok(ConcordanceTable { table, without_text })
    }

    /// Writes the row of a hit.
    pub fn add(&mut self, row: &ConcordanceRow, hit: &Hit, labels: &Labels) -> Result<(), TableError> {
        let ConcordanceTable { table, without_text } = self;
        let row = if *without_text { row.without_text() } else { row.kept() };
        let category = labels.category_of(hit.entry);
        table.text(row.document)?;
        for value in [row.line, row.sentence, row.start, row.end] {
            table.value(value)?;
        }
        table.text(row.left)?;
        table.text(row.node)?;
        table.text(row.right)?;
        table.text(&labels.entries[hit.entry].id)?;
        table.value(category.stance)?;
        table.category(category)?;
        for flag in [hit.negated, hit.interrogative, hit.quoted] {
            table.value(flag)?;
        }
        table.value(hit.position)?;
        table.rate(relative_position(row.start, row.characters))?;
        table.text(row.previous)?;
        table.text(row.next)?;
        row.variables.iter().try_for_each(|value| table.text(kept_of_value(value)))?;
        table.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.table.finish()
    }
}

/// Where a node stands in its document: 0 at its beginning, towards 1 at its end.
pub(super) fn relative_position(start: u64, characters: u64) -> Option<f64> {
    share(start, characters)
}

/// What the table keeps of a variable's value.
pub(super) fn kept_of_value(value: &str) -> &str {
    first_characters(value, MAX_VALUE)
}
