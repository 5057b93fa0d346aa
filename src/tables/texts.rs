//! `texts.csv`: which file holds the text of which document.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};

/// The table being written.
pub struct TextsTable(TableWriter);

impl TextsTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        Ok(TextsTable(TableWriter::create(folder, "texts", &[])?))
    }

    /// Writes the row of a document; `file` is a path below the folder, with `/`.
    pub fn add(&mut self, document: &str, file: &str) -> Result<(), TableError> {
        self.0.text(document)?;
        self.0.text(file)?;
        self.0.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}
