//! What the page and the figures read of a run: sums, and samples of limited size, so that memory does not grow with the documents.

mod comparison;
mod document_rows;
mod documents;
mod hits;
mod markers;
mod quantiles;

pub use self::comparison::{GroupRow, Grouping, OmnibusRow, PairRow, RowMeasure};
pub use self::document_rows::{DocumentRows, SourceDocument};
pub use self::documents::{Documents, SEED, SHARES, SampledDocument, Sums};
pub use self::hits::{Hits, Spread};
pub use self::markers::{SourceCategory, SourceMarker};

use crate::messages::Language;
use crate::tables::{ReadBackError, RunRecord, RunTables};

/// What is read of a run.
#[derive(Debug, Clone)]
pub struct Source {
    /// The language of the files beside the tables.
    pub language: Language,
    /// What is known of the documents together, and a sample of them.
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
    /// Reads the tables of a run.
    ///
    /// # Errors
    /// A table that can't be read, or is not as it was written.
    pub fn read(tables: RunTables, record: &RunRecord) -> Result<Self, ReadBackError> {
        let design = record.comparison.as_ref();
        let grouping = design.map(|design| Grouping::read(tables, design)).transpose()?;
        let documents = Documents::read(tables, design, grouping.as_ref(), record.documents())?;
        let categories = markers::read_categories(tables, DocumentRows::open(tables, design)?)?;
        let markers = markers::read_markers(tables, documents.sizes, || DocumentRows::open(tables, None))?;
        let hits = match tables.has("concordance") {
            true => Some(Hits::read(tables, DocumentRows::open(tables, design)?)?),
            false => None,
        };
        Ok(Source { language: record.options.lang, documents, grouping, categories, markers, hits })
    }

    /// How many groups there are; 0 without a comparison.
    pub fn groups(&self) -> usize {
        self.grouping.as_ref().map_or(0, |grouping| grouping.groups.len())
    }
}
