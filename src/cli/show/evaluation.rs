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

use std::io::{self, Write};

use hedgerow::analysis::{DifferenceKind, Evaluation};
use hedgerow::statistics::{
    Agreement, Interval, RESAMPLES, SEED, f1, f1_interval, kappa, percentile_interval, precision, recall,
    resample, share, wilson_interval,
};

use super::table::{self, left, right};
use super::{counted, grouped, one_line};

/// From this many documents on, intervals come from resampling documents; below, sentences.
const ENOUGH_DOCUMENTS: usize = 10;

/// Prints agreement, categories and differences.
pub fn print(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    print_agreement(out, evaluation)?;
    print_categories(out, evaluation)?;
    print_differences(out, evaluation)
}

/// Counts of what is right, of what was found and of what is in the gold coding.
type Counts = fn(&Agreement) -> [u64; 3];

/// The three ways of calling a pair right.
const MEASURES: [(&str, Counts); 3] = [
    ("any marker", |a| [a.matched, a.found, a.gold]),
    ("same stance", |a| [a.same_stance, a.found, a.gold]),
    ("same category", |a| [a.same_category, a.found, a.gold]),
];

fn print_agreement(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    let merge = |sum: &mut Agreement, unit: &Agreement| sum.merge(unit);
    let sum = |units: &Vec<Agreement>| {
        let mut sum = Agreement::default();
        units.iter().for_each(|unit| merge(&mut sum, unit));
        sum
    };
    let by_document: Vec<Agreement> = evaluation.documents.iter().map(sum).collect();
    let by_sentence = evaluation.documents.concat();
    let (units, resamples) = if by_document.len() >= ENOUGH_DOCUMENTS {
        ("documents", resample(&by_document, merge))
    } else {
        ("sentences", resample(&by_sentence, merge))
    };
    let total = sum(&by_document);
    let proportion = |part, whole, value| with_interval(value, wilson_interval(part, whole));
    writeln!(
        out,
        "{}, {}; {} in the gold coding, {} found, {} matched by overlap\n",
        counted(by_document.len() as u64, "document"),
        counted(by_sentence.len() as u64, "sentence"),
        counted(total.gold, "marker"),
        grouped(total.found),
        grouped(total.matched)
    )?;
    let mut rows = vec![["", "precision", "recall", "F1"].map(String::from).to_vec()];
    for (name, counts) in MEASURES {
        let [right, found, gold] = counts(&total);
        let resampled = wide(percentile_interval(&resamples, |sum| {
            let [right, found, gold] = counts(sum);
            f1(right, found, gold)
        }));
        rows.push(vec![
            name.into(),
            proportion(right, found, precision(right, found)),
            proportion(right, gold, recall(right, gold)),
            with_interval(f1(right, found, gold), resampled.or_else(|| f1_interval(right, found, gold))),
        ]);
    }
    table::print(out, &[left(0, 15), left(1, 21), left(1, 21), left(1, 0)], &rows)?;
    let (same, matched) = (total.same_negated, total.matched);
    let negated = proportion(same, matched, share(same, matched));
    writeln!(out, "\nsame `negated`  {negated} of {matched} matched markers")?;
    let value = kappa(&total.sentences);
    let interval = percentile_interval(&resamples, |sum| kappa(&sum.sentences));
    let note = match (value, interval) {
        (Some(_), None) => "; no interval: it is not defined in all resamples",
        (Some(_), Some((low, high))) if low == high => "; no interval: all resamples agree",
        _ => "",
    };
    let kappa = with_interval(value, wide(interval));
    writeln!(out, "Cohen's kappa   {kappa} over sentences (hedged, assertive, mixed, unmarked){note}")?;
    writeln!(
        out,
        "intervals: 95 %; of shares Wilson's, of F1 and kappa percentile bootstrap over {units}, {RESAMPLES} resamples, seed {SEED};\n\
         of an F1 that is the same in all resamples, Wilson's of right / (found + gold - right)\n"
    )
}

/// An interval, unless it has no width.
fn wide(interval: Option<Interval>) -> Option<Interval> {
    interval.filter(|(low, high)| low < high)
}

fn with_interval(value: Option<f64>, interval: Option<Interval>) -> String {
    match (value, interval) {
        (None, _) => "not defined".into(),
        (Some(value), None) => format!("{value:.3}"),
        (Some(value), Some((low, high))) => format!("{value:.3} [{low:.3}, {high:.3}]"),
    }
}

fn print_categories(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    let header = ["category", "precision", "recall", "F1", "gold", "found"];
    let mut rows = vec![header.map(String::from).to_vec()];
    for (name, scores) in &evaluation.categories {
        let figure = |value: Option<f64>| value.map_or("-".into(), |value| format!("{value:.3}"));
        rows.push(vec![
            name.clone(),
            figure(precision(scores.right, scores.found)),
            figure(recall(scores.right, scores.gold)),
            figure(f1(scores.right, scores.found, scores.gold)),
            scores.gold.to_string(),
            scores.found.to_string(),
        ]);
    }
    let columns = [left(0, 15), right(1, 9), right(1, 9), right(1, 9), right(1, 6), right(1, 6)];
    table::print(out, &columns, &rows)
}

fn print_differences(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    writeln!(out, "\ndifferences: {}", evaluation.differences.len())?;
    for difference in &evaluation.differences {
        let what = match &difference.kind {
            DifferenceKind::Miss { category } => format!("miss, {category}"),
            DifferenceKind::Extra { marker, category } => format!("extra, {category} ({marker})"),
            DifferenceKind::Category { gold, marker, found } => {
                format!("category, gold {gold}, found {found} ({marker})")
            }
            DifferenceKind::Negated { gold, marker } => {
                format!("negated, gold {gold}, found {} ({marker})", !gold)
            }
        };
        let place = format!("{}:{}", difference.document, difference.line);
        // A sentence may go on over line ends, and a row is one line of three columns.
        let sentence = format!("{}【{}】{}", difference.left, difference.node, difference.right)
            .replace("\r\n", " ")
            .replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " ");
        writeln!(out, "{}\t{}\t{sentence}", one_line(place), one_line(what))?;
    }
    Ok(())
}
