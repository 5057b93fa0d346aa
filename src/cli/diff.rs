//! `hedgerow diff`.

use std::io::Write;
use std::path::PathBuf;

use hedgerow::analysis::{CategoryDifferences, RunDifferences, diff_runs};

use super::error::{Result, report};
use super::show::table::{self, left, right};
use super::show::{counted, grouped, notes, one_line};

/// List the hits that came, went or changed between two finished runs, such as one with another lexicon
#[derive(clap::Args)]
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

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    let folders = [arguments.first.as_path(), arguments.second.as_path()];
    let differences = diff_runs(folders, arguments.out.as_deref())?;
    let results = arguments.out.as_deref().unwrap_or(&arguments.second);
    report(out, results, |out| {
        print(out, &differences)?;
        notes(out, &differences.notes)?;
        match &arguments.out {
            Some(folder) => writeln!(out, "tables: {}", one_line(folder.display())),
            None => Ok(()),
        }
    })
}

fn print(out: &mut impl Write, differences: &RunDifferences) -> std::io::Result<()> {
    let RunDifferences { set_up, changed_inputs, alone, categories, .. } = differences;
    for message in set_up {
        writeln!(out, "{message}")?;
    }
    if *changed_inputs > 0 {
        writeln!(out, "note: {} with other bytes in the second run", counted(*changed_inputs, "file"))?;
    }
    for (documents, name) in alone.iter().zip(["first", "second"]) {
        if *documents > 0 {
            writeln!(out, "note: {} in the {name} run alone", counted(*documents, "document"))?;
        }
    }
    let header = ["stance", "category", "first", "second", "came", "went", "changed"];
    let mut rows = vec![header.map(String::from).to_vec()];
    let mut total = CategoryDifferences::default();
    let row = |stance: &str, category: &str, figures: CategoryDifferences| {
        let [first, second] = figures.affirmed;
        let figures = [first, second, figures.came, figures.went, figures.changed].map(grouped);
        [&[stance.to_owned(), one_line(category)][..], &figures].concat()
    };
    for ((stance, category), figures) in categories {
        total.add(*figures);
        rows.push(row(stance.name(), category, *figures));
    }
    rows.push(row("all", "", total));
    if !set_up.is_empty() || *changed_inputs > 0 || *alone != [0, 0] {
        writeln!(out)?;
    }
    let columns = [left(0, 10), left(1, 14), right(1, 8), right(1, 8), right(1, 8), right(1, 8), right(1, 8)];
    table::print(out, &columns, &rows)?;
    writeln!(
        out,
        "\nfirst, second: markers that are not negated; came, went, changed: hits, negated or not, by document and place"
    )
}
