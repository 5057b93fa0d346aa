//! `groups.csv`: one row for each group and measure.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::counts::{Base, Measure, Observations};
use crate::statistics::{GroupStatistics, Interval, share};

/// The method of the intervals, in the words of the tables.
pub(super) const INTERVAL: &str = "percentile bootstrap over documents";

/// Writes the table: by group, then by measure. `figures` are by group, then by measure.
///
/// # Errors
/// A file that can't be written.
pub fn write_groups(
    folder: &Path,
    observations: &Observations,
    figures: &[Vec<GroupStatistics>],
) -> Result<TableRecord, TableError> {
    let mut table = TableWriter::create(folder, "groups", &[])?;
    for ((index, group), figures) in observations.groups.iter().enumerate().zip(figures) {
        let members = || observations.documents.iter().filter(|document| document.group == index);
        let tokens: u64 = members().map(|document| document.sizes[Base::Tokens as usize]).sum();
        for (number, (measure, figures)) in observations.measures.iter().zip(figures).enumerate() {
            table.text(&observations.variable)?;
            table.text(group)?;
            write_measure(&mut table, measure)?;
            table.value(members().count())?;
            table.value(figures.documents)?;
            table.value(tokens)?;
            table.value(figures.total.count)?;
            table.value(figures.total.size)?;
            table.rate(figures.rate)?;
            write_interval(&mut table, figures.rate_interval)?;
            table.rate(figures.mean)?;
            write_interval(&mut table, figures.mean_interval)?;
            table.rate(figures.median)?;
            table.rate(figures.standard_deviation)?;
            table.value(figures.rate_interval.map_or("", |_| INTERVAL))?;
            table.value(figures.range)?;
            for dispersion in [figures.dp, figures.dp_norm, figures.juilland_d] {
                table.rate(dispersion)?;
            }
            let fifths = observations.fifths.of(index, number);
            let all = fifths.into_iter().fold(0, u64::saturating_add);
            fifths.into_iter().try_for_each(|markers| table.rate(share(markers, all)))?;
            table.value(figures.note)?;
            table.end_row()?;
        }
    }
    table.finish()
}

/// The columns that say what a measure is.
pub(super) fn write_measure(table: &mut TableWriter, measure: &Measure) -> Result<(), TableError> {
    table.value(measure.level.name())?;
    table.text(&measure.name)?;
    table.value(measure.stance.map_or("", |stance| stance.name()))?;
    table.text(measure.category.as_deref().unwrap_or_default())?;
    table.value(measure.base.unit())
}

/// The two columns of an interval.
pub(super) fn write_interval(table: &mut TableWriter, interval: Option<Interval>) -> Result<(), TableError> {
    table.rate(interval.map(|(low, _)| low))?;
    table.rate(interval.map(|(_, high)| high))
}
