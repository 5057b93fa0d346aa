//! The hits in which two runs differ.

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

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::AnalysisError;
use crate::lexicon::Stance;
use crate::messages::Message;
use crate::publishing::Publication;
use crate::tables::{
    DifferencesTable, ReadBackError, ReadHit, RunHits, RunRecord, RunTables, TableError, each_document,
    option_differences, set_up_differences, write_columns_of_differences,
};

/// In what two runs differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunDifferences {
    /// Program, dictionary, lexicon and options.
    pub set_up: Vec<Message>,
    /// Files of one name that both have read, with other bytes.
    pub changed_inputs: u64,
    /// Documents of the first alone, and of the second alone.
    pub alone: [u64; 2],
    /// Notes for the user on the folder that was written.
    pub notes: Vec<Message>,
    /// By stance and category.
    pub categories: BTreeMap<(Stance, String), CategoryDifferences>,
    /// The Japanese terms of these categories; of the second run, where it has any.
    pub terms: BTreeMap<String, String>,
}

/// In what two runs differ in the hits of a category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CategoryDifferences {
    /// Affirmed hits of the first and of the second, which are what the tables count.
    pub affirmed: [u64; 2],
    /// Hits of the second alone.
    pub came: u64,
    /// Hits of the first alone.
    pub went: u64,
    /// Hits of both that are coded otherwise, by their category in the second.
    pub changed: u64,
}

impl CategoryDifferences {
    /// Adds those of another category.
    pub fn add(&mut self, other: Self) {
        for (own, other) in self.affirmed.iter_mut().zip(other.affirmed) {
            *own = own.saturating_add(other);
        }
        self.came = self.came.saturating_add(other.came);
        self.went = self.went.saturating_add(other.went);
        self.changed = self.changed.saturating_add(other.changed);
    }
}

/// Compares the hits of two finished runs: those of the same document, start and end are the same hit. With a
/// `destination`, those that came, went or changed are written to `differences.csv` in a new folder.
///
/// Both concordances are read side by side, so memory does not grow with them. Where the runs have other documents, some
/// sixteen bytes of each document are held.
///
/// # Errors
/// A folder without a finished run, tables that are not as they were written, documents in another order, or a folder
/// that can't be written.
pub fn diff_runs(folders: [&Path; 2], destination: Option<&Path>) -> Result<RunDifferences, AnalysisError> {
    let [first, second] = folders;
    let records = [RunRecord::read_any_version(first)?, RunRecord::read_any_version(second)?];
    let named = [(&first.display() as _, &records[0]), (&second.display() as _, &records[1])];
    let mut set_up = set_up_differences(named[0], named[1]);
    set_up.extend(option_differences(named[0], named[1]));
    let publication = destination.map(Publication::create).transpose();
    let publication = publication.map_err(TableError::from)?;
    let table = publication.as_ref().map(|folder| DifferencesTable::create(folder.path())).transpose()?;
    let tables = [RunTables::new(first, &records[0].tables), RunTables::new(second, &records[1].tables)];
    let differences =
        RunDifferences { set_up, changed_inputs: changed_inputs(&records), ..RunDifferences::default() };
    let mut merge = Merge { tables, folders, known: None, table, differences };
    merge.run()?;
    if let (Some(table), Some(publication)) = (merge.table, publication) {
        table.finish()?;
        write_columns_of_differences(publication.path(), records[1].options.lang)?;
        merge.differences.notes = publication.publish(&[]).map_err(TableError::from)?;
    }
    Ok(merge.differences)
}

fn changed_inputs(records: &[RunRecord; 2]) -> u64 {
    let [first, second] = records;
    let digests: HashMap<&str, &str> =
        first.inputs.iter().map(|input| (input.document.as_str(), input.sha256.as_str())).collect();
    let is_changed = |document: &str, digest: &str| digests.get(document).is_some_and(|own| *own != digest);
    second.inputs.iter().filter(|input| is_changed(&input.document, &input.sha256)).count() as u64
}

/// Names of documents, by the beginning of their digests.
type Names = HashSet<[u8; 16]>;

struct Merge<'a> {
    tables: [RunTables<'a>; 2],
    folders: [&'a Path; 2],
    /// The documents of both, once they are seen to be others.
    known: Option<[Names; 2]>,
    table: Option<DifferencesTable>,
    differences: RunDifferences,
}

impl Merge<'_> {
    fn run(&mut self) -> Result<(), AnalysisError> {
        let [first, second] = self.tables;
        let (mut first, mut second) = (RunHits::open(first)?, RunHits::open(second)?);
        let mut documents = [first.next_document()?, second.next_document()?];
        loop {
            let is_alone = match &documents {
                [None, None] => return Ok(()),
                [Some(own), Some(other)] if own == other => {
                    self.compare(own, &mut first, &mut second)?;
                    documents = [first.next_document()?, second.next_document()?];
                    continue;
                }
                [Some(own), None] => [Some(own), None],
                [None, Some(other)] => [None, Some(other)],
                [Some(own), Some(other)] => match self.is_alone([own, other])? {
                    [true, _] => [Some(own), None],
                    [false, true] => [None, Some(other)],
                    [false, false] => return Err(self.is_in_another_order(own)),
                },
            };
            match is_alone {
                [Some(own), _] => {
                    self.add_alone(own, 0, &mut first)?;
                    documents[0] = first.next_document()?;
                }
                [_, Some(other)] => {
                    self.add_alone(other, 1, &mut second)?;
                    documents[1] = second.next_document()?;
                }
                [None, None] => return Ok(()),
            }
        }
    }

    /// Whether the other run has no document of this name, of both runs.
    fn is_alone(&mut self, documents: [&str; 2]) -> Result<[bool; 2], ReadBackError> {
        if self.known.is_none() {
            let [first, second] = self.tables;
            self.known = Some([names(first)?, names(second)?]);
        }
        let [own, other] = documents.map(key);
        Ok(self
            .known
            .as_ref()
            .map_or([true; 2], |[first, second]| [!second.contains(&own), !first.contains(&other)]))
    }

    fn is_in_another_order(&self, document: &str) -> AnalysisError {
        let [first, second] = self.folders.map(Path::to_owned);
        ReadBackError::Order { first, second, document: document.into() }.into()
    }

    /// Adds the hits of a document that one run alone has.
    fn add_alone(&mut self, document: &str, run: usize, hits: &mut RunHits) -> Result<(), AnalysisError> {
        if let Some(alone) = self.differences.alone.get_mut(run) {
            *alone = alone.saturating_add(1);
        }
        while let Some(hit) = hits.next_hit(document)? {
            self.add(document, if run == 0 { [Some(&hit), None] } else { [None, Some(&hit)] })?;
        }
        Ok(())
    }

    fn compare(
        &mut self,
        document: &str,
        first: &mut RunHits,
        second: &mut RunHits,
    ) -> Result<(), AnalysisError> {
        let (mut own, mut other) = (first.next_hit(document)?, second.next_hit(document)?);
        loop {
            let order = match (&own, &other) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(own), Some(other)) => own.span().cmp(&other.span()),
            };
            let pair = [
                own.as_ref().filter(|_| order != Ordering::Greater),
                other.as_ref().filter(|_| order != Ordering::Less),
            ];
            self.add(document, pair)?;
            if order != Ordering::Greater {
                own = first.next_hit(document)?;
            }
            if order != Ordering::Less {
                other = second.next_hit(document)?;
            }
        }
    }

    /// Adds a hit of either run, or of both.
    fn add(&mut self, document: &str, hits: [Option<&ReadHit>; 2]) -> Result<(), AnalysisError> {
        for (run, hit) in hits.iter().enumerate() {
            let Some(hit) = hit else { continue };
            if run > 0 || !self.differences.terms.contains_key(&hit.coding.category) {
                self.differences.terms.insert(hit.coding.category.clone(), hit.term.clone());
            }
            let key = (hit.coding.stance, hit.coding.category.clone());
            let category = self.differences.categories.entry(key).or_default();
            if let Some(affirmed) = category.affirmed.get_mut(run) {
                *affirmed = affirmed.saturating_add(u64::from(!hit.coding.negated));
            }
        }
        let (change, of) = match hits {
            [Some(own), Some(other)] if own.coding == other.coding => return Ok(()),
            [Some(_), Some(other)] => ("changed", other),
            [Some(own), None] => ("went", own),
            [None, Some(other)] => ("came", other),
            [None, None] => return Ok(()),
        };
        let key = (of.coding.stance, of.coding.category.clone());
        let category = self.differences.categories.entry(key).or_default();
        let count = match change {
            "changed" => &mut category.changed,
            "went" => &mut category.went,
            _ => &mut category.came,
        };
        *count = count.saturating_add(1);
        if let Some(table) = &mut self.table {
            table.add(document, change, hits)?;
        }
        Ok(())
    }
}

fn names(tables: RunTables) -> Result<Names, ReadBackError> {
    let mut names = Names::new();
    each_document(tables, |document| {
        names.insert(key(document));
    })?;
    Ok(names)
}

fn key(document: &str) -> [u8; 16] {
    let digest = Sha256::digest(document);
    let mut key = [0; 16];
    key.iter_mut().zip(digest).for_each(|(own, byte)| *own = byte);
    key
}
