//! What the page and the figures read of a run, each table once.

mod comparison;
mod documents;
mod hits;
mod markers;

use std::path::Path;

pub use self::comparison::{GroupRow, Grouping, OmnibusRow, PairRow, RowMeasure};
pub use self::documents::{Documents, SourceDocument, Variable};
pub use self::hits::{Hits, Spread};
pub use self::markers::{SourceCategory, SourceMarker};

use crate::messages::Language;
use crate::tables::{ReadBackError, RunRecord, RunTables};

/// What is read of a run.
#[derive(Debug, Clone)]
pub struct Source {
    /// The language of the files beside the tables.
    pub language: Language,
    /// The documents, in the order of the tables, and their variables.
    pub documents: Documents,
    /// The comparison of groups, where there is one.
    pub grouping: Option<Grouping>,
    /// The categories of the lexicon, in the order of the tables.
    pub categories: Vec<SourceCategory>,
    /// The markers that occur, by id.
    pub markers: Vec<SourceMarker>,
    /// What the concordance says of the hits; none where the run has no concordance.
    pub hits: Option<Hits>,
}

impl Source {
    /// Reads the tables of a run that are in a folder.
    ///
    /// # Errors
    /// A table that can't be read, or is not as it was written.
    pub fn read(folder: &Path, record: &RunRecord) -> Result<Self, ReadBackError> {
        let tables = RunTables::new(folder, &record.tables);
        let design = record.comparison.as_ref();
        let documents = Documents::read(tables, design)?;
        let categories = markers::read_categories(tables, &documents)?;
        let markers = markers::read_markers(tables, &documents)?;
        let hits = match tables.has("concordance") {
            true => Some(Hits::read(tables, &documents)?),
            false => None,
        };
        let grouping = design.map(|design| Grouping::read(tables, design)).transpose()?;
        Ok(Source { language: record.options.lang, documents, grouping, categories, markers, hits })
    }

    /// How many groups there are; 0 without a comparison.
    pub fn groups(&self) -> usize {
        self.grouping.as_ref().map_or(0, |grouping| grouping.groups.len())
    }
}
