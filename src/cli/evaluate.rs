//! `hedgerow evaluate`.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

use std::path::PathBuf;

use hedgerow::analysis::{CodedDocuments, Coding, all_among, evaluate, write_evaluation};
use hedgerow::corpus::{Corpus, Document, DocumentReader, Gold};

use super::error::{Result, report};
use super::language::asked;
use super::show::progress::Bars;
use super::show::{self, counted, note, notes};
use super::terminal::Output;

/// Compare the program's coding, or that of a second reader, with that of readers
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  hedgerow evaluate --gold gold.csv texts\n  hedgerow evaluate --gold gold.csv --only-coded texts --out evaluation\n  hedgerow evaluate --gold gold.csv --against second.csv texts\n  hedgerow evaluate --gold coded coded/a.txt"
)]
pub struct Arguments {
    /// The readers' coding: a table (.csv, .tsv, .jsonl, .xlsx) with document,line,start,end,node,stance,category,negated, or files of
    /// INCEpTION (WebAnno TSV 3), brat (.ann) or doccano (JSON Lines), one or a folder of them
    #[arg(long, value_name = "GOLD")]
    gold: PathBuf,
    /// Compare this coding in any of these forms, of a second reader, in the place of the program's
    #[arg(long, value_name = "OTHER")]
    against: Option<PathBuf>,
    /// Leave out documents of which the gold coding has no row; they count as read, and without a marker, otherwise
    #[arg(long)]
    only_coded: bool,
    /// A table with the column `document`: those that were read in full; all others are left out
    #[arg(long, value_name = "READ.csv", conflicts_with = "only_coded")]
    documents: Option<PathBuf>,
    /// The folder to write evaluation.csv and differences.csv to; it must not exist
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Files or folders: the documents that were coded
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    coding: super::coding_options::CodingArguments,
    #[command(flatten)]
    reading: super::read_options::ReadArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let counter = arguments.coding.counter(arguments.reading.wrapped())?;
    let reading = arguments.reading.reading();
    let coding = |path| Coding::read(path, &counter.setup().lexicon, &reading);
    let gold = coding(&arguments.gold)?;
    let against = arguments.against.as_deref().map(coding).transpose()?;
    let read = arguments.documents.as_deref().map(|path| Gold::read_documents(path, &reading));
    let read = read.transpose()?;
    let corpus = Corpus::open(&arguments.reading.paths(&arguments.paths)?, &reading)?;
    let named = read.as_ref().map(CodedDocuments::of);
    let (mut documents, mut unreadable): (Vec<Document>, _) = (Vec::new(), corpus.unreadable);
    let mut not_coded: u64 = 0;
    for document in corpus.inputs.iter().flat_map(|input| DocumentReader::open(input, &reading)) {
        match document {
            Ok(document) => {
                let is_coded = match &named {
                    Some(named) => named.contains(&document.name),
                    None => gold.contains(&document),
                };
                not_coded = not_coded.saturating_add(u64::from(!is_coded));
                if is_coded || (read.is_none() && !arguments.only_coded) {
                    documents.push(document);
                }
            }
            Err(error) => unreadable.push(error),
        }
    }
    if !unreadable.is_empty() {
        return Err(unreadable.into());
    }
    if let Some(read) = &read {
        all_among(read, &documents)?;
    }
    let mut told =
        [Some(&gold), against.as_ref()].into_iter().flatten().flat_map(Coding::notes).collect::<Vec<_>>();
    let gold = gold.fitted(&documents)?;
    let against = against.map(|coding| coding.fitted(&documents)).transpose()?;
    let bytes = documents.iter().map(|document| document.text.len() as u64);
    let bars = Bars::new(bytes.fold(0, u64::saturating_add));
    let evaluation = evaluate(&counter, &documents, &gold, against.as_ref(), &|progress| bars.show(progress));
    bars.clear();
    let evaluation = evaluation?;
    let figures = evaluation.figures();
    if let Some(folder) = &arguments.out {
        told.extend(write_evaluation(&evaluation, &figures, folder, asked().unwrap_or_default())?);
    }
    let results = arguments.out.as_deref().unwrap_or(&arguments.gold);
    report(out, results, |out| {
        show::evaluation::print(out, &evaluation, &figures)?;
        if not_coded > 0 {
            let key = match (arguments.only_coded, read.is_some()) {
                (true, _) => "evaluation.left_out",
                (_, true) => "evaluation.not_read",
                _ => "evaluation.not_coded",
            };
            note(out, key, &[("number", &counted(not_coded, "counted.document"))])?;
        }
        notes(out, &told)?;
        match &arguments.out {
            Some(folder) => show::tables(out, folder),
            None => Ok(()),
        }
    })
}
