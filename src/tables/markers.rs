//! `markers.csv`: one row for each document and marker that occurs in it.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::counts::Tally;
use crate::lexicon::Labels;

/// The table being written.
pub struct MarkersTable(TableWriter);

impl MarkersTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        Ok(MarkersTable(TableWriter::create(folder, "markers", &[])?))
    }

    /// Writes the rows of a document, the most frequent marker first, then by id.
    pub fn add(&mut self, document: &str, tally: &Tally, labels: &Labels) -> Result<(), TableError> {
        let MarkersTable(table) = self;
        let mut rows: Vec<_> = tally.markers.iter().collect();
        // Entries are in the order of their ids, and the sort is stable.
        rows.sort_by_key(|(_, occurrences)| std::cmp::Reverse((occurrences.affirmed, occurrences.negated)));
        for (entry, occurrences) in rows {
            let category = labels.category_of(*entry);
            table.text(document)?;
            table.text(&labels.entries[*entry].id)?;
            table.value(category.stance)?;
            table.category(category)?;
            table.value(occurrences.affirmed)?;
            table.value(occurrences.negated)?;
            table.end_row()?;
        }
        Ok(())
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}
