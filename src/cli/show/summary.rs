//! What the terminal shows of a count.

use std::fmt::Display;
use std::io;
use std::path::Path;

use hedgerow::analysis::Summary;
use hedgerow::corpus::Unmatched;
use hedgerow::lexicon::{Labels, Stance};
use hedgerow::statistics::{per_thousand, share};
use hedgerow::text::OtherLanguage;

use super::table::{self, Column, Row, left, right};
use super::wrapping::{self, shortened};
use super::{comparison, counted, grouped, in_words, note, one_line, stance_name};
use crate::cli::messages::own_words;
use crate::cli::terminal::Output;

/// The header of the table of categories.
const HEADER: [&str; 7] = [
    "summary.stance",
    "summary.category",
    "summary.count",
    "summary.rate",
    "summary.negated",
    "summary.range",
    "summary.most_frequent",
];

/// What stands before names below a note.
const UNMATCHED_INDENT: &str = "      ";

/// What was found and not read.
#[derive(Default)]
pub struct PassedOver {
    /// Kinds of files.
    pub kinds: String,
    /// Tables.
    pub tables: String,
    /// Sheets of workbooks.
    pub sheets: String,
    /// How many files were left by programs beside documents.
    pub leftovers: u64,
    /// Members of archives that have the name of another, and a number behind it.
    pub numbered: Vec<String>,
    /// How many files were found again, and counted once.
    pub duplicates: u64,
}

/// What was read and not counted, as this was asked for.
#[derive(Clone, Copy)]
pub struct LeftOut {
    /// Documents with next to no Japanese in them.
    pub other_languages: bool,
    /// Documents that equal or resemble an earlier one.
    pub duplicates: bool,
}

pub fn print(
    out: &mut impl Output,
    labels: &Labels,
    figures: &Summary,
    passed_over: &PassedOver,
    left_out: LeftOut,
    folder: &Path,
) -> io::Result<()> {
    let tally = &figures.tally;
    let sizes: [(_, &dyn Display); 3] = [
        ("documents", &counted(figures.documents, "counted.document")),
        ("sentences", &counted(tally.sentences, "counted.sentence")),
        ("tokens", &counted(tally.tokens, "counted.token")),
    ];
    wrapping::print(out, &own_words("summary.sizes", &sizes), 0)?;
    writeln!(out)?;
    let mut rows = vec![Row::header(HEADER.map(|key| own_words(key, &[])).to_vec())];
    for (index, category) in labels.categories.iter().enumerate() {
        let occurrences = tally.of_category(labels, index);
        let markers = tally.markers.iter().filter(|(entry, _)| labels.entries[**entry].category == index);
        // The first of equals: entries are in the order of their ids.
        let most = markers.rev().max_by_key(|(_, occurrences)| occurrences.affirmed);
        let cells = vec![
            stance_name(category.stance),
            in_words(&category.name, &category.term),
            grouped(occurrences.affirmed),
            rounded(per_thousand(occurrences.affirmed, tally.tokens)),
            grouped(occurrences.negated),
            grouped(figures.range[index]),
            most.map_or(String::new(), |(entry, _)| labels.entries[*entry].id.to_string()),
        ];
        rows.push(Row::of(category.stance, cells));
    }
    let [category, most] = [left(1, 14), left(2, 0)].map(Column::of_names);
    let columns = [left(0, 10), category, right(1, 8), right(1, 9), right(1, 8), right(1, 10), most];
    table::print(out, &columns, &rows)?;
    let [hedge, assertive] = Stance::ALL.map(|stance| tally.of_stance(labels, stance).affirmed);
    let share = share(hedge, hedge + assertive);
    let share = share.map_or_else(|| own_words("summary.no_share", &[]), |share| format!("{share:.3}"));
    let shown: [(_, &dyn Display); 3] = [("hedge", &hedge), ("assertive", &assertive), ("share", &share)];
    writeln!(out)?;
    wrapping::print(out, &own_words("summary.shares", &shown), 0)?;
    notes(out, figures, passed_over)?;
    not_original(out, figures, left_out)?;
    if let Some(compared) = &figures.compared {
        writeln!(out)?;
        comparison::print(out, compared)?;
    }
    super::notes(out, &figures.notes)?;
    super::tables(out, folder)
}

fn notes(out: &mut impl Output, figures: &Summary, passed_over: &PassedOver) -> io::Result<()> {
    if let Some(bytes) = figures.resumed.filter(|bytes| *bytes > 0) {
        let size = match bytes {
            ..1_000_000 => counted(bytes, "counted.byte"),
            _ => format!("{:.1} MB", bytes as f64 / 1e6),
        };
        note(out, "summary.resumed", &[("size", &size)])?;
    }
    for (number, counting, key) in [
        (figures.empty, "counted.document", "summary.empty"),
        (figures.skipped, "counted.document", "summary.skipped"),
        (figures.malformed, "counted.document", "summary.malformed"),
        (figures.error_cells, "counted.cell", "summary.error_cells"),
        (figures.wrapped, "counted.document", "summary.wrapped"),
        (figures.ruby, "counted.document", "summary.ruby"),
        (figures.without_main_text, "counted.web_page", "summary.without_main_text"),
        (figures.read_by_half, "counted.web_page", "summary.read_by_half"),
        (passed_over.duplicates, "counted.file", "summary.found_again"),
        (passed_over.leftovers, "counted.file", "summary.leftovers"),
    ] {
        if number > 0 {
            note(out, key, &[("number", &counted(number, counting))])?;
        }
    }
    if let Some(first) = passed_over.numbered.first() {
        let members = counted(passed_over.numbered.len() as u64, "counted.member");
        note(out, "summary.numbered", &[("number", &members), ("first", first)])?;
    }
    for (names, key) in [
        (&passed_over.kinds, "summary.kinds"),
        (&passed_over.tables, "summary.tables"),
        (&passed_over.sheets, "summary.sheets"),
    ] {
        if !names.is_empty() {
            note(out, key, &[("names", names)])?;
        }
    }
    let [documents, rows] = &figures.unmatched;
    for (number, counting, key, names) in [
        (figures.without_variables, "counted.document", "summary.without_variables", documents),
        (figures.variables_without_document, "counted.row", "summary.variables_without_document", rows),
    ] {
        if number > 0 {
            note(out, key, &[("number", &counted(number, counting))])?;
            unmatched(out, names)?;
        }
    }
    Ok(())
}

/// What lowers the rates or stands in the corpus more than once.
fn not_original(out: &mut impl Output, figures: &Summary, left_out: LeftOut) -> io::Result<()> {
    let counted_documents = |number| counted(number, "counted.document");
    if !figures.other_languages.is_empty() {
        let kinds: Vec<String> = figures
            .other_languages
            .iter()
            .map(|(language, documents)| {
                format!("{} {}", grouped(*documents), own_words(name(*language), &[]))
            })
            .collect();
        let key = match left_out.other_languages {
            true => "summary.other_languages_left_out",
            false => "summary.other_languages",
        };
        let documents = counted_documents(figures.other_languages.values().sum());
        note(out, key, &[("number", &documents), ("kinds", &kinds.join(", "))])?;
    }
    let [equal, near] = figures.duplicates;
    if equal + near > 0 {
        let key = match left_out.duplicates {
            true => "summary.duplicates_left_out",
            false => "summary.duplicates",
        };
        let values: [(_, &dyn Display); 4] = [
            ("number", &counted_documents(equal + near)),
            ("equal", &grouped(equal)),
            ("near", &grouped(near)),
            ("share", &percent(figures.hits_in_duplicates, figures.hits)),
        ];
        note(out, key, &values)?;
    }
    if figures.repeated > 0 {
        let sentences = counted(figures.repeated, "counted.sentence");
        match figures.hits_in_repeated.map(|hits| percent(hits, figures.hits)) {
            Some(share) => {
                note(out, "summary.repeated_with_hits", &[("number", &sentences), ("share", &share)])?;
            }
            None => note(out, "summary.repeated", &[("number", &sentences)])?,
        }
    }
    if figures.beyond_comparison > 0 {
        let documents = counted_documents(figures.beyond_comparison);
        note(out, "summary.beyond_comparison", &[("number", &documents)])?;
    }
    Ok(())
}

/// The key of the name of what a document is in.
fn name(language: OtherLanguage) -> &'static str {
    match language {
        OtherLanguage::Chinese => "languages.chinese",
        OtherLanguage::Korean => "languages.korean",
        OtherLanguage::Latin => "languages.latin",
        OtherLanguage::OtherScript => "languages.other_script",
        OtherLanguage::Figures => "languages.figures",
    }
}

fn percent(part: u64, whole: u64) -> String {
    format!("{:.1} %", 100.0 * share(part, whole).unwrap_or_default())
}

/// Names that match nothing on the other side, each on a line.
fn unmatched(out: &mut impl Output, names: &[Unmatched]) -> io::Result<()> {
    // In full they are in run.json.
    let columns =
        if out.is_terminal() { out.columns().saturating_sub(UNMATCHED_INDENT.len()) } else { usize::MAX };
    names
        .iter()
        .try_for_each(|name| writeln!(out, "{UNMATCHED_INDENT}{}", shortened(&one_line(name), columns)))
}

fn rounded(rate: Option<f64>) -> String {
    rate.map_or_else(String::new, |rate| format!("{rate:.2}"))
}
