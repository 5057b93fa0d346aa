//! `hedgerow count`.

use std::fs;
use std::io::{ErrorKind, Write};
use std::mem;
use std::path::PathBuf;

use anyhow::anyhow;
use hedgerow::analysis::{self, AnalysisError, Options};
use hedgerow::corpus::Variables;
use hedgerow::lexicon::Source;
use hedgerow::tables::columns;

use super::compare::PlanArguments;
use super::progress::Bars;
use super::summary::{self, PassedOver};
use super::{Outcome, Result, complain};

/// Count the markers of documents and write the tables
#[derive(clap::Args)]
pub struct Arguments {
    /// Files or folders, searched in full: text, Markdown, web pages, tables, .docx, archives; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write the tables to; it must not exist, unless --force is given
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A CSV table of variables: a column `document` and any others; without it, variables.csv at the top of a folder
    #[arg(long, value_name = "FILE")]
    variables: Option<PathBuf>,
    #[command(flatten)]
    setup: super::setup::SetupArguments,
    /// Compare the groups of documents that have the same value of this variable
    #[arg(long, value_name = "VARIABLE")]
    by: Option<String>,
    #[command(flatten)]
    plan: PlanArguments,
    /// Replace the tables if the folder exists
    #[arg(long)]
    force: bool,
    /// Leave out documents that can't be read, and list them in run.json
    #[arg(long)]
    skip_unreadable: bool,
    #[command(flatten)]
    reading: super::reading::ReadingArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome> {
    let (setup, corpus) =
        analysis::at_once(|| arguments.setup.setup(), || arguments.reading.find(&arguments.paths));
    let setup = setup?;
    let reading = arguments.reading.reading();
    let corpus = match corpus {
        Ok(corpus) => corpus,
        Err(errors) => return Ok(complain(errors)),
    };
    let columns = columns();
    let reserved: Vec<&str> =
        columns.iter().filter(|c| c.table == "documents").map(|c| c.column.as_str()).collect();
    let mut variables = match &arguments.variables {
        Some(path) => Variables::read(std::slice::from_ref(path), &reserved)?,
        None => Variables::read(&corpus.variables, &reserved)?,
    };
    variables.add_names(&corpus.columns, &reserved)?;
    let options = Options {
        reading,
        wrapped: arguments.reading.wrapped(),
        skip_unreadable: arguments.skip_unreadable,
        replace: arguments.force,
        compare: arguments.by.as_deref().map(|by| (by, arguments.plan.plan())),
    };
    let passed_over = PassedOver {
        kinds: corpus.passed_over_in_words(),
        tables: corpus.tables_passed_over.join(", "),
        again: corpus.duplicates,
    };
    let bars = Bars::new(analysis::size(&corpus.inputs));
    let counted =
        analysis::count(&setup, corpus, &variables, options, &arguments.out, &|progress| bars.show(progress));
    bars.clear();
    match counted {
        Ok(figures) => {
            summary::print(out, &setup.lexicon, &figures, &passed_over, &arguments.out)?;
            // The end of the program frees its many small pieces at once.
            mem::forget(setup);
            Ok(Outcome::Done)
        }
        Err(AnalysisError::Unreadable(errors)) => Ok(complain(errors)),
        Err(error) => Err(error.into()),
    }
}

/// The user's lexicon files.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<Source>> {
    let read = |path: &PathBuf| {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => anyhow!("{name}: the lexicon is not UTF-8; save it as UTF-8"),
            _ => anyhow!("{name}: {error}; check the path of the lexicon, and the rights to read it"),
        })?;
        Ok(Source { name, text })
    };
    paths.iter().map(read).collect()
}
