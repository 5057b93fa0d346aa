//! `groups.csv`: one row for each group and measure; with strata, also for each within each stratum.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};
use crate::counts::{Base, Measure, Observations};
use crate::messages::Language;
use crate::statistics::{GroupStatistics, Interval, share};

/// Writes the table: first over all strata, then within each; then by group and by measure. `figures` are those of the comparison,
/// and of each stratum, by group, then by measure. Notes are in a language.
///
/// # Errors
/// A file that can't be written.
pub fn write_groups(
    folder: &Path,
    observations: &Observations,
    figures: &[&[Vec<GroupStatistics>]],
    language: Language,
) -> Result<TableRecord, TableError> {
    let mut table = TableWriter::create(folder, "groups", &[])?;
    for (part, figures) in figures.iter().enumerate() {
        let stratum = part.checked_sub(1);
        for ((index, group), figures) in observations.groups.iter().enumerate().zip(*figures) {
            let members = || {
                let documents = observations.documents.iter();
                documents.filter(move |document| {
                    document.group == index && stratum.is_none_or(|stratum| document.stratum == stratum)
                })
            };
            let tokens: u64 = members().map(|document| document.sizes[Base::Tokens as usize]).sum();
            for (number, (measure, figures)) in observations.measures.iter().zip(figures).enumerate() {
                table.text(&observations.design.by)?;
                table.text(group)?;
                table.text(stratum_name(observations, stratum))?;
                write_measure(&mut table, measure, observations)?;
                table.value(members().count())?;
                table.value(figures.documents)?;
                write_clusters(&mut table, observations, figures.clusters)?;
                table.value(tokens)?;
                write_group(&mut table, figures, measure, observations)?;
                let fifths = match stratum {
                    None => observations.fifths.of(index, number),
                    Some(_) => Default::default(),
                };
                let all = fifths.into_iter().fold(0, u64::saturating_add);
                fifths.into_iter().try_for_each(|markers| table.rate(share(markers, all)))?;
                table.text(&figures.note.in_language(language))?;
                table.end_row()?;
            }
        }
    }
    table.finish()
}

fn write_group(
    table: &mut TableWriter,
    figures: &GroupStatistics,
    measure: &Measure,
    observations: &Observations,
) -> Result<(), TableError> {
    table.value(figures.total.count)?;
    table.value(figures.total.size)?;
    table.rate(figures.rate)?;
    write_interval(table, figures.rate_interval)?;
    table.rate(figures.mean)?;
    write_interval(table, figures.mean_interval)?;
    table.rate(figures.median)?;
    table.rate(figures.standard_deviation)?;
    let scale = if measure.base == Base::Tokens { "log" } else { "logit" };
    let method = format!("t on the {scale} scale, over {}", units(observations));
    let has_one = figures.rate_interval.or(figures.mean_interval).is_some();
    table.value(if has_one { &method } else { "" })?;
    table.value(figures.range)?;
    for dispersion in [figures.dp, figures.dp_norm, figures.juilland_d] {
        table.rate(dispersion)?;
    }
    table.rate(figures.rest.log_ratio)?;
    write_interval(table, figures.rest.log_ratio_interval)?;
    table.rate(figures.rest.p)?;
    table.rate(figures.rest.adjusted)?;
    table.rate(figures.rest.residual)
}

/// The name of a stratum; empty over all.
pub(super) fn stratum_name(observations: &Observations, stratum: Option<usize>) -> &str {
    stratum.and_then(|stratum| observations.strata.get(stratum)).map_or("", String::as_str)
}

/// What is taken for independent, in the words of the tables.
pub(super) fn units(observations: &Observations) -> &'static str {
    let design = &observations.design;
    match (&design.pair, &design.cluster) {
        (Some(_), _) => "pairs",
        (None, Some(_)) => "clusters",
        (None, None) => "documents",
    }
}

/// How many clusters or pairs there are; empty where documents are independent.
pub(super) fn write_clusters(
    table: &mut TableWriter,
    observations: &Observations,
    clusters: usize,
) -> Result<(), TableError> {
    match observations.design.dependence() {
        Some(_) => table.value(clusters),
        None => table.value(""),
    }
}

/// The columns that say what a measure is.
pub(super) fn write_measure(
    table: &mut TableWriter,
    measure: &Measure,
    observations: &Observations,
) -> Result<(), TableError> {
    table.value(measure.level.name())?;
    table.text(&measure.name)?;
    table.value(measure.stance.map_or("", |stance| stance.name()))?;
    let category = measure.category.as_deref().unwrap_or_default();
    table.text(category)?;
    table.text(observations.terms.get(category).map_or(category, String::as_str))?;
    table.value(measure.base.unit())
}

/// The two columns of an interval.
pub(super) fn write_interval(table: &mut TableWriter, interval: Option<Interval>) -> Result<(), TableError> {
    table.rate(interval.map(|(low, _)| low))?;
    table.rate(interval.map(|(_, high)| high))
}
