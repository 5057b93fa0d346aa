//! What a count is asked to do.

use super::Plan;
use crate::corpus::ReadOptions;

/// What a count of a corpus does besides counting.
#[derive(Debug, Clone, Default)]
pub struct CountOptions<'a> {
    /// How documents are read.
    pub reading: ReadOptions,
    /// Leave out documents that can't be read, and list them in the record of the run.
    pub skip_unreadable: bool,
    /// Leave out documents with next to no Japanese in them.
    pub skip_other_languages: bool,
    /// Leave out documents that equal or resemble an earlier one.
    pub drop_duplicates: bool,
    /// Replace the tables of a folder that exists.
    pub replace: bool,
    /// Compare the groups that a variable makes, so named.
    pub compare: Option<(&'a str, Plan)>,
}
