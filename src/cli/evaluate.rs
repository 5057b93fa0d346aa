//! `hedgerow evaluate`.

use std::io::Write;
use std::path::PathBuf;

use hedgerow::analysis::evaluate;
use hedgerow::corpus::{Corpus, DocumentReader, read_gold};

use super::messages::corpus_error;
use super::{Outcome, Result, complain, show};

/// Compare the program's coding with that of readers
#[derive(clap::Args)]
pub struct Arguments {
    /// The readers' coding: CSV with document,line,start,end,node,stance,category,negated
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

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome> {
    let counter = arguments.coding.counter(arguments.reading.wrapped())?;
    let gold = read_gold(&arguments.gold)?;
    let reading = arguments.reading.reading();
    let corpus = match Corpus::open(&arguments.paths, &reading) {
        Ok(corpus) => corpus,
        Err(errors) => return Ok(complain(errors.iter().map(corpus_error))),
    };
    let (mut documents, mut unreadable) = (Vec::new(), corpus.unreadable);
    for document in corpus.inputs.iter().flat_map(|input| DocumentReader::open(input, &reading)) {
        match document {
            Ok(document) => documents.push(document),
            Err(error) => unreadable.push(error),
        }
    }
    if !unreadable.is_empty() {
        return Ok(complain(unreadable.iter().map(corpus_error)));
    }
    let evaluation = evaluate(&counter, &documents, &gold)?;
    show::evaluation::print(out, &evaluation)?;
    Ok(Outcome::Done)
}
