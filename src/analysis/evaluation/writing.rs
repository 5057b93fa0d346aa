//! The tables of an evaluation.

use std::path::Path;

use super::{DifferenceKind, Evaluation, EvaluationFigures};
use crate::analysis::AnalysisError;
use crate::messages::{Language, Message};
use crate::publishing::Publication;
use crate::statistics::Estimate;
use crate::tables::{
    EvaluationDifferencesTable, EvaluationRow, EvaluationTable, TableError, write_columns_of_evaluation,
};

/// Writes `evaluation.csv` (a row for each figure), `differences.csv` (a row for each place where the codings differ) and
/// `columns.csv` to a new folder, and gives what is to be told of it.
///
/// # Errors
/// A folder that exists or can't be written.
pub fn write_evaluation(
    evaluation: &Evaluation,
    figures: &EvaluationFigures,
    destination: &Path,
    language: Language,
) -> Result<Vec<Message>, AnalysisError> {
    let publication = Publication::create(destination).map_err(TableError::from)?;
    write_figures(publication.path(), evaluation, figures)?;
    write_differences(publication.path(), evaluation)?;
    write_columns_of_evaluation(publication.path(), language)?;
    Ok(publication.publish(&[]).map_err(TableError::from)?)
}

fn values(Estimate { value, interval }: Estimate) -> [Option<f64>; 3] {
    [value, interval.map(|(low, _)| low), interval.map(|(_, high)| high)]
}

fn write_figures(
    folder: &Path,
    evaluation: &Evaluation,
    figures: &EvaluationFigures,
) -> Result<(), TableError> {
    let mut table = EvaluationTable::create(folder)?;
    for row in &figures.rows {
        let name = row.category.as_deref().unwrap_or_default();
        let term = evaluation.terms.get(name).map_or(name, String::as_str);
        let counts = [row.scores.right, row.scores.found, row.scores.gold];
        for (measure, figure) in [("precision", row.precision), ("recall", row.recall), ("f1", row.f1)] {
            table.add(&EvaluationRow {
                level: row.level.name(),
                category: [name, term],
                measure,
                value: values(figure),
                counts,
            })?;
        }
    }
    let total = &figures.total;
    let matched = [total.same_negated, total.matched, total.matched];
    let same: u64 = total.sentences.iter().enumerate().filter_map(|(class, row)| row.get(class)).sum();
    for (level, measure, figure, counts) in [
        ("same negated", "share", figures.negated, matched),
        ("sentences", "kappa", figures.kappa, [same, figures.sentences, figures.sentences]),
    ] {
        table.add(&EvaluationRow { level, category: ["", ""], measure, value: values(figure), counts })?;
    }
    table.finish().map(drop)
}

fn write_differences(folder: &Path, evaluation: &Evaluation) -> Result<(), TableError> {
    let mut table = EvaluationDifferencesTable::create(folder)?;
    for difference in &evaluation.differences {
        let (kind, gold, found, marker) = match &difference.kind {
            DifferenceKind::Miss { category } => ("miss", (category.as_str(), None), ("", None), ""),
            DifferenceKind::Extra { marker, category } => {
                ("extra", ("", None), (category.as_str(), None), marker.as_str())
            }
            DifferenceKind::Category { gold, marker, found } => {
                ("category", (gold.as_str(), None), (found.as_str(), None), marker.as_str())
            }
            DifferenceKind::Negated { gold, marker, category } => {
                let category = category.as_str();
                ("negated", (category, Some(*gold)), (category, Some(!gold)), marker.as_str())
            }
        };
        table.add(
            &difference.document,
            [difference.line, difference.start, difference.end],
            kind,
            [&difference.left, &difference.node, &difference.right],
            [gold, found],
            marker,
        )?;
    }
    table.finish().map(drop)
}
