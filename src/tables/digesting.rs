//! Digests of tables, taken while they are written or read.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use crate::digest::hexadecimal;

/// Digests the bytes that pass through it, in either direction.
pub(super) struct Digesting<T> {
    inner: T,
    hasher: Sha256,
}

impl<T> Digesting<T> {
    /// Begins with no bytes.
    pub fn new(inner: T) -> Self {
        Digesting { inner, hasher: Sha256::new() }
    }

    /// The SHA-256 of the bytes so far, in hexadecimal.
    pub fn digest(&self) -> String {
        hexadecimal(self.hasher.clone())
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.hasher.update(buffer.get(..written).unwrap_or(buffer));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..read).unwrap_or(buffer));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;

    #[test]
    fn what_is_written_or_read_in_pieces_has_the_digest_of_the_whole() {
        let mut writer = Digesting::new(Vec::new());
        writer.write_all("犬が".as_bytes()).unwrap();
        writer.write_all("走る".as_bytes()).unwrap();
        assert_eq!(writer.digest(), sha256("犬が走る"));
        let mut reader = Digesting::new(writer.inner.as_slice());
        io::copy(&mut reader, &mut io::sink()).unwrap();
        assert_eq!(reader.digest(), sha256("犬が走る"));
    }
}
