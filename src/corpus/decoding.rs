//! Decoding a document as the user wants it, with an error that says what to do.

use std::string::FromUtf8Error;

use memchr::memchr;

use super::encoding::{DecodedText, Doubt, decode, detect};
use super::{CorpusError, Encoding, ReadOptions};

/// A text, and how it was decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub text: String,
    pub encoding: Encoding,
    pub malformed: u64,
}

/// Decodes a whole document; `declared` is what it says of its own encoding.
pub(super) fn decode_whole(
    document: &str,
    mut bytes: Vec<u8>,
    declared: Option<Encoding>,
    options: &ReadOptions,
) -> Result<Text, CorpusError> {
    let (encoding, mark) = encoding_of(document, &bytes, declared, true, options)?;
    if encoding == Encoding::UTF_8 {
        bytes.drain(..mark);
        match utf8(bytes) {
            Ok(text) => return plain(document, Text { text, encoding, malformed: 0 }),
            Err(malformed) => bytes = malformed,
        }
    }
    let mark = if encoding == Encoding::UTF_8 { 0 } else { mark };
    let DecodedText { text, malformed, first } = decode(encoding, &bytes[mark..], true);
    if let Some(first) = first {
        check_malformed(document, encoding, malformed, first, options)?;
    }
    plain(document, Text { text, encoding, malformed: malformed as u64 })
}

/// Bytes as a text in UTF-8, or the same bytes again.
fn utf8(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    // The standard library checks what it takes over, and takes longer for it than a check with SIMD and a copy. A large
    // text would take twice its memory.
    const COPIED: usize = 16 << 20;
    if bytes.len() > COPIED {
        return String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes);
    }
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(bytes),
    }
}

/// Refuses a text with a NUL character, which shows after decoding where the encoding was given.
fn plain(document: &str, text: Text) -> Result<Text, CorpusError> {
    match memchr(0, text.text.as_bytes()) {
        Some(byte) => Err(CorpusError::Binary { document: document.into(), byte }),
        None => Ok(text),
    }
}

/// The encoding of a document that begins with `bytes`, and the length of its byte-order mark.
pub(super) fn encoding_of(
    document: &str,
    bytes: &[u8],
    declared: Option<Encoding>,
    whole: bool,
    options: &ReadOptions,
) -> Result<(Encoding, usize), CorpusError> {
    if let Some(known) = Encoding::of_mark(bytes) {
        return Ok(known);
    }
    if let Some(forced) = options.encoding {
        return Ok((forced, 0));
    }
    let document = || document.to_owned();
    detect(bytes, declared, whole).map(|encoding| (encoding, 0)).map_err(|doubt| match doubt {
        Doubt::Binary { byte } => CorpusError::Binary { document: document(), byte },
        Doubt::Ambiguous(one, other) => CorpusError::Ambiguous { document: document(), one, other },
        Doubt::Unknown => CorpusError::Encoding { document: document() },
    })
}

/// Refuses malformed bytes, unless they are allowed.
pub(super) fn check_malformed(
    document: &str,
    encoding: Encoding,
    malformed: usize,
    (byte, line): (usize, usize),
    options: &ReadOptions,
) -> Result<(), CorpusError> {
    if malformed == 0 || options.allow_malformed {
        return Ok(());
    }
    Err(CorpusError::Malformed { document: document.into(), encoding, malformed, byte, line })
}
