//! `comparisons.csv`: one row for each pair of groups and measure; with strata, also for each within each stratum.

use std::path::Path;

use super::groups::{stratum_name, units, write_clusters, write_interval, write_measure};
use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::counts::{Measure, Observations};
use crate::messages::Language;
use crate::statistics::{PValue, PairStatistics};

/// The figures of each pair of groups, by measure.
pub type Pairs = [((usize, usize), Vec<PairStatistics>)];

/// Writes the table: first over all strata, then within each; then by pair and by measure. `figures` are those of the comparison, and
/// of each stratum. Notes are in a language.
///
/// # Errors
/// A file that can't be written.
pub fn write_comparisons(
    folder: &Path,
    observations: &Observations,
    figures: &[&Pairs],
    language: Language,
) -> Result<TableRecord, TableError> {
    let mut table = TableWriter::create(folder, "comparisons", &[])?;
    for (part, pairs) in figures.iter().enumerate() {
        let stratum = part.checked_sub(1);
        for ((a, b), figures) in *pairs {
            for (measure, figures) in observations.measures.iter().zip(figures) {
                table.text(&observations.design.by)?;
                table.value("pair")?;
                table.text(&observations.groups[*a])?;
                table.text(&observations.groups[*b])?;
                table.text(stratum_name(observations, stratum))?;
                write_measure(&mut table, measure, observations)?;
                write_pair(&mut table, observations, stratum, figures)?;
                write_family(&mut table, measure, figures, language)?;
                table.end_row()?;
            }
        }
    }
    table.finish()
}

fn write_pair(
    table: &mut TableWriter,
    observations: &Observations,
    stratum: Option<usize>,
    figures: &PairStatistics,
) -> Result<(), TableError> {
    for side in 0..2 {
        table.value(figures.documents[side])?;
        write_clusters(table, observations, figures.clusters[side])?;
        table.value(figures.totals[side].count)?;
        table.value(figures.totals[side].size)?;
        table.rate(figures.rates[side])?;
        table.rate(figures.means[side])?;
    }
    table.rate(figures.log_ratio)?;
    write_interval(table, figures.log_ratio_interval)?;
    table.rate(figures.percent_difference)?;
    write_interval(table, figures.percent_difference_interval)?;
    let over_strata = stratum.is_none() && !observations.strata.is_empty();
    let strata = if over_strata { ", Mantel-Haenszel over strata" } else { "" };
    let method = format!("t on the log scale, over {}{strata}", units(observations));
    table.value(figures.log_ratio_interval.map_or("", |_| &method))?;
    write_p_value(table, figures.pooled)?;
    table.rate(figures.pooled_adjusted)?;
    for likelihood in [figures.g2_two_cell, figures.bic_two_cell, figures.g2_four_cell, figures.bic_four_cell]
    {
        table.rate(likelihood)?;
    }
    table.rate(figures.mean_difference)?;
    write_interval(table, figures.mean_difference_interval)?;
    write_p_value(table, figures.permutation)?;
    match figures.arrangements {
        0 => (0..2).try_for_each(|_| table.value(""))?,
        arrangements => {
            table.value(arrangements)?;
            table.value(if figures.is_exact { "exact" } else { "random" })?;
        }
    }
    let test = figures.mann_whitney;
    table.rate(test.map(|test| test.u))?;
    let method = test.filter(|_| figures.mann_whitney_p.raw.is_some());
    table.value(method.map_or("", |test| if test.exact { "exact" } else { "normal" }))?;
    write_p_value(table, figures.mann_whitney_p)?;
    table.rate(test.map(|test| test.delta))?;
    write_interval(table, figures.cliffs_delta_interval)?;
    table.rate(figures.welch.map(|welch| welch.t))?;
    table.rate(figures.welch.map(|welch| welch.degrees))?;
    write_p_value(table, figures.welch_p)?;
    table.rate(figures.hedges_g)?;
    write_interval(table, figures.hedges_g_interval)
}

fn write_family(
    table: &mut TableWriter,
    measure: &Measure,
    figures: &PairStatistics,
    language: Language,
) -> Result<(), TableError> {
    table.value(measure.level.family())?;
    match figures.tests {
        0 => table.value("")?,
        tests => table.value(tests)?,
    }
    table.text(&figures.note.in_language(language))
}

/// The three columns of a p-value.
pub(super) fn write_p_value(table: &mut TableWriter, p: PValue) -> Result<(), TableError> {
    [p.raw, p.holm, p.benjamini_hochberg].into_iter().try_for_each(|p| table.rate(p))
}
