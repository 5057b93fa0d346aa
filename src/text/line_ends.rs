//! Lines of a text. They end where Unicode demands it (UAX #14, classes BK, CR, LF and NL): at `\n`, `\r\n`, `\r`, the
//! vertical tab, the form feed, NEL (U+0085), and the line and paragraph separators (U+2028, U+2029).

use memchr::memmem;
use memchr::{memchr2, memchr3_iter};

use crate::span::Span;

/// Whether a character ends a line.
pub(crate) fn is_line_end(character: char) -> bool {
    matches!(character, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The lines of a text without their ends; one at its very end begins no line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut ends = line_ends(text);
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let end = ends.next().unwrap_or(text.len()..text.len());
        let line = start..end.start;
        start = end.end.max(end.start);
        Some(line)
    })
}

/// The line ends of a text; `\r\n` is one.
pub fn line_ends(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let has_others = has_others(bytes);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &bytes[at..];
        let found = if has_others { text[at..].find(is_line_end) } else { memchr2(b'\n', b'\r', rest) }?;
        let length = match &rest[found..] {
            [b'\r', b'\n', ..] => 2,
            [0xc2, ..] => 2,
            [0xe2, ..] => 3,
            _ => 1,
        };
        let start = at + found;
        at = start + length;
        Some(start..at)
    })
}

/// The line ends at and behind a byte, of `\r\n` the `\n`: for the next of them in a long text.
pub fn line_ends_from(text: &str, byte: usize) -> impl Iterator<Item = Span> {
    let ends = text[byte..].match_indices(is_line_end).map(move |(at, end)| byte + at..byte + at + end.len());
    ends.filter(|end| !(text[end.clone()] == *"\r" && text[end.end..].starts_with('\n')))
}

/// Whether a text has line ends other than `\n` and `\r`. Nearly none has, and the whole of it is asked at once.
fn has_others(text: &[u8]) -> bool {
    let single = |at: usize| text[at] != 0xc2 || text.get(at + 1) == Some(&0x85);
    let separator = |at: usize| matches!(text.get(at + 2), Some(0xa8 | 0xa9));
    memchr3_iter(0x0b, 0x0c, 0xc2, text).any(single) || memmem::find_iter(text, b"\xe2\x80").any(separator)
}

/// The index of the line that a byte stands on, from 0.
pub fn line_of(text: &str, byte: usize) -> usize {
    line_ends(&text[..byte]).count()
}

/// How many lines a text has.
pub fn count_lines(text: &str) -> usize {
    lines(text).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of them.
    const ENDS: [&str; 8] = ["\n", "\r\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"];

    #[test]
    fn lines_end_at_every_mandatory_break() {
        for end in ENDS {
            let text = format!("一{end}{end}二…{end}");
            let found: Vec<&str> = lines(&text).map(|line| &text[line]).collect();
            assert_eq!(found, ["一", "", "二…"], "{end:?}");
            assert!(end.chars().all(is_line_end));
        }
        let mixed = ENDS.join("犬");
        assert_eq!((count_lines(&mixed), line_ends(&mixed).count()), (ENDS.len(), ENDS.len()));
        for other in ["\t", "\u{e}", "\u{84}", "\u{86}", "\u{b0}", "\u{2027}", "\u{202a}", "\u{1c}"] {
            assert_eq!(count_lines(&format!("一{other}二")), 1, "{other:?}");
        }
        assert_eq!(count_lines(""), 0);
    }

    #[test]
    fn the_line_of_an_offset_counts_every_kind_of_line_end_once() {
        let text = "一\n二\r\n三\r四\u{2029}五";
        let line = |part: &str| line_of(text, text.find(part).unwrap());
        assert_eq!(["一", "二", "三", "四", "五"].map(line), [0, 1, 2, 3, 4]);
        assert_eq!(line_of(text, text.len()), 4);
    }
}
