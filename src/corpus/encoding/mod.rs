//! Detecting the encoding of bytes, and decoding them.

mod iso_2022_jp;
mod seen;
mod stream_decoder;

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8};
use memchr::memchr;

pub(super) use self::iso_2022_jp::double_byte_escape;
use self::iso_2022_jp::has_escapes;
pub(super) use self::seen::Seen;
pub(super) use self::stream_decoder::{DecodedText, Position, StreamDecoder, decode};
use crate::text::characters::{is_kana, is_kanji};

/// A character encoding. `Shift_JIS` means Windows-31J, as it does on the web.
///
/// ```
/// let encoding: hedgerow::Encoding = "sjis".parse()?;
/// assert_eq!(encoding.name(), "Shift_JIS");
/// # Ok::<(), hedgerow::ReadOptionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Encoding = Encoding(UTF_8);
    /// ISO-2022-JP.
    pub(super) const ISO_2022_JP: Encoding = Encoding(ISO_2022_JP);

    /// A decoder of encoding_rs.
    pub(super) fn decoder(self) -> encoding_rs::Decoder {
        self.0.new_decoder_without_bom_handling()
    }

    /// Whether a byte below 128 is the character of ASCII, wherever it stands, but for what follows a lead byte.
    pub(super) fn is_ascii_compatible(self) -> bool {
        self.0.is_ascii_compatible()
    }

    /// Its name, as the WHATWG Encoding Standard writes it.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The encoding of a byte-order mark at the beginning, and the mark's length.
    pub(super) fn of_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        encoding_rs::Encoding::for_bom(bytes).map(|(encoding, length)| (Encoding(encoding), length))
    }

    /// The encoding of a label of the WHATWG Encoding Standard.
    pub(super) fn of_label(label: &[u8]) -> Option<Self> {
        encoding_rs::Encoding::for_label_no_replacement(label).map(Encoding)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much of a long text its encoding is detected from, in bytes.
pub(super) const SAMPLE: usize = 1 << 20;

/// Why the encoding of some bytes can't be detected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A NUL character, which no text holds.
    Nul {
        /// Its offset in bytes.
        offset: usize,
    },
    /// Two encodings make sense of them.
    Ambiguous([Encoding; 2]),
    /// None of the encodings of Japanese makes sense of them.
    Unknown,
}

/// Detects the encoding of a text without a byte-order mark. `declared` is what the text says of itself;
/// without `whole`, these are the first of its bytes.
pub(super) fn detect(bytes: &[u8], declared: Option<Encoding>, whole: bool) -> Result<Encoding, Doubt> {
    if let Some(offset) = memchr(0, bytes) {
        return Err(Doubt::Nul { offset });
    }
    let valid = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Some(text),
        // The last character of a sample may be cut.
        Err(error) if !whole && error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok())
        }
        Err(_) => None,
    };
    // Escape sequences make ISO-2022-JP of what looks like ASCII. Some programs put half-width kana with an eighth bit between.
    if bytes.is_ascii() && has_escapes(bytes)
        || double_byte_escape(bytes).is_some() && is_iso_2022_jp(bytes, whole)
    {
        return Ok(Encoding::ISO_2022_JP);
    }
    let Some(text) = valid else { return arbitrate(bytes, declared, whole) };
    match declared {
        _ if bytes.iter().any(|byte| begins_wide_character(*byte)) => Ok(Encoding::UTF_8),
        _ if !may_be_half_width_kana(&text[..text.floor_char_boundary(SAMPLE)]) => Ok(Encoding::UTF_8),
        Some(encoding) => Ok(encoding),
        None => Err(Doubt::Ambiguous([Encoding::UTF_8, Encoding(SHIFT_JIS)])),
    }
}

fn is_iso_2022_jp(bytes: &[u8], whole: bool) -> bool {
    Attempt::of(Encoding::ISO_2022_JP, bytes, whole).malformed == 0
}

/// The first bytes of a text, which its encoding is told by.
fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE).unwrap_or(bytes)
}

fn guess(bytes: &[u8], whole: bool) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample(bytes), whole && bytes.len() <= SAMPLE);
    detector.guess(Some(b"jp"), Utf8Detection::Allow)
}

/// Whether a byte of UTF-8 begins a character beyond U+07FF, as those of Japanese are.
fn begins_wide_character(byte: u8) -> bool {
    byte >= 0xe0
}

/// Whether bytes that are valid UTF-8 without a Japanese character could as well be half-width kana in Shift_JIS (or
/// kanji in EUC-JP): `ﾃｽ` in Shift_JIS are the bytes of `ý`. Accented letters among Latin ones (café, Größe), signs
/// (©, ±) and running text in Greek, Cyrillic, Hebrew or Arabic letters are taken for what they are.
fn may_be_half_width_kana(text: &str) -> bool {
    if text.is_ascii() || is_in_another_alphabet(text) {
        return false;
    }
    // A single sign counts as one where there are words or figures around it.
    let words = text.bytes().filter(u8::is_ascii_alphanumeric).count() > 3;
    let mut previous = ' ';
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let (before, beyond) = rest.split_at(start);
        previous = before.chars().next_back().unwrap_or(previous);
        let length = beyond.find(|c: char| c.is_ascii()).unwrap_or(beyond.len());
        let (run, behind) = beyond.split_at(length);
        let next = behind.chars().next().unwrap_or(' ');
        let among_letters = [previous, next].map(|other| other.is_ascii_alphabetic());
        let is_plain = match run.chars().count() {
            1 => among_letters.contains(&true) || words && run <= "\u{bf}",
            2 => among_letters == [true; 2] && run.chars().all(char::is_alphabetic),
            _ => false,
        };
        if !is_plain {
            return true;
        }
        rest = behind;
    }
    false
}

/// Whether nearly all characters beyond ASCII are Greek, Cyrillic, Hebrew or Arabic: as half-width kana, every other one
/// would be of the same few.
fn is_in_another_alphabet(text: &str) -> bool {
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    let letters = text.chars().filter(|c| matches!(c, '\u{370}'..='\u{6ff}')).count();
    letters >= 8 && letters.saturating_mul(10) >= beyond.saturating_mul(9)
}

/// Detects the encoding of bytes that are not valid UTF-8: what they declare, if they are valid in it, or chardetng's
/// guess, checked against the other encodings of Japanese.
fn arbitrate(bytes: &[u8], declared: Option<Encoding>, whole: bool) -> Result<Encoding, Doubt> {
    let attempt = |encoding| Attempt::of(Encoding(encoding), bytes, whole);
    // Damaged UTF-8: so many characters are no coincidence, though other encodings may make mojibake of all its bytes.
    let utf8 = attempt(UTF_8);
    if utf8.japanese > utf8.malformed.saturating_mul(5) {
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
        // Damaged, but clearly of one encoding.
        let clear = attempts.iter().find(|attempt| attempt.japanese > attempt.malformed.saturating_mul(5));
        return clear.map(|attempt| attempt.encoding).or(declared).ok_or(Doubt::Unknown);
    }
    if second.malformed > 0 {
        return Ok(best.encoding);
    }
    // Bytes of half-width kana in Shift_JIS are kana and kanji in EUC-JP, and vice versa. Running Japanese has
    // full-width kana, which the wrong encoding has by coincidence only (`･ｱ` are the bytes of ケ).
    let clear =
        [best, second].into_iter().find(|one| one.kana >= 3 && one.kana.saturating_mul(3) >= one.japanese);
    clear.map(|one| one.encoding).ok_or(Doubt::Ambiguous([best.encoding, second.encoding]))
}

/// Some bytes, decoded in one encoding.
struct Attempt {
    encoding: Encoding,
    malformed: usize,
    /// Hiragana and full-width katakana.
    kana: usize,
    /// Hiragana, full-width katakana and kanji.
    japanese: usize,
}

impl Attempt {
    fn of(encoding: Encoding, bytes: &[u8], whole: bool) -> Self {
        let decoded = decode(encoding, sample(bytes), whole && bytes.len() <= SAMPLE);
        let kana = decoded.text.chars().filter(|c| is_kana(*c)).count();
        let kanji = decoded.text.chars().filter(|c| is_kanji(*c)).count();
        Attempt { encoding, malformed: decoded.malformed, kana, japanese: kana.saturating_add(kanji) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Encoding {
        pub(crate) fn encode(self, text: &str) -> Vec<u8> {
            self.0.encode(text).0.into_owned()
        }
    }

    const JAPANESE: [&encoding_rs::Encoding; 4] = [UTF_8, SHIFT_JIS, EUC_JP, ISO_2022_JP];

    fn detected(text: &str, encoding: &'static encoding_rs::Encoding) -> Result<Encoding, Doubt> {
        detect(&encoding.encode(text).0, None, true)
    }

    #[test]
    fn running_text_is_detected_in_every_encoding() {
        for text in ["効果が期待されます。", "この薬は効くでしょう。ｶﾞﾝにも。", "テスト", "はいはい"]
        {
            for encoding in JAPANESE {
                assert_eq!(detected(text, encoding), Ok(Encoding(encoding)), "{text}");
            }
        }
    }

    #[test]
    fn half_width_kana_are_detected_or_refused() {
        let kana: Vec<char> = ('\u{ff61}'..='\u{ff9f}').collect();
        let (mut detected_right, mut refused) = (0, 0);
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
                match detected(text, encoding) {
                    Ok(found) => {
                        let bytes = encoding.encode(text).0;
                        assert_eq!(decode(found, &bytes, true).text, *text, "{encoding:?}");
                        detected_right += 1;
                    }
                    Err(Doubt::Ambiguous(..)) => refused += 1,
                    Err(doubt) => panic!("{text}: {doubt:?}"),
                }
            }
        }
        assert!(detected_right > 500 && refused > 500, "{detected_right} detected, {refused} refused");
    }

    #[test]
    fn kanji_without_kana_are_detected_or_refused() {
        for text in ["期待", "直", "効果", "可能性大", "東京都", "最高峰", "当社比"] {
            for encoding in [SHIFT_JIS, EUC_JP] {
                match detected(text, encoding) {
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
        let running = [
            "Die Größe der Gefühle: schön für alle.",
            "Όλα είναι καλά.",
            "Это очень хорошо.",
            "זה טוב מאוד.",
        ];
        for text in
            ["", "plain", "café", "© 2026", "±0.25 °C", "\u{1b}[1mbold\u{1b}[0m"].into_iter().chain(running)
        {
            assert_eq!(detected(text, UTF_8), Ok(Encoding::UTF_8), "{text}");
        }
        assert!(matches!(detected("αβγ", UTF_8), Err(Doubt::Ambiguous(..))));
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
            assert_eq!(
                (decoded.malformed, decoded.first_malformed),
                (1, Some(Position { offset: at, line: 20, is_escape: false })),
                "{encoding:?}"
            );
        }
    }

    #[test]
    fn a_sample_may_end_within_a_character() {
        for encoding in JAPANESE {
            let bytes = encoding.encode("効果が期待されます。").0;
            for length in 14..bytes.len() {
                assert_eq!(detect(&bytes[..length], None, false), Ok(Encoding(encoding)), "{length}");
            }
        }
    }

    #[test]
    fn seven_bits_with_escape_sequences_are_iso_2022_jp_whatever_a_page_declares() {
        for bytes in [
            &b"\x1b$B8z\x1b(B\x1b$B$/\x1b(B"[..],
            b"\x1b$(D0!\x1b(B",
            b"\x1b$B8z$\x1b(B",
            b"<p>\x1b$A!!\x1b(B",
            b"\x0e16\x0f",
            b"8z\x1b(B",
            b"\x1b$B8z\x1b(B\xb1\xb6",
        ] {
            for declared in [None, Some(Encoding::UTF_8), Some(Encoding(SHIFT_JIS))] {
                assert_eq!(detect(bytes, declared, true), Ok(Encoding::ISO_2022_JP), "{bytes:?}");
            }
        }
        // Colours of a terminal, and a mixture, which decoding refuses.
        assert_eq!(detect(b"\x1b[1ma\x1b[0m\x1b", None, true), Ok(Encoding::UTF_8));
        let mixed = ["効く。".as_bytes(), b"\x1b$B8z\x1b(B"].concat();
        assert_eq!(detect(&mixed, None, true), Ok(Encoding::UTF_8));
    }

    #[test]
    fn bytes_of_no_text_are_refused() {
        assert_eq!(detect(b"a\0b", None, true), Err(Doubt::Nul { offset: 1 }));
        assert_eq!(detect(&[0xff; 40], None, true), Err(Doubt::Unknown));
    }
}
