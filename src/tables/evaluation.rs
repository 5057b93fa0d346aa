//! The tables of `hedgerow evaluate`: `evaluation.csv`, a row for each figure, and `differences.csv`, a row for each place
//! where the codings differ.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord, columns};

/// A figure of an evaluation.
#[derive(Debug, Clone, Copy)]
pub struct EvaluationRow<'a> {
    /// What is right: any marker, same span, same stance, same category, same negated, or the sentences' kind.
    pub level: &'a str,
    /// The category and its Japanese term; empty for all together.
    pub category: [&'a str; 2],
    /// precision, recall, f1, share or kappa.
    pub measure: &'a str,
    /// The figure, and the ends of its 95 % interval.
    pub value: [Option<f64>; 3],
    /// How many are right, were found, and are in the gold coding.
    pub counts: [u64; 3],
}

/// `evaluation.csv` being written.
pub struct EvaluationTable(TableWriter);

impl EvaluationTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        Ok(EvaluationTable(TableWriter::create(folder, columns::EVALUATION[0], &[])?))
    }

    /// Writes a figure.
    pub fn add(&mut self, row: &EvaluationRow) -> Result<(), TableError> {
        let EvaluationTable(table) = self;
        table.value(row.level)?;
        row.category.iter().try_for_each(|name| table.text(name))?;
        table.value(row.measure)?;
        row.value.iter().try_for_each(|figure| table.rate(*figure))?;
        row.counts.iter().try_for_each(|count| table.value(count))?;
        table.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}

/// The `differences.csv` of an evaluation being written.
pub struct EvaluationDifferencesTable(TableWriter);

impl EvaluationDifferencesTable {
    /// Creates the table and writes its header.
    ///
    /// # Errors
    /// A file that can't be written, as for all methods.
    pub fn create(folder: &Path) -> Result<Self, TableError> {
        let path = folder.join("differences.csv");
        Ok(EvaluationDifferencesTable(TableWriter::create_at(path, columns::EVALUATION[1], &[])?))
    }

    /// Writes a difference: its document; line, start and end; kind; left, node and right; category and `negated` in the
    /// gold coding and in the other; and the id of the other's entry.
    pub fn add(
        &mut self,
        document: &str,
        places: [u64; 3],
        kind: &str,
        context: [&str; 3],
        codings: [(&str, Option<bool>); 2],
        marker: &str,
    ) -> Result<(), TableError> {
        let EvaluationDifferencesTable(table) = self;
        table.text(document)?;
        places.iter().try_for_each(|place| table.value(place))?;
        table.value(kind)?;
        context.iter().try_for_each(|text| table.text(text))?;
        for (category, negated) in codings {
            table.text(category)?;
            match negated {
                Some(negated) => table.value(negated)?,
                None => table.value("")?,
            }
        }
        table.text(marker)?;
        table.end_row()
    }

    /// Ends the table.
    pub fn finish(self) -> Result<TableRecord, TableError> {
        self.0.finish()
    }
}
