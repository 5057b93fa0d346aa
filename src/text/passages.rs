//! Cutting a text into passages, which can be coded one without the others: no sentence crosses a passage.
//!
//! A passage ends at a line end that ends a sentence or, in a line that is too long, behind a sentence. What ends it stands in
//! the next few megabytes, so that a long text need not be held.

use super::line_ends::{is_line_end, line_ends_from};
use super::splitter::{MOST_BYTES, MOST_JOINED, paragraphs, sentence_ends};
use super::wrapping::Wrapping;

/// The least length of a passage in bytes, but for the last of a text: enough that handing it over to a thread costs
/// nothing, little enough that no thread waits long for the last.
pub const PASSAGE_BYTES: usize = 64 << 10;

/// The greatest length of a passage that ends at a line end, in bytes.
const MOST_LINES: usize = 256 << 10;

/// How much text must be at hand to cut a passage from its beginning, in bytes, if the text does not end before: joined
/// lines and what is in no passage before them, a sentence behind, and what that and the next are cut by.
pub const PASSAGE_WINDOW: usize = PASSAGE_BYTES + MOST_JOINED + 3 * MOST_BYTES;

/// How much text behind a passage says where its sentences end, in bytes, if it ends within a line.
pub const BEHIND_PASSAGE: usize = MOST_BYTES;

/// The end of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassageEnd {
    /// In bytes.
    pub end: usize,
    /// Whether its last line goes on behind it.
    pub is_within_line: bool,
}

/// The end of the passage at the beginning of a text. Of a text that goes on, at least [`PASSAGE_WINDOW`] must be given.
pub fn passage_end(text: &str, wrapping: Wrapping) -> PassageEnd {
    let at_line_end = |end| PassageEnd { end, is_within_line: false };
    let within_line = |end| PassageEnd { end, is_within_line: true };
    let least = text.floor_char_boundary(PASSAGE_BYTES);
    let most = text.floor_char_boundary(if wrapping.is_none() { MOST_LINES } else { MOST_JOINED });
    let near = &text[..most];
    let mut ends = line_ends_from(near, least).take_while(|end| end.end < most);
    if let Some(end) = ends.find(|end| !wrapping.joins_at(text, end.clone())) {
        return at_line_end(end.end);
    }
    if most == text.len() {
        return at_line_end(text.len());
    }
    if wrapping.is_none() {
        let start = near[..least].rfind(is_line_end).map_or(0, |at| near.ceil_char_boundary(at + 1));
        let end = sentence_ends(near, start..most, wrapping).find(|(end, _)| *end >= least);
        if let Some((end, true)) = end {
            return within_line(end);
        }
    }
    let Some((_, paragraph)) = paragraphs(text, wrapping).find(|(_, paragraph)| paragraph.end >= least)
    else {
        return at_line_end(text.len());
    };
    // From there on, a line is joined with no other.
    let least = if wrapping.is_none() { least } else { least.max(paragraph.start + MOST_JOINED) };
    match sentence_ends(text, paragraph.clone(), wrapping).find(|(end, _)| *end >= least) {
        Some((end, _)) if end < paragraph.end => within_line(end),
        _ => {
            let line_end = line_ends_from(text, paragraph.end).next();
            at_line_end(line_end.map_or(text.len(), |line_end| line_end.end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Sentence, WrapPolicy, sentences_in};
    use super::*;

    /// The passages of a text of which no more than the window is seen, each with its sentences.
    fn cut(text: &str, wrapping: Wrapping) -> Vec<(PassageEnd, Vec<(usize, usize)>)> {
        let (mut start, mut is_within_line, mut found) = (0, false, Vec::new());
        while start < text.len() {
            let wrapping = wrapping.within_line(is_within_line);
            let window = &text[start..text.floor_char_boundary(start + PASSAGE_WINDOW)];
            let end = passage_end(window, wrapping);
            assert_eq!(passage_end(&text[start..], wrapping), end, "at {start}");
            let seen = if end.is_within_line { end.end + BEHIND_PASSAGE } else { end.end };
            let seen = &text[start..text.floor_char_boundary(start + seen)];
            let is_own = |sentence: &Sentence| sentence.span.start < end.end;
            let sentences = sentences_in(seen, wrapping).take_while(is_own);
            let sentences = sentences.map(|one| (start + one.span.start, start + one.span.end));
            found.push((PassageEnd { end: start + end.end, ..end }, sentences.collect()));
            (start, is_within_line) = (start + end.end, end.is_within_line);
        }
        found
    }

    #[test]
    fn passages_have_the_sentences_of_the_text() {
        let line = "　効果が「期待される。きっと」と言う。かもしれない? 次、ｶﾞ\u{200b}ﾝに効く\u{3099}";
        let quotes = &("あ。\"い\"う。”え”お、".to_owned() + &"効果が期待".repeat(200));
        let ruby = "｜期待《きたい》される、{漢字|かんじ}";
        for (name, unit, line_end) in [
            ("lines", line, "\n"),
            ("a line", line, ""),
            ("quotes", quotes, ""),
            ("ruby", ruby, ""),
            ("open brackets", "「（期待", ""),
            ("nothing that ends", "期待", ""),
            ("blanks", " \u{3000}", ""),
            ("other line ends", line, "\u{2028}"),
            ("few lines", &line.repeat(3_000), "\r\n"),
        ] {
            let text =
                (unit.to_owned() + line_end).repeat(PASSAGE_WINDOW / (unit.len() + line_end.len()) + 9);
            for policy in [WrapPolicy::Auto, WrapPolicy::Always] {
                let wrapping = policy.wrapping(&text);
                let found = cut(&text, wrapping);
                let sentences: Vec<_> =
                    sentences_in(&text, wrapping).map(|one| (one.span.start, one.span.end)).collect();
                let apart: Vec<_> = found.iter().flat_map(|(_, sentences)| sentences).copied().collect();
                assert!(apart == sentences, "{name}: {} and {}", apart.len(), sentences.len());
                assert!(found.len() > 2 && (unit.trim().is_empty() || sentences.len() > 20), "{name}");
            }
        }
    }

    #[test]
    fn joined_lines_and_what_nobody_sees_are_cut_too() {
        let page = "あ".repeat(25) + "\n";
        let hidden = "\u{200b}".repeat(400) + "犬";
        for (unit, is_wrapped) in [(page.as_str(), true), (&hidden, false), ("\u{200b}", false)] {
            let text = unit.repeat(2 * PASSAGE_WINDOW / unit.len());
            let wrapping = WrapPolicy::Auto.wrapping(&text);
            assert_eq!(wrapping.is_none(), !is_wrapped);
            let found = cut(&text, wrapping);
            assert!(found.len() > 2 || unit.len() == 3, "{}", found.len());
            let sentences: Vec<_> =
                sentences_in(&text, wrapping).map(|one| (one.span.start, one.span.end)).collect();
            let apart: Vec<_> = found.iter().flat_map(|(_, sentences)| sentences).copied().collect();
            let differ = apart.iter().zip(&sentences).position(|(one, other)| one != other);
            assert!(apart == sentences, "{} and {}: {differ:?}", apart.len(), sentences.len());
        }
    }
}
