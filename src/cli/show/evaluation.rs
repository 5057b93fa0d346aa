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

use hedgerow::analysis::{DifferenceKind, Evaluation};
use hedgerow::statistics::{
    Agreement, Interval, RESAMPLES, SEED, f1, f1_interval, kappa, percentile_interval, precision, recall,
    resample, share, wilson_interval,
};

use super::table::{self, Row, left, right};
use super::wrapping;
use super::{counted, grouped, one_line};
use crate::cli::messages::own_words;
use crate::cli::terminal::Output;

/// From this many documents on, intervals come from resampling documents; below, sentences.
const ENOUGH_DOCUMENTS: usize = 10;

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
pub fn print(out: &mut impl Output, evaluation: &Evaluation) -> io::Result<()> {
    print_agreement(out, evaluation)?;
    print_categories(out, evaluation)?;
    print_differences(out, evaluation)
}

/// Counts of what is right, of what was found and of what is in the gold coding.
type Counts = fn(&Agreement) -> [u64; 3];

/// The three ways of calling a pair right, by the keys of their names.
const MEASURES: [(&str, Counts); 3] = [
    ("evaluation.any_marker", |a| [a.matched, a.found, a.gold]),
    ("evaluation.same_stance", |a| [a.same_stance, a.found, a.gold]),
    ("evaluation.same_category", |a| [a.same_category, a.found, a.gold]),
];

fn print_agreement(out: &mut impl Output, evaluation: &Evaluation) -> io::Result<()> {
    let merge = |sum: &mut Agreement, unit: &Agreement| sum.merge(unit);
    let sum = |units: &Vec<Agreement>| {
        let mut sum = Agreement::default();
        units.iter().for_each(|unit| merge(&mut sum, unit));
        sum
    };
    let by_document: Vec<Agreement> = evaluation.documents.iter().map(sum).collect();
    let by_sentence = evaluation.documents.concat();
    let (legend, resamples) = if by_document.len() >= ENOUGH_DOCUMENTS {
        ("evaluation.over_documents", resample(&by_document, merge))
    } else {
        ("evaluation.over_sentences", resample(&by_sentence, merge))
    };
    let total = sum(&by_document);
    let proportion = |part, whole, value| with_interval(value, wilson_interval(part, whole));
    let sizes: [(_, &dyn Display); 5] = [
        ("documents", &counted(by_document.len() as u64, "counted.document")),
        ("sentences", &counted(by_sentence.len() as u64, "counted.sentence")),
        ("gold", &counted(total.gold, "counted.marker")),
        ("found", &grouped(total.found)),
        ("matched", &grouped(total.matched)),
    ];
    wrapping::print(out, &own_words("evaluation.sizes", &sizes), 0)?;
    writeln!(out)?;
    let scores =
        ["evaluation.precision", "evaluation.recall", "evaluation.f1"].map(|key| own_words(key, &[]));
    let mut rows = vec![Row::header([&[String::new()], &scores[..]].concat())];
    for (name, counts) in MEASURES {
        let [right, found, gold] = counts(&total);
        let resampled = wide(percentile_interval(&resamples, |sum| {
            let [right, found, gold] = counts(sum);
            f1(right, found, gold)
        }));
        rows.push(Row::plain(vec![
            own_words(name, &[]),
            proportion(right, found, precision(right, found)),
            proportion(right, gold, recall(right, gold)),
            with_interval(f1(right, found, gold), resampled.or_else(|| f1_interval(right, found, gold))),
        ]));
    }
    table::print(out, &[left(0, 15), left(1, 21), left(1, 21), left(1, 0)], &rows)?;
    let (same, matched) = (total.same_negated, total.matched);
    let negated = proportion(same, matched, share(same, matched));
    let values: [(_, &dyn Display); 2] = [("share", &negated), ("matched", &matched)];
    writeln!(out)?;
    wrapping::print(out, &own_words("evaluation.negated", &values), 0)?;
    let value = kappa(&total.sentences);
    let interval = percentile_interval(&resamples, |sum| kappa(&sum.sentences));
    let note = match (value, interval) {
        (Some(_), None) => own_words("evaluation.kappa_not_defined", &[]),
        (Some(_), Some((low, high))) if low == high => own_words("evaluation.kappa_agrees", &[]),
        _ => String::new(),
    };
    let kappa = with_interval(value, wide(interval));
    wrapping::print(out, &(own_words("evaluation.kappa", &[("kappa", &kappa)]) + &note), 0)?;
    wrapping::print(out, &own_words(legend, &[("resamples", &RESAMPLES), ("seed", &SEED)]), 0)?;
    writeln!(out)
}

/// An interval, unless it has no width.
fn wide(interval: Option<Interval>) -> Option<Interval> {
    interval.filter(|(low, high)| low < high)
}

fn with_interval(value: Option<f64>, interval: Option<Interval>) -> String {
    match (value, interval) {
        (None, _) => own_words("evaluation.not_defined", &[]),
        (Some(value), None) => format!("{value:.3}"),
        (Some(value), Some((low, high))) => format!("{value:.3} [{low:.3}, {high:.3}]"),
    }
}

fn print_categories(out: &mut impl Output, evaluation: &Evaluation) -> io::Result<()> {
    let mut rows = vec![Row::header(HEADER.map(|key| own_words(key, &[])).to_vec())];
    for (name, scores) in &evaluation.categories {
        let figure = |value: Option<f64>| value.map_or("-".into(), |value| format!("{value:.3}"));
        rows.push(Row::plain(vec![
            name.clone(),
            figure(precision(scores.right, scores.found)),
            figure(recall(scores.right, scores.gold)),
            figure(f1(scores.right, scores.found, scores.gold)),
            scores.gold.to_string(),
            scores.found.to_string(),
        ]));
    }
    let columns = [left(0, 15).of_names(), right(1, 9), right(1, 9), right(1, 9), right(1, 6), right(1, 6)];
    table::print(out, &columns, &rows)
}

fn print_differences(out: &mut impl Output, evaluation: &Evaluation) -> io::Result<()> {
    let number = evaluation.differences.len();
    writeln!(out, "\n{}", own_words("evaluation.differences", &[("number", &number)]))?;
    for difference in &evaluation.differences {
        let what = match &difference.kind {
            DifferenceKind::Miss { category } => own_words("evaluation.miss", &[("category", category)]),
            DifferenceKind::Extra { marker, category } => {
                own_words("evaluation.extra", &[("category", category), ("marker", marker)])
            }
            DifferenceKind::Category { gold, marker, found } => {
                own_words("evaluation.category", &[("gold", gold), ("found", found), ("marker", marker)])
            }
            DifferenceKind::Negated { gold, marker } => own_words(
                "evaluation.negated_differs",
                &[("gold", gold), ("found", &!gold), ("marker", marker)],
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
