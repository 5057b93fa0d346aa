//! The first line of a part: with what it was made.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::PartError;
use crate::lexicon::{CategoryLabel, EntryLabel, Labels, Stance};
use crate::messages::Message;
use crate::tables::{
    Identified, LexiconRecord, OptionsRecord, RunRecord, SCHEMA, option_differences, set_up_differences,
};

/// The version of the lines' format.
const FORMAT: u32 = 3;

/// With what a part was made. All parts of a merge have the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Begin {
    /// The version of the format; first, as the line is known by it.
    hedgerow_partial: u32,
    hedgerow: String,
    lindera: String,
    dictionary: Identified,
    lexicon: LexiconRecord,
    options: OptionsRecord,
    /// Whether the hits are there.
    pub hits: bool,
    /// The categories by name, in the order of the tables, each with its stance and its Japanese term.
    categories: Vec<(String, Stance, String)>,
    /// The entries by id, in the order of the tables, each with the index of its category.
    entries: Vec<(String, usize)>,
}

#[derive(Deserialize)]
struct Version {
    hedgerow_partial: u32,
    hedgerow: String,
}

impl Begin {
    /// How its line begins.
    pub const KEY: &str = "{\"hedgerow_partial\":";

    /// That of a run, by what is known of it before a document is read.
    pub fn new(record: RunRecord, labels: &Labels, hits: bool) -> Self {
        let category = |category: &CategoryLabel| {
            (category.name.to_string(), category.stance, category.term.to_string())
        };
        let entry = |entry: &EntryLabel| (entry.id.to_string(), entry.category);
        Begin {
            hedgerow_partial: FORMAT,
            hedgerow: record.hedgerow,
            lindera: record.lindera,
            dictionary: record.dictionary,
            lexicon: record.lexicon,
            options: record.options,
            hits,
            categories: labels.categories.iter().map(category).collect(),
            entries: labels.entries.iter().map(entry).collect(),
        }
    }

    /// Reads a line; none if it is not as it was written.
    ///
    /// # Errors
    /// That of a part, by its name, which this version of the program has not made.
    pub fn read(line: &str, name: &str) -> Result<Option<Self>, PartError> {
        // The version first: a line of another may have other fields.
        let Ok(Version { hedgerow_partial, hedgerow }) = serde_json::from_str(line) else { return Ok(None) };
        let own = env!("CARGO_PKG_VERSION");
        if hedgerow_partial != FORMAT || hedgerow != own {
            return Err(PartError::Version { part: name.into(), version: hedgerow, own: own.into() });
        }
        let begin: Option<Begin> = serde_json::from_str(line).ok();
        Ok(begin.filter(|begin| begin.entries.iter().all(|(_, category)| *category < begin.categories.len())))
    }

    /// The labels of its lexicon.
    pub fn labels(&self) -> Labels {
        let category = |(name, stance, term): &(String, Stance, String)| CategoryLabel {
            name: name.as_str().into(),
            stance: *stance,
            term: term.as_str().into(),
        };
        let entry =
            |(id, category): &(String, usize)| EntryLabel { id: id.as_str().into(), category: *category };
        Labels {
            categories: self.categories.iter().map(category).collect(),
            entries: self.entries.iter().map(entry).collect(),
        }
    }

    /// The record of the whole run, before anything is known of its documents.
    pub fn record(&self) -> RunRecord {
        RunRecord {
            schema: SCHEMA,
            hedgerow: self.hedgerow.clone(),
            lindera: self.lindera.clone(),
            dictionary: self.dictionary.clone(),
            lexicon: self.lexicon.clone(),
            options: self.options.clone(),
            ..RunRecord::default()
        }
    }

    /// Refuses a part that was made with something else than another.
    pub fn check_same(&self, name: &str, other: &Begin, other_name: &str) -> Result<(), PartError> {
        if self == other {
            return Ok(());
        }
        let (own, others) = (self.record(), other.record());
        let pair = ((&name as &dyn Display, &own), (&other_name as &dyn Display, &others));
        let mut differences =
            set_up_differences(pair.0, pair.1).into_iter().chain(option_differences(pair.0, pair.1));
        let names: [(_, &dyn Display); 2] = [("part", &name), ("other", &other_name)];
        let rest = || {
            let key = if self.hits == other.hits { "partial.other_variables" } else { "partial.other_hits" };
            Message::new(key, &names)
        };
        Err(PartError::SetUp(Box::new(differences.next().unwrap_or_else(rest))))
    }
}
