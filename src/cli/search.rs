//! `hedgerow search`.

use std::io;
use std::path::PathBuf;
use std::str::FromStr;

use hedgerow::analysis::{self, PositionError, SearchOptions, Searched, SortPosition};

use super::error::{Result, report};
use super::list_options::{self, ListArguments};
use super::messages::{own_words, words};
use super::show::progress::Bars;
use super::show::table::{self, Row, left, right};
use super::show::{counted, grouped, lines, note, one_line, wrapping};
use super::slips::whole;
use super::terminal::Output;

/// How many lines the terminal shows unless it is told otherwise.
const LINES: u64 = 100;

/// How many characters of a sentence a table has on either side unless it is told otherwise, as concordance.csv has.
const CONTEXT: usize = 200;

/// Find words or patterns in documents, and show them in their context (KWIC)
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  hedgerow search 期待する texts\n  hedgerow search '[pos=\"名詞.*\"] \"が\" [lemma=\"期待\"]' texts --sort 1R,1L\n  hedgerow search 期待 texts --count-by genre"
)]
pub struct Arguments {
    /// Words, found in every inflection (期待する), or a pattern as in a lexicon: '"期待"' (this form alone), '[lemma="期待"] [pos="助詞.*"]'
    #[arg(value_name = "PATTERN")]
    pattern: String,
    /// Files or folders, as for count
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Sort the lines by the words left (L) or right (R) of the node, or by the node: 1R,2R,1L; document: in the order of the text
    #[arg(long, value_name = "POSITIONS", default_value = "document", help_heading = "Output")]
    sort: Sort,
    /// How many lines are shown, or written, at most: a number or all; without it, 100 in the terminal and all in a file
    #[arg(long, value_name = "N", conflicts_with = "count_by", help_heading = "Output")]
    limit: Option<Limit>,
    /// How many characters of the sentence are given on either side, at most; the terminal shows as many as have room
    #[arg(long, value_name = "N", default_value_t = CONTEXT as u64, help_heading = "Output", value_parser = whole(0..=10_000_u64))]
    context: u64,
    /// Count the hits by the values of this variable, with rates and their intervals, in the place of lines; two with a comma are crossed
    #[arg(long, value_name = "VARIABLE", conflicts_with = "sort", help_heading = "Groups")]
    count_by: Option<String>,
    #[command(flatten)]
    list: ListArguments,
}

/// The positions by which lines are sorted; none for the order of the text.
#[derive(Clone)]
struct Sort(Vec<SortPosition>);

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        if text == "document" {
            return Ok(Sort(Vec::new()));
        }
        let wrong = |error: PositionError| words(&error.message());
        let positions = text.split(',').map(|position| position.parse().map_err(wrong));
        positions.collect::<std::result::Result<_, String>>().map(Sort)
    }
}

/// How many rows there may be; none for all.
#[derive(Clone, Copy)]
pub struct Limit(pub Option<u64>);

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match (text, text.parse()) {
            ("all", _) => Ok(Limit(None)),
            (_, Ok(number)) => Ok(Limit(Some(number))),
            _ => Err(own_words("lists.limit", &[])),
        }
    }
}

/// How many rows are asked for: all in a file, and so many in the terminal, unless a limit says otherwise.
pub fn most(limit: Option<Limit>, is_file: bool, in_terminal: u64) -> Option<u64> {
    match limit {
        Some(Limit(most)) => most,
        None if is_file => None,
        None => Some(in_terminal),
    }
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let (list, pattern) = (&arguments.list, arguments.pattern.as_str());
    let (counter, corpus, reading) = list.open(&arguments.paths, Some(pattern), &["search"])?;
    let options = SearchOptions {
        corpus: reading,
        sort: arguments.sort.0.clone(),
        most: most(arguments.limit, list.out().is_some(), LINES),
        context: arguments.context as usize,
        count_by: arguments.count_by.clone(),
    };
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let searched = analysis::search(&counter, corpus, &options, list.out(), &|progress| bars.show(progress));
    bars.clear();
    let searched = searched?;
    let form = counter.setup().lexicon.entries.first().map(|entry| entry.form.as_str());
    let print = |out: &mut _| print(out, arguments, &searched, form.filter(|form| *form != pattern.trim()));
    match list.out() {
        Some((path, _)) => report(out, path, print),
        None => Ok(print(out)?),
    }
}

fn print(
    out: &mut impl Output,
    arguments: &Arguments,
    searched: &Searched,
    taken_as: Option<&str>,
) -> io::Result<()> {
    if let Some(pattern) = taken_as {
        wrapping::print(out, &own_words("search.pattern", &[("pattern", &one_line(pattern))]), 0)?;
        writeln!(out)?;
    }
    if let (None, Some(by)) = (arguments.list.out(), &arguments.count_by) {
        print_values(out, searched, by)?;
    } else if !searched.lines.is_empty() {
        lines::print(out, &searched.lines)?;
        writeln!(out)?;
    }
    wrapping::print(out, &found(searched), 0)?;
    let shown = searched.lines.len() as u64 + searched.written;
    if arguments.count_by.is_none() && shown < searched.hits {
        let (shown, all) = (grouped(shown), grouped(searched.hits));
        note(out, "search.cut", &[("shown", &shown), ("all", &all)])?;
    }
    list_options::notes(out, &searched.left_out)?;
    match arguments.list.out() {
        Some((path, _)) => writeln!(out, "{}", own_words("lists.written", &[("path", &path.display())])),
        None => Ok(()),
    }
}

/// How often it was found.
fn found(searched: &Searched) -> String {
    let Searched { hits, range, documents, tokens, .. } = searched;
    let rate = hedgerow::statistics::per_thousand(*hits, *tokens);
    let rate = rate.map_or("-".into(), |rate| format!("{rate:.3}"));
    let (hits, range) = (counted(*hits, "counted.hit"), grouped(*range));
    let (documents, tokens) = (counted(*documents, "counted.document"), counted(*tokens, "counted.token"));
    own_words(
        "search.found",
        &[
            ("hits", &hits),
            ("range", &range),
            ("documents", &documents),
            ("tokens", &tokens),
            ("rate", &rate),
        ],
    )
}

fn print_values(out: &mut impl Output, searched: &Searched, by: &str) -> io::Result<()> {
    const HEADER: [&str; 6] = [
        "search.documents",
        "search.with_hits",
        "search.hits",
        "search.tokens",
        "search.rate",
        "search.interval",
    ];
    let header = [one_line(by)].into_iter().chain(HEADER.map(|key| own_words(key, &[])));
    let mut rows = vec![Row::header(header.collect())];
    for value in &searched.values {
        let name =
            if value.value.is_empty() { own_words("search.no_value", &[]) } else { one_line(&value.value) };
        let mut row = vec![name];
        row.extend([value.documents, value.range, value.total.count, value.total.size].map(grouped));
        row.push(value.per_1000_tokens.map_or("-".into(), |rate| format!("{rate:.2}")));
        row.push(value.interval.map_or("-".into(), |(low, high)| format!("[{low:.2}, {high:.2}]")));
        rows.push(Row::plain(row));
    }
    let number = right(2, 0);
    table::print(out, &[left(0, 0).of_names(), number, number, number, number, number, right(2, 0)], &rows)?;
    writeln!(out)
}
