//! Totals of a file that is read piece by piece.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::Encoding;

/// Totals of a file so far, shared by the readers that add to them.
#[derive(Debug, Clone, Default)]
pub(super) struct ReadTotals(Arc<Mutex<Totals>>);

#[derive(Debug, Clone, Default)]
pub(super) struct Totals {
    pub digest: Sha256,
    /// Bytes as they are in the file: compressed, if it is.
    pub bytes: u64,
    pub encoding: Option<Encoding>,
    /// Bytes that are not of the encoding.
    pub malformed: u64,
    /// Bytes of escapes that stand for half a character, in JSON Lines.
    pub half_characters: u64,
}

impl ReadTotals {
    pub fn get(&self) -> MutexGuard<'_, Totals> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds the bytes of a file to its digest as they are read.
pub(super) struct HashingReader<R> {
    pub inner: R,
    pub totals: ReadTotals,
}

impl<R: Read> Read for HashingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let mut totals = self.totals.get();
        totals.digest.update(buffer.get(..read).unwrap_or(buffer));
        totals.bytes = totals.bytes.saturating_add(read as u64);
        Ok(read)
    }
}
