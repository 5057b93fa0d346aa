//! `hedgerow sample`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use hedgerow::analysis::{self, AnalysisError, CountOptions, Finding, verify_documents, verify_set_up};
use hedgerow::checking::{Item, Sample, SampleError, SampleOptions, Texts, draw, sheet};
use hedgerow::corpus::{Corpus, InputRecord, ReadOptions};
use hedgerow::publishing::NewFile;
use hedgerow::tables::{RunRecord, RunTables, TableError};

use super::error::{Error, Result, report};
use super::show::progress::Bars;
use super::show::{counted, grouped, note, wrapping};
use super::slips::whole;
use super::terminal::Output;
use super::{again, messages, paths};

/// How many hits or sentences anybody may judge.
const MOST: u64 = 100_000;

/// How many differences between the texts and the run are told.
const PROBLEMS: usize = 5;

/// How many sheets there may be.
const CODERS: u64 = 9;

/// Draw hits and sentences of a finished run, to judge by hand how right it is and what it has missed
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  hedgerow sample stats texts --out sheet.xlsx\n  hedgerow sample stats texts --by genre --coders 2 --out sheet.xlsx\n  hedgerow sample stats --sentences 0 --out hits.csv"
)]
pub struct Arguments {
    /// The folder that `hedgerow count` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Files or folders: the documents that were counted, for sentences without a hit; without it, they are looked for beside DIR and here
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How many hits are drawn, by category
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = whole(0..=MOST))]
    hits: u64,
    /// How many sentences without a hit are drawn
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = whole(0..=MOST))]
    sentences: u64,
    /// Draw from each value of this variable by itself, so that each is sampled; two with a comma are crossed
    #[arg(long, value_name = "VARIABLE")]
    by: Option<String>,
    /// The seed of what is left to chance: the same seed draws the same sample
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many people judge: each gets a sheet, sheet-1.xlsx, sheet-2.xlsx …
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = whole(1..=CODERS), help_heading = "Output")]
    coders: u64,
    /// How many items are in the sheets of all coders, for their agreement; without it, a quarter
    #[arg(long, value_name = "N", help_heading = "Output", value_parser = whole(0..=u64::MAX))]
    overlap: Option<u64>,
    /// The sheet to write (.xlsx or .csv); it must not exist
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    out: PathBuf,
    /// Replace the sheet if it exists, with all that is filled in
    #[arg(long, help_heading = "Output")]
    force: bool,
    #[command(flatten)]
    coding: super::coding_options::CodingArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let is_workbook = match arguments.out.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("xlsx") => true,
        Some(extension) if extension.eq_ignore_ascii_case("csv") => false,
        _ => return Err(Error::own("lists.extension", &[("path", &arguments.out.display())])),
    };
    let record = RunRecord::read(&arguments.folder)?;
    let paths = sheets(&arguments.out, arguments.coders);
    let files = paths.iter().map(|path| NewFile::create(path, arguments.force));
    let files: Vec<NewFile> = files.collect::<std::result::Result<_, _>>()?;
    let sample = drawn(arguments, &record)?;
    let [hits, sentences] = [sample.hits, sample.sentences];
    let items = sample.items.len() as u64;
    let overlap = arguments.overlap.unwrap_or_else(|| items.div_ceil(4)).min(items);
    let variable = arguments.by.as_deref();
    let categories = sheet::categories(RunTables::new(&arguments.folder, &record.tables))?;
    for (file, items) in files.iter().zip(sample.sheets(arguments.coders as usize, overlap)) {
        let items: &[Item] = &items;
        match is_workbook {
            true => sheet::write_workbook(file.path(), variable, items, &categories, record.options.lang)?,
            false => sheet::write_csv(file.path(), variable, items)
                .map_err(|error: TableError| AnalysisError::from(error))?,
        }
    }
    for file in files {
        file.publish()?;
    }
    report(out, &arguments.out, |out| {
        for ((asked, [all, drawn]), [few, many]) in [(arguments.hits, hits), (arguments.sentences, sentences)]
            .into_iter()
            .zip([["sample.few_hits", "sample.many_hits"], ["sample.few_sentences", "sample.many_sentences"]])
        {
            let values: [(_, &dyn std::fmt::Display); 2] =
                [("asked", &grouped(asked)), ("drawn", &grouped(drawn))];
            if drawn < asked && drawn == all {
                note(out, few, &values)?;
            } else if drawn > asked {
                note(out, many, &values)?;
            }
        }
        let numbers = [hits, sentences].map(|[all, drawn]| [grouped(drawn), grouped(all)]);
        let [[hits, all_hits], [sentences, all_sentences]] = &numbers;
        let drawn = messages::own_words(
            "sample.drawn",
            &[
                ("hits", hits),
                ("all_hits", all_hits),
                ("sentences", sentences),
                ("all_sentences", all_sentences),
            ],
        );
        wrapping::print(out, &drawn, 0)?;
        if arguments.coders > 1 {
            let common = counted(overlap, "counted.row");
            wrapping::print(out, &messages::own_words("sample.overlap", &[("common", &common)]), 0)?;
        }
        for path in &paths {
            writeln!(out, "{}", messages::own_words("lists.written", &[("path", &path.display())]))?;
        }
        Ok(())
    })
}

/// Draws the sample, with the texts where they are needed.
fn drawn(arguments: &Arguments, record: &RunRecord) -> Result<Sample> {
    let options = SampleOptions {
        hits: arguments.hits,
        sentences: arguments.sentences,
        by: arguments.by.clone(),
        seed: arguments.seed,
    };
    if arguments.sentences == 0 || record.options.without_text {
        return Ok(draw(&arguments.folder, record, &options, None, &|_| {})?);
    }
    let asked = again::Asked::recorded(&arguments.folder.join("run.json"), record, None)?;
    let corpus = corpus(arguments, record, &asked.reading)?;
    let counter = arguments.coding.counter(asked.wrapping)?;
    let set_up = verify_set_up(&arguments.folder.join("run.json").display(), record, &counter);
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let documents = verify_documents(record, &corpus, &asked.reading, &|progress| bars.show(progress));
    bars.clear();
    let problems = set_up.iter().chain(&documents).filter_map(|finding| match finding {
        Finding::Differs(message) => Some(messages::with_remedy(message)),
        Finding::Agrees(_) => None,
    });
    let mut problems: Vec<String> = problems.collect();
    if let Some(more) = problems.len().checked_sub(PROBLEMS).filter(|more| *more > 0) {
        problems.truncate(PROBLEMS);
        problems.push(messages::own_words("sample.more", &[("count", &more)]));
    }
    if !problems.is_empty() {
        return Err(Error::Problems(problems));
    }
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let options_of_run = CountOptions {
        reading: asked.reading,
        skip_unreadable: asked.skip_unreadable,
        skip_other_languages: asked.skip_other_languages,
        drop_duplicates: asked.drop_duplicates,
        ..CountOptions::default()
    };
    let texts = Texts { counter: &counter, corpus, options: options_of_run };
    let sample = draw(&arguments.folder, record, &options, Some(texts), &|progress| bars.show(progress));
    bars.clear();
    Ok(sample?)
}

/// The texts of the run: those that are named, or those that are found where such a run has had them.
fn corpus(arguments: &Arguments, record: &RunRecord, reading: &ReadOptions) -> Result<Corpus> {
    let reading = ReadOptions { variables: None, ..reading.clone() };
    if !arguments.paths.is_empty() {
        return Ok(Corpus::open(&paths::expanded(&arguments.paths)?, &reading)?);
    }
    let inputs: Vec<&InputRecord> =
        record.inputs.iter().chain(record.parts.iter().flat_map(|part| &part.inputs)).collect();
    // Of what is in an archive, the archive as well.
    let with_folders = |input: &&'_ InputRecord| -> Vec<String> {
        let document = &input.document;
        let folders = document.match_indices('/').filter_map(|(at, _)| document.get(..at));
        folders.chain([document.as_str()]).map(str::to_owned).collect()
    };
    let known: HashSet<String> = inputs.iter().flat_map(with_folders).collect();
    for base in places(&arguments.folder) {
        let has_all = !inputs.is_empty() && inputs.iter().all(|input| is_below(&base, &input.document));
        if let (true, Ok(mut corpus)) = (has_all, Corpus::open(&[base], &reading)) {
            corpus.inputs.retain(|input| known.contains(&input.document));
            corpus.unreadable.clear();
            return Ok(corpus);
        }
    }
    Err(Error::own("sample.no_texts", &[("folder", &arguments.folder.display())]))
}

/// Where the texts of a run may be: beside it, if it is called after them, as that of a dropped folder is; here; or beside it.
fn places(folder: &Path) -> Vec<PathBuf> {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let named = name.rsplit_once("-hedgerow").map(|(texts, _)| folder.with_file_name(texts));
    let beside =
        folder.parent().map(|parent| if parent.as_os_str().is_empty() { ".".into() } else { parent.into() });
    named.into_iter().chain([PathBuf::from(".")]).chain(beside).collect()
}

/// The names of the sheets of so many coders.
fn sheets(out: &Path, coders: u64) -> Vec<PathBuf> {
    if coders == 1 {
        return vec![out.into()];
    }
    let [stem, extension] =
        [out.file_stem(), out.extension()].map(|part| part.unwrap_or_default().to_os_string());
    let name = |coder: u64| {
        let mut name = stem.clone();
        name.push(format!("-{coder}."));
        name.push(&extension);
        out.with_file_name(name)
    };
    (1..=coders).map(name).collect()
}

/// Whether a document, or the table or archive that holds it, is below a folder.
fn is_below(base: &Path, document: &str) -> bool {
    let mut path = PathBuf::from(base);
    document.split('/').any(|part| {
        path.push(part);
        path.is_file()
    })
}

impl From<SampleError> for Error {
    fn from(error: SampleError) -> Self {
        match error {
            SampleError::Analysis(error) => error.into(),
            error => Error::Problems(vec![messages::with_remedy(&error.message())]),
        }
    }
}
