//! `left_out.csv`: which entries of the lexicon can't be said in another program's dictionary, and why.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};

/// The table being written.
pub struct LeftOutTable(TableWriter);

impl LeftOutTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        Ok(LeftOutTable(TableWriter::create(folder, "left_out", &[])?))
    }

    /// Writes the row of an entry.
    pub fn add(&mut self, marker: &str, reason: &str, detail: &str) -> Result<(), TableError> {
        self.0.text(marker)?;
        self.0.text(reason)?;
        self.0.text(detail)?;
        self.0.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}
