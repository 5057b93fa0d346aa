//! `corrected.csv`: one row for each group and measure, and one for each pair of groups and measure, raw and with the program's error taken out.

use std::path::Path;

use super::groups::write_interval;
use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::messages::Language;
use crate::statistics::{Estimate, Notes};

/// What a row is about, and its figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CorrectedRow {
    /// The variable that groups the documents; empty where nothing does.
    pub variable: String,
    /// The group; empty for all documents.
    pub group: String,
    /// The group with which it is contrasted; empty in a row of one group.
    pub against: String,
    /// stance or category.
    pub level: &'static str,
    /// The stance or the category.
    pub measure: String,
    /// The stance.
    pub stance: &'static str,
    /// The category; empty for a stance.
    pub category: String,
    /// Its Japanese term.
    pub term: String,
    /// The figures.
    pub figures: CorrectedFigures,
    /// The share of the variance that the check brings.
    pub check_share: Option<f64>,
    /// What is to be known of the row.
    pub note: Notes,
}

/// The figures of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum CorrectedFigures {
    /// Of a group.
    Group {
        /// Documents, tokens, affirmed markers as counted, and hits that were judged.
        counts: [u64; 4],
        /// Precision, missed markers, recall.
        quality: [Estimate; 3],
        /// The corrected count.
        corrected: Option<f64>,
        /// The rate as counted, and the corrected one.
        rates: [Estimate; 2],
    },
    /// Of two groups: log ratio and difference, each as counted and corrected.
    Pair([Estimate; 4]),
}

impl Default for CorrectedFigures {
    fn default() -> Self {
        CorrectedFigures::Pair(Default::default())
    }
}

/// How many columns the figures of a group have, and of a pair.
const OF_GROUP: usize = 20;
const OF_PAIR: usize = 12;

/// Writes the table, its rows as they come. Notes are in a language.
///
/// # Errors
/// A file that can't be written.
pub fn write_corrected(
    folder: &Path,
    rows: &[CorrectedRow],
    language: Language,
) -> Result<TableRecord, TableError> {
    let mut table = TableWriter::create(folder, "corrected", &[])?;
    for row in rows {
        for text in [&row.variable, &row.group, &row.against] {
            table.text(text)?;
        }
        table.value(row.level)?;
        table.text(&row.measure)?;
        table.value(row.stance)?;
        table.text(&row.category)?;
        table.text(&row.term)?;
        match &row.figures {
            CorrectedFigures::Group { counts, quality, corrected, rates } => {
                counts.iter().try_for_each(|count| table.value(count))?;
                quality.iter().try_for_each(|figure| write_figure(&mut table, figure))?;
                table.rate(*corrected)?;
                rates.iter().try_for_each(|figure| write_figure(&mut table, figure))?;
                (0..OF_PAIR).try_for_each(|_| table.value(""))?;
            }
            CorrectedFigures::Pair(figures) => {
                (0..OF_GROUP).try_for_each(|_| table.value(""))?;
                figures.iter().try_for_each(|figure| write_figure(&mut table, figure))?;
            }
        }
        table.rate(row.check_share)?;
        table.text(&row.note.in_language(language))?;
        table.end_row()?;
    }
    table.finish()
}

fn write_figure(table: &mut TableWriter, Estimate { value, interval }: &Estimate) -> Result<(), TableError> {
    table.rate(*value)?;
    write_interval(table, *interval)
}
