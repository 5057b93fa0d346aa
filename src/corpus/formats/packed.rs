//! Compressed files: unpacked as they are read, with a limit against what only pretends to be one.

use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Packing {
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstandard,
}

/// How many times a file may grow when it is unpacked. Texts and tables grow four- to thirtyfold; a file made to
/// fill a memory, a thousandfold.
pub(super) const MOST_TIMES: u64 = 200;

/// Below this size, in bytes, any growth is harmless.
pub(super) const HARMLESS: u64 = 64 << 20;

impl Packing {
    /// How a file of this name is compressed, and its name without that.
    pub fn of(path: &Path) -> Option<(Self, &Path)> {
        let packing = match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "gz" => Packing::Gzip,
            "zst" => Packing::Zstandard,
            _ => return None,
        };
        Some((packing, Path::new(path.file_stem()?)))
    }

    /// What is in a compressed file.
    pub(crate) fn unpack(self, packed: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        let read = Arc::new(AtomicU64::new(0));
        let packed =
            BufReader::with_capacity(1 << 16, CountingReader { inner: packed, read: Arc::clone(&read) });
        let inner: Box<dyn Read + Send> = match self {
            Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Packing::Zstandard => Box::new(Frames { rest: Some(Frame::Between(packed)) }),
        };
        Box::new(LimitedReader { inner, read, unpacked: 0 })
    }
}

/// Counts the bytes that are read.
struct CountingReader {
    inner: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for CountingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Stops where a file grows out of all proportion.
struct LimitedReader {
    inner: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
    unpacked: u64,
}

impl Read for LimitedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        if self.unpacked > HARMLESS && self.unpacked > MOST_TIMES * self.read.load(Ordering::Relaxed) {
            return Err(io::Error::other(format!(
                "it grows more than {MOST_TIMES} times when it is unpacked, as no text does"
            )));
        }
        Ok(read)
    }
}

type Packed = BufReader<CountingReader>;

/// The frames of a Zstandard file, one behind the other.
struct Frames {
    rest: Option<Frame>,
}

enum Frame {
    Between(Packed),
    Within(Box<StreamingDecoder<Packed, ruzstd::decoding::FrameDecoder>>),
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.rest.take() {
                None => return Ok(0),
                Some(Frame::Between(mut packed)) => {
                    if io::BufRead::fill_buf(&mut packed)?.is_empty() {
                        return Ok(0);
                    }
                    let decoder = StreamingDecoder::new(packed).map_err(io::Error::other)?;
                    self.rest = Some(Frame::Within(Box::new(decoder)));
                }
                Some(Frame::Within(mut decoder)) => {
                    let read = decoder.read(buffer)?;
                    if read > 0 || buffer.is_empty() {
                        self.rest = Some(Frame::Within(decoder));
                        return Ok(read);
                    }
                    self.rest = Some(Frame::Between(decoder.into_inner()));
                }
            }
        }
    }
}
