//! Decoding bytes piece by piece.

use encoding_rs::{Decoder, DecoderResult};

use super::Encoding;
use super::iso_2022_jp::{Iso2022Jp, double_byte_escape};
use crate::text::line_ends;

/// A decoded text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::corpus) struct DecodedText {
    pub text: String,
    /// How many bytes are not of the encoding; they are replaced by `�`.
    pub malformed: usize,
    /// The first of them.
    pub first_malformed: Option<Position>,
}

/// A position in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::corpus) struct Position {
    /// In bytes, behind a byte-order mark.
    pub offset: usize,
    /// From 1.
    pub line: usize,
    /// Whether an escape sequence of ISO-2022-JP begins there, in a text of another encoding.
    pub is_escape: bool,
}

/// Decodes bytes without a byte-order mark. Without `last`, a character that is cut at their end is left out.
pub(in crate::corpus) fn decode(encoding: Encoding, bytes: &[u8], last: bool) -> DecodedText {
    let mut decoder = StreamDecoder::new(encoding);
    let mut text = String::new();
    decoder.decode(bytes, last, &mut text);
    DecodedText { text, malformed: decoder.malformed, first_malformed: decoder.first_malformed }
}

/// A decoder of one encoding.
enum Form {
    Iso2022Jp(Iso2022Jp),
    Other(Decoder),
}

impl Form {
    /// Appends the text of some bytes, up to the first that are malformed, and says how many were read.
    fn decode(&mut self, bytes: &[u8], last: bool, text: &mut String) -> (DecoderResult, usize) {
        match self {
            Form::Iso2022Jp(decoder) => decoder.decode(bytes, text, last),
            Form::Other(decoder) => {
                let needed = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
                text.reserve(needed.unwrap_or(bytes.len()));
                decoder.decode_to_string_without_replacement(bytes, text, last)
            }
        }
    }
}

/// Decodes a file chunk by chunk.
pub(in crate::corpus) struct StreamDecoder {
    decoder: Form,
    /// How many bytes have been decoded.
    offset: usize,
    line: usize,
    /// Whether the byte of ESC would be one, of an encoding other than ISO-2022-JP.
    may_hold_escapes: bool,
    ends_in_return: bool,
    /// Whether the last byte was that of ESC, which has not been decoded: the next may make it one of ISO-2022-JP.
    ends_in_escape: bool,
    pub malformed: usize,
    pub first_malformed: Option<Position>,
}

impl StreamDecoder {
    pub fn new(encoding: Encoding) -> Self {
        let decoder = if encoding == Encoding::ISO_2022_JP {
            Form::Iso2022Jp(Iso2022Jp::new())
        } else {
            Form::Other(encoding.decoder())
        };
        StreamDecoder {
            decoder,
            may_hold_escapes: encoding.is_ascii_compatible(),
            offset: 0,
            line: 1,
            ends_in_return: false,
            ends_in_escape: false,
            malformed: 0,
            first_malformed: None,
        }
    }

    /// Appends the text of a chunk; `last` says that none follows.
    pub fn decode(&mut self, chunk: &[u8], last: bool, text: &mut String) {
        if std::mem::take(&mut self.ends_in_escape) {
            return self.decode_complete(&[b"\x1b", chunk].concat(), last, text);
        }
        self.decode_complete(chunk, last, text);
    }

    fn decode_complete(&mut self, chunk: &[u8], last: bool, text: &mut String) {
        let mut rest = chunk;
        if self.may_hold_escapes {
            if !last && let Some(before) = rest.strip_suffix(b"\x1b") {
                self.ends_in_escape = true;
                rest = before;
            }
            while let Some((before, [_, behind @ ..])) =
                double_byte_escape(rest).and_then(|at| rest.split_at_checked(at))
            {
                self.decode_without_escapes(before, false, text);
                let position = Position { offset: self.offset, line: self.line, is_escape: true };
                self.first_malformed.get_or_insert(position);
                self.malformed = self.malformed.saturating_add(1);
                self.offset = self.offset.saturating_add(1);
                text.push(char::REPLACEMENT_CHARACTER);
                rest = behind;
            }
        }
        self.decode_without_escapes(rest, last, text);
    }

    fn decode_without_escapes(&mut self, chunk: &[u8], last: bool, text: &mut String) {
        let mut rest = chunk;
        loop {
            let start = text.len();
            let (result, read) = self.decoder.decode(rest, last, text);
            self.offset = self.offset.saturating_add(read);
            if self.first_malformed.is_none() {
                self.count_lines(&text[start..]);
            }
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, behind) => {
                    let (length, behind) = (usize::from(length), usize::from(behind));
                    let offset = self.offset.saturating_sub(length).saturating_sub(behind);
                    let position = Position { offset, line: self.line, is_escape: false };
                    self.first_malformed.get_or_insert(position);
                    self.malformed = self.malformed.saturating_add(length);
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }

    /// Counts the line ends of text.
    fn count_lines(&mut self, text: &str) {
        let is_counted = self.ends_in_return && text.starts_with('\n');
        let ends = line_ends(text).count().saturating_sub(usize::from(is_counted));
        self.line = self.line.saturating_add(ends);
        if !text.is_empty() {
            self.ends_in_return = text.ends_with('\r');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_malformed_byte_is_right_with_line_ends_of_every_kind() {
        for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
            let text = format!("a{end}{end}b{end}");
            for (label, to_bytes) in
                [("UTF-16LE", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("UTF-16BE", u16::to_be_bytes)]
            {
                // 《 has the byte of a line feed in UTF-16; half a surrogate pair is malformed.
                let units = "《".encode_utf16().chain(text.encode_utf16()).chain([0xd800, 0x3042]);
                let bytes: Vec<u8> = units.flat_map(to_bytes).collect();
                let found =
                    decode(label.parse().unwrap(), &bytes, true).first_malformed.map(|first| first.line);
                assert_eq!(found, Some(4), "{label} {end:?}");
            }
            let bytes = [text.as_bytes(), b"\xff"].concat();
            for chunk in 1..4 {
                let mut decoder = StreamDecoder::new(Encoding::UTF_8);
                let mut out = String::new();
                bytes.chunks(chunk).for_each(|chunk| decoder.decode(chunk, false, &mut out));
                let expected = Position { offset: text.len(), line: 4, is_escape: false };
                assert_eq!(decoder.first_malformed, Some(expected), "{end:?} in chunks of {chunk}");
            }
        }
    }

    #[test]
    fn escape_sequences_in_a_text_of_another_encoding_are_malformed() {
        for label in ["UTF-8", "Shift_JIS", "EUC-JP"] {
            let encoding: Encoding = label.parse().unwrap();
            let text = encoding.encode("効く。\n犬");
            let bytes = [&text[..], b"\x1b$B8z\x1b(B", &text].concat();
            let decoded = decode(encoding, &bytes, true);
            assert_eq!(decoded.text, "効く。\n犬�$B8z\u{1b}(B効く。\n犬", "{label}");
            let first = Position { offset: text.len(), line: 2, is_escape: true };
            assert_eq!((decoded.malformed, decoded.first_malformed), (1, Some(first)), "{label}");
        }
    }
}
