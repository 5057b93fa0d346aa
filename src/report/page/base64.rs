//! Base64 (RFC 4648, with padding) of what is written.

use std::io::{self, Write};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes what is written to it.
#[derive(Debug, Default)]
pub struct Base64 {
    text: String,
    /// Bytes that don't make three yet.
    rest: Vec<u8>,
}

impl Base64 {
    /// The text, with padding at its end.
    pub fn finish(mut self) -> String {
        let rest = std::mem::take(&mut self.rest);
        self.add(&rest);
        self.text
    }

    /// Adds up to three bytes.
    fn add(&mut self, bytes: &[u8]) {
        let bits =
            bytes.iter().zip([16, 8, 0]).fold(0, |bits, (byte, shift)| bits | u32::from(*byte) << shift);
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = ALPHABET.get((bits >> shift & 63) as usize).map_or('=', |digit| char::from(*digit));
            match bytes.len() {
                0 => {}
                length if place <= length => self.text.push(digit),
                _ => self.text.push('='),
            }
        }
    }
}

impl Write for Base64 {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut bytes_left = bytes;
        if !self.rest.is_empty() {
            let (first, behind) =
                bytes_left.split_at(bytes_left.len().min(3_usize.saturating_sub(self.rest.len())));
            self.rest.extend(first);
            bytes_left = behind;
            if self.rest.len() < 3 {
                return Ok(bytes.len());
            }
            let whole = std::mem::take(&mut self.rest);
            self.add(&whole);
        }
        let mut threes = bytes_left.chunks_exact(3);
        threes.by_ref().for_each(|three| self.add(three));
        self.rest.extend(threes.remainder());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Some bytes in Base64.
pub fn base64(bytes: &[u8]) -> String {
    let mut encoder = Base64::default();
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_standard() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn bytes_in_pieces_give_the_same() {
        let bytes: Vec<u8> = (0..100).collect();
        for size in 1..10 {
            let mut encoder = Base64::default();
            bytes.chunks(size).for_each(|piece| encoder.write_all(piece).unwrap());
            assert_eq!(encoder.finish(), base64(&bytes), "pieces of {size}");
        }
    }
}
