//! `duplicates.csv`: documents that equal or resemble an earlier one, then sentences that many documents have.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::statistics::share;

/// A document that equals or resembles an earlier one.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicate {
    /// Its name.
    pub document: String,
    /// The name of the first that it equals or resembles.
    pub first: String,
    /// The share of the two that is the same.
    pub similarity: f64,
    /// Whether they are equal.
    pub kind: DuplicateKind,
}

/// Whether two documents are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuplicateKind {
    /// They are.
    Equal,
    /// Nearly.
    Near,
}

/// The table being written.
pub struct DuplicatesTable {
    table: TableWriter,
    /// Whether the text of documents is left out.
    without_text: bool,
}

impl DuplicatesTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path, without_text: bool) -> Result<Self, TableError> {
        Ok(DuplicatesTable { table: TableWriter::create(folder, "duplicates", &[])?, without_text })
    }

    /// Writes the row of a document; `near` is the least similarity of near-equal ones.
    pub fn add_document(&mut self, duplicate: &Duplicate, near: f64) -> Result<(), TableError> {
        let DuplicatesTable { table, .. } = self;
        let (kind, threshold) = match duplicate.kind {
            DuplicateKind::Equal => ("equal", 1.0),
            DuplicateKind::Near => ("near", near),
        };
        table.text(&duplicate.document)?;
        table.text(&duplicate.first)?;
        table.value(duplicate.similarity)?;
        table.value(kind)?;
        table.value(threshold)?;
        for _ in 0..3 {
            table.value("")?;
        }
        table.end_row()
    }

    /// Writes the row of a sentence that stands in `documents` of `all`, more than the share `threshold`.
    pub fn add_sentence(
        &mut self,
        sentence: &str,
        documents: u64,
        all: u64,
        threshold: f64,
    ) -> Result<(), TableError> {
        let DuplicatesTable { table, without_text } = self;
        for _ in 0..3 {
            table.value("")?;
        }
        table.value("sentence")?;
        table.value(threshold)?;
        table.text(if *without_text { "" } else { sentence })?;
        table.value(documents)?;
        table.rate(share(documents, all))?;
        table.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.table.finish()
    }
}
