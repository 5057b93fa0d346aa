//! What the terminal shows of a check by hand: how right the program is, how far coders agree, and the corrected figures.

use std::fmt::Display;
use std::io;

use hedgerow::checking::Correction;
use hedgerow::lexicon::Stance;
use hedgerow::statistics::Estimate;
use hedgerow::tables::{AgreementRecord, CorrectedFigures, CorrectedRow};

use super::table::{self, Row, left, right};
use super::{in_words, one_line, stance_name, wrapping};
use crate::cli::messages::own_words;
use crate::cli::terminal::Output;

pub fn print(out: &mut impl Output, corrected: &Correction) -> io::Result<()> {
    let check = &corrected.check;
    let values: [(_, &dyn Display); 3] =
        [("hits", &check.hits), ("sentences", &check.sentences), ("open", &check.open)];
    wrapping::print(out, &own_words("correction.judged", &values), 2)?;
    for agreement in &check.agreement {
        wrapping::print(out, &agreed(agreement), 2)?;
    }
    let of_all = |row: &&CorrectedRow| row.group.is_empty() && row.against.is_empty();
    writeln!(out)?;
    quality(out, corrected.rows.iter().filter(of_all))?;
    writeln!(out)?;
    rates(out, corrected)?;
    if corrected.rows.iter().any(|row| !row.against.is_empty()) {
        writeln!(out)?;
        contrasts(out, corrected)?;
    }
    writeln!(out)?;
    wrapping::print(out, &own_words("correction.legend", &[]), 0)
}

fn agreed(agreement: &AgreementRecord) -> String {
    let figure = |value, interval| with_interval(Estimate { value, interval }, 2);
    let key =
        if agreement.kind == "hit" { "correction.agreement_hits" } else { "correction.agreement_sentences" };
    let values: [(_, &dyn Display); 5] = [
        ("same", &agreement.same),
        ("items", &agreement.items),
        ("kappa", &figure(agreement.kappa, agreement.kappa_interval)),
        ("alpha", &figure(agreement.alpha, agreement.alpha_interval)),
        ("ac1", &figure(agreement.ac1, agreement.ac1_interval)),
    ];
    own_words(key, &values)
}

fn quality<'r>(out: &mut impl Output, rows: impl Iterator<Item = &'r CorrectedRow>) -> io::Result<()> {
    let header = [
        "correction.measure",
        "correction.hits",
        "correction.precision",
        "correction.missed",
        "correction.recall",
    ];
    let header = header.map(|name| own_words(name, &[]));
    let mut table = vec![Row::header(header.to_vec())];
    for row in rows {
        let CorrectedFigures::Group { counts, quality: [precision, missed, recall], .. } = &row.figures
        else {
            continue;
        };
        let cells = vec![
            name(row),
            counts[3].to_string(),
            with_interval(*precision, 2),
            with_interval(*missed, 0),
            with_interval(*recall, 2),
        ];
        table.push(painted(row, cells));
    }
    table::print(out, &[left(0, 0), right(2, 0), right(2, 0), right(2, 0), right(2, 0)], &table)
}

fn rates(out: &mut impl Output, corrected: &Correction) -> io::Result<()> {
    let header = ["correction.measure", "correction.group", "correction.rate", "correction.corrected_rate"];
    let header = header.map(|name| own_words(name, &[]));
    let mut table = vec![Row::header(header.to_vec())];
    let grouped = corrected.rows.iter().any(|row| !row.group.is_empty());
    let shown = |row: &&CorrectedRow| row.level == "stance" && row.against.is_empty() || !grouped;
    for row in corrected.rows.iter().filter(shown) {
        if let CorrectedFigures::Group { rates: [raw, own], .. } = &row.figures {
            let cells = vec![name(row), group(row), with_interval(*raw, 2), with_interval(*own, 2)];
            table.push(painted(row, cells));
        }
    }
    let columns = [left(0, 0), left(2, 0).of_names(), right(2, 0), right(2, 0)];
    table::print(out, &columns, &table)
}

fn contrasts(out: &mut impl Output, corrected: &Correction) -> io::Result<()> {
    let header =
        ["correction.measure", "correction.groups", "correction.log_ratio", "correction.corrected_log_ratio"];
    let header = header.map(|name| own_words(name, &[]));
    let mut table = vec![Row::header(header.to_vec())];
    let pairs = || corrected.rows.iter().filter(|row| !row.against.is_empty());
    let mut groups = pairs().map(|row| (&row.group, &row.against));
    let first = groups.next();
    // Categories of one pair; of several they would fill the screen, and stand in the table.
    let is_one = groups.all(|other| Some(other) == first);
    for row in pairs().filter(|row| is_one || row.category.is_empty()) {
        if let CorrectedFigures::Pair([raw, own, ..]) = &row.figures {
            let groups = format!("{} : {}", one_line(&row.group), one_line(&row.against));
            let cells = vec![name(row), groups, with_interval(*raw, 2), with_interval(*own, 2)];
            table.push(painted(row, cells));
        }
    }
    let columns = [left(0, 0), left(2, 0).of_names(), right(2, 0), right(2, 0)];
    table::print(out, &columns, &table)
}

fn stance(row: &CorrectedRow) -> Option<Stance> {
    Stance::ALL.into_iter().find(|stance| stance.name() == row.stance)
}

fn painted(row: &CorrectedRow, cells: Vec<String>) -> Row {
    match stance(row) {
        Some(stance) => Row::of(stance, cells),
        None => Row::plain(cells),
    }
}

/// A category a little in, below its stance.
fn name(row: &CorrectedRow) -> String {
    match stance(row) {
        Some(stance) if row.category.is_empty() => stance_name(stance),
        _ => format!("  {}", in_words(&row.category, &row.term)),
    }
}

fn group(row: &CorrectedRow) -> String {
    if row.group.is_empty() { own_words("correction.all", &[]) } else { one_line(&row.group) }
}

fn with_interval(Estimate { value, interval }: Estimate, digits: usize) -> String {
    match (value, interval) {
        (None, _) => "–".into(),
        (Some(value), None) => format!("{value:.digits$}"),
        (Some(value), Some((low, high))) => format!("{value:.digits$} [{low:.digits$}, {high:.digits$}]"),
    }
}
