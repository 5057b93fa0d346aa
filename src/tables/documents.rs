//! `documents.csv`: one row for each document.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::corpus::{Document, Variables};
use crate::counts::Tally;
use crate::lexicon::{Labels, Stance};
use crate::statistics::{per_thousand, share};

/// The table being written.
pub struct DocumentsTable(TableWriter);

impl DocumentsTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path, variables: &Variables) -> Result<Self, TableError> {
        Ok(DocumentsTable(TableWriter::create(folder, "documents", &variables.names)?))
    }

    /// Writes the row of a document.
    pub fn add(
        &mut self,
        document: &Document,
        variables: &Variables,
        tally: &Tally,
        labels: &Labels,
    ) -> Result<(), TableError> {
        let DocumentsTable(table) = self;
        let [hedge, assertive] = Stance::ALL.map(|stance| tally.of_stance(labels, stance));
        table.text(&document.name)?;
        variables.of(document).try_for_each(|value| table.text(value))?;
        for count in [
            tally.characters,
            tally.sentences,
            tally.morphemes,
            tally.tokens,
            hedge.affirmed,
            assertive.affirmed,
            hedge.negated,
            assertive.negated,
        ] {
            table.value(count)?;
        }
        table.rate(per_thousand(hedge.affirmed, tally.tokens))?;
        table.rate(per_thousand(assertive.affirmed, tally.tokens))?;
        table.rate(share(hedge.affirmed, hedge.affirmed + assertive.affirmed))?;
        let kinds = tally.sentence_kinds();
        kinds.into_iter().try_for_each(|count| table.value(count))?;
        kinds.into_iter().try_for_each(|count| table.rate(share(count, tally.sentences)))?;
        table.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}
