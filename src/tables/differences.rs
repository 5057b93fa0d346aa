//! `differences.csv`: the hits that one run has and another has not, or has otherwise.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{ReadHit, TableError, TableRecord};

/// The table being written.
pub struct DifferencesTable(TableWriter);

impl DifferencesTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        Ok(DifferencesTable(TableWriter::create(folder, "differences", &[])?))
    }

    /// Writes the row of a hit of either run, or of both.
    pub fn add(
        &mut self,
        document: &str,
        change: &str,
        hits: [Option<&ReadHit>; 2],
    ) -> Result<(), TableError> {
        let DifferencesTable(table) = self;
        let [first, second] = hits;
        let Some(hit) = second.or(first) else { return Ok(()) };
        table.text(document)?;
        table.value(change)?;
        hit.places.iter().try_for_each(|place| table.value(place))?;
        hit.texts.iter().try_for_each(|text| table.text(text))?;
        for hit in hits {
            match hit {
                Some(hit) => write_coding(table, hit)?,
                None => (0..8).try_for_each(|_| table.value(""))?,
            }
        }
        table.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}

fn write_coding(table: &mut TableWriter, ReadHit { coding, term, .. }: &ReadHit) -> Result<(), TableError> {
    table.text(&coding.marker)?;
    table.value(coding.stance)?;
    table.text(&coding.category)?;
    table.text(term)?;
    table.value(coding.negated)?;
    coding.flags.iter().try_for_each(|flag| table.value(flag))?;
    table.text(&coding.position)
}
