//! `hedgerow count`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hedgerow::analysis::{self, AnalysisError, CountOptions, parallel};
use hedgerow::corpus::{Corpus, ReadOptions};
use hedgerow::messages::Message;
use hedgerow::tables::{TableError, columns};

use super::compare::PlanArguments;
use super::error::{Error, Result, report};
use super::show::progress::Bars;
use super::show::summary::{self, LeftOut, PassedOver};
use super::{kinds, messages, signals};

/// Count the markers of documents and write the tables
#[derive(clap::Args)]
pub struct Arguments {
    /// Files or folders, searched in full: text, Markdown, web pages, tables, .docx, EPUB, TEI, subtitles, archives; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write the tables to; it must not exist, unless --force is given
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A table of variables (.csv, .tsv, .jsonl, .xlsx): a column `document` and any others; without it, variables.csv, .tsv or .xlsx at the top of a folder
    #[arg(long, value_name = "FILE")]
    variables: Option<PathBuf>,
    #[command(flatten)]
    coding: super::coding_options::CodingArguments,
    /// Compare the groups of documents that have the same value of this variable
    #[arg(long, value_name = "VARIABLE")]
    by: Option<String>,
    #[command(flatten)]
    plan: PlanArguments,
    /// Replace the tables if the folder exists, and begin anew where an interrupted run stands
    #[arg(long)]
    force: bool,
    /// Keep what is counted in DIR.partial until the tables are complete; after an interruption, the same command goes on from there
    #[arg(long)]
    resume: bool,
    /// Leave out documents that can't be read, and list them in run.json
    #[arg(long)]
    skip_unreadable: bool,
    /// Leave out documents with next to no Japanese in them (English, Chinese, Korean, figures), and list them in run.json
    #[arg(long)]
    skip_other_languages: bool,
    /// Leave out documents that equal or resemble an earlier one; duplicates.csv lists them in any case
    #[arg(long)]
    drop_duplicates: bool,
    #[command(flatten)]
    reading: super::read_options::ReadArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    let own_columns = columns().iter().filter(|column| column.table == "documents");
    let reading = ReadOptions {
        variables: arguments.variables.clone(),
        reserved: own_columns.map(|column| column.column.clone()).collect(),
        ..arguments.reading.reading()
    };
    let paths = arguments.reading.paths(&arguments.paths)?;
    if arguments.resume && paths.iter().any(|path| *path == Path::new("-")) {
        return Err(Error::own("program.resume_standard_input", &[]));
    }
    let (counter, corpus) = parallel::join(
        || arguments.coding.counter(arguments.reading.wrapped()),
        || Corpus::open(&paths, &reading),
    );
    let counter = counter?;
    let corpus = corpus?;
    let options = CountOptions {
        reading,
        skip_unreadable: arguments.skip_unreadable,
        skip_other_languages: arguments.skip_other_languages,
        drop_duplicates: arguments.drop_duplicates,
        replace: arguments.force,
        resume: arguments.resume,
        compare: arguments.by.as_deref().map(|by| (by, arguments.plan.plan())),
    };
    let passed_over = PassedOver {
        kinds: kinds::passed_over(&corpus.passed_over),
        tables: corpus.tables_passed_over.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        sheets: sheets(&corpus),
        leftovers: corpus.leftovers,
        numbered: corpus.numbered.clone(),
        duplicates: corpus.duplicates,
    };
    let left_out =
        LeftOut { other_languages: arguments.skip_other_languages, duplicates: arguments.drop_duplicates };
    if arguments.resume {
        signals::keeps(analysis::partial_folder(&arguments.out));
    }
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let counted = analysis::count(&counter, corpus, options, &arguments.out, &|progress| bars.show(progress));
    bars.clear();
    let counted = counted.inspect_err(|error| {
        let is_refused =
            matches!(error, AnalysisError::Resume(_) | AnalysisError::Table(TableError::Exists(_)));
        let folder = analysis::interrupted(&arguments.out);
        if let Some(path) = folder.filter(|_| arguments.resume && !is_refused) {
            let kept = Message::new("program.kept", &[("path", &path.display())]);
            let _ = writeln!(io::stderr(), "note: {}", messages::own(&kept));
        }
    })?;
    report(out, &arguments.out, |out| {
        summary::print(out, &counter.setup().lexicon, &counted, &passed_over, left_out, &arguments.out)
    })
}

/// The sheets that were passed over, by table: `a.xlsx: 表2, 表3`.
fn sheets(corpus: &Corpus) -> String {
    let tables = corpus.sheets_passed_over.iter();
    let tables = tables.map(|(table, sheets)| format!("{table}: {}", sheets.join(", ")));
    tables.collect::<Vec<_>>().join("; ")
}
