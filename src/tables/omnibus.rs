//! `omnibus.csv`: one row for each measure over all groups, where there are more than two; with strata, also for each within each
//! stratum.

use std::path::Path;

use super::comparisons::write_p_value;
use super::groups::{stratum_name, write_interval, write_measure};
use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::counts::Observations;
use crate::messages::Language;
use crate::statistics::OmnibusStatistics;

/// Writes the table: first over all strata, then within each; then by measure. `figures` are those of the comparison, and of each stratum. Notes are in a language.
///
/// # Errors
/// A file that can't be written.
pub fn write_omnibus(
    folder: &Path,
    observations: &Observations,
    figures: &[&[OmnibusStatistics]],
    language: Language,
) -> Result<TableRecord, TableError> {
    let mut table = TableWriter::create(folder, "omnibus", &[])?;
    for (part, figures) in figures.iter().enumerate() {
        for (measure, figures) in observations.measures.iter().zip(*figures) {
            table.text(&observations.design.by)?;
            table.text(stratum_name(observations, part.checked_sub(1)))?;
            write_measure(&mut table, measure, observations)?;
            table.value(figures.groups)?;
            table.value(figures.documents)?;
            table.rate(figures.wald)?;
            write_p_value(&mut table, figures.wald_p)?;
            let test = figures.kruskal_wallis;
            table.rate(test.map(|test| test.h))?;
            table.rate(test.map(|test| test.degrees as f64))?;
            write_p_value(&mut table, figures.kruskal_wallis_p)?;
            table.rate(figures.kruskal_wallis_permutation_p)?;
            table.rate(test.map(|test| test.epsilon_squared))?;
            let trend = figures.trend;
            table.rate(trend.map(|trend| trend.slope))?;
            write_interval(&mut table, trend.and_then(|trend| trend.slope_interval))?;
            write_p_value(&mut table, trend.map_or_else(Default::default, |trend| trend.slope_p))?;
            table.rate(trend.and_then(|trend| trend.tau))?;
            write_interval(&mut table, trend.and_then(|trend| trend.tau_interval))?;
            table.value(measure.level.family())?;
            table.text(&figures.note.in_language(language))?;
            table.end_row()?;
        }
    }
    table.finish()
}
