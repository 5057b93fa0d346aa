//! What a count is asked to do.

#[cfg(feature = "report")]
use super::Outputs;
use super::Plan;
use crate::corpus::ReadOptions;
use crate::counts::Design;
use crate::messages::Language;

/// What a count of a corpus does besides counting.
#[derive(Debug, Clone, Default)]
pub struct CountOptions {
    /// How documents are read.
    pub reading: ReadOptions,
    /// Leave out documents that can't be read, and list them in the record of the run.
    pub skip_unreadable: bool,
    /// Leave out documents with next to no Japanese in them.
    pub skip_other_languages: bool,
    /// Leave out documents that equal or resemble an earlier one.
    pub drop_duplicates: bool,
    /// Replace the tables of a folder that exists, and what an interrupted run has left. With `resume`, of this only what is
    /// no longer the same.
    pub replace: bool,
    /// Keep what is coded in a folder beside the destination, `.partial` behind its name, until the tables are complete, and
    /// go on from there if an interrupted run has left it.
    pub resume: bool,
    /// The language of notes in the tables and of what describes them.
    pub language: Language,
    /// Compare groups of documents.
    pub compare: Option<(Design, Plan)>,
    /// Leave the text of documents out of what is written, so that it can be shared without them: of a hit its offsets
    /// remain.
    pub without_text: bool,
    /// What else is written.
    #[cfg(feature = "report")]
    pub outputs: Outputs,
}
