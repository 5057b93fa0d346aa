//! Marks of notes behind a full stop: `。[2]`, `。（注1）`, `。※1`, `。¹` belong to the sentence that they follow.
//!
//! The same signs are labels at the beginning of a note or of an item (`※1 個人の感想です。`, `(1)申請する。`). Which they are:
//!
//! 1. With nothing but marks up to the end of the line, they are marks: a label has something behind it.
//! 2. Where the sentence itself begins with such a sign, the line is one of labels. Nor is a sign a mark that stands behind a
//!    blank, or has a colon behind it.
//! 3. Signs that hardly are labels are marks: numbers in square brackets (unless the sentence announces a list), those that
//!    are called notes (`（注1）`, `(*1)`), superscripts, authors with a year; `※1` and `*1` with no blank behind them. But a
//!    note's number that stands in the sentence already (`満足度98％※1です。※1 自社調べ。`) is its label.
//! 4. Others (`(1)`, `①`, `1)`, `※`, `*`) are marks if the line ends in one of their kind, and otherwise labels.

use memchr::memmem;

use super::characters::{is_digit, is_japanese};
use super::line_tail::Tail;
use super::sentences::is_end_mark;

/// What a sign looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `[1]`, `［注 2］`, `[要出典]`.
    Square,
    /// `(1)`, `（１）`, `〔1〕`, `【1】`.
    Bracket,
    /// `（注1）`, `(*1)`.
    Note,
    /// `（山田, 2010）`.
    Author,
    /// `※1`, `*`, `**`, `†`.
    Sign,
    /// `1)`, `注1）`.
    HalfBracket,
    /// `¹`, `²⁾`.
    Superscript,
    /// `①`.
    Circled,
}

/// A sign at the beginning of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) shape: Shape,
    is_numbered: bool,
    /// In bytes.
    pub(super) length: usize,
}

/// Words in front of a number in brackets that make it a note's, and those in square brackets that ask for a source.
const WORDS: &str = include_str!("note_words.txt");

/// Words of a sentence that announces a list.
const ANNOUNCING: [&str; 6] = ["次の", "以下", "下記", "通り", "とおり", "つある"];

/// The longest sign in brackets, in bytes: authors with a year.
const MAX_BRACKETED: usize = 120;

/// How far a sign or a separator is read, in bytes, so that the time for one is bounded.
const MAX_BYTES: usize = 512;

/// What is known of a sentence and of the line behind it. It is asked about at each sign of a sentence, and is kept so that the
/// time for a line grows as its length does.
#[derive(Debug, Default)]
pub(super) struct NoteMarks {
    /// Where the sentence begins in the line.
    start: usize,
    /// The shape of the sign that the sentence begins with; `None` before it was looked for.
    first: Option<Option<Shape>>,
    /// Whether what was searched of the sentence announces a list.
    announces: bool,
    /// How far it was searched for that, in bytes of the sentence.
    searched: usize,
    tail: Tail,
}

impl NoteMarks {
    /// Begins a line, or goes back in it.
    pub(super) fn forget(&mut self) {
        self.tail.forget();
    }

    /// Begins a sentence at an offset in the line.
    pub(super) fn begin(&mut self, start: usize) {
        (self.start, self.first, self.announces, self.searched) = (start, None, false, 0);
    }

    /// The offset behind the marks of notes at `at`, which is behind the mark that ends the first sentence of `line`.
    pub(super) fn behind_marks(&mut self, line: &str, at: usize) -> usize {
        let rest = &line[at..];
        // Nearly always Japanese or the end.
        if rest.chars().next().is_none_or(|c| is_japanese(c) && !matches!(c, '注' | '註')) {
            return at;
        }
        let end = at + run(rest);
        if end == at || line[end..].trim_start().is_empty() {
            return end;
        }
        let mut marks = at;
        while let Some(found) = sign(&line[marks..]) {
            let first = *self.first.get_or_insert_with(|| sign(line.trim_start()).map(|sign| sign.shape));
            if first == Some(found.shape) || !self.is_mark(line, marks, found) {
                break;
            }
            marks += found.length + separators(&line[marks + found.length..]);
        }
        marks
    }

    /// Whether a sign at `at` with text behind it is a mark.
    fn is_mark(&mut self, line: &str, at: usize, sign: Sign) -> bool {
        let (before, text) = line.split_at(at);
        let (itself, behind) = text.split_at(sign.length);
        if behind.starts_with([':', '：', '＝', '=']) {
            return false;
        }
        let is_first = || matches!(itself, "[1]" | "［1］" | "［１］" | "[a]");
        let is_spaced = behind.starts_with(char::is_whitespace);
        match sign.shape {
            Shape::Superscript | Shape::Author => true,
            Shape::Square => {
                !(is_first() && self.is_announced(before)) || self.ends_in(line, at + sign.length, sign.shape)
            }
            _ if memmem::find(before.as_bytes(), itself.as_bytes()).is_some() => false,
            Shape::Note => sign.is_numbered,
            Shape::Sign if sign.is_numbered && !is_spaced => true,
            Shape::Bracket | Shape::Sign | Shape::HalfBracket | Shape::Circled => {
                self.ends_in(line, at + sign.length, sign.shape)
            }
        }
    }

    /// Whether what stands before a sign announces a list.
    fn is_announced(&mut self, before: &str) -> bool {
        if !self.announces {
            let longest = ANNOUNCING.map(str::len).into_iter().max().unwrap_or_default();
            let from = before.floor_char_boundary(self.searched.saturating_sub(longest));
            self.announces = ANNOUNCING.iter().any(|word| before[from..].contains(word));
            self.searched = before.len();
        }
        self.announces
    }

    /// Whether what stands from `at` on ends in marks of a shape.
    fn ends_in(&mut self, line: &str, at: usize, shape: Shape) -> bool {
        let marks = self.tail.marks(line, self.start);
        marks.is_some_and(|(end, first)| end >= self.start + at && first == shape)
    }
}

/// Whether the text begins with a sign that is a mark wherever it stands.
pub(super) fn begins_with_mark(text: &str) -> bool {
    sign(text).is_some_and(|sign| matches!(sign.shape, Shape::Square | Shape::Superscript | Shape::Note))
}

/// The length of the signs at the beginning of a text, with blanks before and between them.
pub(super) fn run(text: &str) -> usize {
    let mut at = 0;
    loop {
        let blank = text[at..].len() - text[at..].trim_start().len();
        let Some(sign) = sign(&text[at + blank..]) else { return at };
        at += blank + sign.length;
        at += separators(&text[at..]);
    }
}

/// The length of the separator between two signs: `[1],[2]`.
pub(super) fn separators(text: &str) -> usize {
    let window = &text[..text.floor_char_boundary(MAX_BYTES)];
    let comma = window.trim_start_matches([',', '，', '、', '・', '-', '–', '～', '〜']);
    let length = window.len() - comma.trim_start_matches(' ').len();
    if comma.len() < window.len() && sign(&text[length..]).is_some() { length } else { 0 }
}

/// The sign at the beginning of a text.
pub(super) fn sign(text: &str) -> Option<Sign> {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    let first = text.chars().next()?;
    match first {
        '[' | '［' | '(' | '（' | '〔' | '【' | '〈' | '⁽' => bracketed(text, first),
        '※' | '*' | '＊' | '†' | '‡' | '⁎' => {
            let behind = text.trim_start_matches(first);
            let number = behind.trim_start_matches(is_digit);
            let is_numbered = number.len() < behind.len();
            let rest = if is_numbered { number.strip_prefix([')', '）']).unwrap_or(number) } else { number };
            let repeated = (text.len() - behind.len()) / first.len_utf8();
            (repeated <= 3).then_some(Sign {
                shape: Shape::Sign,
                is_numbered,
                length: text.len() - rest.len(),
            })
        }
        '¹' | '²' | '³' | '⁰'..='⁹' => {
            let is_part = |c: char| matches!(c, '¹' | '²' | '³' | '⁰'..='⁾' | '˒' | '\'' | ',' | '–');
            let behind = text.trim_start_matches(is_part);
            // A comma that ends no number is the text's own.
            let length = text[..text.len() - behind.len()].trim_end_matches([',', '\'', '–']).len();
            Some(Sign { shape: Shape::Superscript, is_numbered: true, length })
        }
        '①'..='⑳' | '❶'..='❿' | '⓵'..='⓾' | '㉑'..='㉟' => {
            Some(Sign { shape: Shape::Circled, is_numbered: true, length: first.len_utf8() })
        }
        '注' | '註' => half_bracketed(text, first.len_utf8()),
        _ if is_digit(first) => half_bracketed(text, 0),
        _ => None,
    }
}

/// `1)`, `注1）`: a number from `at` on and a closing bracket.
fn half_bracketed(text: &str, at: usize) -> Option<Sign> {
    let behind = text[at..].trim_start_matches(|c| is_digit(c) || matches!(c, ',' | '，' | '、' | '-' | '–'));
    let is_numbered = text[at..].starts_with(is_digit);
    let rest = behind.strip_prefix([')', '）', '⁾']).filter(|_| is_numbered)?;
    Some(Sign { shape: Shape::HalfBracket, is_numbered, length: text.len() - rest.len() })
}

fn bracketed(text: &str, open: char) -> Option<Sign> {
    let window = &text[..text.floor_char_boundary(MAX_BRACKETED)];
    let close = window.find([']', '］', ')', '）', '〕', '】', '〉', '⁾'])?;
    let inside = window[open.len_utf8()..close].trim();
    let mut length = close + window[close..].chars().next().map_or(0, char::len_utf8);
    let is_square = matches!(open, '[' | '［');
    let (shape, is_numbered) = if is_number(inside) || is_square && is_letters(inside) {
        let shape = match open {
            '[' | '［' => Shape::Square,
            '⁽' => Shape::Superscript,
            _ => Shape::Bracket,
        };
        (shape, true)
    } else if let Some(is_numbered) = note(inside) {
        (if is_square && is_numbered { Shape::Square } else { Shape::Note }, is_numbered)
    } else if is_square && asks_for_a_source(inside) {
        (Shape::Square, true)
    } else if is_author(inside) {
        (Shape::Author, true)
    } else {
        return None;
    };
    if is_square {
        length += pages(&text[length..]);
    }
    Some(Sign { shape, is_numbered, length })
}

/// `1`, `１２`, `1, 3–5`, `¹`.
fn is_number(text: &str) -> bool {
    let is_figure = |c: char| is_digit(c) || matches!(c, '¹' | '²' | '³' | '⁰'..='⁹');
    let is_separator = |c: char| c.is_whitespace() || ",，、;；・-–—‐－~～〜".contains(c);
    text.starts_with(is_figure) && text.chars().all(|c| is_figure(c) || is_separator(c)) && !is_year(text)
}

/// `[a]`, `[iv]`.
fn is_letters(text: &str) -> bool {
    (text.len() == 1 && text.starts_with(|c: char| c.is_ascii_alphabetic()))
        || (!text.is_empty() && text.len() <= 5 && text.chars().all(|c| "ivx".contains(c)))
}

/// Whether a text is `注`, `※` or the like, and whether with a number behind it.
fn note(text: &str) -> Option<bool> {
    let signs = text.trim_start_matches(['※', '*', '＊', '†', '‡', '#', '＃']);
    let rest = if signs.len() < text.len() {
        signs
    } else {
        let words = WORDS.lines().filter(|word| !word.starts_with('?'));
        let word = words.filter(|word| starts_with_word(text, word)).map(str::len).max()?;
        &text[word..]
    };
    let number = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '.' || c == '．');
    match number {
        "" => Some(false),
        number => (is_number(number) || is_letters(number)).then_some(true),
    }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// `要出典`, `いつ?`: what readers of an encyclopedia ask.
fn asks_for_a_source(text: &str) -> bool {
    WORDS.lines().filter_map(|word| word.strip_prefix('?')).any(|word| text.starts_with(word))
}

/// `山田, 2010`, `Smith 2010a; Lee 2011`: words and a year at the end.
fn is_author(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '年');
    let year = text.char_indices().rev().take_while(|(_, c)| is_digit(*c)).last().map(|(at, _)| at);
    year.is_some_and(|year| {
        let words = &text[..year];
        is_year(&text[year..])
            && words.starts_with(char::is_alphabetic)
            && words.ends_with([' ', '\u{3000}', ',', '，', '、'])
            && !words.contains(is_end_mark)
    })
}

fn is_year(text: &str) -> bool {
    text.chars().count() == 4
        && text.chars().all(is_digit)
        && (text.starts_with("19") || text.starts_with("20") || text.starts_with(['１', '２']))
}

/// The length of the pages behind a mark: `:12`, `:p. 12-14`.
fn pages(text: &str) -> usize {
    let Some(behind) = text.strip_prefix(':') else { return 0 };
    let number = behind.trim_start_matches([' ', 'p', '.']);
    let rest = number.trim_start_matches(|c| is_digit(c) || matches!(c, '-' | '–' | ','));
    if rest.len() < number.len() { text.len() - rest.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_known_by_their_shape() {
        for (text, shape, is_numbered, length) in [
            ("[12]犬", Shape::Square, true, "[12]"),
            ("［１、２］", Shape::Square, true, "［１、２］"),
            ("[注釈 3]犬", Shape::Square, true, "[注釈 3]"),
            ("[b]", Shape::Square, true, "[b]"),
            ("[要出典科学]犬", Shape::Square, true, "[要出典科学]"),
            ("[1]:12-14犬", Shape::Square, true, "[1]:12-14"),
            ("(1)犬", Shape::Bracket, true, "(1)"),
            ("【1】", Shape::Bracket, true, "【1】"),
            ("（注１）", Shape::Note, true, "（注１）"),
            ("（注）犬", Shape::Note, false, "（注）"),
            ("(Note. 2)", Shape::Note, true, "(Note. 2)"),
            ("（山田・中村、2010年）", Shape::Author, true, "（山田・中村、2010年）"),
            ("(Smith, 2010a)", Shape::Author, true, "(Smith, 2010a)"),
            ("※１）犬", Shape::Sign, true, "※１）"),
            ("**犬", Shape::Sign, false, "**"),
            ("3)犬", Shape::HalfBracket, true, "3)"),
            ("註３）", Shape::HalfBracket, true, "註３）"),
            ("¹,²、", Shape::Superscript, true, "¹,²"),
            ("②犬", Shape::Circled, true, "②"),
        ] {
            let sign = sign(text).unwrap_or_else(|| panic!("{text} is none"));
            assert_eq!((sign.shape, sign.is_numbered, &text[..sign.length]), (shape, is_numbered, length));
        }
    }

    #[test]
    fn other_brackets_and_figures_are_none() {
        for text in [
            "(笑)",
            "[犬]",
            "（2010）",
            "（個人差あり）",
            "2匹",
            "注意",
            "犬",
            "****",
            "（注意。）",
            "（犬の",
        ] {
            assert!(sign(text).is_none(), "{text}");
        }
    }
}
