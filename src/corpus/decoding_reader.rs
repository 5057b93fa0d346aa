//! Decoding a file piece by piece.

use std::io::{self, Read};

use super::decoding::{check_malformed, encoding_of};
use super::encoding::StreamDecoder;
use super::hashing::ReadTotals;
use super::{CorpusError, Encoding, ReadOptions};

/// How much of a file its encoding is detected from, in bytes.
const HEAD: u64 = 1 << 20;

/// How much is read at once, in bytes.
const CHUNK: usize = 1 << 16;

/// A file in any encoding, read as UTF-8. Its errors may wrap a [`CorpusError`].
pub(super) struct DecodingReader<R> {
    inner: R,
    document: String,
    options: ReadOptions,
    encoding: Encoding,
    decoder: StreamDecoder,
    /// Bytes that have been read, and their text.
    chunk: Vec<u8>,
    text: String,
    /// How much of `text` has been handed out, in bytes.
    offset: usize,
    is_at_end: bool,
    totals: ReadTotals,
}

impl<R: Read> DecodingReader<R> {
    /// Reads the head of the file and detects the encoding.
    pub fn new(
        document: &str,
        mut inner: R,
        options: &ReadOptions,
        totals: ReadTotals,
    ) -> Result<Self, CorpusError> {
        let mut head = Vec::new();
        let unreadable = |source| CorpusError::Unreadable { document: document.into(), source };
        inner.by_ref().take(HEAD).read_to_end(&mut head).map_err(unreadable)?;
        let is_whole = (head.len() as u64) < HEAD;
        let (encoding, mark) = encoding_of(document, &head, None, is_whole, options)?;
        head.drain(..mark);
        totals.get().encoding = Some(encoding);
        let mut reader = DecodingReader {
            inner,
            document: document.into(),
            options: options.clone(),
            encoding,
            decoder: StreamDecoder::new(encoding),
            chunk: head,
            text: String::new(),
            offset: 0,
            is_at_end: false,
            totals,
        };
        reader.decode()?;
        Ok(reader)
    }

    /// What has been decoded and not handed out: of a new reader, the beginning of the file.
    pub fn head(&self) -> &str {
        &self.text[self.offset..]
    }

    fn decode(&mut self) -> Result<(), CorpusError> {
        self.text.clear();
        self.offset = 0;
        self.decoder.decode(&self.chunk, self.is_at_end, &mut self.text);
        self.totals.get().malformed = self.decoder.malformed as u64;
        match self.decoder.first_malformed {
            Some(first) => {
                check_malformed(&self.document, self.encoding, self.decoder.malformed, first, &self.options)
            }
            None => Ok(()),
        }
    }
}

impl<R: Read> Read for DecodingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.offset == self.text.len() && !self.is_at_end {
            self.chunk.resize(CHUNK, 0);
            let read = self.inner.read(&mut self.chunk)?;
            self.chunk.truncate(read);
            self.is_at_end = read == 0;
            self.decode().map_err(io::Error::other)?;
        }
        let mut rest = self.text.as_bytes().get(self.offset..).unwrap_or_default();
        let length = rest.read(buffer)?;
        self.offset = self.offset.saturating_add(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::super::encoding::decode;
    use super::*;

    /// A reader that hands out its bytes a few at a time.
    struct Trickle<'a>(&'a [u8], std::iter::Cycle<std::slice::Iter<'a, usize>>);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = self.1.next().copied().unwrap_or(1).min(buffer.len());
            self.0.read(&mut buffer[..most])
        }
    }

    fn read(bytes: &[u8], sizes: &[usize], options: &ReadOptions) -> (String, ReadTotals) {
        let totals = ReadTotals::default();
        let trickle = Trickle(bytes, sizes.iter().cycle());
        let mut reader = DecodingReader::new("a", trickle, options, totals.clone()).unwrap();
        let mut text = Vec::new();
        // Buffers of odd sizes, too.
        loop {
            let start = text.len();
            text.resize(start + 7_919, 0);
            let read = reader.read(&mut text[start..]).unwrap();
            text.truncate(start + read);
            if read == 0 {
                return (String::from_utf8(text).unwrap(), totals);
            }
        }
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(to_bytes).collect()
    }

    #[test]
    fn a_file_in_pieces_reads_as_it_does_at_once_in_every_encoding() {
        // Characters of every width, for more than the head and a chunk in the shortest of the encodings.
        let line = "効果が期待されます。abc、カタカナ、～と―、一\r\n";
        let text = line.repeat((HEAD as usize + 2 * CHUNK) / 48);
        let labels = ["UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-16LE", "UTF-16BE"];
        for label in labels {
            let encoding: Encoding = label.parse().unwrap();
            let mut bytes = match label {
                "UTF-16LE" => utf16(&text, u16::to_le_bytes),
                "UTF-16BE" => utf16(&text, u16::to_be_bytes),
                _ => encoding.encode(&text),
            };
            // Its last character is cut.
            bytes.truncate(bytes.len() - 3);
            assert!(bytes.len() as u64 > HEAD + CHUNK as u64, "{label}: {}", bytes.len());
            let options =
                ReadOptions { encoding: Some(encoding), allow_malformed: true, ..ReadOptions::default() };
            let whole = decode(encoding, &bytes[Encoding::of_mark(&bytes).map_or(0, |mark| mark.1)..], true);
            let (found, totals) = read(&bytes, &[1, 2, 3, 5, 65_537], &options);
            assert!(found == whole.text && found.starts_with(line), "{label}");
            assert_eq!(totals.get().encoding, Some(encoding));
            assert_eq!(totals.get().malformed, whole.malformed as u64, "{label}");
        }
    }

    #[test]
    fn the_encoding_is_detected_from_the_head() {
        let text = "効果が期待されます。\n".repeat(HEAD as usize / 20);
        for label in ["UTF-8", "Shift_JIS", "EUC-JP"] {
            let encoding: Encoding = label.parse().unwrap();
            let bytes = [encoding.encode(&text), b"\xff".into()].concat();
            let totals = ReadTotals::default();
            let mut reader =
                DecodingReader::new("a", &bytes[..], &ReadOptions::default(), totals.clone()).unwrap();
            assert_eq!(totals.get().encoding, Some(encoding));
            let error = reader.read_to_end(&mut Vec::new()).unwrap_err().downcast::<CorpusError>().unwrap();
            let line = text.lines().count() + 1;
            assert!(
                matches!(error, CorpusError::Malformed { malformed: 1, offset, line: found, .. }
                    if offset + 1 == bytes.len() && found == line),
                "{error}"
            );
        }
    }

    #[test]
    fn a_character_may_lie_across_the_end_of_the_head() {
        for shift in 0..3 {
            let text = "x".repeat(HEAD as usize - shift) + "犬が走る。";
            let (found, totals) = read(text.as_bytes(), &[1 << 16], &ReadOptions::default());
            assert!(found == text, "{shift}");
            assert_eq!(totals.get().malformed, 0);
        }
        // One byte short of the head: the file is whole, and its last character is cut for good.
        let mut bytes = "犬が走る。".repeat(20).into_bytes();
        bytes.resize(HEAD as usize - 3, b'x');
        bytes.extend(&"犬".as_bytes()[..2]);
        assert!(DecodingReader::new("a", &bytes[..], &ReadOptions::default(), ReadTotals::default()).is_ok());
        let mut reader =
            DecodingReader::new("a", &bytes[..], &ReadOptions::default(), ReadTotals::default()).unwrap();
        let error = reader.read_to_end(&mut Vec::new()).unwrap_err().downcast::<CorpusError>().unwrap();
        assert!(matches!(error, CorpusError::Malformed { malformed: 2, .. }), "{error}");
    }

    #[test]
    fn one_byte_at_a_time_is_enough() {
        let text = "効果が期待されます。\r\n犬が走る。\n";
        for label in ["UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP"] {
            let encoding: Encoding = label.parse().unwrap();
            let bytes = encoding.encode(text);
            // As one file that follows a head: behind a megabyte of ASCII.
            let long = [vec![b'x'; HEAD as usize], bytes.clone()].concat();
            let options = ReadOptions { encoding: Some(encoding), ..ReadOptions::default() };
            for bytes in [bytes, long] {
                let (found, _) = read(&bytes, &[1], &options);
                assert!(found == decode(encoding, &bytes, true).text, "{label}");
                assert!(found.ends_with(text), "{label}");
            }
        }
    }
}
