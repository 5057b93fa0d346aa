//! Panics of what reads a document, as errors of that document: formats are read by packages of others, and no document may
//! end a run of a thousand others.

use super::CorpusError;
use crate::catching;

/// Calls what reads a document. What it worked on must not be used after an error.
pub(super) fn caught<T>(document: &str, read: impl FnOnce() -> T) -> Result<T, CorpusError> {
    let panicked = |message| CorpusError::Panicked { document: document.into(), message };
    catching::caught(read).map_err(panicked)
}
