//! Folding a sentence for matching: one form for what is written in several, with offsets into the original.
//!
//! Half-width kana become kana, full-width Latin letters become those of ASCII, the wave dash 〜 becomes ～ (as the
//! dictionary has it), variation selectors go, and a combining voiced mark is composed with its kana. In a wrapped text,
//! the line ends within a sentence go. What is quoted is the original.

use memchr::{memchr2_iter, memchr3_iter};
use unicode_normalization::char::{compose, decompose_compatible};

use super::characters::{is_full_width_letter, is_half_width_kana, is_variation_selector, is_voiced_mark};
use super::{Wrapping, is_line_end};
use crate::span::Span;

/// A folded sentence, with reusable buffers. A sentence with nothing to fold is only scanned, not copied.
#[derive(Debug, Default)]
pub struct Folding {
    is_folded: bool,
    text: String,
    /// For each byte of the folded text and its end: the offset in the original at which the character of this byte starts.
    starts: Vec<u32>,
    /// For each byte of the folded text and its end: the offset in the original at which the character of the byte before
    /// ends.
    ends: Vec<u32>,
}

impl Folding {
    /// Folds a sentence; in a wrapped text, without the line ends in it.
    pub fn fold(&mut self, sentence: &str, wrapping: Wrapping) {
        let bytes = sentence.as_bytes();
        let joins_lines = !wrapping.is_none() && sentence.contains(is_line_end);
        self.is_folded = joins_lines || needs_folding(bytes);
        if self.is_folded {
            self.rewrite(sentence, joins_lines);
        }
    }

    fn rewrite(&mut self, sentence: &str, joins_lines: bool) {
        self.text.clear();
        self.starts.clear();
        self.ends.clear();
        self.ends.push(0);
        let mut characters = sentence.char_indices().peekable();
        while let Some((start, character)) = characters.next() {
            let end = start + character.len_utf8();
            match character {
                line_end if joins_lines && is_line_end(line_end) => {
                    // Between Latin words, a line end is a space.
                    let before = self.text.chars().next_back();
                    let behind = sentence[end..].trim_start().chars().next();
                    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                    if is_word(before) && is_word(behind) {
                        self.push(' ', start, end);
                    }
                    while let Some((_, blank)) = characters.peek() {
                        if !blank.is_whitespace() {
                            break;
                        }
                        characters.next();
                    }
                }
                selector if is_variation_selector(selector) => self.extend_last(end),
                mark if is_voiced_mark(mark) => self.push_voiced_mark(mark, start, end),
                kana if is_half_width_kana(kana) => {
                    decompose_compatible(kana, |kana| match kana {
                        mark if is_voiced_mark(mark) => self.push_voiced_mark(mark, start, end),
                        kana => self.push(kana, start, end),
                    });
                }
                '\u{301c}' => self.push('\u{ff5e}', start, end),
                letter if is_full_width_letter(letter) => {
                    decompose_compatible(letter, |letter| self.push(letter, start, end));
                }
                character => self.push(character, start, end),
            }
        }
        self.starts.push(sentence.len() as u32);
    }

    /// The folded sentence.
    pub fn text<'a>(&'a self, sentence: &'a str) -> &'a str {
        if self.is_folded { &self.text } else { sentence }
    }

    /// The span in the original of a span of the folded sentence; both in bytes.
    pub fn original(&self, folded: Span) -> Span {
        if self.is_folded {
            self.starts[folded.start] as usize..self.ends[folded.end] as usize
        } else {
            folded
        }
    }

    fn push(&mut self, character: char, start: usize, end: usize) {
        self.text.push(character);
        self.starts.resize(self.text.len(), start as u32);
        self.ends.resize(self.text.len() + 1, end as u32);
    }

    /// Makes the last character's span in the original reach to `end`.
    fn extend_last(&mut self, end: usize) {
        if let Some(last) = self.ends.last_mut().filter(|_| !self.text.is_empty()) {
            *last = end as u32;
        }
    }

    /// Composes a voiced mark with the kana before it, or appends it where the two have no composed form.
    fn push_voiced_mark(&mut self, mark: char, start: usize, end: usize) {
        let Some(voiced) = self.text.chars().next_back().and_then(|kana| compose(kana, mark)) else {
            return self.push(mark, start, end);
        };
        self.text.pop();
        let kana = self.starts[self.text.len()];
        self.starts.truncate(self.text.len());
        self.ends.truncate(self.text.len() + 1);
        self.push(voiced, kana as usize, end);
    }
}

/// The folded form of a text that has no line ends to join, such as a word of the lexicon.
pub fn folded(word: &str) -> String {
    let mut folding = Folding::default();
    folding.fold(word, Wrapping::NONE);
    folding.text(word).to_owned()
}

/// Whether a sentence has anything to fold. Full-width punctuation, which is frequent, is not folded.
fn needs_folding(bytes: &[u8]) -> bool {
    let second = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    let third = |at: usize| bytes.get(at + 2).copied().unwrap_or_default();
    // U+FE00 to U+FE0F, U+FF21 to U+FF5A (letters), U+FF61 to U+FF9F; variation selectors above U+E0000.
    let high = memchr2_iter(0xef, 0xf3, bytes).any(|at| match (bytes[at], second(at), third(at)) {
        (0xf3, ..) => true,
        (_, 0xb8, third) => third < 0x90,
        (_, 0xbc, third) => (0xa1..=0xba).contains(&third),
        (_, 0xbd, third) => (0x81..=0x9a).contains(&third) || third >= 0xa1,
        (_, 0xbe, third) => third < 0xa0,
        _ => false,
    });
    // U+3099, U+309A, U+301C.
    let low = || {
        memchr3_iter(0x99, 0x9a, 0x9c, bytes).any(|at| {
            let before = &bytes[..at];
            if bytes[at] == 0x9c { before.ends_with(&[0xe3, 0x80]) } else { before.ends_with(&[0xe3, 0x82]) }
        })
    };
    high || low()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn fold(sentence: &str) -> (String, Folding) {
        let mut folding = Folding::default();
        folding.fold(sentence, Wrapping::forced("改行は文を終えない"));
        (folding.text(sentence).to_owned(), folding)
    }

    #[test]
    fn one_form_stands_for_several() {
        for (sentence, expected) in [
            ("ｶﾞﾝに効くﾊﾟﾝ｡", "ガンに効くパン。"),
            ("か\u{3099}んに\u{3099}", "がんに\u{3099}"),
            ("ＡＩとａｉ、１２％", "AIとai、１２％"),
            ("一〜二", "一～二"),
            ("葛\u{e0100}飾区☀\u{fe0f}", "葛飾区☀"),
            ("期待され\r\nる。the\nfox\n犬", "期待される。the fox犬"),
            ("（効く）！", "（効く）！"),
            ("\u{3099}あ", "\u{3099}あ"),
        ] {
            assert_eq!(fold(sentence).0, expected, "{sentence}");
        }
    }

    #[test]
    fn all_kana_of_half_width_are_folded_as_unicode_says() {
        let kana: String = ('\u{ff61}'..='\u{ff9f}').collect();
        assert_eq!(fold(&kana).0, kana.nfkc().collect::<String>());
        let letters: String = ('Ａ'..='Ｚ').chain('ａ'..='ｚ').collect();
        assert_eq!(fold(&letters).0, letters.nfkc().collect::<String>());
    }

    #[test]
    fn every_character_leads_back_to_the_original() {
        let sentence = "ﾊﾞﾅﾅが葛\u{e0100}\nる。";
        let (text, folding) = fold(sentence);
        let original = |part: &str| {
            let start = text.find(part).unwrap();
            sentence[folding.original(start..start + part.len())].to_owned()
        };
        assert_eq!(original("バ"), "ﾊﾞ");
        assert_eq!(original("バナナ"), "ﾊﾞﾅﾅ");
        assert_eq!(original("葛"), "葛\u{e0100}");
        assert_eq!(original("葛る"), "葛\u{e0100}\nる");
        assert_eq!(original("る。"), "る。");
        assert_eq!(folding.original(0..text.len()), 0..sentence.len());
    }

    #[test]
    fn the_spans_of_characters_cover_the_original_without_gaps() {
        for sentence in ["ﾊﾞﾅﾅが葛\u{e0100}\r\n　る。", "\u{fe0f}〜ＡＢｶﾞか\u{3099}", "the\nfox\u{3099}ｱ"]
        {
            let (text, folding) = fold(sentence);
            let mut end = 0;
            for (start, character) in text.char_indices() {
                let span = folding.original(start..start + character.len_utf8());
                let between = &sentence[end..span.start];
                assert!(
                    between.chars().all(|c| c.is_whitespace() || is_variation_selector(c)),
                    "{sentence:?}: {between:?} is lost before {character}"
                );
                assert!(span.start < span.end, "{sentence:?}: {character}");
                end = span.end;
            }
            assert_eq!(end, sentence.len(), "{sentence:?}");
        }
    }

    #[test]
    fn each_kind_of_character_alone_makes_a_sentence_be_folded() {
        for (folded, kept) in [
            ("ＡＺａｚ", "＠［｀｛"),
            ("｡ﾟ", "｠\u{ffa0}"),
            ("〜", "〛〝"),
            ("\u{3099}\u{309a}", "\u{3098}゛"),
            ("\u{fe00}\u{fe0f}\u{e0100}\u{e01ef}", "\u{fdff}\u{fe10}"),
        ] {
            for character in folded.chars() {
                assert!(fold(&format!("犬{character}")).1.is_folded, "{character:?}");
            }
            for character in kept.chars() {
                assert!(!fold(&format!("犬{character}")).1.is_folded, "{character:?}");
            }
        }
    }

    #[test]
    fn line_ends_stay_in_a_text_that_is_not_wrapped() {
        let mut folding = Folding::default();
        folding.fold("ｱ\n b", Wrapping::NONE);
        assert_eq!(folding.text("ｱ\n b"), "ア\n b");
    }

    #[test]
    fn a_sentence_that_needs_nothing_is_left_as_it_is() {
        for sentence in ["効果が期待される！（ほんとうに？）", "１００％、ー・～", "ASCII"]
        {
            let (text, folding) = fold(sentence);
            assert!(!folding.is_folded && text == sentence, "{sentence}");
        }
    }
}
