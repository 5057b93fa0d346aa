//! Brackets and quotation marks: what stands in them belongs to one sentence.

use super::characters::{is_hiragana, is_latin};
use super::sentences::is_end_mark;
use crate::span::Span;

/// Opening and closing marks. Where one opening mark has two closing ones, the first is tried first.
const PAIRS: [(char, char); 24] = [
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('(', ')'),
    ('“', '”'),
    ('‘', '’'),
    ('〝', '〟'),
    ('〝', '〞'),
    ('【', '】'),
    ('〈', '〉'),
    ('《', '》'),
    ('〔', '〕'),
    ('〖', '〗'),
    ('〘', '〙'),
    ('［', '］'),
    ('[', ']'),
    ('｛', '｝'),
    ('｢', '｣'),
    ('«', '»'),
    ('≪', '≫'),
    ('＜', '＞'),
    ('"', '"'),
    ('＂', '＂'),
    // Typed at both ends where a keyboard has no “.
    ('”', '”'),
];

/// Whether a character opens a bracket, or may.
pub(super) fn opens(character: char) -> bool {
    // Asked of every character that is not Japanese: ranges around the pairs first.
    let may = matches!(character, '"' | '(' | '[' | '«' | '‘'..='”' | '≪' | '〈'..='〟' | '＂'..='｢');
    may && PAIRS.iter().any(|(open, _)| *open == character)
}

/// Whether a character closes a bracket, or may.
pub(super) fn closes(character: char) -> bool {
    PAIRS.iter().any(|(_, close)| *close == character)
}

/// Whether a mark is the same at both ends.
fn is_straight(character: char) -> bool {
    PAIRS.contains(&(character, character))
}

/// Finds the ends of the brackets of a line, from its beginning on.
#[derive(Default)]
pub(super) struct Brackets {
    /// Kinds that have been found to be closed nowhere in the rest of the line.
    unclosed: [bool; PAIRS.len()],
}

impl Brackets {
    /// Where the bracket that opens at `at` is closed: the closing mark.
    pub(super) fn closing(&mut self, line: &str, at: usize) -> Option<Span> {
        let open = line[at..].chars().next()?;
        let inside = at + open.len_utf8();
        PAIRS.iter().enumerate().filter(|(_, pair)| pair.0 == open).find_map(|(kind, pair)| {
            if self.unclosed[kind] {
                return None;
            }
            let length = closing(&line[inside..], *pair);
            self.unclosed[kind] = length.is_none();
            let close = inside + length?;
            let span = close..close + pair.1.len_utf8();
            is_bracket(line, at, inside..close).then_some(span)
        })
    }
}

/// Whether what looks like brackets are brackets, and no inch marks (`27"`) and no signs of inequality (`Ａ＜Ｂ`).
fn is_bracket(line: &str, at: usize, inside: Span) -> bool {
    let before = line[..at].chars().next_back();
    match line[at..inside.start].chars().next() {
        Some('"' | '＂') => !before.is_some_and(is_latin),
        Some('”') => !line[inside].contains('“'),
        Some('＜' | '≪') => {
            let ended = line[inside.clone()].trim_end().ends_with(is_end_mark);
            let compares = before.is_some_and(char::is_alphanumeric);
            let behind = line[inside.end..].chars().nth(1);
            ended || !compares || behind.is_some_and(is_hiragana) && !before.is_some_and(is_latin)
        }
        _ => true,
    }
}

/// The offset at which a bracket that is open before `text` is closed; others of its kind may be nested in it.
fn closing(text: &str, (open, close): (char, char)) -> Option<usize> {
    // Nearly always there is none where many are open, and that is found fast.
    let first = text.find(close)?;
    if open == close {
        return Some(first);
    }
    let mut depth = 1;
    for (at, sign) in text.match_indices([open, close]) {
        depth = if sign.starts_with(open) { depth + 1 } else { depth - 1 };
        if depth == 0 {
            return Some(at);
        }
    }
    // A nested one is not closed: take the first closing bracket.
    Some(first)
}

/// Whether a hiragana, taken for a quotative particle, follows the brackets at the beginning of a text.
pub(super) fn are_quoted(text: &str) -> bool {
    let mut at = 0;
    let mut brackets = Brackets::default();
    while text[at..].starts_with(opens) {
        let Some(close) = brackets.closing(text, at) else { return false };
        at = close.end;
    }
    text[at..].starts_with(is_hiragana)
}

/// The offset behind the marks and closing brackets at `at`, which stand behind the mark that ends a sentence.
pub(super) fn behind_closing(line: &str, mut at: usize) -> usize {
    while let Some(character) = line[at..].chars().next() {
        // Of straight marks that open and close by turns, this one opens if their number is even.
        let takes_turns = |next: char| next == character || character == '”' && next == '“';
        let is_closing = |c: char| !is_straight(c) || line[at..].matches(takes_turns).count() % 2 == 1;
        if !(is_end_mark(character) || closes(character) && is_closing(character)) {
            break;
        }
        at += character.len_utf8();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranges_hold_every_opening_mark() {
        for (open, close) in PAIRS {
            assert!(opens(open) && closes(close), "{open}{close}");
        }
    }
}
