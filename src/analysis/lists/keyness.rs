//! Which words and n-grams set two groups of documents apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Frequencies;
use super::counting::{Counting, each_type};
use super::rows::{Rows, descending, integer};
use crate::analysis::AnalysisError;
use crate::statistics::{Frequency, Parts, g2_two_cell, log_ratio, log_ratio_interval, per_thousand};
use crate::tables::{KeynessRow, TableRecord, write_keyness};

/// Two groups of documents to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyness {
    /// The variable by which the documents are grouped.
    pub by: String,
    /// Two of its values; none where it has two.
    pub groups: Option<[String; 2]>,
    /// The order of the rows.
    pub order: KeynessOrder,
}

/// The order of a list of keywords.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeynessOrder {
    /// By the log-likelihood ratio, largest first: what is known best.
    #[default]
    LogLikelihood,
    /// By the log ratio, largest first: what differs most. Those of the second group are last.
    LogRatio,
}

/// Two groups of the documents of a corpus.
struct Groups<'a> {
    /// Of each document, its tokens and the index of its value.
    documents: &'a [(u64, u32)],
    /// The index of the value of each group.
    values: [Option<u32>; 2],
    parts: [Parts; 2],
}

impl<'a> Groups<'a> {
    fn new(documents: &'a [(u64, u32)], values: [Option<u32>; 2]) -> Self {
        let parts = values.map(|value| {
            let own = documents.iter().filter(|(_, of_document)| Some(*of_document) == value);
            Parts::new(&own.map(|(tokens, _)| *tokens).collect::<Vec<_>>())
        });
        Groups { documents, values, parts }
    }

    /// How many documents a group has.
    fn number(&self, group: usize) -> u64 {
        self.documents.iter().filter(|(_, value)| Some(*value) == self.values[group]).count() as u64
    }

    /// The documents of either group in which something occurs.
    fn occurring(&self, in_documents: &[(usize, u64)]) -> [Vec<Frequency>; 2] {
        let mut occurring = [Vec::new(), Vec::new()];
        for (document, count) in in_documents {
            let Some((size, value)) = self.documents.get(*document) else { continue };
            if let Some(group) = self.values.iter().position(|own| *own == Some(*value)) {
                occurring[group].push(Frequency { count: *count, size: *size });
            }
        }
        occurring
    }
}

/// Lists what has been counted by how it sets the groups apart, or writes it to a file; gives the table that was written.
pub(super) fn list(
    counting: Counting,
    keyness: &Keyness,
    least: u64,
    most: u64,
    path: Option<&Path>,
) -> Result<(Frequencies, Option<TableRecord>), AnalysisError> {
    let names = groups(keyness, &counting.values)?;
    let Counting { types, documents, values, occurrences, .. } = counting;
    let groups = Groups::new(&documents, names.each_ref().map(|name| values.get(name).copied()));
    let mut rows = Rows::new(types);
    each_type(occurrences.finish()?, |id, in_documents| {
        let occurring = groups.occurring(in_documents);
        let counts = occurring.each_ref().map(|parts| parts.iter().map(|part| part.count).sum());
        let [first, second] =
            [0, 1].map(|own| Frequency { count: counts[own], size: groups.parts[own].size() });
        if first.count + second.count < least.max(1) {
            return Ok(());
        }
        let (g2, ratio) = (g2_two_cell(first, second), log_ratio(first, second));
        let [of_first, of_second] = &occurring;
        let interval = log_ratio_interval([(&groups.parts[0], of_first), (&groups.parts[1], of_second)]);
        let rank = match keyness.order {
            KeynessOrder::LogLikelihood => g2,
            KeynessOrder::LogRatio => ratio,
        };
        let integers = [first.count, second.count, of_first.len() as u64, of_second.len() as u64];
        let integers = integers.into_iter().map(|count| Some(count as f64));
        let figures = [g2, ratio, interval.map(|(low, _)| low), interval.map(|(_, high)| high)];
        rows.add(descending(rank), id, integers.chain(figures))
    })?;
    let mut listed = Frequencies { items: rows.items, ..Frequencies::default() };
    let mut rows = rows.finish(most)?;
    let mut next = || {
        let Some((item, pos, figures)) = rows.next()? else { return Ok(None) };
        let [count_a, count_b, range_a, range_b, log_likelihood, ratio, low, high] = figures[..] else {
            return Ok(None);
        };
        let counts = [count_a, count_b].map(integer);
        Ok::<_, AnalysisError>(Some(KeynessRow {
            item,
            pos,
            counts,
            per_1000_tokens: [0, 1].map(|own| per_thousand(counts[own], groups.parts[own].size())),
            ranges: [range_a, range_b].map(integer),
            log_likelihood,
            log_ratio: [ratio, low, high],
        }))
    };
    let mut record = None;
    match path {
        Some(path) => {
            let written = write_keyness(path, names.each_ref().map(String::as_str), next)?;
            listed.written = written.rows;
            record = Some(written);
        }
        None => {
            while let Some(row) = next()? {
                listed.keyness.push(row);
            }
        }
    }
    let [first, second] = names;
    let sizes = |own: usize| (groups.number(own), groups.parts[own].size());
    listed.groups = Some(
        [(first, sizes(0)), (second, sizes(1))].map(|(name, (documents, tokens))| (name, documents, tokens)),
    );
    Ok((listed, record))
}

/// The two groups that are compared.
fn groups(keyness: &Keyness, values: &BTreeMap<String, u32>) -> Result<[String; 2], AnalysisError> {
    let known: BTreeSet<&String> = values.keys().filter(|value| !value.is_empty()).collect();
    let variable = || keyness.by.clone();
    let all = || known.iter().map(|value| (*value).clone()).collect::<Vec<_>>();
    match &keyness.groups {
        Some(asked) => match asked.iter().find(|value| !known.contains(value)) {
            Some(value) => {
                Err(AnalysisError::NoSuchGroup { variable: variable(), value: value.clone(), known: all() })
            }
            None if asked[0] == asked[1] => {
                Err(AnalysisError::NotTwoGroups { variable: variable(), known: vec![asked[0].clone()] })
            }
            None => Ok(asked.clone()),
        },
        None => <[String; 2]>::try_from(all())
            .map_err(|known| AnalysisError::NotTwoGroups { variable: variable(), known }),
    }
}
