//! What is kept of a text to compare it with others.
//!
//! A text is compared as it is matched (folded), without blanks, line ends and controls. Near equality is the share of
//! sequences of five characters that two texts have in common, estimated from the least of their hashes in each of 128
//! bins (one permutation hashing: Li, Owen & Zhang 2012; empty bins filled from the next: Shrivastava & Li 2014). The
//! hashes are a few multiplications of integers, the same on every machine, which no package for MinHash promises.

use crate::span::Span;
use crate::text::{Folding, Wrapping, is_end_mark, is_line_end};

/// How many characters a sequence has.
const SEQUENCE: u64 = 5;

/// How many bins.
pub const BINS: usize = 128;

/// How many characters a text must have to be compared for near equality, blanks aside.
const LEAST_NEAR: u64 = 50;

/// How many characters it must have to be compared for equality.
const LEAST_EQUAL: u64 = 8;

/// How many characters a sentence must have, and may have, to be looked for in other documents.
const SENTENCE: std::ops::RangeInclusive<u64> = 10..=300;

/// How many sentences of a document are looked for in others.
const MOST_SENTENCES: usize = 20_000;

/// How many bytes a sentence may have, the blanks in it and what nobody sees among them.
const MOST_BYTES: usize = 4 << 10;

/// How much of a line is folded at a time, in bytes: folding keeps two offsets for each.
const PIECE: usize = 64 << 10;

/// Odd, with no pattern in their bits: 2^64 divided by the golden ratio, and a prime of XXH64.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
const MIX_AGAIN: u64 = 0xc2b2_ae3d_27d4_eb4f;

/// Where nothing has fallen into a bin.
const EMPTY: u32 = u32::MAX;

/// What is kept of a text.
#[derive(Debug, Clone, Default)]
pub struct Sketch {
    /// A hash of all its characters; none for a text that is too short.
    pub equal: Option<u64>,
    /// The least hash in each bin; none for a text that is too short.
    pub minima: Option<Box<[u32; BINS]>>,
    /// The hash of each of its sentences, once, and where it first stands.
    pub sentences: Vec<(u64, Span)>,
    /// These sentences, if the text is not held: what the spans count in.
    pub quoted: Option<String>,
}

impl Sketch {
    /// The sketch of a text, whose lines may go on in the next as `wrapping` says.
    pub fn of(text: &str, wrapping: Wrapping) -> Self {
        let mut reader = Reader::new(wrapping);
        let mut folding = Folding::default();
        let mut start = 0;
        while start < text.len() {
            let end = piece_end(text, start);
            reader.read(&text[start..end], start, &mut folding);
            start = end;
        }
        reader.finish(text.len())
    }

    /// A sentence at one of its spans, on one line; `text` is the text, unless the sketch quotes it.
    pub fn sentence(&self, text: &str, span: &Span) -> String {
        self.quoted.as_deref().unwrap_or(text)[span.clone()].trim().replace(['\r', '\n'], "")
    }

    /// The same of a text that is not held: `more` appends to it until it has so many bytes, and says whether it has ended.
    pub fn of_pieces<E>(
        wrapping: Wrapping,
        mut more: impl FnMut(&mut String, usize) -> Result<bool, E>,
    ) -> Result<Self, E> {
        let mut reader = Reader::new(wrapping);
        let mut folding = Folding::default();
        let (mut text, mut quoted) = (String::new(), String::new());
        // Where `text` begins and what is read next, in bytes of the whole.
        let (mut begins, mut start) = (0, 0);
        loop {
            // The last sentence may have begun before.
            let kept = reader.sentence_start.clamp(start - (start - begins).min(MOST_BYTES), start) - begins;
            let kept = text.floor_char_boundary(kept);
            text.drain(..kept);
            begins += kept;
            let has_ended = more(&mut text, 16 * PIECE)?;
            while start - begins < text.len() {
                let at = start - begins;
                if !has_ended && text.len() - at < PIECE + 4 {
                    break;
                }
                let end = piece_end(&text, at);
                reader.read(&text[at..end], start, &mut folding);
                start = begins + end;
                reader.quote(&text, begins, &mut quoted);
            }
            if has_ended {
                reader.end_sentence(start);
                reader.quote(&text, begins, &mut quoted);
                return Ok(Sketch { quoted: Some(quoted), ..reader.finish(start) });
            }
        }
    }
}

/// Where the piece ends that begins at a byte of a text: it is folded at once.
fn piece_end(text: &str, start: usize) -> usize {
    let most = text.floor_char_boundary(start + PIECE);
    memchr::memchr(b'\n', &text.as_bytes()[start..most]).map_or(most, |at| start + at + 1)
}

/// Reads a text, character by character.
struct Reader<'a> {
    wrapping: Wrapping<'a>,
    characters: u64,
    equal: u64,
    /// The last five characters, 12 bits of each.
    last: u64,
    minima: Box<[u32; BINS]>,
    sentence: u64,
    sentence_characters: u64,
    sentence_start: usize,
    sentences: Vec<(u64, Span)>,
    /// How many of them have been quoted.
    quoted: usize,
}

impl<'a> Reader<'a> {
    fn new(wrapping: Wrapping<'a>) -> Self {
        Reader {
            wrapping,
            characters: 0,
            equal: 0,
            last: 0,
            minima: Box::new([EMPTY; BINS]),
            sentence: 0,
            sentence_characters: 0,
            sentence_start: 0,
            sentences: Vec::new(),
            quoted: 0,
        }
    }

    /// Reads a piece that begins at an offset of the text.
    fn read(&mut self, piece: &str, offset: usize, folding: &mut Folding) {
        folding.fold(piece, Wrapping::NONE);
        let folded = folding.text(piece);
        for (at, character) in folded.char_indices() {
            let start = || offset + folding.original(at..at + character.len_utf8()).start;
            // Nearly all characters are kana or kanji, which are neither blank nor end a sentence.
            if matches!(character, 'ぁ'..='\u{9fff}') {
                self.character(character, start);
            } else if is_line_end(character) {
                if self.wrapping.is_none() {
                    self.end_sentence(start());
                }
            } else if !character.is_whitespace() && !character.is_control() {
                self.character(character, start);
                if is_end_mark(character) {
                    self.end_sentence(offset + folding.original(at..at + character.len_utf8()).end);
                }
            }
        }
    }

    #[inline(always)]
    fn character(&mut self, character: char, start: impl Fn() -> usize) {
        let value = u64::from(character);
        self.characters += 1;
        self.equal = (self.equal.rotate_left(5) ^ value).wrapping_mul(MIX);
        if self.sentence_characters == 0 {
            self.sentence_start = start();
        }
        if self.sentence_characters > 0 || !matches!(character, '」' | '』' | '）' | ')' | '”') {
            self.sentence = (self.sentence.rotate_left(5) ^ value).wrapping_mul(MIX_AGAIN);
            self.sentence_characters += 1;
        }
        let bits = value.wrapping_mul(MIX) >> 52;
        self.last = (self.last << 12 | bits) & ((1 << 60) - 1);
        if self.characters >= SEQUENCE {
            let hash = self.last.wrapping_mul(MIX);
            let hash = (hash ^ hash >> 29).wrapping_mul(MIX_AGAIN);
            let least = &mut self.minima[(hash >> 57) as usize];
            *least = (*least).min((hash >> 25) as u32);
        }
    }

    fn end_sentence(&mut self, end: usize) {
        let is_counted = SENTENCE.contains(&self.sentence_characters)
            && self.sentences.len() < MOST_SENTENCES
            && end - self.sentence_start <= MOST_BYTES;
        if is_counted {
            self.sentences.push((self.sentence, self.sentence_start..end));
        }
        self.sentence = 0;
        self.sentence_characters = 0;
    }

    /// Quotes the sentences that have ended; `text` begins at a byte of the whole.
    fn quote(&mut self, text: &str, begins: usize, quoted: &mut String) {
        for (_, span) in &mut self.sentences[self.quoted..] {
            let start = quoted.len();
            quoted.push_str(&text[span.start - begins..span.end - begins]);
            *span = start..quoted.len();
        }
        self.quoted = self.sentences.len();
    }

    fn finish(mut self, end: usize) -> Sketch {
        self.end_sentence(end);
        self.sentences.sort_by_key(|(hash, span)| (*hash, span.start));
        self.sentences.dedup_by_key(|(hash, _)| *hash);
        let minima = (self.characters >= LEAST_NEAR).then(|| filled(self.minima));
        let equal =
            (self.characters >= LEAST_EQUAL).then_some(self.equal ^ self.characters.wrapping_mul(MIX_AGAIN));
        Sketch { equal, minima, sentences: self.sentences, quoted: None }
    }
}

/// Fills each empty bin from the next that is not, so that texts with the same sequences have the same in all.
fn filled(mut minima: Box<[u32; BINS]>) -> Box<[u32; BINS]> {
    let original = minima.clone();
    for bin in 0..BINS {
        let distance =
            (0..BINS).find(|distance| original[(bin + distance) % BINS] != EMPTY).unwrap_or_default();
        // By distance, so that two that are filled from one bin don't agree by chance.
        let shift = (distance as u32).wrapping_mul(MIX as u32);
        minima[bin] = original[(bin + distance) % BINS].wrapping_add(shift);
    }
    minima
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str) -> Sketch {
        Sketch::of(text, Wrapping::NONE)
    }

    #[test]
    fn width_blanks_and_line_ends_make_no_difference() {
        let text = "ガンに効くＡＩが期待される。\nそうかもしれない。";
        for other in [
            "ｶﾞﾝに効くAIが 期待される。　そうかもしれない。\r\n",
            "ガンに効くＡＩが期\n待される。そうかもしれない。",
        ] {
            assert_eq!(sketch(text).equal, sketch(other).equal, "{other}");
        }
        assert_ne!(sketch(text).equal, sketch("ガンに効くＡＩが期待された。\nそうかもしれない。").equal);
        assert_eq!(sketch("はい。いいえ。").equal, None);
        assert!(sketch(text).minima.is_none() && sketch(&text.repeat(3)).minima.is_some());
    }

    #[test]
    fn sentences_are_given_once_and_where_they_stand() {
        let text =
            "効果が期待される薬です。」 短い。効果が期待される薬です。\nｶﾞﾝにも効くかもしれません\n終わり";
        let sketch = sketch(text);
        let mut found: Vec<&str> = sketch.sentences.iter().map(|(_, span)| &text[span.clone()]).collect();
        found.sort_unstable();
        assert_eq!(found, ["効果が期待される薬です。", "ｶﾞﾝにも効くかもしれません"]);
        let wrapped =
            Sketch::of("効果が期待\nされる薬です。", Wrapping::forced("効果が期待\nされる薬です。"));
        assert!(sketch.sentences.iter().any(|(hash, _)| *hash == wrapped.sentences[0].0));
    }

    #[test]
    fn a_text_in_pieces_has_the_sketch_of_the_text() {
        let sentence = "ｶﾞﾝに効く薬が\u{200b}期待される。　そして、次の文も";
        let blank = "か\u{3099}".repeat(20) + &"\u{3000}".repeat(MOST_BYTES) + "か\u{3099}効く。";
        for (unit, line_end) in [(sentence, "\n"), (sentence, ""), (&blank, "\n"), (&blank, "")] {
            let mut text = String::new();
            for number in 0..40 * PIECE / unit.len() {
                text += &format!("{unit}{number}{line_end}");
            }
            for wrapping in [Wrapping::NONE, Wrapping::forced("犬\n猫\n")] {
                let whole = Sketch::of(&text, wrapping);
                let mut rest = text.as_str();
                let pieces = Sketch::of_pieces(wrapping, |piece, least| {
                    let length = rest.floor_char_boundary((least + 5_001).saturating_sub(piece.len()));
                    piece.push_str(&rest[..length]);
                    rest = &rest[length..];
                    Ok::<bool, ()>(rest.is_empty())
                })
                .unwrap();
                assert!((pieces.equal, &pieces.minima) == (whole.equal, &whole.minima));
                let sentences = |sketch: &Sketch| -> Vec<(u64, String)> {
                    let text = sketch.quoted.as_deref().unwrap_or(&text);
                    sketch.sentences.iter().map(|(hash, span)| (*hash, text[span.clone()].into())).collect()
                };
                assert!(sentences(&pieces) == sentences(&whole), "{unit:.30}");
                assert!(!whole.sentences.is_empty() || unit == blank);
            }
        }
    }

    #[test]
    fn a_long_line_is_read_as_a_whole() {
        let text = "効果がｶﾞ期待される薬です".repeat(PIECE / 30);
        let short = "効果がガ期待される薬です".repeat(PIECE / 30);
        assert_eq!(sketch(&text).equal, sketch(&short).equal);
        assert_eq!(sketch(&text).minima, sketch(&short).minima);
    }
}
