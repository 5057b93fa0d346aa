//! From bytes to text: which encoding, and how many bytes are not of it.

use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8};
use memchr::memchr;

use crate::text::characters::{is_kana, is_kanji};

/// A character encoding. `Shift_JIS` means Windows-31J, as it does on the web.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Encoding = Encoding(UTF_8);

    /// Its name, as the WHATWG Encoding Standard writes it.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The encoding of a byte-order mark at the beginning, and the mark's length.
    pub(super) fn of_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        encoding_rs::Encoding::for_bom(bytes).map(|(encoding, length)| (Encoding(encoding), length))
    }

    /// The encoding that a label on the web stands for.
    pub(super) fn of_label(label: &[u8]) -> Option<Self> {
        encoding_rs::Encoding::for_label_no_replacement(label).map(Encoding)
    }
}

impl FromStr for Encoding {
    type Err = String;

    fn from_str(label: &str) -> Result<Self, String> {
        let known = match label.to_ascii_lowercase().as_str() {
            "cp932" => Some(Encoding(SHIFT_JIS)),
            "eucjp" => Some(Encoding(EUC_JP)),
            other => Encoding::of_label(other.as_bytes()),
        };
        known.ok_or_else(|| {
            format!(
                "the encoding `{label}` is not known; try UTF-8, Shift_JIS, EUC-JP, ISO-2022-JP or UTF-16LE"
            )
        })
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How many bytes are enough to tell, where a text is long.
const ENOUGH: usize = 1 << 20;

/// Why the encoding of some bytes can't be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A NUL character, which no text holds.
    Binary {
        /// Where it is, from 0.
        byte: usize,
    },
    /// Two encodings make sense of them: too short to tell.
    Ambiguous(Encoding, Encoding),
    /// None of the encodings of Japanese makes sense of them.
    Unknown,
}

/// Tells the encoding of a text without a byte-order mark. `declared` is what the text says of itself, and
/// `whole` whether these are all of its bytes.
pub(super) fn detect(bytes: &[u8], declared: Option<Encoding>, whole: bool) -> Result<Encoding, Doubt> {
    if let Some(byte) = memchr(0, bytes) {
        return Err(Doubt::Binary { byte });
    }
    let valid = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Some(text),
        // The last character of a beginning may be cut.
        Err(error) if !whole && error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    };
    let Some(text) = valid else { return arbitrate(bytes, declared, whole) };
    // Escape sequences may make ISO-2022-JP of what looks like ASCII.
    if memchr(0x1b, bytes).is_some() && guess(bytes, whole) == ISO_2022_JP {
        return Ok(Encoding(ISO_2022_JP));
    }
    match declared {
        _ if !may_be_half_width_kana(text) => Ok(Encoding::UTF_8),
        Some(encoding) => Ok(encoding),
        None => Err(Doubt::Ambiguous(Encoding::UTF_8, Encoding(SHIFT_JIS))),
    }
}

fn guess(bytes: &[u8], whole: bool) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(ENOUGH)], whole && bytes.len() <= ENOUGH);
    detector.guess(Some(b"jp"), Utf8Detection::Allow)
}

/// Whether a text in UTF-8 has no Japanese character, and its bytes would be half-width kana (or EUC-JP's
/// kanji) otherwise: `ﾃｽ` in Shift_JIS are the bytes of `ý`. Single letters among Latin ones (é of café) and
/// signs (©, ±) are no such thing.
fn may_be_half_width_kana(text: &str) -> bool {
    if text.is_ascii() || text.bytes().any(|byte| byte >= 0xe0) {
        return false;
    }
    // A sign by itself is one in a text with words and figures around it.
    let words = text.bytes().filter(u8::is_ascii_alphanumeric).count() > 3;
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let behind = characters.peek().copied().unwrap_or(' ');
        let among_letters = |other: char| other.is_ascii_alphabetic();
        let sign = words && character <= '\u{bf}';
        let alone = before.is_ascii() && behind.is_ascii();
        let accented = alone && (among_letters(before) || among_letters(behind));
        if !(character.is_ascii() || accented || sign && alone) {
            return true;
        }
        before = character;
    }
    false
}

/// Tells the encoding of bytes that are no UTF-8, or not quite: what they declare, if it makes sense of them,
/// or chardetng's guess, held against the other encodings of Japanese.
fn arbitrate(bytes: &[u8], declared: Option<Encoding>, whole: bool) -> Result<Encoding, Doubt> {
    let attempt = |encoding| Attempt::of(Encoding(encoding), bytes, whole);
    // So many characters are no chance: other encodings often make mojibake of all bytes of a damaged UTF-8 text.
    let utf8 = attempt(UTF_8);
    if utf8.japanese > 5 * utf8.malformed {
        return Ok(Encoding::UTF_8);
    }
    if let Some(Encoding(declared)) = declared
        && attempt(declared).malformed == 0
    {
        return Ok(Encoding(declared));
    }
    let guess = guess(bytes, whole);
    let mut attempts = [SHIFT_JIS, EUC_JP].map(attempt);
    // The guess goes first among equals.
    attempts.sort_by_key(|attempt| (attempt.malformed, attempt.encoding.0 != guess));
    let [best, second] = &attempts;
    if best.malformed > 0 {
        // Damaged, but plainly of one encoding.
        let plain = attempts.iter().find(|attempt| attempt.japanese > 5 * attempt.malformed);
        return plain.map(|attempt| attempt.encoding).or(declared).ok_or(Doubt::Unknown);
    }
    if second.malformed > 0 {
        return Ok(best.encoding);
    }
    // Bytes of Shift_JIS's half-width kana are EUC-JP's kana and kanji, and the other way round. Running
    // Japanese has kana of full width, which the wrong reading has by chance alone (`･ｱ` are the bytes of ケ).
    let plain = [best, second].into_iter().find(|one| one.kana >= 3 && 3 * one.kana >= one.japanese);
    plain.map(|one| one.encoding).ok_or(Doubt::Ambiguous(best.encoding, second.encoding))
}

/// What an encoding makes of some bytes.
struct Attempt {
    encoding: Encoding,
    malformed: usize,
    /// Hiragana and full-width katakana.
    kana: usize,
    /// Those and kanji.
    japanese: usize,
}

impl Attempt {
    fn of(encoding: Encoding, bytes: &[u8], whole: bool) -> Self {
        let most = bytes.len().min(ENOUGH);
        let decoded = decode(encoding, &bytes[..most], whole && most == bytes.len());
        let kana = decoded.text.chars().filter(|c| is_kana(*c)).count();
        let kanji = decoded.text.chars().filter(|c| is_kanji(*c)).count();
        Attempt { encoding, malformed: decoded.malformed, kana, japanese: kana + kanji }
    }
}

/// A text that has been decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DecodedText {
    pub text: String,
    /// How many bytes are not of the encoding; `�` stands in their place.
    pub malformed: usize,
    /// The first of them, from 0, and its line, from 1.
    pub first: Option<(usize, usize)>,
}

/// Decodes bytes that have no byte-order mark. Without `last`, a character that is cut at the end is left out.
pub(super) fn decode(encoding: Encoding, bytes: &[u8], last: bool) -> DecodedText {
    let mut stream = StreamDecoder::new(encoding);
    let mut text = String::new();
    stream.decode(bytes, last, &mut text);
    DecodedText { text, malformed: stream.malformed, first: stream.first }
}

/// Decodes bytes that come piece by piece.
pub(super) struct StreamDecoder {
    decoder: Decoder,
    bytes: usize,
    lines: usize,
    pub malformed: usize,
    pub first: Option<(usize, usize)>,
}

impl StreamDecoder {
    pub fn new(encoding: Encoding) -> Self {
        let decoder = encoding.0.new_decoder_without_bom_handling();
        StreamDecoder { decoder, bytes: 0, lines: 1, malformed: 0, first: None }
    }

    /// Appends what a piece says.
    pub fn decode(&mut self, piece: &[u8], last: bool, text: &mut String) {
        let mut rest = piece;
        loop {
            let needed = self.decoder.max_utf8_buffer_length_without_replacement(rest.len());
            text.reserve(needed.unwrap_or(rest.len()));
            let (result, read) = self.decoder.decode_to_string_without_replacement(rest, text, last);
            self.bytes += read;
            self.lines += rest[..read].iter().filter(|byte| **byte == b'\n').count();
            rest = &rest[read..];
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, behind) => {
                    let (length, behind) = (usize::from(length), usize::from(behind));
                    self.first.get_or_insert((self.bytes.saturating_sub(length + behind), self.lines));
                    self.malformed += length;
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JAPANESE: [&encoding_rs::Encoding; 4] = [UTF_8, SHIFT_JIS, EUC_JP, ISO_2022_JP];

    fn told(text: &str, encoding: &'static encoding_rs::Encoding) -> Result<Encoding, Doubt> {
        detect(&encoding.encode(text).0, None, true)
    }

    #[test]
    fn running_text_is_told_in_every_encoding() {
        for text in ["効果が期待されます。", "この薬は効くでしょう。ｶﾞﾝにも。", "テスト", "はいはい"]
        {
            for encoding in JAPANESE {
                assert_eq!(told(text, encoding), Ok(Encoding(encoding)), "{text}");
            }
        }
    }

    #[test]
    fn half_width_kana_are_told_or_refused() {
        let kana: Vec<char> = ('\u{ff61}'..='\u{ff9f}').collect();
        let (mut told_right, mut refused) = (0, 0);
        // All texts of one and two of them, and many of three to eight.
        let mut texts: Vec<String> = kana.iter().map(char::to_string).collect();
        for first in &kana {
            texts.extend(kana.iter().map(|second| format!("{first}{second}")));
        }
        for (start, length) in (0..kana.len()).flat_map(|start| (3..=8).map(move |length| (start, length))) {
            texts.push((0..length).map(|at| kana[(start + at * at * 7) % kana.len()]).collect());
        }
        for text in &texts {
            for encoding in [SHIFT_JIS, EUC_JP] {
                match told(text, encoding) {
                    Ok(found) => {
                        let bytes = encoding.encode(text).0;
                        assert_eq!(decode(found, &bytes, true).text, *text, "{encoding:?}");
                        told_right += 1;
                    }
                    Err(Doubt::Ambiguous(..)) => refused += 1,
                    Err(doubt) => panic!("{text}: {doubt:?}"),
                }
            }
        }
        assert!(told_right > 500 && refused > 500, "{told_right} told, {refused} refused");
    }

    #[test]
    fn kanji_without_kana_are_told_or_refused() {
        for text in ["期待", "直", "効果", "可能性大", "東京都", "最高峰", "当社比"] {
            for encoding in [SHIFT_JIS, EUC_JP] {
                match told(text, encoding) {
                    Ok(found) => {
                        let bytes = encoding.encode(text).0;
                        assert_eq!(decode(found, &bytes, true).text, text, "{encoding:?}");
                    }
                    Err(doubt) => assert!(matches!(doubt, Doubt::Ambiguous(..)), "{text}: {doubt:?}"),
                }
            }
        }
    }

    #[test]
    fn latin_text_in_utf8_is_no_riddle() {
        for text in ["", "plain", "café", "© 2026", "±0.25 °C", "\u{1b}[1mbold\u{1b}[0m"] {
            assert_eq!(told(text, UTF_8), Ok(Encoding::UTF_8), "{text}");
        }
        assert!(matches!(told("αβγ", UTF_8), Err(Doubt::Ambiguous(..))));
    }

    #[test]
    fn a_declaration_decides_where_it_makes_sense() {
        let kana = SHIFT_JIS.encode("ﾃｽﾄﾃﾞｽ").0;
        assert!(matches!(detect(&kana, None, true), Err(Doubt::Ambiguous(..))));
        assert_eq!(detect(&kana, Some(Encoding(SHIFT_JIS)), true), Ok(Encoding(SHIFT_JIS)));
        // A page that was converted and kept its old declaration.
        assert_eq!(detect("効く。".as_bytes(), Some(Encoding(SHIFT_JIS)), true), Ok(Encoding::UTF_8));
        let euc = EUC_JP.encode("効くでしょう。").0;
        assert_eq!(detect(&euc, Some(Encoding(ISO_2022_JP)), true), Ok(Encoding(EUC_JP)));
    }

    #[test]
    fn damaged_text_is_still_of_its_encoding() {
        for encoding in [UTF_8, SHIFT_JIS, EUC_JP] {
            let mut bytes = encoding.encode(&"効果が期待されます。\n".repeat(20)).0.into_owned();
            let at = bytes.len() - 1;
            bytes.insert(at, 0xff);
            assert_eq!(detect(&bytes, None, true), Ok(Encoding(encoding)));
            let decoded = decode(Encoding(encoding), &bytes, true);
            assert_eq!((decoded.malformed, decoded.first), (1, Some((at, 20))), "{encoding:?}");
        }
    }

    #[test]
    fn a_beginning_may_end_within_a_character() {
        for encoding in JAPANESE {
            let bytes = encoding.encode("効果が期待されます。").0;
            for length in 14..bytes.len() {
                assert_eq!(detect(&bytes[..length], None, false), Ok(Encoding(encoding)), "{length}");
            }
        }
    }

    #[test]
    fn bytes_of_no_text_are_refused() {
        assert_eq!(detect(b"a\0b", None, true), Err(Doubt::Binary { byte: 1 }));
        assert_eq!(detect(&[0xff; 40], None, true), Err(Doubt::Unknown));
    }

    #[test]
    fn labels_are_those_of_the_web_and_of_python() {
        for label in ["shift_jis", "SJIS", "cp932", "Windows-31J"] {
            assert_eq!(label.parse(), Ok(Encoding(SHIFT_JIS)), "{label}");
        }
        assert!("klingon".parse::<Encoding>().unwrap_err().contains("Shift_JIS"));
    }
}
