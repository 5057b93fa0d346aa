//! How often words and n-grams occur, how they are spread, and which set two groups of documents apart.

use std::path::Path;

use super::counting::{Counting, each_type};
use super::groups::Grouping;
use super::out::ListFile;
use super::rows::{Rows, integer};
use super::tokens::TokenLook;
use super::{Keyness, LeftOut, Unit, each_window, keyness};
use crate::analysis::windows::Window;
use crate::analysis::{AnalysisError, CountOptions, Progress};
use crate::corpus::Corpus;
use crate::counter::Counter;
use crate::statistics::{Frequency, Parts, per_thousand};
use crate::tables::{FrequencyRow, KeynessRow, TableRecord, write_frequencies};

/// What is listed.
#[derive(Debug, Clone)]
pub struct FrequencyOptions {
    /// How the corpus is read.
    pub corpus: CountOptions,
    /// What is counted as the same word.
    pub unit: Unit,
    /// How many words an n-gram has; 1 for words.
    pub length: usize,
    /// How often an item must occur, in both groups together.
    pub least: u64,
    /// How many rows are given, or written, at most.
    pub most: Option<u64>,
    /// Compare two groups of documents.
    pub keyness: Option<Keyness>,
}

/// The frequencies of a corpus.
#[derive(Debug, Default)]
pub struct Frequencies {
    /// Documents.
    pub documents: u64,
    /// Tokens of all documents.
    pub tokens: u64,
    /// Items that occur often enough.
    pub items: u64,
    /// The rows, if they were written to no file and no groups are compared.
    pub rows: Vec<FrequencyRow>,
    /// The groups, their documents and their tokens, where groups are compared.
    pub groups: Option<[(String, u64, u64); 2]>,
    /// The rows of a comparison, if they were written to no file.
    pub keyness: Vec<KeynessRow>,
    /// How many rows were written to a file.
    pub written: u64,
    /// What was left out.
    pub left_out: LeftOut,
}

/// Counts the words or n-grams of a corpus; of a counter with a query, those words alone with which it begins. With `out`, the
/// table is written to this file, as a workbook if its name ends in .xlsx. Memory is bounded by the different items and by the number of documents.
///
/// # Errors
/// Documents that can't be read, groups that aren't there, too many n-grams, or a file that can't be written.
pub fn frequencies(
    counter: &Counter,
    mut corpus: Corpus,
    options: &FrequencyOptions,
    out: Option<(&Path, bool)>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Frequencies, AnalysisError> {
    let variables = std::mem::take(&mut corpus.variables);
    let by = options.keyness.as_ref().map(|keyness| keyness.by.as_str());
    let grouping = by.map(|by| Grouping::new(by, &variables)).transpose()?;
    let file = out.map(ListFile::create).transpose()?;
    let mut counting = Counting::new(counter, options, &variables, grouping.as_ref());
    let is_filtered = !counter.setup().lexicon.entries.is_empty();
    let look = || TokenLook::new(options.length, is_filtered);
    let add = |window: &Window<TokenLook>| counting.add(window);
    let left_out = each_window(counter, &mut corpus, &options.corpus, &look, progress, add)?;
    let path = file.as_ref().map(ListFile::path);
    let (documents, tokens) = (counting.documents.len() as u64, counting.tokens());
    let (least, most) = (options.least, options.most.unwrap_or(u64::MAX));
    let (listed, record) = match &options.keyness {
        Some(keyness) => keyness::list(counting, keyness, least, most, path)?,
        None => list(counting, least, most, path)?,
    };
    if let Some((file, record)) = file.zip(record) {
        file.publish(&record, options.corpus.language)?;
    }
    Ok(Frequencies { documents, tokens, left_out, ..listed })
}

/// Lists what has been counted, or writes it to a file; gives the table that was written.
fn list(
    counting: Counting,
    least: u64,
    most: u64,
    path: Option<&Path>,
) -> Result<(Frequencies, Option<TableRecord>), AnalysisError> {
    let Counting { types, documents, occurrences, .. } = counting;
    let sizes: Vec<u64> = documents.iter().map(|(tokens, _)| *tokens).collect();
    let parts = Parts::new(&sizes);
    let mut rows = Rows::new(types);
    each_type(occurrences.finish()?, |id, in_documents| {
        let size = |document: usize| sizes.get(document).copied().unwrap_or_default();
        let part = |(document, count): &(usize, u64)| Frequency { count: *count, size: size(*document) };
        let occurring: Vec<Frequency> = in_documents.iter().map(part).collect();
        let count: u64 = occurring.iter().map(|part| part.count).sum();
        if count < least {
            return Ok(());
        }
        let dispersion = [parts.dp(&occurring), parts.dp_norm(&occurring), parts.juilland_d(&occurring)];
        let integers = [Some(count as f64), Some(occurring.len() as f64)];
        rows.add((!count).to_be_bytes(), id, integers.into_iter().chain(dispersion))
    })?;
    let mut listed = Frequencies { items: rows.items, ..Frequencies::default() };
    let mut rows = rows.finish(most)?;
    let mut next = || {
        let Some((item, pos, figures)) = rows.next()? else { return Ok(None) };
        let [count, range, dp, dp_norm, juilland_d] = figures[..] else { return Ok(None) };
        let count = integer(count);
        Ok::<_, AnalysisError>(Some(FrequencyRow {
            item,
            pos,
            count,
            per_1000_tokens: per_thousand(count, parts.size()),
            range: integer(range),
            dispersion: [dp, dp_norm, juilland_d],
        }))
    };
    let Some(path) = path else {
        while let Some(row) = next()? {
            listed.rows.push(row);
        }
        return Ok((listed, None));
    };
    let record = write_frequencies(path, next)?;
    listed.written = record.rows;
    Ok((listed, Some(record)))
}
