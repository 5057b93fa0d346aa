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

use hedgerow::analysis::evaluate;
use hedgerow::corpus::{Corpus, DocumentReader, Gold};

use super::error::Result;
use super::show;
use super::show::progress::Bars;
use super::terminal::Output;

/// Compare the program's coding with that of readers
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow evaluate --gold gold.csv texts")]
pub struct Arguments {
    /// The readers' coding: a table (.csv, .tsv, .jsonl, .xlsx) with document,line,start,end,node,stance,category,negated
    #[arg(long, value_name = "GOLD.csv")]
    gold: PathBuf,
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
    let gold = Gold::read(&arguments.gold, &reading)?;
    let corpus = Corpus::open(&arguments.reading.paths(&arguments.paths)?, &reading)?;
    let (mut documents, mut unreadable) = (Vec::new(), corpus.unreadable);
    for document in corpus.inputs.iter().flat_map(|input| DocumentReader::open(input, &reading)) {
        match document {
            Ok(document) => documents.push(document),
            Err(error) => unreadable.push(error),
        }
    }
    if !unreadable.is_empty() {
        return Err(unreadable.into());
    }
    let bytes = documents.iter().map(|document| document.text.len() as u64);
    let bars = Bars::new(bytes.fold(0, u64::saturating_add));
    let evaluation = evaluate(&counter, &documents, &gold, &|progress| bars.show(progress));
    bars.clear();
    let evaluation = evaluation?;
    show::evaluation::print(out, &evaluation)?;
    Ok(())
}
