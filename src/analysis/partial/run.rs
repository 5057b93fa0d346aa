//! A run over some of the documents: from documents to the lines of a part.

use std::io::{self, Write};
use std::mem;

use serde::Serialize;

use super::begin::Begin;
use super::end::End;
use super::line_digest::LineDigest;
use super::row::Row;
use super::rows::Rows;
use crate::analysis::begun::begun;
use crate::analysis::windows::Windows;
use crate::analysis::{AnalysisError, CountOptions, Progress, parallel};
use crate::corpus::{Corpus, Document, Variables};
use crate::counter::Counter;

/// Counts documents that come in any portions, and gives the lines of a part ([`merge`](super::merge) adds parts up). What
/// is to be left out (`skip_other_languages`, `drop_duplicates`) is left out by the merge.
///
/// ```
/// use hedgerow::{CountOptions, Counter, Document, PartialRun};
///
/// let mut run = PartialRun::new(&Counter::new()?, CountOptions::default(), true);
/// let mut lines = vec![run.begin()];
/// lines.extend(run.add(vec![Document::of_row("a", "効果が期待される。", [])?]));
/// lines.push(run.finish());
/// assert!(lines[1].starts_with(r#"{"id":"a","#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct PartialRun {
    counter: Counter,
    options: CountOptions,
    has_hits: bool,
    lines: WrittenLines,
}

/// What the last line of a part must know of those before it.
#[derive(Default)]
struct WrittenLines {
    digest: LineDigest,
    documents: u64,
}

impl WrittenLines {
    fn begin(&mut self, begin: &Begin) -> String {
        let line = json(begin);
        self.digest.add(&line);
        line
    }

    fn row(&mut self, row: &Row) -> String {
        let line = json(row);
        self.digest.add(&line);
        self.documents += 1;
        line
    }

    fn end(self, end: End) -> String {
        End { documents: self.documents, ..end }.line(self.digest).expect("text and integers are JSON")
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("text and integers are JSON")
}

impl PartialRun {
    /// A run with a counter. Of the options, how documents are read is written down and not used. Without `hits`, a merge can
    /// write no concordance.
    pub fn new(counter: &Counter, options: CountOptions, has_hits: bool) -> Self {
        PartialRun { counter: counter.clone(), options, has_hits, lines: WrittenLines::default() }
    }

    /// The first line, without a line end.
    pub fn begin(&mut self) -> String {
        let setup = self.counter.setup();
        let record = begun(&self.counter, &Variables::default(), &self.options);
        self.lines.begin(&Begin::new(record, &setup.labels, self.has_hits))
    }

    /// The lines of documents, in their order, without line ends. They are counted on all cores.
    pub fn add(&mut self, documents: Vec<Document>) -> Vec<String> {
        let PartialRun { counter, options, has_hits, lines } = self;
        let names = documents.iter().flat_map(|document| &document.variables);
        let variables = Variables::named(names.map(|(name, _)| name.clone()));
        let mut rows = Rows::new(&counter.setup().labels, &variables, *has_hits);
        let mut windows = Windows::new(counter, &[], Vec::new(), options, &|_| ());
        windows.take(documents);
        let mut written = Vec::new();
        // Without a journal there is nothing that a window could not agree with.
        while let Ok(Some(window)) = windows.next() {
            written.extend(rows.add(&window).iter().map(|row| lines.row(row)));
        }
        written
    }

    /// The last line, without a line end.
    pub fn finish(self) -> String {
        self.lines.end(End::default())
    }
}

/// Counts a corpus and writes the lines of a part. Gives the number of documents.
///
/// # Errors
/// Documents that can't be read, or lines that can't be written. What has been written is no part then, as it has no end.
pub fn count_partial(
    counter: &Counter,
    mut corpus: Corpus,
    options: &CountOptions,
    has_hits: bool,
    out: &mut impl Write,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<u64, AnalysisError> {
    let labels = &counter.setup().labels;
    let read = |bytes| progress(Progress::Text(bytes));
    let mut windows =
        Windows::new(counter, &corpus.inputs, mem::take(&mut corpus.unreadable), options, &read);
    let mut lines = WrittenLines::default();
    let begin = Begin::new(begun(counter, &corpus.variables, options), labels, has_hits);
    write_line(out, &lines.begin(&begin))?;
    let mut rows = Rows::new(labels, &corpus.variables, has_hits);
    let mut coded = windows.next()?;
    while let Some(window) = coded {
        let written = || rows.add(&window).iter().map(|row| lines.row(row)).collect::<Vec<_>>();
        let (written, next) = parallel::join(written, || windows.next());
        written.iter().try_for_each(|line| write_line(out, line))?;
        coded = next?;
    }
    let Windows { unreadable, is_broken, records, .. } = windows;
    if !unreadable.is_empty() && (!options.skip_unreadable || is_broken) {
        return Err(AnalysisError::Unreadable(unreadable));
    }
    let documents = lines.documents;
    let skipped = unreadable.iter().map(|error| error.message().in_language(options.language)).collect();
    write_line(out, &lines.end(End { inputs: records, skipped, ..End::default() }))?;
    out.flush().map_err(AnalysisError::Output)?;
    Ok(documents)
}

fn write_line(out: &mut impl Write, line: &str) -> Result<(), AnalysisError> {
    let written: io::Result<()> = out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n"));
    written.map_err(AnalysisError::Output)
}
