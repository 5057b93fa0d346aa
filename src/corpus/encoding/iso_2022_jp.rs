//! ISO-2022-JP as programs have written it: with JIS X 0212, half-width kana (by escape sequence, SO and SI, or the eighth bit)
//! and escape sequences in a row. The Encoding Standard's decoder, which encoding_rs has, takes none of these.

use encoding_rs::{Decoder, DecoderResult, EUC_JP};

/// The character set that bytes are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Ascii,
    /// The Latin letters of JIS X 0201, with ¥ and ‾.
    Roman,
    /// The kana of JIS X 0201.
    Kana,
    /// JIS X 0208.
    Kanji,
    /// JIS X 0212.
    Supplement,
    /// The first plane of JIS X 0213. Only what it shares with JIS X 0208 is decoded.
    Plane1,
    /// A set of two bytes a character that is not decoded, such as that of Chinese or Korean.
    Other,
}

/// A decoder that is given a file piece by piece.
pub(super) struct Iso2022Jp {
    set: Set,
    /// Whether SO has shifted to kana.
    is_shifted: bool,
    /// Bytes of an escape sequence or a character whose rest has not come.
    pending: Vec<u8>,
    /// JIS X 0201, 0208 and 0212 in one encoding without states.
    euc: Decoder,
}

/// What became of a byte.
enum Step {
    Taken,
    /// With those pending, so many bytes are malformed.
    Malformed(u8),
    /// So many bytes that were pending are malformed, and this one is to be read anew.
    MalformedBefore(u8),
}

impl Iso2022Jp {
    pub fn new() -> Self {
        Iso2022Jp {
            set: Set::Ascii,
            is_shifted: false,
            pending: Vec::new(),
            euc: EUC_JP.new_decoder_without_bom_handling(),
        }
    }

    /// Appends the text of some bytes, up to the first that are malformed, and says how many were read; `last` says that
    /// no others follow.
    pub fn decode(&mut self, bytes: &[u8], text: &mut String, last: bool) -> (DecoderResult, usize) {
        for (index, byte) in bytes.iter().enumerate() {
            match self.step(*byte, text) {
                Step::Taken => {}
                Step::Malformed(length) => {
                    return (DecoderResult::Malformed(length, 0), index.saturating_add(1));
                }
                Step::MalformedBefore(length) => return (DecoderResult::Malformed(length, 0), index),
            }
        }
        if last && !self.pending.is_empty() {
            return (DecoderResult::Malformed(self.take_pending(), 0), bytes.len());
        }
        (DecoderResult::InputEmpty, bytes.len())
    }

    fn step(&mut self, byte: u8, text: &mut String) -> Step {
        match self.pending.first() {
            Some(0x1b) => return self.escape(byte, text),
            Some(lead) => {
                let lead = *lead;
                if !matches!(byte, 0x21..=0x7e) {
                    return Step::MalformedBefore(self.take_pending());
                }
                self.pending.clear();
                return self.pair(lead, byte, text);
            }
            None => {}
        }
        let is_double = matches!(self.set, Set::Kanji | Set::Supplement | Set::Plane1 | Set::Other);
        match byte {
            0x1b => self.pending.push(byte),
            0x0e => self.is_shifted = true,
            0x0f => self.is_shifted = false,
            0x21..=0x7e if self.is_shifted || self.set == Set::Kana => return self.kana(byte, text),
            0x21..=0x7e if is_double => self.pending.push(byte),
            _ if is_double && !self.is_shifted => return Step::Malformed(1),
            0xa1..=0xdf => return self.kana(byte, text),
            0x80.. => return Step::Malformed(1),
            b'\\' if self.set == Set::Roman => text.push('¥'),
            b'~' if self.set == Set::Roman => text.push('‾'),
            _ => text.push(char::from(byte)),
        }
        Step::Taken
    }

    /// A byte behind ESC.
    fn escape(&mut self, byte: u8, text: &mut String) -> Step {
        self.pending.push(byte);
        let set = match self.pending.get(1..).unwrap_or_default() {
            b"$" | b"(" | b"$(" | b"&" | b")" => return Step::Taken,
            // Some programs have written H where they meant the Latin letters of JIS X 0201.
            b"(B" | b"(H" => Set::Ascii,
            b"(J" => Set::Roman,
            b"(I" => Set::Kana,
            b"$@" | b"$B" | b"$(@" | b"$(B" => Set::Kanji,
            b"$(D" => Set::Supplement,
            b"$(O" | b"$(Q" => Set::Plane1,
            [b'$', 0x30..=0x7e] | [b'$', b'(', 0x30..=0x7e] => Set::Other,
            // The edition of JIS X 0208, and the kana that SO shifts to.
            b"&@" | b")I" => self.set,
            // Colours of a terminal.
            b"[" | b"]" if self.set == Set::Ascii => {
                text.push('\u{1b}');
                text.push(char::from(byte));
                self.set
            }
            _ => {
                self.pending.pop();
                return Step::MalformedBefore(self.take_pending());
            }
        };
        self.set = set;
        self.pending.clear();
        Step::Taken
    }

    fn pair(&mut self, lead: u8, trail: u8, text: &mut String) -> Step {
        let euc = [0x8f, lead | 0x80, trail | 0x80];
        match self.set {
            Set::Kanji => self.decode_euc(&euc[1..], text),
            // Rows that both have in common.
            Set::Plane1 if matches!(lead, 0x21..=0x28 | 0x30..=0x74) => self.decode_euc(&euc[1..], text),
            Set::Supplement => self.decode_euc(&euc, text),
            _ => Step::Malformed(2),
        }
    }

    fn kana(&mut self, byte: u8, text: &mut String) -> Step {
        self.decode_euc(&[0x8e, byte | 0x80], text)
    }

    /// Appends a character of EUC-JP.
    fn decode_euc(&mut self, bytes: &[u8], text: &mut String) -> Step {
        text.reserve(16);
        match self.euc.decode_to_string_without_replacement(bytes, text, false).0 {
            DecoderResult::InputEmpty => Step::Taken,
            _ => {
                self.euc = EUC_JP.new_decoder_without_bom_handling();
                Step::Malformed(if bytes.starts_with(b"\x8e") { 1 } else { 2 })
            }
        }
    }

    fn take_pending(&mut self) -> u8 {
        let length = self.pending.len() as u8;
        self.pending.clear();
        length
    }
}

/// Whether bytes without the eighth bit are of ISO-2022-JP: they have an escape sequence that is none of a terminal's, or
/// shift to another character set.
pub(super) fn has_escapes(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(0x0e, 0x1b, bytes)
        .filter_map(|at| bytes.get(at..))
        .any(|found| !matches!(found, [0x1b] | [0x1b, b'[' | b']', ..]))
}

/// Where an escape sequence for a set of two bytes a character begins: it is of no other encoding.
pub(in crate::corpus) fn double_byte_escape(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, b"\x1b$")
}

#[cfg(test)]
mod tests {
    use encoding_rs::ISO_2022_JP;

    use super::super::{Encoding, StreamDecoder, decode};

    fn decoded(bytes: &[u8]) -> (String, usize, Option<usize>) {
        let decoded = decode(Encoding::ISO_2022_JP, bytes, true);
        (decoded.text, decoded.malformed, decoded.first_malformed.map(|first| first.offset))
    }

    fn well(bytes: &[u8]) -> String {
        let (text, malformed, _) = decoded(bytes);
        assert_eq!(malformed, 0, "{bytes:?}: {text}");
        text
    }

    #[test]
    fn what_the_encoding_standard_decodes_is_decoded_alike() {
        for (lead, trail) in (0x21..=0x7e).flat_map(|lead| (0x21..=0x7e).map(move |trail| (lead, trail))) {
            let bytes = [b"a\x1b$B", &[lead, trail][..], b"\x1b(Bz"].concat();
            let expected = ISO_2022_JP.decode_without_bom_handling_and_without_replacement(&bytes);
            match expected {
                Some(expected) => assert_eq!(well(&bytes), expected),
                None => assert_eq!(decoded(&bytes), ("a�z".into(), 2, Some(4))),
            }
        }
        let text = "効果が期待される。¥‾ｱAz\n犬";
        assert_eq!(well(&ISO_2022_JP.encode(text).0), text.replace('ｱ', "ア"));
    }

    #[test]
    fn irregular_files_are_decoded() {
        for (bytes, text) in [
            // Empty sequences, where two outputs were joined.
            (&b"\x1b$B8z\x1b(B\x1b$B$/\x1b(B"[..], "効く"),
            (b"\x1b(B\x1b(B\x1b(Ja\x1b$@8z\x1b$B$/", "a効く"),
            (b"\x1b&@\x1b$B8z\x1b$(B$/\x1b(H.", "効く."),
            // JIS X 0212.
            (b"\x1b$(D0!\x1b$B8z\x1b(B", "丂効"),
            // Half-width kana.
            (b"\x1b(I16\x1b(B \x0e16\x0f.\x1b)I\x0e1\x0f", "ｱｶ ｱｶ.ｱ"),
            (b"\x1b$B8z\x0e16\x0f$/\x1b(B", "効ｱｶく"),
            (b"\x1b$B8z\x1b(B\xb1\xb6", "効ｱｶ"),
            // JIS X 0213, where it is as JIS X 0208.
            (b"\x1b$(O8z\x1b$(Q$/\x1b(B", "効く"),
            (b"\x1b[1ma\x1b[0m\x1b$B8z\x1b(B", "\u{1b}[1ma\u{1b}[0m効"),
        ] {
            assert_eq!(well(bytes), text, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_not_decoded_is_named() {
        for (bytes, text, malformed, first) in [
            // A byte is lost: at the end of a run, and at the end of the file.
            (&b"\x1b$B8z$\x1b(Ba"[..], "効�a", 1, 5),
            (b"\x1b$B8z$", "効�", 1, 5),
            (b"a\x1b$", "a�", 2, 1),
            // A line end, a blank and a byte of another encoding between kanji.
            (b"\x1b$B8z\n$/", "効�く", 1, 5),
            (b"\x1b$B8z $/", "効�く", 1, 5),
            (b"\x1b$B8z\xe3$/", "効�く", 1, 5),
            (b"a\xff", "a�", 1, 1),
            // Sets that are not decoded: JIS X 0213's second plane, Chinese, Korean, Greek; and no set.
            (b"\x1b$(P!!\x1b(Ba", "�a", 2, 4),
            (b"\x1b$A!!\x1b(Ba", "�a", 2, 3),
            (b"\x1b$(C!!\x1b(Ba", "�a", 2, 4),
            (b"\x1b$)Ca", "�)Ca", 2, 0),
            (b"a\x1b.Fb", "a�.Fb", 1, 1),
            (b"a\x1bKb", "a�Kb", 1, 1),
            (b"\x1b$(O*!\x1b(B", "�", 2, 4),
            (b"\x1b(I1a\x1b(B", "ｱ�", 1, 4),
        ] {
            assert_eq!(decoded(bytes), (text.into(), malformed, Some(first)), "{bytes:?}");
        }
    }

    #[test]
    fn pieces_of_any_length_give_the_same() {
        let bytes = b"a\x1b$B8z\x1b(B\x1b$(D0!\x1b$B$\x1b(I16\x0e1\x0f\x1bKz\x1b$B8";
        let whole = decoded(bytes);
        for length in 1..6 {
            let mut decoder = StreamDecoder::new(Encoding::ISO_2022_JP);
            let mut text = String::new();
            bytes.chunks(length).for_each(|chunk| decoder.decode(chunk, false, &mut text));
            decoder.decode(b"", true, &mut text);
            let first = decoder.first_malformed.map(|first| first.offset);
            assert_eq!((text, decoder.malformed, first), whole, "{length}");
        }
    }
}
