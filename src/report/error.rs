//! What can go wrong when a report is made.

use crate::messages::Message;
use crate::publishing::PublishError;
use crate::tables::ReadBackError;

/// A report that can't be made.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum ReportError {
    /// A table that can't be read.
    ReadBack(#[from] ReadBackError),
    /// A file that can't be written.
    Publish(#[from] PublishError),
}

impl ReportError {
    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            ReportError::ReadBack(error) => error.message(),
            ReportError::Publish(error) => error.message(),
        }
    }
}
