//! Folding a sentence for matching: one form for what is written in several, with offsets into the original.
//!
//! Half-width kana become kana, full-width Latin letters become those of ASCII, the wave dash 〜 becomes ～ (as the
//! dictionary has it), radicals and compatibility ideographs become the ideographs that they look like, what no reader sees
//! goes, and a combining voiced mark is composed with its kana. In a wrapped text, the line ends within a sentence go, and in
//! one with ruby its signs and readings. What is quoted is the original.

use unicode_normalization::char::{compose, decompose_compatible};

use super::brackets::Brackets;
use super::characters::{
    is_full_width_letter, is_half_width_kana, is_invisible, is_variation_selector, is_voiced_mark,
    unified_ideograph,
};
use super::foldable::needs_folding;
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
    /// The signs and readings of ruby in the original.
    ruby: Vec<Span>,
    /// The brackets of the folded text, for cutting it.
    brackets: Brackets,
}

impl Folding {
    /// Folds a sentence; in a wrapped text without the line ends in it, and in one with ruby without that.
    pub fn fold(&mut self, sentence: &str, wrapping: Wrapping) {
        let joins_lines = !wrapping.is_none() && sentence.contains(is_line_end);
        wrapping.ruby().signs(sentence, &mut self.ruby);
        self.is_folded = joins_lines || !self.ruby.is_empty() || needs_folding(sentence);
        if self.is_folded {
            self.rewrite(sentence, joins_lines);
        }
    }

    fn rewrite(&mut self, sentence: &str, joins_lines: bool) {
        self.text.clear();
        self.starts.clear();
        self.ends.clear();
        self.ends.push(0);
        let ruby = std::mem::take(&mut self.ruby);
        let mut signs = ruby.iter().peekable();
        let mut characters = sentence.char_indices().peekable();
        while let Some((start, character)) = characters.next() {
            let end = start + character.len_utf8();
            if let Some(sign) = signs.peek()
                && sign.contains(&start)
            {
                signs.next_if(|sign| sign.end == end);
                continue;
            }
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
                character @ (' '..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヿ' | '一'..='\u{9fff}') => {
                    self.push(character, start, end);
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
                hidden if is_invisible(hidden) => {}
                character => self.push(unified_ideograph(character).unwrap_or(character), start, end),
            }
        }
        self.starts.push(sentence.len() as u32);
        self.ruby = ruby;
    }

    /// Takes a sentence as it is.
    pub fn keep(&mut self) {
        self.is_folded = false;
    }

    /// Whether the sentence has another form.
    pub fn is_folded(&self) -> bool {
        self.is_folded
    }

    /// The folded sentence.
    pub fn text<'a>(&'a self, sentence: &'a str) -> &'a str {
        if self.is_folded { &self.text } else { sentence }
    }

    /// Forgets the brackets of what was cut before.
    pub(super) fn forget_brackets(&mut self) {
        self.brackets.forget();
    }

    /// The folded text, and its brackets.
    pub(super) fn text_and_brackets<'a>(&'a mut self, sentence: &'a str) -> (&'a str, &'a mut Brackets) {
        (if self.is_folded { &self.text } else { sentence }, &mut self.brackets)
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
            ("⾒込まれると⾔われる。⼾⻑\u{fa19}", "見込まれると言われる。戸長神"),
            ("期\u{200b}待\u{ad}さ\u{1a}れ\u{2060}る\u{e0041}", "期待される"),
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
                    between.chars().all(|c| c.is_whitespace() || is_invisible(c)),
                    "{sentence:?}: {between:?} is lost before {character}"
                );
                assert!(span.start < span.end, "{sentence:?}: {character}");
                end = span.end;
            }
            assert_eq!(end, sentence.len(), "{sentence:?}");
        }
    }

    #[test]
    fn every_ignorable_character_and_control_goes_wherever_it_stands() {
        for character in ('\0'..=char::MAX).filter(|c| is_invisible(*c)) {
            for sentence in
                [format!("{character}期待"), format!("期{character}待"), format!("期待{character}")]
            {
                let (text, folding) = fold(&sentence);
                assert_eq!(text, "期待", "{character:?}");
                let node = &sentence[folding.original(0..text.len())];
                assert!(node.starts_with('期') && node.contains('待'), "{character:?}");
                // A selector belongs to its ideograph, what else is invisible to none.
                let has_end = sentence.ends_with(character) && is_variation_selector(character);
                assert_eq!(node.ends_with('待'), !has_end, "{character:?}");
            }
            assert_eq!(fold(&format!("か{character}\u{3099}")).0, "が", "{character:?}");
        }
    }

    #[test]
    fn every_radical_and_compatibility_ideograph_is_its_ideograph() {
        let mut folded_ideographs = 0;
        for character in ('\0'..=char::MAX).filter(|c| unified_ideograph(*c).is_some()) {
            let sentence = format!("犬{character}犬");
            let (text, folding) = fold(&sentence);
            let ideograph = text.chars().nth(1).unwrap();
            assert_eq!(Some(ideograph), unified_ideograph(character));
            let span = "犬".len().."犬".len() + ideograph.len_utf8();
            assert_eq!(&sentence[folding.original(span)], character.to_string());
            // Unicode's own compatibility mapping is the same, but for what Japan writes otherwise.
            let compatible: String = [character].into_iter().nfkc().collect();
            if compatible != character.to_string() && !"⼾⿈⿊".contains(character) {
                assert_eq!(compatible, ideograph.to_string());
            }
            folded_ideographs += 1;
        }
        assert!(folded_ideographs > 1_300, "{folded_ideographs}");
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
