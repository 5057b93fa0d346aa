//! Plain texts that are too long to be held: read several times, piece by piece.
//!
//! The first reading finds the encoding, as that of a text that is held is found: all of its bytes decide. What a further
//! one gives is what decoding it at once would have given.

use std::io::{self, Read};

use memchr::memchr;

use super::decoding::{check_malformed, doubted};
use super::encoding::{SAMPLE, Seen, StreamDecoder};
use super::hashing::{HashingReader, ReadTotals};
use super::limits::Limits;
use super::{CorpusError, Damage, Encoding, Input, InputRecord, Kind, NoText, ReadOptions};
use crate::digest::hexadecimal;
use crate::text::characters::is_blank;

/// A plain text of more bytes is not held as a whole.
pub(crate) const LONG: u64 = 16 << 20;

/// How much of a file is read at once, in bytes.
const CHUNK: usize = 1 << 20;

/// A plain text that is too long to be held.
pub(crate) struct LongText<'a> {
    input: &'a Input,
    options: &'a ReadOptions,
    encoding: Encoding,
    /// The length of the byte-order mark.
    mark: usize,
    /// The size and the digest of the file.
    size: u64,
    digest: String,
}

impl<'a> LongText<'a> {
    /// Reads a file once; none if it is no plain text, or one of no more than `most` bytes.
    pub fn open(input: &'a Input, options: &'a ReadOptions, most: u64) -> Result<Option<Self>, CorpusError> {
        let is_long = input.form.compression.is_some() || input.bytes() > most;
        if input.form.kind != Kind::Text || !is_long {
            return Ok(None);
        }
        let totals = ReadTotals::default();
        let mut file = open(input, options, totals.clone())?;
        let (mut head, mut chunk, mut length) = (Vec::new(), vec![0; CHUNK], 0_u64);
        let mut seen = Seen::default();
        loop {
            let read = fill(&mut file, &mut chunk).map_err(|error| failed(input, error))?;
            let bytes = chunk.get(..read).unwrap_or(&chunk);
            if bytes.is_empty() {
                break;
            }
            head.extend(bytes.iter().take(SAMPLE.saturating_sub(head.len())));
            length = length.saturating_add(bytes.len() as u64);
            seen.add(bytes);
        }
        if length <= most {
            return Ok(None);
        }
        let (encoding, mark) = match (Encoding::of_mark(&head), options.encoding) {
            (Some(marked), _) => marked,
            (None, Some(forced)) => (forced, 0),
            (None, None) => {
                let is_whole = length <= head.len() as u64;
                (seen.detect(&head, is_whole).map_err(|doubt| doubted(&input.document, doubt))?, 0)
            }
        };
        let totals = totals.get().clone();
        let (size, digest) = (totals.bytes, hexadecimal(totals.digest));
        Ok(Some(LongText { input, options, encoding, mark, size, digest }))
    }

    /// Its name in the tables.
    pub fn name(&self) -> &'a str {
        &self.input.document
    }

    /// The size of the file in bytes.
    pub fn bytes(&self) -> u64 {
        self.size
    }

    /// Reads it from the beginning.
    pub fn read(&self) -> Result<TextReader<'a>, CorpusError> {
        let totals = ReadTotals::default();
        let mut file = open(self.input, self.options, totals.clone())?;
        let mut mark = vec![0; self.mark];
        fill(&mut file, &mut mark).map_err(|error| failed(self.input, error))?;
        Ok(TextReader {
            input: self.input,
            options: self.options,
            encoding: self.encoding,
            digest: self.digest.clone(),
            file,
            totals,
            decoder: StreamDecoder::new(self.encoding),
            chunk: vec![0; CHUNK],
            length: 0,
            nul: None,
            is_blank: true,
            is_at_end: false,
        })
    }

    /// Reads all of it, and keeps nothing; gives how it was read.
    ///
    /// # Errors
    /// All that is an error in a text.
    pub fn check(&self) -> Result<InputRecord, CorpusError> {
        let mut reader = self.read()?;
        let mut piece = String::new();
        while !reader.is_at_end {
            piece.clear();
            reader.read(&mut piece, 1)?;
        }
        Ok(self.record(reader.malformed()))
    }

    /// How it was read, for the record of a run.
    pub fn record(&self, malformed: u64) -> InputRecord {
        InputRecord {
            document: self.input.document.clone(),
            bytes: self.size,
            sha256: self.digest.clone(),
            format: Kind::Text.name().into(),
            encoding: Some(self.encoding.name().into()),
            malformed_bytes: malformed,
            html: None,
            read_share: None,
            joined_breaks: None,
            documents: None,
            error_cells: 0,
        }
    }
}

/// A reading of a long text.
pub(crate) struct TextReader<'a> {
    input: &'a Input,
    options: &'a ReadOptions,
    encoding: Encoding,
    /// What the file's was when it was first read.
    digest: String,
    file: Box<dyn Read + Send + 'a>,
    totals: ReadTotals,
    decoder: StreamDecoder,
    chunk: Vec<u8>,
    /// How much text has been given, in bytes, where the first NUL character stands in it, and whether all of it is blank.
    length: usize,
    nul: Option<usize>,
    is_blank: bool,
    pub is_at_end: bool,
}

impl TextReader<'_> {
    /// Appends text until there are `least` bytes of it, or the end is reached.
    ///
    /// # Errors
    /// A file that can't be read or has changed and, at its end, all that is an error in a text.
    pub fn read(&mut self, text: &mut String, least: usize) -> Result<(), CorpusError> {
        while text.len() < least && !self.is_at_end {
            let read = fill(&mut self.file, &mut self.chunk).map_err(|error| failed(self.input, error))?;
            self.is_at_end = read == 0;
            let start = text.len();
            let bytes = self.chunk.get(..read).unwrap_or(&self.chunk);
            self.decoder.decode(bytes, self.is_at_end, text);
            let new = &text[start..];
            if self.nul.is_none() {
                self.nul = memchr(0, new.as_bytes()).map(|at| self.length.saturating_add(at));
            }
            self.length = self.length.saturating_add(new.len());
            self.is_blank = self.is_blank && is_blank(new);
        }
        if self.is_at_end { self.check() } else { Ok(()) }
    }

    /// How many bytes of the file have been read.
    pub fn bytes(&self) -> u64 {
        self.totals.get().bytes
    }

    /// How many bytes are not of the encoding, so far.
    pub fn malformed(&self) -> u64 {
        self.decoder.malformed as u64
    }

    fn check(&self) -> Result<(), CorpusError> {
        let document = || self.input.document.clone();
        if hexadecimal(self.totals.get().digest.clone()) != self.digest {
            return Err(CorpusError::Changed { document: document() });
        }
        if let Some(first) = self.decoder.first_malformed {
            let malformed = self.decoder.malformed;
            check_malformed(&self.input.document, self.encoding, malformed, first, self.options)?;
        }
        if let Some(offset) = self.nul {
            return Err(CorpusError::Nul { document: document(), offset });
        }
        if self.is_blank {
            return Err(CorpusError::NoText { document: document(), what: NoText::File });
        }
        Ok(())
    }
}

/// Opens a file, which may be compressed; its totals are of what is in the file.
fn open<'a>(
    input: &'a Input,
    options: &ReadOptions,
    totals: ReadTotals,
) -> Result<Box<dyn Read + Send + 'a>, CorpusError> {
    let file = HashingReader { inner: input.open()?, totals };
    Ok(match input.form.compression {
        None => Box::new(file),
        Some(compression) => compression.decompress(file, Limits::of(options)),
    })
}

/// Fills a buffer, but for the end of the file.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => filled = filled.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn failed(input: &Input, source: io::Error) -> CorpusError {
    let document = input.document.clone();
    match input.form.compression {
        None => CorpusError::Unreadable { document, source },
        Some(_) => CorpusError::Damaged {
            document,
            kind: Kind::Text,
            damage: Damage::Compression(source.to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;

    use super::*;
    use crate::corpus::{Corpus, Document, DocumentReader};

    /// What a text, compressed or not, is read as: at once, and piece by piece.
    fn both(path: &Path, options: &ReadOptions) -> [Result<(String, String), String>; 2] {
        let corpus = Corpus::open(&[PathBuf::from(path)], options).unwrap();
        let input = &corpus.inputs[0];
        let mut reader = DocumentReader::open(input, options);
        let whole = reader.next().unwrap().map(|document: Document| document.text);
        let record = |records: &[InputRecord]| serde_json::to_string(records).unwrap();
        let whole = whole.map(|text| (text, record(&reader.records))).map_err(|error| error.to_string());
        let in_pieces = || {
            let long = LongText::open(input, options, 0)?.expect("a text of no byte is not tried");
            let (mut text, mut piece) = (String::new(), String::new());
            let mut reader = long.read()?;
            while !reader.is_at_end {
                reader.read(&mut piece, 1)?;
                text.push_str(&piece);
                piece.clear();
            }
            Ok((text, record(&[long.check()?])))
        };
        [whole, in_pieces().map_err(|error: CorpusError| error.to_string())]
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn assert_same(bytes: &[u8], options: &ReadOptions) -> Result<(), TestCaseError> {
        let folder = tempfile::tempdir().unwrap();
        let is_short = bytes.len() < CHUNK;
        let gzipped = is_short.then(|| ("b.txt.gz", gzipped(bytes)));
        for (name, bytes) in [("a.txt", bytes.to_vec())].into_iter().chain(gzipped) {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let [whole, pieces] = both(&path, options);
            prop_assert!(whole == pieces, "{name}: {:.300?} and {:.300?}", whole, pieces);
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        #[test]
        fn a_text_in_pieces_is_the_text_at_once(
            text in "([ぁ-んァ-ン一-龥]|[a-zé0-9 。、「」\\n]|\r\n|\u{2028}|\u{0}|ｱ|\u{1b}\\$B8z\u{1b}\\(B){1,60}",
            label in proptest::sample::select(vec!["UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP"]),
            mark in proptest::sample::select(vec![&b""[..], b"\xef\xbb\xbf", b"\xff\xfe"]),
            damage in proptest::option::weighted(0.3, (any::<proptest::sample::Index>(), any::<u8>())),
            forced in any::<bool>(),
            allow_malformed in any::<bool>(),
        ) {
            let encoding: Encoding = label.parse().unwrap();
            let mut bytes = [mark, &encoding.encode(&text)].concat();
            if let Some((at, byte)) = damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let encoding = forced.then_some(encoding);
            assert_same(&bytes, &ReadOptions { encoding, allow_malformed, ..ReadOptions::default() })?;
        }
    }

    #[test]
    fn what_lies_across_two_chunks_is_read_as_elsewhere() {
        for (label, at_the_end) in [
            ("UTF-8", "犬\r\n".as_bytes()),
            ("UTF-8", b"\x1b$B8z\x1b(B"),
            ("UTF-8", b"\xe7\x8a"),
            ("UTF-8", b"\xe7\x8ax"),
            ("Shift_JIS", b"\x8c\xa2"),
            ("Shift_JIS", b"\x1b$B8z\x1b(B"),
            ("EUC-JP", b"\xb8\xa4\xff"),
            ("ISO-2022-JP", b"\x1b$B8z\x1b(B"),
            ("ISO-2022-JP", b"\x1b[0m\x0e1\x0f"),
        ] {
            let encoding: Encoding = label.parse().unwrap();
            for shift in 0..4 {
                let text = encoding.encode(&"効果が期待される。\n".repeat(4));
                let filled = [text.clone(), vec![b'x'; CHUNK - shift - text.len()]].concat();
                let bytes = [&filled[..], at_the_end, b"\nx"].concat();
                for allow_malformed in [false, true] {
                    assert_same(&bytes, &ReadOptions { allow_malformed, ..ReadOptions::default() }).unwrap();
                }
            }
        }
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "効果が期待される。").unwrap();
        let options = ReadOptions::default();
        let corpus = Corpus::open(std::slice::from_ref(&path), &options).unwrap();
        let long = LongText::open(&corpus.inputs[0], &options, 0).unwrap().unwrap();
        std::fs::write(&path, "効果が期待された。").unwrap();
        let error = long.read().unwrap().read(&mut String::new(), usize::MAX).unwrap_err();
        assert!(matches!(&error, CorpusError::Changed { document } if document == "a.txt"), "{error}");
    }
}
