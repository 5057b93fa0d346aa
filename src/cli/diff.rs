//! `hedgerow diff`.

use std::path::PathBuf;

use hedgerow::analysis::{CategoryDifferences, RunDifferences, diff_runs};

use super::error::{Result, report};
use super::messages::{own_words, words};
use super::show::table::{self, Row, left, right};
use super::show::{counted, grouped, in_words, note, notes, one_line, stance_name, tables, wrapping};
use super::terminal::Output;

/// The header of the table of categories.
const HEADER: [&str; 7] = [
    "summary.stance",
    "summary.category",
    "diff.first",
    "diff.second",
    "diff.came",
    "diff.went",
    "diff.changed",
];

/// List the hits that came, went or changed between two finished runs, such as one with another lexicon
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow diff stats by-genre")]
pub struct Arguments {
    /// The folder of the first run
    #[arg(value_name = "FIRST")]
    first: PathBuf,
    /// The folder of the second run
    #[arg(value_name = "SECOND")]
    second: PathBuf,
    /// The folder to write differences.csv to, with a row for each such hit; it must not exist
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let folders = [arguments.first.as_path(), arguments.second.as_path()];
    let differences = diff_runs(folders, arguments.out.as_deref())?;
    let results = arguments.out.as_deref().unwrap_or(&arguments.second);
    report(out, results, |out| {
        print(out, &differences)?;
        notes(out, &differences.notes)?;
        match &arguments.out {
            Some(folder) => tables(out, folder),
            None => Ok(()),
        }
    })
}

fn print(out: &mut impl Output, differences: &RunDifferences) -> std::io::Result<()> {
    let RunDifferences { set_up, changed_inputs, alone, categories, terms, .. } = differences;
    for message in set_up {
        writeln!(out, "{}", words(message))?;
    }
    if *changed_inputs > 0 {
        note(out, "diff.changed_inputs", &[("number", &counted(*changed_inputs, "counted.file"))])?;
    }
    for (documents, key) in alone.iter().zip(["diff.first_alone", "diff.second_alone"]) {
        if *documents > 0 {
            note(out, key, &[("number", &counted(*documents, "counted.document"))])?;
        }
    }
    let mut rows = vec![Row::header(HEADER.map(|key| own_words(key, &[])).to_vec())];
    let mut total = CategoryDifferences::default();
    let row = |stance: &str, category: &str, figures: CategoryDifferences| {
        let [first, second] = figures.affirmed;
        let figures = [first, second, figures.came, figures.went, figures.changed].map(grouped);
        [&[stance.to_owned(), one_line(category)][..], &figures].concat()
    };
    for ((stance, category), figures) in categories {
        total.add(*figures);
        let term = terms.get(category).unwrap_or(category);
        let cells = row(&stance_name(*stance), &in_words(category, term), *figures);
        rows.push(Row::of(*stance, cells));
    }
    rows.push(Row::plain(row(&own_words("diff.all", &[]), "", total)));
    if !set_up.is_empty() || *changed_inputs > 0 || *alone != [0, 0] {
        writeln!(out)?;
    }
    let columns = [
        left(0, 10),
        left(1, 14).of_names(),
        right(1, 8),
        right(1, 8),
        right(1, 8),
        right(1, 8),
        right(1, 8),
    ];
    table::print(out, &columns, &rows)?;
    writeln!(out)?;
    wrapping::print(out, &own_words("diff.legend", &[]), 0)
}
