//! Compressed files, decompressed as they are read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::corpus::limits::Limits;
use crate::corpus::{Damage, ReadOptions};

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compression {
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstandard,
}

impl Compression {
    /// How a file of this name is compressed, and its name without that extension.
    pub fn of(path: &Path) -> Option<(Self, &Path)> {
        let compression = match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "gz" => Compression::Gzip,
            "zst" => Compression::Zstandard,
            _ => return None,
        };
        Some((compression, Path::new(path.file_stem()?)))
    }

    /// Opens a file of this program, which may be compressed.
    pub(crate) fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
        let file = File::open(path)?;
        Ok(match Compression::of(path) {
            Some((compression, _)) => compression.decompress(file, Limits::of(&ReadOptions::default())),
            None => Box::new(file),
        })
    }

    /// The contents of a compressed file. Reading fails with [`Damage::Growth`] where it grows beyond the limits.
    pub(in crate::corpus) fn decompress<'a>(
        self,
        file: impl Read + Send + 'a,
        limits: Limits,
    ) -> Box<dyn Read + Send + 'a> {
        let compressed = Arc::new(AtomicU64::new(0));
        let counting = CountingReader { inner: file, read: Arc::clone(&compressed) };
        let file = BufReader::with_capacity(1 << 16, counting);
        let inner: Box<dyn Read + Send + 'a> = match self {
            Compression::Gzip => Box::new(MultiGzDecoder::new(file)),
            Compression::Zstandard => Box::new(ZstandardFrames::BetweenFrames(file)),
        };
        Box::new(LimitedReader { inner, compressed, decompressed: 0, limits })
    }
}

/// Counts the bytes that are read.
struct CountingReader<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Fails where a file grows beyond the limits.
struct LimitedReader<'a> {
    inner: Box<dyn Read + Send + 'a>,
    /// How many compressed bytes have been read, and how many they became.
    compressed: Arc<AtomicU64>,
    decompressed: u64,
    limits: Limits,
}

impl Read for LimitedReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.decompressed = self.decompressed.saturating_add(read as u64);
        if self.decompressed > self.limits.unpacked(self.compressed.load(Ordering::Relaxed)) {
            return Err(io::Error::other(Damage::Growth { limit: self.limits.growth }));
        }
        Ok(read)
    }
}

/// The frames of a Zstandard file, one after the other; the decoder reads but one.
enum ZstandardFrames<R: Read> {
    BetweenFrames(R),
    InFrame(Box<StreamingDecoder<R, FrameDecoder>>),
    AtEnd,
}

impl<R: BufRead> Read for ZstandardFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(self, ZstandardFrames::AtEnd) {
                ZstandardFrames::AtEnd => return Ok(0),
                ZstandardFrames::BetweenFrames(mut file) => {
                    if file.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let decoder = StreamingDecoder::new(file).map_err(io::Error::other)?;
                    *self = ZstandardFrames::InFrame(Box::new(decoder));
                }
                ZstandardFrames::InFrame(mut decoder) => {
                    let read = decoder.read(buffer)?;
                    if read > 0 || buffer.is_empty() {
                        *self = ZstandardFrames::InFrame(decoder);
                        return Ok(read);
                    }
                    *self = ZstandardFrames::BetweenFrames(decoder.into_inner());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_file_may_grow_up_to_the_limit() {
        let file = gzipped(&[b' '; 10_000]);
        let read = |limits: Limits| {
            let mut contents = Vec::new();
            let read = Compression::Gzip.decompress(&file[..], limits).read_to_end(&mut contents);
            read.map_err(|error| error.downcast::<Damage>().unwrap())
        };
        let limits = |growth, harmless| Limits { growth, harmless, ..Limits::default() };
        let size = file.len() as u64;
        assert_eq!(read(limits(1, 10_000)).unwrap(), 10_000);
        assert!(read(limits(1, 9_999)).is_err());
        assert_eq!(read(limits(10_000 / size + 1, 0)).unwrap(), 10_000);
        let growth = 10_000 / size - 1;
        assert_eq!(read(limits(growth, 0)).unwrap_err(), Damage::Growth { limit: growth });
    }
}
