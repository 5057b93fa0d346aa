//! What the terminal shows of an evaluation.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

use std::io::{self, Write};

use hedgerow::analysis::{DifferenceKind, Evaluation};
use hedgerow::statistics::{
    Agreement, RESAMPLES, SEED, f1, kappa, percentile_interval, precision, recall, resample, share,
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

type Statistic = fn(&Agreement) -> Option<f64>;

/// The three ways of calling a pair right, each with its precision, recall and F1.
const MEASURES: [(&str, [Statistic; 3]); 3] = [
    (
        "any marker",
        [
            |a| precision(a.matched, a.found),
            |a| recall(a.matched, a.gold),
            |a| f1(a.matched, a.found, a.gold),
        ],
    ),
    (
        "same stance",
        [
            |a| precision(a.same_stance, a.found),
            |a| recall(a.same_stance, a.gold),
            |a| f1(a.same_stance, a.found, a.gold),
        ],
    ),
    (
        "same category",
        [
            |a| precision(a.same_category, a.found),
            |a| recall(a.same_category, a.gold),
            |a| f1(a.same_category, a.found, a.gold),
        ],
    ),
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
    let figure = |statistic: Statistic| {
        let point = statistic(&total).map_or("not defined".into(), |value| format!("{value:.3}"));
        match percentile_interval(&resamples, statistic) {
            Some((low, high)) => format!("{point} [{low:.3}, {high:.3}]"),
            None => point,
        }
    };
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
    rows.extend(
        MEASURES.map(|(name, statistics)| [vec![name.into()], statistics.map(figure).into()].concat()),
    );
    table::print(out, &[left(0, 15), left(1, 21), left(1, 21), left(1, 0)], &rows)?;
    let negated = figure(|a| share(a.same_negated, a.matched));
    writeln!(out, "\nsame `negated`  {negated} of {} matched markers", total.matched)?;
    let kappa = figure(|a| kappa(&a.sentences));
    writeln!(out, "Cohen's kappa   {kappa} over sentences (hedged, assertive, mixed, unmarked)")?;
    writeln!(out, "intervals: 95 %, percentile bootstrap over {units}, {RESAMPLES} resamples, seed {SEED}\n")
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
