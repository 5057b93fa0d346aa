//! Files that are read piece by piece: their digest is taken and their encoding decoded on the way.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::decoding::{check_malformed, encoding_of};
use super::encoding::StreamDecoder;
use super::{CorpusError, Encoding, ReadOptions};

/// What is known of a file once it has been read.
#[derive(Debug, Clone, Default)]
pub(super) struct ReadTotals(Arc<Mutex<Inner>>);

#[derive(Debug, Clone, Default)]
pub(super) struct Inner {
    pub digest: Sha256,
    pub bytes: u64,
    pub encoding: Option<Encoding>,
    pub malformed: u64,
}

impl ReadTotals {
    pub fn get(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file whose digest is taken while it is read.
pub(super) struct HashingReader {
    pub inner: Box<dyn Read + Send>,
    pub totals: ReadTotals,
}

impl Read for HashingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let mut totals = self.totals.get();
        totals.digest.update(&buffer[..read]);
        totals.bytes += read as u64;
        Ok(read)
    }
}

/// How much of a file its encoding is told from, in bytes.
const BEGINNING: u64 = 1 << 20;

const PIECE: usize = 1 << 16;

/// A file in UTF-8, whatever its encoding was.
pub(super) struct DecodingReader {
    inner: Box<dyn Read + Send>,
    document: String,
    options: ReadOptions,
    encoding: Encoding,
    stream: StreamDecoder,
    piece: Vec<u8>,
    text: String,
    given: usize,
    is_last: bool,
    totals: ReadTotals,
}

impl DecodingReader {
    /// Tells the encoding from the beginning of the file.
    pub fn new(
        document: &str,
        mut inner: Box<dyn Read + Send>,
        options: &ReadOptions,
        totals: ReadTotals,
    ) -> Result<Self, CorpusError> {
        let mut piece = Vec::new();
        let unreadable = |source| CorpusError::Unreadable { document: document.into(), source };
        inner.by_ref().take(BEGINNING).read_to_end(&mut piece).map_err(unreadable)?;
        let whole = (piece.len() as u64) < BEGINNING;
        let (encoding, mark) = encoding_of(document, &piece, None, whole, options)?;
        piece.drain(..mark);
        totals.get().encoding = Some(encoding);
        let (document, options) = (document.to_owned(), options.clone());
        let mut decoded = DecodingReader {
            inner,
            document,
            options,
            encoding,
            stream: StreamDecoder::new(encoding),
            piece,
            text: String::new(),
            given: 0,
            is_last: false,
            totals,
        };
        decoded.decode(false)?;
        Ok(decoded)
    }

    fn decode(&mut self, is_last: bool) -> Result<(), CorpusError> {
        self.text.clear();
        self.given = 0;
        self.stream.decode(&self.piece, is_last, &mut self.text);
        self.totals.get().malformed = self.stream.malformed as u64;
        match self.stream.first {
            Some(first) => {
                check_malformed(&self.document, self.encoding, self.stream.malformed, first, &self.options)
            }
            None => Ok(()),
        }
    }
}

impl Read for DecodingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_last {
            self.piece.resize(PIECE, 0);
            let read = self.inner.read(&mut self.piece)?;
            self.piece.truncate(read);
            self.is_last = read == 0;
            self.decode(self.is_last).map_err(io::Error::other)?;
        }
        let rest = &self.text.as_bytes()[self.given..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.given += length;
        Ok(length)
    }
}
