//! What the terminal shows of an evaluation.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

use std::fmt::Display;
use std::io;

use hedgerow::analysis::{DifferenceKind, Evaluation, EvaluationFigures, ScoreLevel};
use hedgerow::statistics::{Estimate, Interval, RESAMPLES, SEED};

use super::table::{self, Row, left, right};
use super::wrapping;
use super::{counted, grouped, in_words, one_line};
use crate::cli::messages::own_words;
use crate::cli::terminal::Output;

/// What stands before the sentence of a difference in a terminal.
const SENTENCE_INDENT: &str = "    ";

/// The header of the table of categories.
const HEADER: [&str; 6] = [
    "summary.category",
    "evaluation.precision",
    "evaluation.recall",
    "evaluation.f1",
    "evaluation.gold",
    "evaluation.found",
];

/// Prints agreement, categories and differences.
pub fn print(out: &mut impl Output, evaluation: &Evaluation, figures: &EvaluationFigures) -> io::Result<()> {
    print_agreement(out, figures)?;
    print_categories(out, evaluation, figures)?;
    print_differences(out, evaluation)
}

/// The key of the name of a level.
fn level(level: ScoreLevel) -> &'static str {
    match level {
        ScoreLevel::Marker => "evaluation.any_marker",
        ScoreLevel::Span => "evaluation.same_span",
        ScoreLevel::Stance => "evaluation.same_stance",
        ScoreLevel::Category => "evaluation.same_category",
    }
}

fn print_agreement(out: &mut impl Output, figures: &EvaluationFigures) -> io::Result<()> {
    let EvaluationFigures { total, documents, sentences, over_documents, negated, kappa, .. } = figures;
    let sizes: [(_, &dyn Display); 5] = [
        ("documents", &counted(*documents, "counted.document")),
        ("sentences", &counted(*sentences, "counted.sentence")),
        ("gold", &counted(total.gold, "counted.marker")),
        ("found", &grouped(total.found)),
        ("matched", &grouped(total.matched)),
    ];
    wrapping::print(out, &own_words("evaluation.sizes", &sizes), 0)?;
    writeln!(out)?;
    let scores =
        ["evaluation.precision", "evaluation.recall", "evaluation.f1"].map(|key| own_words(key, &[]));
    let mut rows = vec![Row::header([&[String::new()], &scores[..]].concat())];
    for row in figures.rows.iter().filter(|row| row.category.is_none()) {
        let figures = [row.precision, row.recall, row.f1].map(with_interval);
        rows.push(Row::plain([&[own_words(level(row.level), &[])][..], &figures].concat()));
    }
    table::print(out, &[left(0, 15), left(1, 21), left(1, 21), left(1, 0)], &rows)?;
    let values: [(_, &dyn Display); 2] = [("share", &with_interval(*negated)), ("matched", &total.matched)];
    writeln!(out)?;
    wrapping::print(out, &own_words("evaluation.negated", &values), 0)?;
    let note = match (kappa.value, kappa.interval) {
        (Some(_), None) => own_words("evaluation.kappa_not_defined", &[]),
        (Some(_), Some((low, high))) if low == high => own_words("evaluation.kappa_agrees", &[]),
        _ => String::new(),
    };
    let kappa = with_interval(Estimate { interval: wide(kappa.interval), ..*kappa });
    wrapping::print(out, &(own_words("evaluation.kappa", &[("kappa", &kappa)]) + &note), 0)?;
    let legend = if *over_documents { "evaluation.over_documents" } else { "evaluation.over_sentences" };
    wrapping::print(out, &own_words(legend, &[("resamples", &RESAMPLES), ("seed", &SEED)]), 0)?;
    writeln!(out)
}

/// An interval, unless it has no width.
fn wide(interval: Option<Interval>) -> Option<Interval> {
    interval.filter(|(low, high)| low < high)
}

fn with_interval(Estimate { value, interval }: Estimate) -> String {
    match (value, interval) {
        (None, _) => own_words("evaluation.not_defined", &[]),
        (Some(value), None) => format!("{value:.3}"),
        (Some(value), Some((low, high))) => format!("{value:.3} [{low:.3}, {high:.3}]"),
    }
}

/// The figures of a category with their intervals, in a width that leaves room for all in 80 columns.
fn print_categories(
    out: &mut impl Output,
    evaluation: &Evaluation,
    figures: &EvaluationFigures,
) -> io::Result<()> {
    let mut rows = vec![Row::header(HEADER.map(|key| own_words(key, &[])).to_vec())];
    for row in &figures.rows {
        let Some(name) = &row.category else { continue };
        let short = |Estimate { value, interval }: Estimate| match (value, interval) {
            (None, _) => "-".into(),
            (Some(value), None) => format!("{value:.2}"),
            (Some(value), Some((low, high))) => format!("{value:.2} [{low:.2}, {high:.2}]"),
        };
        let term = evaluation.terms.get(name).unwrap_or(name);
        rows.push(Row::plain(vec![
            in_words(name, term),
            short(row.precision),
            short(row.recall),
            short(row.f1),
            row.scores.gold.to_string(),
            row.scores.found.to_string(),
        ]));
    }
    let columns = [left(0, 14).of_names(), left(1, 17), left(1, 17), left(1, 17), right(1, 4), right(1, 5)];
    table::print(out, &columns, &rows)
}

fn print_differences(out: &mut impl Output, evaluation: &Evaluation) -> io::Result<()> {
    let number = evaluation.differences.len();
    writeln!(out, "\n{}", own_words("evaluation.differences", &[("number", &number)]))?;
    for difference in &evaluation.differences {
        let by = |marker: &String| match marker.as_str() {
            "" => String::new(),
            _ => own_words("evaluation.by_marker", &[("marker", marker)]),
        };
        let what = match &difference.kind {
            DifferenceKind::Miss { category } => own_words("evaluation.miss", &[("category", category)]),
            DifferenceKind::Extra { marker, category } => {
                own_words("evaluation.extra", &[("category", category), ("by", &by(marker))])
            }
            DifferenceKind::Category { gold, marker, found } => {
                own_words("evaluation.category", &[("gold", gold), ("found", found), ("by", &by(marker))])
            }
            DifferenceKind::Negated { gold, marker, .. } => own_words(
                "evaluation.negated_differs",
                &[("gold", gold), ("found", &!gold), ("by", &by(marker))],
            ),
        };
        let place = one_line(format!("{}:{}", difference.document, difference.line));
        let [left, node, right] =
            [&difference.left, &difference.node, &difference.right].map(|text| joined(text));
        if out.is_terminal() {
            let room = out.columns().saturating_sub(wrapping::width(&what)).saturating_sub(2);
            writeln!(out, "{}  {what}", wrapping::shortened(&place, room))?;
            let node = format!("【{node}】");
            let sides =
                out.columns().saturating_sub(wrapping::width(&node)).saturating_sub(SENTENCE_INDENT.len());
            let side = sides.div_euclid(2);
            let [left, right] = [wrapping::ended(&left, side), wrapping::begun(&right, side)];
            writeln!(out, "{SENTENCE_INDENT}{left}{node}{right}")?;
        } else {
            writeln!(out, "{place}\t{what}\t{left}【{node}】{right}")?;
        }
    }
    Ok(())
}

/// A text on one line: a sentence may go on over line ends.
fn joined(text: &str) -> String {
    text.replace("\r\n", " ").replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " ")
}
