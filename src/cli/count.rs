//! `hedgerow count`.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use hedgerow::analysis::{self, AnalysisError, CountOptions, parallel};
use hedgerow::corpus::Corpus;
use hedgerow::tables::TableError;

use super::again::{Asked, Earlier, WITH_VARIABLES, with_variables};
use super::compare::GroupArguments;
use super::error::{Error, Result, report};
use super::show::note;
use super::show::progress::Bars;
use super::show::summary::{self, LeftOut, PassedOver};
use super::terminal::Terminal;
use super::{kinds, language, signals};

/// Count the markers of documents and write the tables
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  hedgerow count texts --out stats\n  hedgerow count texts --by genre --out by-genre\n  hedgerow count - --partial < texts.jsonl > part.jsonl"
)]
pub struct Arguments {
    /// Files or folders, searched in full: text, Markdown, web pages, tables, .docx, EPUB, TEI, subtitles, archives; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write the tables to; it must not exist, unless --force is given
    #[arg(long, value_name = "DIR", required_unless_present = "partial", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Write what `hedgerow merge` adds up, as JSON Lines on standard output: of JSON Lines on standard input (PATH is `-`), each with an `id` and a `text`
    #[arg(long, conflicts_with_all = ["out", "by", "force", "resume", "from", "without_text", "no_report", "xlsx"], help_heading = "Output")]
    partial: bool,
    /// Leave the hits out of partial results, so that they are small; a merge of them has no concordance.csv
    #[arg(long, requires = "partial", help_heading = "Output")]
    no_hits: bool,
    /// A table of variables (.csv, .tsv, .jsonl, .xlsx): a column `document` and any others; without it, variables.csv, .tsv or .xlsx at the top of a folder
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    variables: Option<PathBuf>,
    #[command(flatten)]
    coding: super::coding_options::CodingArguments,
    #[command(flatten)]
    groups: GroupArguments,
    /// Replace the tables if the folder exists, and begin anew where an interrupted run stands
    #[arg(long, help_heading = "Output")]
    force: bool,
    /// Keep what is counted in DIR.partial until the tables are complete; after an interruption, the same command goes on from there
    #[arg(long, help_heading = "Output")]
    resume: bool,
    /// Count as an earlier run did: its run.json, or its folder; the documents and the lexicons must be the same, and whether all tables are is said
    #[arg(long, value_name = "RUN", help_heading = "Reading", conflicts_with_all = [
        "by", "within", "cluster", "pair", "ordered", "seed", "resamples", "skip_unreadable", "skip_other_languages", "drop_duplicates", "without_text", "no_report", "xlsx", "encoding",
        "allow_malformed", "html", "text_column", "id_column", "sheet", "max_document", "wrapped",
    ])]
    from: Option<PathBuf>,
    /// Leave out documents that can't be read, and list them in run.json
    #[arg(long, help_heading = "Reading")]
    skip_unreadable: bool,
    /// Leave out documents with next to no Japanese in them (English, Chinese, Korean, figures), and list them in run.json
    #[arg(long, help_heading = "Reading")]
    skip_other_languages: bool,
    /// Leave out documents that equal or resemble an earlier one; duplicates.csv lists them in any case
    #[arg(long, help_heading = "Reading")]
    drop_duplicates: bool,
    /// Leave the text of the documents out of the tables, to share them without it: of a hit, its offsets remain
    #[arg(long, help_heading = "Output")]
    without_text: bool,
    #[command(flatten)]
    outputs: super::report::OutputArguments,
    #[command(flatten)]
    reading: super::read_options::ReadArguments,
}

impl Arguments {
    fn asked(&self) -> Asked {
        Asked {
            reading: with_variables(self.reading.reading(), self.variables.clone(), &WITH_VARIABLES),
            wrapping: self.reading.wrapped(),
            skip_unreadable: self.skip_unreadable,
            skip_other_languages: self.skip_other_languages,
            drop_duplicates: self.drop_duplicates,
            without_text: self.without_text,
            outputs: self.outputs.outputs(),
            language: language::asked().unwrap_or_default(),
            compare: self.groups.asked(),
        }
    }
}

pub fn run(arguments: &Arguments, out: &mut Terminal<impl Write>) -> Result<()> {
    // A program reads them, not a terminal.
    let Some(folder) = &arguments.out else {
        return run_partial(arguments, &mut BufWriter::new(out.unescaped()));
    };
    let earlier = arguments.from.as_deref().map(Earlier::read).transpose()?;
    let asked = match &earlier {
        Some(earlier) => earlier.asked(arguments.variables.clone())?,
        None => arguments.asked(),
    };
    let paths = arguments.reading.paths(&arguments.paths)?;
    if arguments.resume && paths.iter().any(|path| *path == Path::new("-")) {
        return Err(Error::own("program.resume_standard_input", &[]));
    }
    let (counter, corpus) =
        parallel::join(|| arguments.coding.counter(asked.wrapping), || Corpus::open(&paths, &asked.reading));
    let counter = counter?;
    let corpus = corpus?;
    if let Some(earlier) = &earlier {
        earlier.check(&counter, &corpus, &asked.reading)?;
    }
    let options = CountOptions {
        reading: asked.reading,
        skip_unreadable: asked.skip_unreadable,
        skip_other_languages: asked.skip_other_languages,
        drop_duplicates: asked.drop_duplicates,
        without_text: asked.without_text,
        outputs: asked.outputs,
        replace: arguments.force,
        resume: arguments.resume,
        language: asked.language,
        compare: asked.compare,
    };
    let passed_over = PassedOver {
        kinds: kinds::passed_over(&corpus.passed_over),
        tables: corpus.tables_passed_over.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        sheets: sheets(&corpus),
        leftovers: corpus.leftovers,
        numbered: corpus.numbered.clone(),
        duplicates: corpus.duplicates,
    };
    let left_out = LeftOut { other_languages: asked.skip_other_languages, duplicates: asked.drop_duplicates };
    if arguments.resume {
        signals::keeps(analysis::partial_folder(folder));
    }
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let counted = analysis::count(&counter, corpus, options, folder, &|progress| bars.show(progress));
    bars.clear();
    let counted = counted.inspect_err(|error| {
        let is_refused =
            matches!(error, AnalysisError::Resume(_) | AnalysisError::Table(TableError::Exists(_)));
        let interrupted = analysis::interrupted(folder);
        if let Some(path) = interrupted.filter(|_| arguments.resume && !is_refused) {
            let _ = note(&mut Terminal::stderr(io::stderr()), "program.kept", &[("path", &path.display())]);
        }
    })?;
    report(out, folder, |out| {
        summary::print(out, &counter.setup().labels, &counted, &passed_over, left_out, folder)
    })?;
    earlier.map_or(Ok(()), |earlier| earlier.compare(folder, out))
}

/// Counts standard input and writes partial results.
fn run_partial(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    if arguments.paths != [Path::new("-")] {
        return Err(Error::own("program.partial_paths", &[]));
    }
    let Asked {
        mut reading, wrapping, skip_unreadable, skip_other_languages, drop_duplicates, language, ..
    } = arguments.asked();
    reading.id_column.get_or_insert_with(|| "id".into());
    let counter = arguments.coding.counter(wrapping)?;
    let corpus = Corpus::open(&arguments.paths, &reading)?;
    let options = CountOptions {
        reading,
        skip_unreadable,
        skip_other_languages,
        drop_duplicates,
        language,
        ..CountOptions::default()
    };
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let has_hits = !arguments.no_hits;
    let counted =
        analysis::count_partial(&counter, corpus, &options, has_hits, out, &|progress| bars.show(progress));
    bars.clear();
    counted?;
    Ok(())
}

/// The sheets that were passed over, by table: `a.xlsx: 表2, 表3`.
fn sheets(corpus: &Corpus) -> String {
    let tables = corpus.sheets_passed_over.iter();
    let tables = tables.map(|(table, sheets)| format!("{table}: {}", sheets.join(", ")));
    tables.collect::<Vec<_>>().join("; ")
}
