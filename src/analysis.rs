//! Joins the stages over many documents, on all cores.
//!
//! Documents are read a batch at a time and cut into passages at line ends; a window of passages is coded in
//! parallel while the one before it is written, in order. So memory is bounded by the largest document, and
//! neither the number of threads nor their order can change a byte: they add integers only.

mod check;
mod coder;
mod comparison;
mod evaluation;
mod results;
mod setup;
mod windows;

use std::mem;
use std::path::Path;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

pub use check::{Failure, check};
pub use coder::{Coder, Found, Passage};
pub use comparison::{Compared, Comparison, Plan, compare, compare_run};
pub use evaluation::{Difference, DifferenceKind, Evaluation, Scores, evaluate};
pub use setup::{Setup, SetupError};

use self::results::{Files, Results};
use self::windows::Windows;
use crate::corpus::{Corpus, CorpusError, Input, ReadOptions, Variables};
use crate::counts::{Tally, find_variable, groups};
use crate::messages::Message;
use crate::span::Span;
use crate::tables::{ReadBackError, TableError};
use crate::text::Wrapping;

/// How much text is read before it is coded, in bytes; a single document may be larger.
const BATCH_BYTES: u64 = 16 << 20;

/// How many documents are read before they are coded.
const BATCH_DOCUMENTS: usize = 1024;

/// How many passages are coded before they are written: enough that the last of them keeps one thread alone for a
/// small part of the time.
const WINDOW_PASSAGES: usize = 128;

/// How much text one thread codes at a time, in bytes: enough that handing it over costs nothing,
/// little enough that no thread waits long for the last.
const PASSAGE_BYTES: usize = 64 << 10;

/// What has been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many more bytes of text are counted.
    Text(u64),
    /// So many more resamples are drawn.
    Resamples {
        /// How many.
        done: u64,
        /// Of how many in all.
        total: u64,
    },
}

/// A count that could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalysisError {
    /// Documents that can't be read, all of them.
    #[error("{}", Message::new("analysis.unreadable", &[("count", &.0.len())]))]
    Unreadable(Vec<CorpusError>),
    /// A table that can't be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Tables that can't be read back, or documents that can't be grouped as they should be.
    #[error(transparent)]
    Results(#[from] ReadBackError),
}

/// Whether lines of documents are joined where the page was too narrow for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wrapped {
    /// In texts that plainly are wrapped.
    #[default]
    Auto,
    /// In all.
    Always,
    /// In none.
    Never,
}

impl Wrapped {
    /// The wrapping of a text.
    pub fn wrapping(self, text: &str) -> Wrapping {
        match self {
            Wrapped::Auto => Wrapping::of(text),
            Wrapped::Always => Wrapping::told(text),
            Wrapped::Never => Wrapping::NONE,
        }
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Wrapped::Auto => "auto",
            Wrapped::Always => "always",
            Wrapped::Never => "never",
        }
    }
}

/// What a count is to do besides counting.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// How documents are read.
    pub reading: ReadOptions,
    /// Whether lines are joined.
    pub wrapped: Wrapped,
    /// Leave out documents that can't be read, and list them in the record of the run.
    pub skip_unreadable: bool,
    /// Replace the tables of a folder that exists.
    pub replace: bool,
    /// Compare the groups that a variable makes, so named.
    pub compare: Option<(&'a str, Plan)>,
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
    /// Files with bytes that are not of their encoding.
    pub malformed: u64,
    /// Documents whose lines were joined, as they are plainly wrapped.
    pub wrapped: u64,
    /// Web pages whose main text was next to nothing, so that all of their text was read.
    pub read_in_full: u64,
    /// Documents that no table of variables names, where there is one.
    pub without_variables: u64,
    /// Rows of the tables of variables whose document was not found.
    pub variables_without_document: u64,
    /// The comparison of groups, if one was asked for.
    pub compared: Option<Compared>,
}

/// Counts the markers of a corpus and writes the tables to `destination`: all of them, or nothing.
///
/// `progress` is told what is done, bit by bit.
///
/// # Errors
/// Documents that can't be read or can't be compared, or a table that can't be written.
pub fn count(
    setup: &Setup,
    mut corpus: Corpus,
    variables: &Variables,
    options: Options,
    destination: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Summary, AnalysisError> {
    if let Some((variable, _)) = options.compare {
        // Before the texts are read: nobody should wait for a mistyped name.
        let number = find_variable(variable, &variables.names).map_err(ReadBackError::from)?;
        // What the rows of a table have is seen as they come.
        if !corpus.inputs.iter().any(|input| input.form.holds_many()) {
            let cells = |input: &Input| variables.of_name(&input.document).nth(number).unwrap_or_default();
            groups(variable, corpus.inputs.iter().map(cells)).map_err(ReadBackError::from)?;
        }
    }
    let mut results = Results::create(setup, variables, destination, options.replace)?;
    let read = |bytes| progress(Progress::Text(bytes));
    let mut windows = Windows::new(setup, &corpus.inputs, mem::take(&mut corpus.unreadable), &options, &read);
    let mut coded = windows.next();
    while let Some(window) = coded {
        // One window is written while the next is coded: no thread waits for the other's files.
        let (written, next) = rayon::join(|| results.add(&window), || windows.next());
        written?;
        coded = next;
    }
    let Windows { unreadable, records, joined, .. } = windows;
    if !unreadable.is_empty() && (!options.skip_unreadable || results.summary.documents == 0) {
        return Err(AnalysisError::Unreadable(unreadable));
    }
    let files = Files { inputs: records, wrapped: joined, corpus: &corpus, unreadable };
    results.publish(files, &options, progress)
}

/// The size of files in bytes, all together; each is asked for on one of the cores.
pub fn size(inputs: &[Input]) -> u64 {
    on_all_cores(inputs.iter().collect(), Input::bytes).into_iter().sum()
}

/// Makes the calling thread one of those that share the work, where it would else wait for them. For the main thread of a
/// program, before any work is shared; later it changes nothing.
pub fn take_part() {
    // An error says that the threads are there already.
    let _ = ThreadPoolBuilder::new().use_current_thread().build_global();
}

/// Does two things at once, if there are two cores.
pub fn at_once<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Works on each item on one of the cores, and gives what comes of it in the order of the items.
fn on_all_cores<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    // One item is work enough; of several in one piece, the others could not be taken by a core that has none left.
    items.into_par_iter().with_max_len(1).map(work).collect()
}

/// How many of the inputs are read at once; at least one, which may be larger than a batch or hold many documents.
fn batch_length(inputs: &[Input]) -> usize {
    let mut bytes = 0;
    let fits = |input: &&Input| {
        bytes += input.bytes();
        bytes <= BATCH_BYTES && !input.form.holds_many()
    };
    inputs.iter().take(BATCH_DOCUMENTS).take_while(fits).count().max(1)
}

/// Cuts a text into passages at line ends that end a sentence; an empty text is one passage.
fn passages(text: &str, wrapping: Wrapping) -> Vec<Span> {
    let mut passages = Vec::new();
    let mut start = 0;
    loop {
        let least = text.floor_char_boundary(start + PASSAGE_BYTES);
        let mut line_ends = text[least..].match_indices('\n').map(|(at, _)| least + at);
        let end = line_ends.find(|at| !wrapping.goes_on_at(text, *at)).map_or(text.len(), |at| at + 1);
        passages.push(start..end);
        if end == text.len() {
            return passages;
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_whole_lines_and_lose_nothing() {
        let line = "効果が期待される。\r\n";
        let text = line.repeat(3 * PASSAGE_BYTES / line.len()) + "終わり";
        let spans = passages(&text, Wrapping::NONE);
        assert!(spans.len() > 2);
        assert!(
            spans.windows(2).all(|pair| pair[0].end == pair[1].start && text[..pair[0].end].ends_with('\n'))
        );
        assert_eq!((spans[0].start, spans[spans.len() - 1].end), (0, text.len()));
        for text in ["", "一行\n"] {
            assert_eq!(passages(text, Wrapping::NONE), vec![Span { start: 0, end: text.len() }], "{text}");
        }
    }
}
