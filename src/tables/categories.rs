//! `categories.csv`: one row for each document and category, zeros too.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::counts::Tally;
use crate::lexicon::Labels;
use crate::statistics::per_thousand;

/// The table being written.
pub struct CategoriesTable(TableWriter);

impl CategoriesTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        Ok(CategoriesTable(TableWriter::create(folder, "categories", &[])?))
    }

    /// Writes the rows of a document, by stance, then by name of the category.
    pub fn add(&mut self, document: &str, tally: &Tally, labels: &Labels) -> Result<(), TableError> {
        let CategoriesTable(table) = self;
        for (index, category) in labels.categories.iter().enumerate() {
            let occurrences = tally.of_category(labels, index);
            table.text(document)?;
            table.value(category.stance)?;
            table.category(category)?;
            table.value(occurrences.affirmed)?;
            table.value(occurrences.negated)?;
            table.rate(per_thousand(occurrences.affirmed, tally.tokens))?;
            table.end_row()?;
        }
        Ok(())
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}
