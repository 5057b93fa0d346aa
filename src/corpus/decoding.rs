//! Decoding a document as the options say.

use std::string::FromUtf8Error;

use memchr::memchr;

use super::encoding::{DecodedText, Doubt, Position, decode, detect, double_byte_escape};
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
    bytes.drain(..mark);
    if encoding == Encoding::UTF_8 && double_byte_escape(&bytes).is_none() {
        match utf8(bytes) {
            Ok(text) => return without_nul(document, Text { text, encoding, malformed: 0 }),
            Err(malformed) => bytes = malformed,
        }
    }
    let DecodedText { text, malformed, first_malformed } = decode(encoding, &bytes, true);
    if let Some(first) = first_malformed {
        check_malformed(document, encoding, malformed, first, options)?;
    }
    without_nul(document, Text { text, encoding, malformed: malformed as u64 })
}

/// Decodes a text that is no document, such as a lexicon.
pub(crate) fn decode_text(name: &str, bytes: Vec<u8>) -> Result<String, CorpusError> {
    decode_whole(name, bytes, None, &ReadOptions::default()).map(|decoded| decoded.text)
}

/// Bytes as a text in UTF-8, or the same bytes again.
fn utf8(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    // `String::from_utf8` checks without SIMD, which takes longer than a check with SIMD and a copy. A large text is
    // not copied, as it would take twice its memory.
    const COPIED: usize = 16 << 20;
    if bytes.len() > COPIED {
        return String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes);
    }
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(bytes),
    }
}

/// Refuses a text with a NUL character, which shows only after decoding where the encoding was given.
fn without_nul(document: &str, text: Text) -> Result<Text, CorpusError> {
    match memchr(0, text.text.as_bytes()) {
        Some(offset) => Err(CorpusError::Nul { document: document.into(), offset }),
        None => Ok(text),
    }
}

/// The encoding of a document, and the length of its byte-order mark in bytes. Without `whole`, `bytes` are its first.
pub(super) fn encoding_of(
    document: &str,
    bytes: &[u8],
    declared: Option<Encoding>,
    whole: bool,
    options: &ReadOptions,
) -> Result<(Encoding, usize), CorpusError> {
    if let Some(marked) = Encoding::of_mark(bytes) {
        return Ok(marked);
    }
    if let Some(forced) = options.encoding {
        return Ok((forced, 0));
    }
    detect(bytes, declared, whole).map(|encoding| (encoding, 0)).map_err(|doubt| doubted(document, doubt))
}

/// A document whose encoding can't be detected.
pub(super) fn doubted(document: &str, doubt: Doubt) -> CorpusError {
    let document = document.to_owned();
    match doubt {
        Doubt::Nul { offset } => CorpusError::Nul { document, offset },
        Doubt::Ambiguous(encodings) => CorpusError::Ambiguous { document, encodings },
        Doubt::Unknown => CorpusError::UnknownEncoding { document },
    }
}

/// Refuses malformed bytes, unless they are allowed.
pub(super) fn check_malformed(
    document: &str,
    encoding: Encoding,
    malformed: usize,
    first: Position,
    options: &ReadOptions,
) -> Result<(), CorpusError> {
    if malformed == 0 || options.allow_malformed {
        return Ok(());
    }
    let (document, Position { offset, line, is_escape }) = (document.into(), first);
    if is_escape {
        return Err(CorpusError::Escape { document, encoding, offset, line });
    }
    Err(CorpusError::Malformed { document, encoding, malformed, offset, line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_character_is_refused_where_the_encoding_was_given_too() {
        for (label, bytes) in [("UTF-16LE", &b"a\0\0\0"[..]), ("UTF-8", b"a\0"), ("Shift_JIS", b"a\0")] {
            let options = ReadOptions { encoding: label.parse().ok(), ..ReadOptions::default() };
            let error = decode_whole("a", bytes.to_vec(), None, &options).unwrap_err();
            assert!(matches!(error, CorpusError::Nul { offset: 1, .. }), "{label}: {error}");
        }
    }
}
