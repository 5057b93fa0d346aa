//! Lines with what a query finds, and how often it is found.

use std::path::Path;
use std::sync::Arc;

use super::groups::{ByValue, Grouping, OfValue};
use super::hits::HitLook;
use super::out::ListFile;
use super::sorting::Sorter;
use super::{LeftOut, SortPosition, each_window};
use crate::analysis::windows::{Before, Window};
use crate::analysis::{AnalysisError, CountOptions, Progress};
use crate::corpus::Corpus;
use crate::counter::Counter;
use crate::statistics::Frequency;
use crate::tables::{SearchLine, SearchTable, TableRecord, ValueRow, write_values};
use crate::text::{first_characters, last_characters};

/// What a search does.
#[derive(Debug, Clone, Default)]
pub struct SearchOptions {
    /// How the corpus is read.
    pub corpus: CountOptions,
    /// By which words lines are sorted, the first one first; without any they are in the order of the text.
    pub sort: Vec<SortPosition>,
    /// How many lines are given, or written, at most.
    pub most: Option<u64>,
    /// How many characters of the sentence are given on either side, at most.
    pub context: usize,
    /// Count by the values of this variable, and give no lines.
    pub count_by: Option<String>,
}

/// What a search has found.
#[derive(Debug, Default)]
pub struct Searched {
    /// Hits.
    pub hits: u64,
    /// Documents with a hit.
    pub range: u64,
    /// Documents.
    pub documents: u64,
    /// Tokens of all documents.
    pub tokens: u64,
    /// The lines, if they were written to no file.
    pub lines: Vec<SearchLine>,
    /// How many lines were written to a file.
    pub written: u64,
    /// By value of the variable, if this was asked for.
    pub values: Vec<OfValue>,
    /// What was left out.
    pub left_out: LeftOut,
}

/// Searches a corpus for the query that the counter was built for. With `out`, a table is written to this file: the lines, or
/// the counts by value; as a workbook, if its name ends in .xlsx. Memory is bounded, however many hits there are, as long as `most` is.
///
/// # Errors
/// Documents that can't be read, a variable that isn't there, or a file that can't be written.
pub fn search(
    counter: &Counter,
    mut corpus: Corpus,
    options: &SearchOptions,
    out: Option<(&Path, bool)>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Searched, AnalysisError> {
    let variables = std::mem::take(&mut corpus.variables);
    let by = options.count_by.as_deref();
    let grouping = by.map(|variable| Grouping::new(variable, &variables)).transpose()?;
    let file = out.map(ListFile::create).transpose()?;
    let has_lines = grouping.is_none();
    let table = file.as_ref().filter(|_| has_lines);
    let table = table.map(|file| SearchTable::create(file.path(), &variables.names)).transpose()?;
    let positions: Arc<[SortPosition]> = if has_lines { options.sort.as_slice().into() } else { [].into() };
    // The terminal shows no lemma.
    let analyser = table.as_ref().map(|_| Arc::clone(&counter.setup().analyser));
    let look = || HitLook::new(analyser.clone(), Arc::clone(&positions));
    let mut lines = Lines {
        table,
        sorter: (!positions.is_empty()).then(Sorter::default),
        most: if has_lines { options.most.unwrap_or(u64::MAX) } else { 0 },
        given: 0,
        lines: Vec::new(),
    };
    let mut searched = Searched::default();
    let mut values = ByValue::default();
    let (mut before, mut of_document) = (Before::default(), 0_u64);
    let add = |window: &Window<HitLook>| {
        for coded in &window.passages {
            let document = &window.documents[coded.document];
            let hits = &coded.passage.hits;
            if lines.is_open() && !hits.is_empty() {
                let of_document: Vec<&str> = variables.of(document).collect();
                for (index, found) in hits.iter().enumerate() {
                    if !lines.is_open() {
                        break;
                    }
                    let row = coded.row(document, &before, found);
                    let words = coded.look.words.get(index);
                    let line = SearchLine {
                        document: row.document.into(),
                        line: row.line,
                        sentence: row.sentence,
                        start: row.start,
                        end: row.end,
                        left: last_characters(row.left, options.context).into(),
                        node: row.node.into(),
                        right: first_characters(row.right, options.context).into(),
                        lemma: words.map(|words| words.lemma.clone()).unwrap_or_default(),
                        pos: words.map(|words| words.pos.clone()).unwrap_or_default(),
                        variables: SearchLine::kept(&of_document),
                    };
                    lines.add(words.map_or(&[], |words| &words.key), line)?;
                }
            }
            of_document += hits.len() as u64;
            before.add(coded, document);
            if coded.is_last {
                let tokens = std::mem::take(&mut before).tally.tokens;
                let hits = std::mem::take(&mut of_document);
                searched.documents += 1;
                searched.range += u64::from(hits > 0);
                searched.hits += hits;
                searched.tokens += tokens;
                if let Some(grouping) = &grouping {
                    let value = grouping.value(&variables, document);
                    values.add(value, Frequency { count: hits, size: tokens });
                }
            }
        }
        Ok(())
    };
    searched.left_out = each_window(counter, &mut corpus, &options.corpus, &look, progress, add)?;
    let mut record;
    (searched.lines, searched.written, record) = lines.finish()?;
    if let Some(by) = by {
        searched.values = values.finish();
        if let Some(file) = &file {
            record = Some(write_values(file.path(), by, searched.values.iter().map(value_row))?);
        }
    }
    if let Some((file, record)) = file.zip(record) {
        file.publish(&record, options.corpus.language)?;
    }
    Ok(searched)
}

fn value_row(value: &OfValue) -> ValueRow<'_> {
    ValueRow {
        value: &value.value,
        counts: [value.documents, value.range, value.total.count, value.total.size],
        rates: [
            value.per_1000_tokens,
            value.interval.map(|(low, _)| low),
            value.interval.map(|(_, high)| high),
        ],
    }
}

/// Takes lines in the order of the text, and gives or writes them in the order that was asked for.
struct Lines {
    table: Option<SearchTable>,
    /// None where they stay in the order of the text.
    sorter: Option<Sorter>,
    most: u64,
    /// How many were given or written.
    given: u64,
    lines: Vec<SearchLine>,
}

impl Lines {
    /// Whether another line may be of any use.
    fn is_open(&self) -> bool {
        self.most > 0 && (self.sorter.is_some() || self.given < self.most)
    }

    fn add(&mut self, key: &[u8], line: SearchLine) -> Result<(), AnalysisError> {
        match &mut self.sorter {
            Some(sorter) => {
                let line =
                    serde_json::to_vec(&line).map_err(|error| AnalysisError::Temporary(error.into()))?;
                sorter.push(key, &line)
            }
            None => self.give(line),
        }
    }

    fn give(&mut self, line: SearchLine) -> Result<(), AnalysisError> {
        self.given += 1;
        match &mut self.table {
            Some(table) => table.add(&line)?,
            None => self.lines.push(line),
        }
        Ok(())
    }

    /// The lines, how many were written, and the table of these.
    fn finish(mut self) -> Result<(Vec<SearchLine>, u64, Option<TableRecord>), AnalysisError> {
        if let Some(sorter) = self.sorter.take() {
            let mut sorted = sorter.finish()?;
            while self.given < self.most
                && let Some((_, line)) = sorted.next()?
            {
                let line = serde_json::from_slice(&line);
                self.give(line.map_err(|error| AnalysisError::Temporary(error.into()))?)?;
            }
        }
        let written = if self.table.is_some() { self.given } else { 0 };
        let record = self.table.map(SearchTable::finish).transpose()?;
        Ok((self.lines, written, record))
    }
}
