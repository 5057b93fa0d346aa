//! Reading a document.

use std::fs;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::{CorpusError, Input, Place};

/// A document, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its name in the tables.
    pub name: String,
    /// Its text, without a byte-order mark; line ends as in the file.
    pub text: String,
    /// The size of its file in bytes.
    pub bytes: u64,
    /// The SHA-256 of its file, in hexadecimal.
    pub sha256: String,
}

impl Document {
    /// Reads and decodes a document.
    ///
    /// # Errors
    /// A file that can't be read, or is no UTF-8 text.
    pub fn read(input: &Input) -> Result<Self, CorpusError> {
        let bytes = match &input.place {
            Place::File(path) => fs::read(path),
            Place::StandardInput => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
        };
        let document = input.document.clone();
        let bytes = bytes.map_err(|source| CorpusError::Unreadable { document, source })?;
        Document::decode(&input.document, bytes)
    }

    /// Decodes the bytes of a document.
    ///
    /// # Errors
    /// Bytes that are no UTF-8 text.
    pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Self, CorpusError> {
        let size = bytes.len() as u64;
        let sha256 = sha256(&bytes);
        let mut text = String::from_utf8(bytes).map_err(|error| {
            let byte = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..byte].iter().filter(|byte| **byte == b'\n').count() + 1;
            CorpusError::NotUtf8 { document: name.into(), byte, line }
        })?;
        if let Some(byte) = text.find('\0') {
            return Err(CorpusError::Binary { document: name.into(), byte });
        }
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Ok(Document { name: name.into(), text, bytes: size, sha256 })
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_document() {
        let document = Document::decode("a.txt", "\u{feff}効く".into()).unwrap();
        assert_eq!((document.text.as_str(), document.bytes), ("効く", 9));
    }

    #[test]
    fn says_which_byte_of_which_line_is_wrong() {
        let message = |bytes: &[u8]| Document::decode("a.txt", bytes.into()).unwrap_err().to_string();
        assert!(message(b"ok\n\x8c\xf8").starts_with("a.txt: not UTF-8 at byte 3 (line 2)"));
        assert!(message(b"a\0b").starts_with("a.txt: a NUL character at byte 1"));
    }
}
