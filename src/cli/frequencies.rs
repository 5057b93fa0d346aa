//! `hedgerow frequencies`.

use std::io;
use std::path::PathBuf;

use hedgerow::analysis::{
    self, Frequencies, FrequencyOptions, Keyness, KeynessOrder, MAX_NGRAM, Unit, frequencies,
};

use super::error::{Error, Result, report};
use super::list_options::{self, ListArguments};
use super::messages::own_words;
use super::search::{Limit, most};
use super::show::progress::Bars;
use super::show::table::{self, Row, left, right};
use super::show::{counted, grouped, note, one_line, wrapping};
use super::slips::whole;
use super::terminal::Output;

/// How many rows the terminal shows unless it is told otherwise.
const ROWS: u64 = 50;

/// How often a keyword must occur unless it is told otherwise: of fewer occurrences, a log-likelihood ratio says nothing.
const LEAST_KEYWORD: u64 = 5;

/// List words or n-grams by frequency, with their dispersion; or those that set two groups of documents apart
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  hedgerow frequencies texts --pos '名詞.*'\n  hedgerow frequencies texts --ngrams 3\n  hedgerow frequencies texts --by genre --groups supplement,university --out keywords.csv"
)]
pub struct Arguments {
    /// Files or folders, as for count
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What is counted as the same: lemma (with its part of speech, but in n-grams) or word (the form as it stands there); without it, lemma, and word for n-grams
    #[arg(long, value_name = "UNIT")]
    of: Option<Of>,
    /// Count sequences of so many words (2 to 5): adjacent ones of a sentence, between which no punctuation stands
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true, value_parser = whole(1..=MAX_NGRAM))]
    ngrams: usize,
    /// Count words of these parts of speech alone, a regular expression: '名詞.*', '動詞-自立|形容詞.*'; of n-grams all words
    #[arg(long, value_name = "PATTERN")]
    pos: Option<String>,
    /// How often an item must occur to be listed; without it, 1, and with --by 5 in both groups together
    #[arg(long, value_name = "N", value_parser = whole(0..=u64::MAX))]
    min: Option<u64>,
    /// How many rows are shown, or written, at most: a number or all; without it, 50 in the terminal and all in a file
    #[arg(long, value_name = "N", help_heading = "Output")]
    limit: Option<Limit>,
    /// Compare the two groups of documents that this variable makes (keyness): log-likelihood, and log ratio with its interval
    #[arg(long, value_name = "VARIABLE", help_heading = "Groups")]
    by: Option<String>,
    /// Two values of the variable, if it has more: A,B
    #[arg(long, value_name = "A,B", requires = "by", help_heading = "Groups")]
    groups: Option<String>,
    /// Sort the keywords by log-likelihood, or by log-ratio, those of the second group last
    #[arg(long, value_name = "BY", requires = "by", help_heading = "Groups")]
    sort: Option<Order>,
    #[command(flatten)]
    list: ListArguments,
}

/// What is counted as the same.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Of {
    Lemma,
    Word,
}

/// The order of keywords.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Order {
    LogLikelihood,
    LogRatio,
}

impl Arguments {
    fn unit(&self) -> Unit {
        match (self.of, self.ngrams) {
            (Some(Of::Word), _) | (None, 2..) => Unit::Word,
            (Some(Of::Lemma), 2..) => Unit::Lemma,
            (Some(Of::Lemma) | None, _) => Unit::LemmaAndPos,
        }
    }

    fn keyness(&self) -> Result<Option<Keyness>> {
        let Some(by) = &self.by else { return Ok(None) };
        let groups = match &self.groups {
            None => None,
            Some(groups) => match groups.split(',').map(str::trim).collect::<Vec<_>>()[..] {
                [first, second] if !first.is_empty() && !second.is_empty() => {
                    Some([first.to_owned(), second.to_owned()])
                }
                _ => return Err(Error::own("frequencies.groups", &[("groups", groups)])),
            },
        };
        let order = match self.sort {
            Some(Order::LogRatio) => KeynessOrder::LogRatio,
            Some(Order::LogLikelihood) | None => KeynessOrder::LogLikelihood,
        };
        Ok(Some(Keyness { by: by.clone(), groups, order }))
    }
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let list = &arguments.list;
    let keyness = arguments.keyness()?;
    let query = arguments.pos.as_ref().map(|pos| format!("[pos=\"{}\"]", pos.replace('"', "\\\"")));
    let (counter, corpus, reading) = list.open(&arguments.paths, query.as_deref(), &[])?;
    let least = if keyness.is_some() { LEAST_KEYWORD } else { 1 };
    let options = FrequencyOptions {
        corpus: reading,
        unit: arguments.unit(),
        length: arguments.ngrams,
        least: arguments.min.unwrap_or(least),
        most: most(arguments.limit, list.out().is_some(), ROWS),
        keyness,
    };
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let listed = frequencies(&counter, corpus, &options, list.out(), &|progress| bars.show(progress));
    bars.clear();
    let listed = listed?;
    let print = |out: &mut _| print(out, arguments, &options, &listed);
    match list.out() {
        Some((path, _)) => report(out, path, print),
        None => Ok(print(out)?),
    }
}

fn print(
    out: &mut impl Output,
    arguments: &Arguments,
    options: &FrequencyOptions,
    listed: &Frequencies,
) -> io::Result<()> {
    let (documents, tokens) =
        (counted(listed.documents, "counted.document"), counted(listed.tokens, "counted.token"));
    let items = counted(listed.items, "counted.item");
    let least = grouped(options.least);
    writeln!(
        out,
        "{}",
        own_words(
            if options.least > 1 { "frequencies.sizes_from" } else { "frequencies.sizes" },
            &[("documents", &documents), ("tokens", &tokens), ("items", &items), ("least", &least)]
        )
    )?;
    let names = listed.groups.as_ref().map(|groups| {
        groups.each_ref().map(|(value, documents, tokens)| {
            let sizes = [counted(*documents, "counted.document"), counted(*tokens, "counted.token")];
            (one_line(value), sizes.join(", "))
        })
    });
    if let Some([(first, of_first), (second, of_second)]) = &names {
        wrapping::print(out, &format!("A: {first} ({of_first})\nB: {second} ({of_second})"), 3)?;
    }
    let shown = listed.rows.len() + listed.keyness.len();
    let has_pos = options.unit == Unit::LemmaAndPos;
    if shown > 0 {
        writeln!(out)?;
        match &names {
            Some(_) => print_keyness(out, listed, has_pos)?,
            None => print_rows(out, listed, has_pos)?,
        }
        writeln!(out)?;
        let legend = if names.is_some() { "frequencies.keyness" } else { "frequencies.legend" };
        wrapping::print(out, &own_words(legend, &[]), 0)?;
    }
    let shown = shown as u64 + listed.written;
    if shown < listed.items {
        note(out, "frequencies.cut", &[("shown", &grouped(shown)), ("all", &grouped(listed.items))])?;
    }
    list_options::notes(out, &listed.left_out)?;
    match arguments.list.out() {
        Some((path, _)) => writeln!(out, "{}", own_words("lists.written", &[("path", &path.display())])),
        None => Ok(()),
    }
}

fn print_rows(out: &mut impl Output, listed: &Frequencies, has_pos: bool) -> io::Result<()> {
    let mut rows = vec![Row::header(header(
        has_pos,
        &["summary.count", "summary.rate", "summary.range", "frequencies.dp"],
    ))];
    for row in &listed.rows {
        let mut cells = item(&row.item, &row.pos, has_pos);
        cells.extend([grouped(row.count), figure(row.per_1000_tokens, 2), grouped(row.range)]);
        cells.push(figure(row.dispersion[0], 2));
        rows.push(Row::plain(cells));
    }
    table::print(out, &columns(has_pos, &[7, 7, 0, 4]), &rows)
}

fn print_keyness(out: &mut impl Output, listed: &Frequencies, has_pos: bool) -> io::Result<()> {
    let keys = ["frequencies.rate_a", "frequencies.rate_b", "frequencies.g2", "frequencies.log_ratio"];
    let mut rows = vec![Row::header(header(has_pos, &keys))];
    for row in &listed.keyness {
        let mut cells = item(&row.item, &row.pos, has_pos);
        cells.extend(row.per_1000_tokens.map(|rate| figure(rate, 2)));
        cells.push(figure(row.log_likelihood, 1));
        let [ratio, low, high] = row.log_ratio;
        let ends = low.zip(high).map_or(String::new(), |(low, high)| format!(" [{low:.1}, {high:.1}]"));
        cells.push(figure(ratio, 2) + &ends);
        rows.push(Row::plain(cells));
    }
    table::print(out, &columns(has_pos, &[5, 5, 6, 0]), &rows)
}

fn header(has_pos: bool, keys: &[&'static str]) -> Vec<String> {
    let first = ["frequencies.item", "frequencies.pos"];
    let first = &first[..if has_pos { 2 } else { 1 }];
    first.iter().chain(keys).map(|key| own_words(key, &[])).collect()
}

fn columns(has_pos: bool, widths: &[usize]) -> Vec<table::Column> {
    let first = [left(0, 10).of_names(), left(1, 10).of_names()];
    let figures = widths.iter().map(|width| right(1, *width));
    first.into_iter().take(if has_pos { 2 } else { 1 }).chain(figures).collect()
}

fn item(item: &str, pos: &str, has_pos: bool) -> Vec<String> {
    let cells = [one_line(item), pos.to_owned()];
    cells.into_iter().take(if has_pos { 2 } else { 1 }).collect()
}

fn figure(figure: Option<f64>, digits: usize) -> String {
    figure.map_or("-".into(), |figure| format!("{figure:.digits$}"))
}
