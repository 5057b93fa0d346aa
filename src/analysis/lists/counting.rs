//! How often each word or n-gram occurs in each document.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::groups::Grouping;
use super::sorting::{Sorted, Sorter};
use super::tokens::TokenLook;
use super::types::Types;
use super::{FrequencyOptions, MAX_TYPES};
use crate::analysis::AnalysisError;
use crate::analysis::windows::{Before, Window};
use crate::corpus::Variables;
use crate::counter::Counter;

/// The counts so far.
pub(super) struct Counting<'a> {
    variables: &'a Variables,
    grouping: Option<&'a Grouping>,
    pub types: Types,
    /// How often each type occurs in each document.
    pub occurrences: Sorter,
    /// Of each document, its tokens and the index of its value.
    pub documents: Vec<(u64, u32)>,
    /// The index of each value.
    pub values: BTreeMap<String, u32>,
    before: Before,
    /// The counts of the current document.
    of_document: FxHashMap<u32, u64>,
}

impl<'a> Counting<'a> {
    pub fn new(
        counter: &Counter,
        options: &FrequencyOptions,
        variables: &'a Variables,
        grouping: Option<&'a Grouping>,
    ) -> Self {
        Counting {
            variables,
            grouping,
            types: Types::new(&counter.setup().analyser, options.unit, options.length, MAX_TYPES),
            occurrences: Sorter::default(),
            documents: Vec::new(),
            values: BTreeMap::new(),
            before: Before::default(),
            of_document: FxHashMap::default(),
        }
    }

    /// The tokens of all documents.
    pub fn tokens(&self) -> u64 {
        self.documents.iter().map(|(tokens, _)| tokens).sum()
    }

    /// Adds what a window has.
    pub fn add(&mut self, window: &Window<TokenLook>) -> Result<(), AnalysisError> {
        for coded in &window.passages {
            let TokenLook { words, counts, .. } = &coded.look;
            let ids: Vec<u32> = words.iter().map(|(word, surface)| self.types.word(*word, surface)).collect();
            for (sequence, count) in counts {
                let whole = sequence.map(|own| ids.get(own as usize).copied().unwrap_or(own));
                let id = self.types.sequence(whole)?;
                *self.of_document.entry(id).or_default() += u64::from(*count);
            }
            let document = &window.documents[coded.document];
            self.before.add(coded, document);
            if coded.is_last {
                let tokens = std::mem::take(&mut self.before).tally.tokens;
                let value = match self.grouping {
                    None => 0,
                    Some(grouping) => {
                        let next = self.values.len() as u32;
                        *self.values.entry(grouping.value(self.variables, document)).or_insert(next)
                    }
                };
                let index = self.documents.len() as u32;
                self.documents.push((tokens, value));
                for (id, count) in self.of_document.drain() {
                    let key = [id.to_be_bytes(), index.to_be_bytes()].concat();
                    self.occurrences.push(&key, &count.to_le_bytes())?;
                }
            }
        }
        Ok(())
    }
}

/// Hands each type to `take`, with how often it occurs in which documents.
pub(super) fn each_type(
    mut occurrences: Sorted,
    mut take: impl FnMut(u32, &[(usize, u64)]) -> Result<(), AnalysisError>,
) -> Result<(), AnalysisError> {
    let mut current: Option<u32> = None;
    let mut in_documents = Vec::new();
    while let Some((key, value)) = occurrences.next()? {
        let number = |bytes: &[u8]| bytes.try_into().map_or(0, u32::from_be_bytes);
        let (id, document) = (number(&key[..4]), number(&key[4..]) as usize);
        if current != Some(id) {
            if let Some(id) = current {
                take(id, &in_documents)?;
            }
            in_documents.clear();
            current = Some(id);
        }
        in_documents.push((document, value.as_slice().try_into().map_or(0, u64::from_le_bytes)));
    }
    current.map_or(Ok(()), |id| take(id, &in_documents))
}
