//! Sentences are cut where a naive splitter cuts them, which reads the window of each sentence anew, whatever stands in it;
//! and the time for a line grows as its length does.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::TestRunner;

use super::brackets::{Brackets as Kept, PAIRS, closes, is_straight, opens};
use super::characters::{is_hiragana, is_latin};
use super::line_ends::lines;
use super::note_marks::NoteMarks;
use super::quotatives::quotes;
use super::sentences::{ends_here, is_end_mark, may_end, sentence_end_within};
use super::splitter::sentences;
use crate::span::Span;

/// The offset at which the first sentence of a line ends.
fn sentence_end(line: &str, most: usize) -> usize {
    let window = &line[..line.floor_char_boundary(most)];
    match mark_end(window) {
        Some(end) => end,
        None if window.len() == line.len() => line.len(),
        // Cut after the last comma, blank or the like or, if there is none, after the last character that fits.
        None => {
            let comma = window.rfind(['、', '，', ',', ' ', '\u{3000}', '\t', '」', '・']);
            comma.map_or(window.len(), |at| at + window[at..].chars().next().map_or(1, char::len_utf8))
        }
    }
}

/// The offset behind the marks of notes at `at`.
fn behind_marks(line: &str, at: usize) -> usize {
    NoteMarks::default().behind_marks(line, at)
}

/// The offset at which a mark ends the first sentence of a line.
fn mark_end(line: &str) -> Option<usize> {
    let mut at = 0;
    let mut brackets = Brackets::default();
    loop {
        at += line[at..].find(may_end)?;
        let mark = line[at..].chars().next()?;
        let next = at + mark.len_utf8();
        if opens(mark)
            && let Some(close) = brackets.closing(line, at)
        {
            at = close.end;
            if line[next..close.start].trim_end().ends_with(is_end_mark) {
                at = behind_marks(line, at);
                // 「…。」「…。」: a quotation that ends its sentence, and the next one; unless 「…。」「…。」と言う.
                if line[at..].starts_with(opens) && !are_quoted(&line[at..]) {
                    return Some(at);
                }
            }
            continue;
        }
        at = next;
        if ends_here(mark, line, at) {
            at = behind_closing(line, at);
            let is_closed = line[..at].ends_with(closes);
            at = behind_closing(line, behind_marks(line, at));
            if !quotes(&line[at..], mark, is_closed) {
                return Some(at);
            }
        }
    }
}

/// Finds the ends of the brackets of a line, from its beginning on.
#[derive(Default)]
struct Brackets {
    /// Kinds that have been found to be closed nowhere in the rest of the line.
    unclosed: [bool; PAIRS.len()],
}

impl Brackets {
    /// Where the bracket that opens at `at` is closed: the closing mark.
    fn closing(&mut self, line: &str, at: usize) -> Option<Span> {
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
fn are_quoted(text: &str) -> bool {
    let mut at = 0;
    let mut brackets = Brackets::default();
    while text[at..].starts_with(opens) {
        let Some(close) = brackets.closing(text, at) else { return false };
        at = close.end;
    }
    text[at..].starts_with(is_hiragana)
}

/// The offset behind the marks and closing brackets at `at`, which stand behind the mark that ends a sentence.
fn behind_closing(line: &str, mut at: usize) -> usize {
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

/// The ends of the sentences of each line.
fn naive_ends(text: &str, most: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    for line in lines(text) {
        let mut at = line.start;
        while at < line.end {
            at += sentence_end(&text[at..line.end], most);
            ends.push(at);
        }
    }
    ends
}

fn ends(text: &str, most: usize, brackets: &mut Kept) -> Vec<usize> {
    let mut ends = Vec::new();
    for line in lines(text) {
        brackets.forget();
        let mut at = line.start;
        while at < line.end {
            at += sentence_end_within(&text[at..line.end], most, at - line.start, brackets);
            ends.push(at);
        }
    }
    ends
}

/// What texts are put together from, besides the brackets.
const PARTS: [&str; 42] = [
    "。",
    "。",
    "！",
    "？",
    "．",
    ".",
    "!",
    "あ",
    "あ",
    "と",
    "と言う",
    "って",
    "を",
    "ア",
    "犬",
    "a",
    "1",
    "Ａ",
    "、",
    " ",
    "\u{3000}",
    "\n",
    "[1]",
    "(1)",
    "¹",
    "※1",
    "①",
    "「あ。」",
    "「あ。」",
    "「あ」",
    "（あ。）",
    "\"あ。\"",
    "”あ。”",
    "“あ。”",
    "〝あ。〞",
    "〝あ。〟",
    "＜あ。＞",
    "Ａ＜Ｂ",
    "あ。",
    "い。",
    "。」",
    "(あ。",
];

/// Texts of few different parts, so that brackets are nested, follow one another and stay open; and the longest sentence.
fn cases() -> impl Strategy<Value = (String, usize)> {
    let marks = PAIRS.iter().flat_map(|(open, close)| [open.to_string(), close.to_string()]);
    let parts: Vec<String> = marks.chain(PARTS.map(str::to_owned)).collect();
    (subsequence(parts, 2..9), 12_usize..160).prop_flat_map(|(parts, most)| {
        let parts = proptest::collection::vec(proptest::sample::select(parts), 0..160);
        (parts.prop_map(|parts| parts.concat()), Just(most))
    })
}

#[test]
fn same_ends_as_naively() {
    let config = ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() };
    let brackets = std::cell::RefCell::new(Kept::default());
    TestRunner::new(config)
        .run(&cases(), |(text, most)| {
            prop_assert_eq!(ends(&text, most, &mut brackets.borrow_mut()), naive_ends(&text, most));
            Ok(())
        })
        .expect("as many cases as asked for, cut alike");
}

/// What lines are repeated from whose sentences end within or beside brackets.
const UNITS: [&str; 22] = [
    "「あ。」「い。」",
    "「あ」「い。」",
    "「「あ。」",
    "「「あ。」「い。」」",
    "「あ。『い。」う。』",
    "(あ[い「う。",
    "（あ（い。）う。",
    "Ａ＜Ｂ。",
    "Ａ＜Ｂ。＞",
    "あ。\"い。\"",
    "\"あ。\"",
    "\"。",
    "あ。\"\"\"",
    "＂あ。＂い。",
    "”あ。”",
    "“あ”い。”",
    "”あ“い。",
    "〝あ。〞〝い。〟",
    "〝あ。〝い。〞",
    "「あ。」[1]「い。」",
    "【〈《〔〖〘［｛｢«≪＜あ。",
    "「あ。」（い。）『う。』\"え。\"",
];

#[test]
fn same_ends_as_naively_in_lines_of_many_windows() {
    let most = 400;
    let mut brackets = Kept::default();
    for unit in UNITS {
        for tail in ["", "」）”と言う。", "あ"] {
            let line = unit.repeat(5 * most / unit.len()) + &tail.repeat(most / 9);
            assert!(ends(&line, most, &mut brackets) == naive_ends(&line, most), "{unit} {tail}");
        }
    }
}

/// The least time that cutting takes, of some runs.
fn time(text: &str) -> Duration {
    let cut = || {
        let start = Instant::now();
        assert!(sentences(text).count() > 0);
        start.elapsed()
    };
    (0..5).map(|_| cut()).min().unwrap_or_default()
}

/// What the marks of notes and the labels of a line are repeated from, with something behind them that is long.
const NOTED: [(&str, &str); 11] = [
    ("あ。(1)", "あ"),
    ("あ。(1)", "(1)"),
    ("あ。(1)", " "),
    ("あ。(1)", "*"),
    ("あ。(1)", "1"),
    ("あ。※", "※1"),
    ("「あ。」[1]a", "a"),
    ("「。」（注1）a「。」（注2）a", "a"),
    ("あ1．", "1"),
    ("「あ。」1", "1"),
    ("Ａ＜", " ＞"),
];

fn noted(unit: &str, long: &str, bytes: usize) -> String {
    let long = long.repeat(bytes / long.len());
    let mut line = unit.repeat(bytes / unit.len());
    // Behind the marks and before them.
    line = line.clone() + "。" + &long + &line + &long.replace('＞', "") + "＞";
    line
}

#[test]
fn same_ends_as_naively_with_marks_of_notes() {
    let most = 400;
    let mut brackets = Kept::default();
    for (unit, long) in NOTED {
        for bytes in [most / 2, most, 3 * most] {
            let line = noted(unit, long, bytes).repeat(2);
            assert!(ends(&line, most, &mut brackets) == naive_ends(&line, most), "{unit} {long}");
        }
    }
}

#[test]
fn brackets_and_marks_take_little_more_time_than_other_text() {
    let line = |unit: &str| unit.repeat((100 << 10) / unit.len());
    let ordinary = time(&line("効果が「期待」される。次もある。"));
    let noted = NOTED.map(|(unit, long)| (unit, noted(unit, long, 6 << 10).repeat(4)));
    for (unit, line) in UNITS.map(|unit| (unit, line(unit))).into_iter().chain(noted) {
        let took = time(&line);
        // Short sentences take up to nine times as long as others; where each window was read anew, up to 45 times.
        assert!(took < 20 * ordinary, "{unit}: {took:?}, and {ordinary:?} without");
    }
}
