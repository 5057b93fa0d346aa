//! Joins the stages over many documents, on all cores.
//!
//! Documents are read a batch at a time and cut into passages at line ends; passages are coded in parallel
//! and written in order. So memory is bounded by the largest document, and neither the number of threads nor
//! their order can change a byte: they add integers only.

mod check;
mod coder;
mod evaluation;
mod results;
mod setup;

use results::Results;

use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

pub use check::{Failure, check};
pub use coder::{Coder, Found, Passage};
pub use evaluation::{Difference, DifferenceKind, Evaluation, Scores, evaluate};
pub use setup::{Setup, SetupError};

use crate::corpus::{Corpus, CorpusError, Document, Input, Variables};
use crate::counts::Tally;
use crate::span::Span;
use crate::tables::TableError;

/// How much text is read before it is coded, in bytes; a single document may be larger.
const BATCH_BYTES: u64 = 16 << 20;

/// How many documents are read before they are coded.
const BATCH_DOCUMENTS: usize = 1024;

/// How much text one thread codes at a time, in bytes: enough that handing it over costs nothing,
/// little enough that no thread waits long for the last.
const PASSAGE_BYTES: usize = 64 << 10;

/// A count that could not be done.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// Documents that can't be read, all of them.
    #[error("{} of the documents can't be read", .0.len())]
    Unreadable(Vec<CorpusError>),
    /// A table that can't be written.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// What a count is to do besides counting.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Leave out documents that can't be read, and list them in the record of the run.
    pub skip_unreadable: bool,
    /// Replace the tables of a folder that exists.
    pub replace: bool,
}

/// The figures of the whole corpus.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// How many documents were counted.
    pub documents: u64,
    /// How many of them hold no text.
    pub empty: u64,
    /// The counts of all of them.
    pub tally: Tally,
    /// By number of the category: how many documents have an affirmed marker of it.
    pub range: Vec<u64>,
    /// Documents that were left out because they can't be read.
    pub skipped: u64,
    /// Documents that no table of variables names, where there is one.
    pub without_variables: u64,
    /// Rows of the tables of variables whose document was not found.
    pub variables_without_document: u64,
}

/// Counts the markers of a corpus and writes the tables to `destination`: all of them, or nothing.
///
/// `progress` is told the bytes of each document or passage that is done.
///
/// # Errors
/// Documents that can't be read, or a table that can't be written.
pub fn count(
    setup: &Setup,
    corpus: Corpus,
    variables: &Variables,
    options: Options,
    destination: &Path,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Summary, AnalysisError> {
    let mut results = Results::create(setup, variables, destination, options.replace)?;
    let coders = Coders { setup, idle: Mutex::default() };
    let mut unreadable = corpus.unreadable;
    for batch in batches(&corpus.inputs) {
        let read: Vec<_> = batch.par_iter().map(Document::read).collect();
        let mut documents = Vec::new();
        for document in read {
            match document {
                Ok(document) => documents.push(document),
                Err(error) => unreadable.push(error),
            }
        }
        // One document that can't be read stops the count, but not the search for more of them.
        if unreadable.is_empty() || options.skip_unreadable {
            results.add(&documents, coders.code(&documents, progress))?;
        }
    }
    if !unreadable.is_empty() && (!options.skip_unreadable || results.summary.documents == 0) {
        return Err(AnalysisError::Unreadable(unreadable));
    }
    Ok(results.publish(&unreadable, corpus.passed_over, options)?)
}

/// Cuts the inputs into runs of limited size.
fn batches(inputs: &[Input]) -> impl Iterator<Item = &[Input]> {
    let mut rest = inputs;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |input: &&Input| {
            bytes += input.bytes;
            bytes <= BATCH_BYTES
        };
        let length = rest.iter().take(BATCH_DOCUMENTS).take_while(fits).count().max(1);
        let (batch, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(batch)
    })
}

/// Cuts a text into passages at line ends.
fn passages(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start == text.len() {
            return None;
        }
        let least = text.floor_char_boundary(start + PASSAGE_BYTES);
        let end = text[least..].find('\n').map_or(text.len(), |line_end| least + line_end + 1);
        let passage = start..end;
        start = end;
        Some(passage)
    })
}

/// Coders that wait for work: as many are made as there are threads.
struct Coders<'a> {
    setup: &'a Setup,
    idle: Mutex<Vec<Coder<'a>>>,
}

impl Coders<'_> {
    /// Codes the passages of documents: each with the number of its document, in order.
    fn code(&self, documents: &[Document], progress: &(dyn Fn(u64) + Sync)) -> Vec<(usize, Span, Passage)> {
        let of = |(number, document): (usize, &Document)| {
            passages(&document.text).map(move |span| (number, span)).collect::<Vec<_>>()
        };
        let spans: Vec<(usize, Span)> = documents.iter().enumerate().flat_map(of).collect();
        spans
            .into_par_iter()
            .map(|(number, span)| {
                let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
                let mut coder = idle.unwrap_or_else(|| Coder::new(self.setup));
                let passage = coder.code(&documents[number].text[span.clone()]);
                if let Ok(mut idle) = self.idle.lock() {
                    idle.push(coder);
                }
                progress(span.len() as u64);
                (number, span, passage)
            })
            .collect()
    }
}
