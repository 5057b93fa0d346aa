//! What the terminal shows of a count.

use std::io::{self, Write};
use std::path::Path;

use hedgerow::analysis::Summary;
use hedgerow::corpus::Unmatched;
use hedgerow::lexicon::{Labels, Stance};
use hedgerow::statistics::{per_thousand, share};

use super::table::{self, left, right};
use super::{comparison, counted, grouped, one_line};

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
    out: &mut impl Write,
    labels: &Labels,
    figures: &Summary,
    passed_over: &PassedOver,
    left_out: LeftOut,
    folder: &Path,
) -> io::Result<()> {
    let tally = &figures.tally;
    writeln!(
        out,
        "{}, {}, {}\n",
        counted(figures.documents, "document"),
        counted(tally.sentences, "sentence"),
        counted(tally.tokens, "token")
    )?;
    let header = ["stance", "category", "count", "per 1,000", "negated", "documents", "most frequent"];
    let mut rows = vec![header.map(String::from).to_vec()];
    for (index, category) in labels.categories.iter().enumerate() {
        let occurrences = tally.of_category(labels, index);
        let markers = tally.markers.iter().filter(|(entry, _)| labels.entries[**entry].category == index);
        // The first of equals: entries are in the order of their ids.
        let most = markers.rev().max_by_key(|(_, occurrences)| occurrences.affirmed);
        rows.push(vec![
            category.stance.name().into(),
            category.name.to_string(),
            grouped(occurrences.affirmed),
            rounded(per_thousand(occurrences.affirmed, tally.tokens)),
            grouped(occurrences.negated),
            grouped(figures.range[index]),
            most.map_or(String::new(), |(entry, _)| labels.entries[*entry].id.to_string()),
        ]);
    }
    let columns = [left(0, 10), left(1, 14), right(1, 8), right(1, 9), right(1, 8), right(1, 10), left(2, 0)];
    table::print(out, &columns, &rows)?;
    let [hedge, assertive] = Stance::ALL.map(|stance| tally.of_stance(labels, stance).affirmed);
    let share = share(hedge, hedge + assertive);
    writeln!(
        out,
        "\nhedge {hedge}, assertive {assertive}, hedge share {}",
        share.map_or("not defined: no marker".into(), |share| format!("{share:.3}"))
    )?;
    notes(out, figures, passed_over)?;
    not_original(out, figures, left_out)?;
    if let Some(compared) = &figures.compared {
        writeln!(out)?;
        comparison::print(out, compared)?;
    }
    super::notes(out, &figures.notes)?;
    writeln!(out, "tables: {}", one_line(folder.display()))
}

fn notes(out: &mut impl Write, figures: &Summary, passed_over: &PassedOver) -> io::Result<()> {
    if let Some(bytes) = figures.resumed.filter(|bytes| *bytes > 0) {
        let size = match bytes {
            ..1_000_000 => counted(bytes, "byte"),
            _ => format!("{:.1} MB", bytes as f64 / 1e6),
        };
        writeln!(out, "note: {size} of text were taken as the interrupted run had counted them")?;
    }
    if figures.empty > 0 {
        writeln!(out, "note: {} without a token: rates are empty there", counted(figures.empty, "document"))?;
    }
    if figures.skipped > 0 {
        writeln!(out, "note: {} left out as unreadable; see run.json", counted(figures.skipped, "document"))?;
    }
    if figures.malformed > 0 {
        writeln!(out, "note: {} with malformed bytes; see run.json", counted(figures.malformed, "document"))?;
    }
    if figures.error_cells > 0 {
        let cells = counted(figures.error_cells, "cell");
        writeln!(out, "note: {cells} with an error such as #N/A read as empty; see run.json")?;
    }
    if figures.wrapped > 0 {
        let documents = counted(figures.wrapped, "document");
        writeln!(out, "note: lines of {documents} were joined, as hard-wrapped; see run.json")?;
    }
    if figures.ruby > 0 {
        let documents = counted(figures.ruby, "document");
        writeln!(
            out,
            "note: the readings in ruby of {documents} were left out, as in ｜漢字《かな》; see run.json"
        )?;
    }
    if figures.without_main_text > 0 {
        let pages = counted(figures.without_main_text, "web page");
        writeln!(
            out,
            "note: of {pages} all but navigation was read, as the main text was next to nothing; see run.json"
        )?;
    }
    if figures.read_by_half > 0 {
        let pages = counted(figures.read_by_half, "web page");
        writeln!(
            out,
            "note: less than half of the Japanese text was read of {pages}; see read_share in run.json (--html all reads what is seen)"
        )?;
    }
    let PassedOver { kinds, tables, sheets, leftovers, numbered, duplicates } = passed_over;
    if *duplicates > 0 {
        writeln!(
            out,
            "note: {} found again on another path or link, and counted once",
            counted(*duplicates, "file")
        )?;
    }
    if *leftovers > 0 {
        let files = counted(*leftovers, "file");
        writeln!(out, "note: {files} left by programs and not read (owner, temporary and backup files)")?;
    }
    if let Some(first) = numbered.first() {
        let members = counted(numbered.len() as u64, "member");
        writeln!(
            out,
            "note: {members} of archives with the name of another, now with a number: {} …",
            one_line(first)
        )?;
    }
    if !kinds.is_empty() {
        writeln!(out, "note: files of other kinds were not read: {}", one_line(kinds))?;
    }
    if !tables.is_empty() {
        writeln!(
            out,
            "note: tables without a column `text` were not read: {}; --text-column names another",
            one_line(tables)
        )?;
    }
    if !sheets.is_empty() {
        writeln!(out, "note: sheets that were not read: {}; --sheet names one, or all", one_line(sheets))?;
    }
    if figures.without_variables > 0 {
        writeln!(
            out,
            "note: {} without a row in the table of variables; see run.json",
            counted(figures.without_variables, "document")
        )?;
        unmatched(out, &figures.unmatched[0])?;
    }
    if figures.variables_without_document > 0 {
        writeln!(
            out,
            "note: {} of the table of variables without a document here; see run.json",
            counted(figures.variables_without_document, "row")
        )?;
        unmatched(out, &figures.unmatched[1])?;
    }
    Ok(())
}

/// What lowers the rates or stands in the corpus more than once.
fn not_original(out: &mut impl Write, figures: &Summary, left_out: LeftOut) -> io::Result<()> {
    if !figures.other_languages.is_empty() {
        let documents = counted(figures.other_languages.values().sum(), "document");
        let kinds: Vec<String> = figures
            .other_languages
            .iter()
            .map(|(language, documents)| format!("{} {}", grouped(*documents), language.name()))
            .collect();
        let kinds = kinds.join(", ");
        match left_out.other_languages {
            true => {
                writeln!(out, "note: {documents} left out, with next to no Japanese ({kinds}); see run.json")?
            }
            false => writeln!(
                out,
                "note: {documents} with next to no Japanese ({kinds}), which lower the rates: --skip-other-languages leaves them out; see run.json"
            )?,
        }
    }
    let [equal, near] = figures.duplicates;
    let kinds = format!("{} equal, {} near", grouped(equal), grouped(near));
    match equal + near {
        0 => {}
        documents if left_out.duplicates => {
            let documents = counted(documents, "document");
            writeln!(
                out,
                "note: {documents} left out, as the same text stands before ({kinds}); see duplicates.csv"
            )?;
        }
        documents => {
            let documents = counted(documents, "document");
            let share = percent(figures.hits_in_duplicates, figures.hits);
            writeln!(
                out,
                "note: {documents} with a text that stands before ({kinds}) and {share} of the hits: --drop-duplicates leaves them out; see duplicates.csv"
            )?;
        }
    }
    if figures.repeated > 0 {
        let sentences = counted(figures.repeated, "sentence");
        let with = figures.hits_in_repeated.map(|hits| percent(hits, figures.hits));
        let with = with.map_or_else(String::new, |share| format!(", with {share} of the hits"));
        writeln!(
            out,
            "note: {sentences} in more than a tenth of the documents each{with}; see duplicates.csv"
        )?;
    }
    if figures.beyond_comparison > 0 {
        let documents = counted(figures.beyond_comparison, "document");
        writeln!(out, "note: the last {documents} were compared with those before them, and none with them")?;
    }
    Ok(())
}

fn percent(part: u64, whole: u64) -> String {
    format!("{:.1} %", 100.0 * share(part, whole).unwrap_or_default())
}

/// Names that match nothing on the other side, each on a line.
fn unmatched(out: &mut impl Write, names: &[Unmatched]) -> io::Result<()> {
    names.iter().try_for_each(|name| writeln!(out, "      {}", one_line(name)))
}

fn rounded(rate: Option<f64>) -> String {
    rate.map_or_else(String::new, |rate| format!("{rate:.2}"))
}
