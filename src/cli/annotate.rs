//! `hedgerow annotate`: texts with their morphemes and markers, for other programs.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use hedgerow::analysis::{self, Annotated, AnnotationFormat, CountOptions, annotate, parallel};
use hedgerow::corpus::Corpus;

use super::again::{WITH_VARIABLES, with_variables};
use super::error::{Result, report};
use super::messages::{own_words, words};
use super::show::progress::Bars;
use super::show::{counted, note, notes};
use super::terminal::Output;

/// Write the texts with their sentences, morphemes and markers in the format of another program
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow annotate conllu texts --out annotated")]
pub struct Arguments {
    /// The format
    #[arg(value_enum, value_name = "FORMAT")]
    format: Format,
    /// Files or folders, as for count
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write to; it must not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A table of variables, as for count
    #[arg(long, value_name = "FILE")]
    variables: Option<PathBuf>,
    /// Leave out documents that can't be read
    #[arg(long)]
    skip_unreadable: bool,
    #[command(flatten)]
    coding: super::coding_options::CodingArguments,
    #[command(flatten)]
    reading: super::read_options::ReadArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// CoNLL-U, a file for each document
    Conllu,
    /// Vertical text for the IMS Open Corpus Workbench (CWB, CQPweb) and Sketch Engine, one file
    Vertical,
    /// TEI, a file for each document, with the markers as spans behind the text
    Tei,
    /// brat, a text and its annotations for each document
    Brat,
}

impl From<Format> for AnnotationFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Conllu => AnnotationFormat::Conllu,
            Format::Vertical => AnnotationFormat::Vertical,
            Format::Tei => AnnotationFormat::Tei,
            Format::Brat => AnnotationFormat::Brat,
        }
    }
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let reading = with_variables(arguments.reading.reading(), arguments.variables.clone(), &WITH_VARIABLES);
    let paths = arguments.reading.paths(&arguments.paths)?;
    let (counter, corpus) = parallel::join(
        || arguments.coding.counter(arguments.reading.wrapped()),
        || Corpus::open(&paths, &reading),
    );
    let (counter, corpus) = (counter?, corpus?);
    let options =
        CountOptions { reading, skip_unreadable: arguments.skip_unreadable, ..CountOptions::default() };
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let annotated =
        annotate(&counter, corpus, &options, arguments.format.into(), &arguments.out, &|progress| {
            bars.show(progress)
        });
    bars.clear();
    let annotated = annotated?;
    report(out, &arguments.out, |out| print(out, &annotated, &arguments.out))
}

fn print(out: &mut impl Output, annotated: &Annotated, folder: &Path) -> std::io::Result<()> {
    for error in &annotated.skipped {
        note(out, "annotate.left_out", &[("error", &words(&error.message()))])?;
    }
    if annotated.replaced > 0 {
        note(out, "annotate.replaced", &[("count", &annotated.replaced)])?;
    }
    for (attribute, variable) in
        annotated.attributes.iter().filter(|(attribute, variable)| attribute != variable)
    {
        note(out, "annotate.attribute", &[("variable", variable), ("attribute", attribute)])?;
    }
    notes(out, &annotated.notes)?;
    let documents = counted(annotated.documents, "counted.document");
    let markers = counted(annotated.markers, "counted.marker");
    let values: [(_, &dyn Display); 3] =
        [("documents", &documents), ("markers", &markers), ("folder", &folder.display())];
    writeln!(out, "{}", own_words("annotate.written", &values))
}
