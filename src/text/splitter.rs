//! The sentences of a text.
//!
//! Where a line is cut is asked of its folded form, so that neither the width of a character nor an invisible one between
//! a mark and what follows it moves the end of a sentence.

use std::borrow::BorrowMut;

use super::characters::is_blank;
use super::line_ends::{line_of, lines};
use super::ruby::MAX_NOTATION;
use super::sentences::{MAX_BYTES, sentence_end};
use super::{Folding, Wrapping};
use crate::span::Span;

/// A sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text, without the whitespace and the invisible characters around it.
    pub span: Span,
    /// The index of the line it begins on, from 0.
    pub line: usize,
    /// Whether a character of its line has another form for matching, so that it must be folded.
    is_folded: bool,
}

impl Sentence {
    /// Folds it for matching, if there is anything to fold.
    pub fn fold(&self, text: &str, wrapping: Wrapping, folding: &mut Folding) {
        if self.is_folded {
            folding.fold(&text[self.span.clone()], wrapping);
        } else {
            folding.keep();
        }
    }
}

/// The sentences of a text in order; a line end ends one.
pub fn sentences(text: &str) -> impl Iterator<Item = Sentence> {
    sentences_in(text, Wrapping::NONE)
}

/// The sentences of a hard-wrapped text.
pub fn sentences_in(text: &str, wrapping: Wrapping) -> impl Iterator<Item = Sentence> {
    split(text, wrapping, Folding::default())
}

/// The sentences of a text, which is folded in buffers of the caller's.
pub fn split(
    text: &str,
    wrapping: Wrapping,
    mut folding: impl BorrowMut<Folding>,
) -> impl Iterator<Item = Sentence> {
    folding.borrow_mut().keep();
    let mut paragraphs = paragraphs(text, wrapping);
    let mut paragraph = (0, 0..0);
    // How far the line ends of a paragraph of several lines have been counted, and how many there were.
    let (mut counted, mut lines_before) = (0, 0);
    let mut block = Block { span: 0..0, folding, at: 0 };
    std::iter::from_fn(move || {
        loop {
            let (line, whole) = &paragraph;
            let Some(found) = block.next_sentence(text, whole.end, wrapping) else {
                paragraph = paragraphs.next()?;
                block.begin(paragraph.1.start);
                (counted, lines_before) = (paragraph.1.start, 0);
                continue;
            };
            let raw = &text[found.clone()];
            let trimmed = raw.trim_start();
            let start = found.end - trimmed.len();
            let trimmed = trimmed.trim_end();
            if !is_blank(trimmed) {
                if !wrapping.is_none() {
                    lines_before += line_of(&text[counted..], start - counted);
                    counted = start;
                }
                let span = start..start + trimmed.len();
                return Some(Sentence {
                    span,
                    line: line + lines_before,
                    is_folded: block.folding.borrow().is_folded(),
                });
            }
        }
    })
}

/// How much of a line is folded at once, in bytes: nearly always all of it.
const BLOCK_BYTES: usize = 128 << 10;

/// The longest sentence in bytes, with the signs of ruby, the line ends and the invisible characters in it, which
/// [`MAX_BYTES`] leaves aside.
pub(super) const MOST_BYTES: usize = 256 << 10;

/// Joined lines in bytes behind which no other is joined: no sentence is that long, and nothing longer need be held.
pub(super) const MOST_JOINED: usize = 256 << 10;

/// A stretch of a line, folded, and how much of it has been cut into sentences.
struct Block<F> {
    span: Span,
    folding: F,
    /// The offset in the folded block at which the next sentence begins.
    at: usize,
}

impl<F: BorrowMut<Folding>> Block<F> {
    /// Begins a line at a byte of the text.
    fn begin(&mut self, start: usize) {
        self.span = start..start;
        let folding = self.folding.borrow_mut();
        folding.keep();
        folding.forget_brackets();
        self.at = 0;
    }

    /// The next sentence of the line that ends at byte `end` of the text.
    fn next_sentence(&mut self, text: &str, end: usize, wrapping: Wrapping) -> Option<Span> {
        let mut length = BLOCK_BYTES;
        // A sentence is cut by what stands in the next MAX_BYTES, and signs of ruby at the end of a block may be cut off.
        while self.span.end < end && self.rest(text).len() <= MAX_BYTES + MAX_NOTATION {
            let start = self.span.start + self.folding.borrow().original(0..self.at).end;
            if start == self.span.start && length > MOST_BYTES {
                if !self.rest(text).is_empty() {
                    break;
                }
                // Nothing that is seen.
                let hidden = self.span.clone();
                self.begin(hidden.end);
                return Some(hidden);
            }
            self.span = start..text.floor_char_boundary(end.min(start + length.min(MOST_BYTES)));
            let folding = self.folding.borrow_mut();
            folding.fold(&text[self.span.clone()], wrapping);
            folding.forget_brackets();
            self.at = 0;
            length *= 2;
        }
        let (line, brackets) = self.folding.borrow_mut().text_and_brackets(&text[self.span.clone()]);
        let rest = &line[self.at..];
        if rest.is_empty() {
            return None;
        }
        let folded = self.at..self.at + sentence_end(rest, self.at, brackets);
        self.at = folded.end;
        let folding = self.folding.borrow();
        let mut original = folding.original(folded.clone());
        if wrapping.has_ruby() {
            // A sign before its first character belongs to it, so that its ruby is known for one again.
            original.start = folding.original(0..folded.start).end;
        }
        Some(self.span.start + original.start..self.span.start + original.end)
    }

    /// What has not been cut yet.
    fn rest<'a>(&'a self, text: &'a str) -> &'a str {
        &self.folding.borrow().text(&text[self.span.clone()])[self.at..]
    }
}

/// Runs of joined lines, each with the index of its first line.
pub(super) fn paragraphs(text: &str, wrapping: Wrapping) -> impl Iterator<Item = (usize, Span)> {
    let mut lines = lines(text).enumerate().peekable();
    std::iter::from_fn(move || {
        let (index, mut line) = lines.next()?;
        let mut last = line.clone();
        while !wrapping.is_none()
            && line.len() < MOST_JOINED
            && let Some((_, next)) =
                lines.next_if(|(_, next)| wrapping.joins_lines(text, last.clone(), next.clone()))
        {
            line.end = next.end;
            last = next;
        }
        Some((index, line))
    })
}

/// The offsets at which the sentences of a paragraph end, before the blanks around them are left out; and whether each was
/// cut by no more than what stands before the end of the paragraph.
#[cfg(feature = "documents")]
pub(super) fn sentence_ends(
    text: &str,
    paragraph: Span,
    wrapping: Wrapping,
) -> impl Iterator<Item = (usize, bool)> {
    let mut block = Block { span: 0..0, folding: Folding::default(), at: 0 };
    block.begin(paragraph.start);
    std::iter::from_fn(move || {
        let sentence = block.next_sentence(text, paragraph.end, wrapping)?;
        let is_sure = block.span.end < paragraph.end || block.rest(text).len() > MAX_BYTES + MAX_NOTATION;
        Some((sentence.end, is_sure))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).map(|sentence| &text[sentence.span]).collect()
    }

    #[test]
    fn invisible_characters_neither_are_sentences_nor_move_their_ends() {
        for (text, expected) in [
            ("効く。\u{200b}\n\u{feff}\n \u{200b} \n\u{1a}", vec!["効く。"]),
            ("\u{feff}効く。\u{2060}次。\u{1a}", vec!["効く。", "次。"]),
            ("本当？\u{200b}と思う。次。", vec!["本当？\u{200b}と思う。", "次。"]),
            ("「効く。\u{200d}」\u{ad}と言う。次。", vec!["「効く。\u{200d}」\u{ad}と言う。", "次。"]),
            ("本当？と⾔う。次。", vec!["本当？と⾔う。", "次。"]),
            ("葛\u{e0100}", vec!["葛\u{e0100}"]),
        ] {
            assert_eq!(cut(text), expected, "{text:?}");
        }
        assert_eq!(sentences("\u{200b}\n効く。").map(|found| found.line).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn long_lines_are_cut_alike_whether_folded_or_not() {
        for unit in ["効果が期待される。「本当？」と言う。", "効果が、", "「（", "あ"]
        {
            let plain = unit.repeat(3 * BLOCK_BYTES / unit.len());
            let expected: Vec<String> = cut(&plain).into_iter().map(str::to_owned).collect();
            // An invisible character behind each, and a run of them longer than a block.
            let hidden: String = plain.chars().flat_map(|c| [c, '\u{200b}']).collect();
            let run = "\u{200b}".repeat(BLOCK_BYTES) + &plain;
            for text in [hidden, run] {
                let found: Vec<String> = cut(&text).into_iter().map(|s| s.replace('\u{200b}', "")).collect();
                assert!(found == expected, "{unit}: {} {}", found.len(), expected.len());
            }
        }
    }
}
