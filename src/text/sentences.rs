//! Cutting a text into sentences.
//!
//! A line end ends a sentence, unless the text is hard-wrapped there; within a line, a full stop, an exclamation or a question mark does,
//! together with the marks and closing brackets behind it. What stands in brackets or quotation marks is
//! not cut, up to some 4,000 characters: `「…。…」と言う。` is one sentence. Nor is a sentence cut from the particle that quotes it.

use std::array::from_fn;

use memchr::{memchr2, memchr2_iter};

use super::Wrapping;
use super::characters::{is_hiragana, is_japanese, is_kanji, is_latin};
use crate::span::Span;

/// A sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without the blanks around it.
    pub span: Span,
    /// The line it begins on, counted from 0.
    pub line: usize,
}

const BRACKETS: [(char, char); 14] = [
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('(', ')'),
    ('“', '”'),
    ('〝', '〟'),
    ('【', '】'),
    ('〈', '〉'),
    ('《', '》'),
    ('〔', '〕'),
    ('［', '］'),
    ('[', ']'),
    ('｛', '｝'),
    ('｢', '｣'),
];

/// 1 if a character that begins with these bytes may end a sentence or open a bracket, 0 if not. Kana and kanji do neither,
/// and of the marks before U+3040 the comma is the most frequent.
fn may_end(first: u8, second: u8, third: u8) -> u8 {
    let is_ascii = (first == b'(') | (first == b'[') | (first == b'!') | (first == b'?') | (first == b'.');
    let is_mark = (first == 0xe3) & (second < 0x81) & (third != 0x81);
    u8::from(is_ascii | is_mark | (first.wrapping_sub(0xc0) < 0x23) | (first >= 0xea))
}

/// How many bytes a text begins with that neither end a sentence nor open a bracket; it stops at what may.
fn plain(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Sixteen at a time, which takes the processor no longer than one.
    while let Some(block) = bytes[at..].first_chunk::<18>() {
        let found = u128::from_le_bytes(from_fn(|at| may_end(block[at], block[at + 1], block[at + 2])));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 16;
    }
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    while at < bytes.len() && may_end(bytes[at], byte(at + 1), byte(at + 2)) == 0 {
        at += 1;
    }
    at
}

fn opens(character: char) -> bool {
    BRACKETS.iter().any(|(open, _)| *open == character)
}

fn closes(character: char) -> bool {
    BRACKETS.iter().any(|(_, close)| *close == character)
}

pub(super) fn ends(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '!' | '?' | '｡' | '．' | '‼' | '⁇' | '⁈' | '⁉')
}

/// The sentences of a text, from its beginning to its end; a line end ends one.
pub fn sentences(text: &str) -> impl Iterator<Item = Sentence> {
    sentences_in(text, Wrapping::NONE)
}

/// The sentences of a text in which some lines go on in the next.
pub fn sentences_in(text: &str, wrapping: Wrapping) -> impl Iterator<Item = Sentence> {
    paragraphs(text, wrapping).flat_map(move |(line, span)| {
        let mut rest = span.start;
        std::iter::from_fn(move || {
            while rest < span.end {
                let start = rest;
                rest += sentence_end(&text[start..span.end]);
                let raw = &text[start..rest];
                let trimmed = raw.trim_start();
                let start = start + raw.len() - trimmed.len();
                let trimmed = trimmed.trim_end();
                if !trimmed.is_empty() {
                    let line =
                        if wrapping.is_none() { line } else { line + line_ends(&text[span.start..start]) };
                    return Some(Sentence { span: start..start + trimmed.len(), line });
                }
            }
            None
        })
    })
}

/// Lines, joined with those that they go on in, and the number of the first.
fn paragraphs(text: &str, wrapping: Wrapping) -> impl Iterator<Item = (usize, Span)> {
    let mut lines = lines(text).enumerate().peekable();
    std::iter::from_fn(move || {
        let (number, mut line) = lines.next()?;
        let mut last = line.clone();
        while !wrapping.is_none()
            && let Some((_, next)) =
                lines.next_if(|(_, next)| wrapping.joins(&text[last.clone()], &text[next.clone()]))
        {
            line.end = next.end;
            last = next;
        }
        Some((number, line))
    })
}

/// How many line ends there are in a stretch.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| !(bytes[*at] == b'\r' && bytes.get(at + 1) == Some(&b'\n')))
        .count()
}

/// The index of the line that a byte stands on, from 0.
pub fn line_of(text: &str, byte: usize) -> usize {
    line_ends(&text[..byte])
}

/// How many lines a text has; a line end at its very end begins no further one.
pub fn count_lines(text: &str) -> usize {
    lines(text).count()
}

/// The lines of a text without their ends; `\n`, `\r\n` and `\r` end a line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        if rest >= text.len() {
            return None;
        }
        let start = rest;
        let end = memchr2(b'\n', b'\r', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let line_end = &text.as_bytes()[end..text.len().min(end + 2)];
        rest = end + if line_end == b"\r\n" { 2 } else { 1 };
        Some(start..end)
    })
}

/// The longest sentence, in bytes: some 4,000 characters. Conditions may look to the ends of a sentence, so
/// without a limit a text without full stops would take a time that grows with the square of its length.
const LONGEST: usize = 12 << 10;

/// Where the first sentence of a line ends.
fn sentence_end(line: &str) -> usize {
    let window = &line[..line.floor_char_boundary(LONGEST)];
    match mark_end(window) {
        Some(end) => end,
        None if window.len() == line.len() => line.len(),
        // No sentence is as long: it is cut behind a comma or a blank or, failing that, a character.
        None => {
            let comma = window.rfind(['、', '，', ',', ' ', '\u{3000}', '\t', '」', '・']);
            comma.map_or(window.len(), |at| at + window[at..].chars().next().map_or(1, char::len_utf8))
        }
    }
}

/// Where the first sentence of a line ends by a mark.
fn mark_end(line: &str) -> Option<usize> {
    let mut at = 0;
    // Bracket kinds that close nowhere in the rest of the line: searched for once.
    let mut unclosed = [false; BRACKETS.len()];
    loop {
        at += plain(&line[at..]);
        let character = line[at..].chars().next()?;
        let next = at + character.len_utf8();
        if let Some(kind) = BRACKETS.iter().position(|(open, _)| *open == character) {
            let inside = if unclosed[kind] { None } else { closing(&line[next..], BRACKETS[kind]) };
            unclosed[kind] = inside.is_none();
            if let Some(inside) = inside {
                at = next + inside + BRACKETS[kind].1.len_utf8();
                let ended = line[next..next + inside].trim_end().ends_with(ends);
                // 「…。」「…。」: a quotation that ends its sentence, and the next one; unless 「…。」「…。」と言う.
                if ended && line[at..].starts_with(opens) && !are_quoted(&line[at..]) {
                    return Some(at);
                }
                continue;
            }
        }
        at = next;
        if ends_here(character, line, at) {
            let behind = line[at..].trim_start_matches(|c| ends(c) || closes(c));
            at = line.len() - behind.len();
            if !goes_on(behind) {
                return Some(at);
            }
        }
    }
}

/// Whether a particle follows the quotations at the beginning of a text.
fn are_quoted(text: &str) -> bool {
    let mut rest = text;
    while let Some((open, close)) = BRACKETS.into_iter().find(|(open, _)| rest.starts_with(*open)) {
        let inside = &rest[open.len_utf8()..];
        let Some(end) = closing(inside, (open, close)) else { return false };
        rest = &inside[end + close.len_utf8()..];
    }
    rest.starts_with(is_hiragana)
}

/// Where a bracket closes that is open before `text`; others of its kind may stand within.
fn closing(text: &str, (open, close): (char, char)) -> Option<usize> {
    let mut depth = 1;
    for (at, sign) in text.match_indices([open, close]) {
        depth = if sign.starts_with(open) { depth + 1 } else { depth - 1 };
        if depth == 0 {
            return Some(at);
        }
    }
    // One too many is open within: the first that closes is as good as any.
    text.find(close)
}

/// Whether the character before `at` ends a sentence where it stands.
fn ends_here(mark: char, line: &str, at: usize) -> bool {
    if mark == '.' {
        return ends_as_full_stop(line, at);
    }
    ends(mark)
        && !is_decimal_point(mark, line, at)
        && !is_within_latin(mark, line, at)
        && !ends_a_name(line, at)
}

/// A full stop of ASCII ends a sentence of Japanese: `…です. また`, not `3.5`, `No.1` or `.com`.
fn ends_as_full_stop(line: &str, at: usize) -> bool {
    let before = line[..at - 1].chars().next_back();
    let behind = line[at..].chars().next();
    before.is_some_and(|c| is_hiragana(c) || is_kanji(c) || matches!(c, '」' | '）' | ')'))
        && behind.is_none_or(|c| c.is_whitespace() || is_japanese(c))
}

/// Whether a mark of half width stands within Latin letters, as in an address: `/?id=1`, `Hey!Say`.
fn is_within_latin(mark: char, line: &str, at: usize) -> bool {
    let is_part = |c: char| c.is_ascii_graphic() && c != '"' && c != ')';
    mark.is_ascii()
        && line[..at - 1].chars().next_back().is_some_and(is_part)
        && line[at..].chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || "/=&%#~_".contains(c))
}

/// Names that end in a mark.
const NAMES: [&str; 4] = ["Yahoo!", "Yahoo！", "Ｙａｈｏｏ！", "モーニング娘。"];

/// Whether the mark before `at` belongs to a name.
fn ends_a_name(line: &str, at: usize) -> bool {
    NAMES.iter().any(|name| line[..at].ends_with(name))
        && line[at..].chars().next().is_some_and(|behind| !ends(behind) && !behind.is_whitespace())
}

/// Whether what follows a mark makes a quotation of what stands before it: `本当？と思う。`
fn goes_on(behind: &str) -> bool {
    const QUOTATIVES: [&str; 24] = [
        "って",
        "との",
        "と、",
        "とい",
        "と言",
        "と思",
        "とおも",
        "と考",
        "と聞",
        "と書",
        "と感",
        "と疑",
        "と決",
        "と心",
        "と話",
        "と述",
        "と答",
        "と願",
        "と期",
        "と信",
        "と尋",
        "と驚",
        "と評",
        "と語",
    ];
    QUOTATIVES.iter().any(|particle| behind.starts_with(particle))
}

/// Whether the mark before `at` stands within a number or a Latin abbreviation (６４．７, Ｖｅｒ．２), or behind a
/// label at the beginning (Ｑ．, １．).
fn is_decimal_point(mark: char, line: &str, at: usize) -> bool {
    let before = line[..at - mark.len_utf8()].chars().next_back();
    let behind = line[at..].chars().next();
    let is_label = || line[..at - mark.len_utf8()].chars().all(is_latin);
    mark == '．' && before.is_some_and(is_latin) && (behind.is_some_and(is_latin) || is_label())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).map(|sentence| &text[sentence.span]).collect()
    }

    #[test]
    fn cuts_at_marks_and_line_ends() {
        for (text, expected) in [
            ("効きます。本当です！", vec!["効きます。", "本当です！"]),
            ("効きますか？はい。", vec!["効きますか？", "はい。"]),
            (
                "見出し\n本文です。\r\n・箇条書き\r終わり",
                vec!["見出し", "本文です。", "・箇条書き", "終わり"],
            ),
            ("すごい！！？次です", vec!["すごい！！？", "次です"]),
            ("「効く。必ず効く。」と言う。次。", vec!["「効く。必ず効く。」と言う。", "次。"]),
            ("（注意。）続く。", vec!["（注意。）続く。"]),
            (
                "「彼は「行く。」と「言う。」と書いた。」と言う。次。",
                vec!["「彼は「行く。」と「言う。」と書いた。」と言う。", "次。"],
            ),
            ("「はい。」「いいえ。」", vec!["「はい。」", "「いいえ。」"]),
            ("「閉じない。次です。", vec!["「閉じない。", "次です。"]),
            ("本当？と思う。次です。", vec!["本当？と思う。", "次です。"]),
            ("本当？とても良い。", vec!["本当？", "とても良い。"]),
            ("閉じるだけ。）次です。", vec!["閉じるだけ。）", "次です。"]),
            ("比率は６４．７％です．次です．", vec!["比率は６４．７％です．", "次です．"]),
            ("　字下げ。　\n\n　　\n", vec!["字下げ。"]),
            ("", vec![]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_is_not_passed_over_at_marks_and_opening_brackets() {
        let signs = BRACKETS.iter().map(|(open, _)| *open);
        assert!(signs.chain("。！？!?.｡．‼⁇⁈⁉".chars()).all(|sign| plain(&sign.to_string()) == 0));
        assert!("。！？!?｡．‼⁇⁈⁉".chars().all(ends));
    }

    #[test]
    fn counts_lines_from_nought() {
        let lines: Vec<usize> = sentences("一。二。\n\n三\r\n四\r五").map(|s| s.line).collect();
        assert_eq!(lines, [0, 0, 2, 3, 4]);
    }

    #[test]
    fn a_line_without_marks_is_cut_behind_a_comma_and_loses_nothing() {
        for (part, end) in [("効果が期待される、", '、'), ("「（", '（'), ("あ", 'あ')] {
            let line = part.repeat(20_000);
            let sentences = cut(&line);
            assert!(sentences.iter().all(|sentence| sentence.len() <= LONGEST && sentence.ends_with(end)));
            assert_eq!(sentences.concat(), line);
        }
    }
}
