//! The tables of `hedgerow frequencies`: a row for each word or n-gram.

use std::path::Path;

use super::table_writer::TableWriter;
use super::{TableError, TableRecord};

/// A word or an n-gram in a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyRow {
    /// The word or n-gram.
    pub item: String,
    /// The part of speech of a lemma.
    pub pos: String,
    /// Occurrences.
    pub count: u64,
    /// Occurrences per 1,000 tokens.
    pub per_1000_tokens: Option<f64>,
    /// Documents in which it occurs.
    pub range: u64,
    /// Gries's DP, the same normalised, and Juilland's D.
    pub dispersion: [Option<f64>; 3],
}

/// A word or an n-gram in two groups of documents.
#[derive(Debug, Clone, PartialEq)]
pub struct KeynessRow {
    /// The word or n-gram.
    pub item: String,
    /// The part of speech of a lemma.
    pub pos: String,
    /// Occurrences in either group.
    pub counts: [u64; 2],
    /// Occurrences per 1,000 tokens in either group.
    pub per_1000_tokens: [Option<f64>; 2],
    /// Documents of either group in which it occurs.
    pub ranges: [u64; 2],
    /// The log-likelihood ratio over two cells.
    pub log_likelihood: Option<f64>,
    /// The log ratio, and the ends of its interval.
    pub log_ratio: [Option<f64>; 3],
}

/// Writes `frequencies.csv` to a file of any name; `next` gives the rows.
///
/// # Errors
/// A file that can't be written, and what `next` fails with.
pub fn write_frequencies<E: From<TableError>>(
    path: &Path,
    mut next: impl FnMut() -> Result<Option<FrequencyRow>, E>,
) -> Result<TableRecord, E> {
    let mut table = TableWriter::create_at(path.into(), "frequencies", &[])?;
    while let Some(row) = next()? {
        table.text(&row.item)?;
        table.text(&row.pos)?;
        table.value(row.count)?;
        table.rate(row.per_1000_tokens)?;
        table.value(row.range)?;
        row.dispersion.iter().try_for_each(|figure| table.rate(*figure))?;
        table.end_row()?;
    }
    Ok(table.finish()?)
}

/// Writes `keyness.csv` to a file of any name; `next` gives the rows.
///
/// # Errors
/// A file that can't be written, and what `next` fails with.
pub fn write_keyness<E: From<TableError>>(
    path: &Path,
    groups: [&str; 2],
    mut next: impl FnMut() -> Result<Option<KeynessRow>, E>,
) -> Result<TableRecord, E> {
    let mut table = TableWriter::create_at(path.into(), "keyness", &[])?;
    while let Some(row) = next()? {
        table.text(&row.item)?;
        table.text(&row.pos)?;
        for (index, group) in groups.iter().enumerate() {
            table.text(group)?;
            table.value(row.counts[index])?;
            table.rate(row.per_1000_tokens[index])?;
            table.value(row.ranges[index])?;
        }
        table.rate(row.log_likelihood)?;
        row.log_ratio.iter().try_for_each(|figure| table.rate(*figure))?;
        table.end_row()?;
    }
    Ok(table.finish()?)
}
