//! `comparisons.csv`: one row for each measure over all groups, and one for each pair of groups and measure.

use std::path::Path;

use super::groups::{INTERVAL, write_interval, write_measure};
use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::counts::{Measure, Observations};
use crate::statistics::{AllGroupsStatistics, PValue, PairStatistics};

/// Columns that only the rows of pairs fill: from `documents_a` to `hedges_g`.
const PAIR_COLUMNS: usize = 37;

/// Columns that only the rows of all groups fill: from `kruskal_wallis_h` to `epsilon_squared`.
const ALL_GROUPS_COLUMNS: usize = 6;

/// Writes the table: all groups first, where there are more than two; then the pairs, in order; within these by
/// measure.
///
/// # Errors
/// A file that can't be written.
pub fn write_comparisons(
    folder: &Path,
    observations: &Observations,
    all_groups: &[AllGroupsStatistics],
    pairs: &[((usize, usize), Vec<PairStatistics>)],
) -> Result<TableRecord, TableError> {
    let mut table = TableWriter::create(folder, "comparisons", &[])?;
    for (measure, figures) in observations.measures.iter().zip(all_groups) {
        begin_row(&mut table, observations, "all groups", None, measure)?;
        leave_empty(&mut table, PAIR_COLUMNS)?;
        write_all_groups(&mut table, figures)?;
        end_row(&mut table, measure, figures.note)?;
    }
    for (pair, figures) in pairs {
        for (measure, figures) in observations.measures.iter().zip(figures) {
            begin_row(&mut table, observations, "pair", Some(*pair), measure)?;
            write_pair(&mut table, figures)?;
            leave_empty(&mut table, ALL_GROUPS_COLUMNS)?;
            end_row(&mut table, measure, &figures.note)?;
        }
    }
    table.finish()
}

fn begin_row(
    table: &mut TableWriter,
    observations: &Observations,
    comparison: &str,
    pair: Option<(usize, usize)>,
    measure: &Measure,
) -> Result<(), TableError> {
    let name = |group: usize| observations.groups[group].as_str();
    let (first, second) = pair.map_or(("", ""), |(a, b)| (name(a), name(b)));
    table.text(&observations.variable)?;
    table.value(comparison)?;
    table.text(first)?;
    table.text(second)?;
    write_measure(table, measure)
}

fn write_pair(table: &mut TableWriter, figures: &PairStatistics) -> Result<(), TableError> {
    for side in 0..2 {
        table.value(figures.documents[side])?;
        table.value(figures.totals[side].count)?;
        table.value(figures.totals[side].size)?;
        table.rate(figures.rates[side])?;
        table.rate(figures.means[side])?;
    }
    table.rate(figures.log_ratio)?;
    write_interval(table, figures.log_ratio_interval)?;
    table.rate(figures.percent_difference)?;
    write_interval(table, figures.percent_difference_interval)?;
    table.value(figures.log_ratio_interval.map_or("", |_| INTERVAL))?;
    for likelihood in [figures.g2_two_cell, figures.bic_two_cell, figures.g2_four_cell, figures.bic_four_cell]
    {
        table.rate(likelihood)?;
    }
    table.rate(figures.means[0].zip(figures.means[1]).map(|(first, second)| first - second))?;
    write_p_value(table, figures.permutation)?;
    let test = figures.mann_whitney;
    table.rate(test.map(|test| test.u))?;
    table.value(test.map_or("", |test| if test.exact { "exact" } else { "normal" }))?;
    write_p_value(table, figures.mann_whitney_p)?;
    table.rate(test.map(|test| test.delta))?;
    table.rate(figures.welch.map(|welch| welch.t))?;
    table.rate(figures.welch.map(|welch| welch.degrees))?;
    write_p_value(table, figures.welch_p)?;
    table.rate(figures.hedges_g)
}

fn write_all_groups(table: &mut TableWriter, figures: &AllGroupsStatistics) -> Result<(), TableError> {
    let test = figures.kruskal_wallis;
    table.rate(test.map(|test| test.h))?;
    table.rate(test.map(|test| test.degrees as f64))?;
    write_p_value(table, figures.p)?;
    table.rate(test.map(|test| test.epsilon_squared))
}

fn write_p_value(table: &mut TableWriter, p: PValue) -> Result<(), TableError> {
    [p.raw, p.holm, p.benjamini_hochberg].into_iter().try_for_each(|p| table.rate(p))
}

fn leave_empty(table: &mut TableWriter, columns: usize) -> Result<(), TableError> {
    (0..columns).try_for_each(|_| table.value(""))
}

fn end_row(table: &mut TableWriter, measure: &Measure, note: &str) -> Result<(), TableError> {
    table.value(measure.level.family())?;
    table.value(note)?;
    table.end_row()
}
