//! Lines that a terminal need not break: between words, in Japanese between characters, and names shortened in the middle.

use std::io;

use hedgerow::messages::printable;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::terminal::Output;

/// What begins no line (JIS X 4051).
const NOT_FIRST: &str =
    "、。，．・：；？！）］｝〕〉》」』】ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥%％℃";

/// What ends no line.
const NOT_LAST: &str = "（［｛〔〈《「『【";

/// What stands for the middle of a name.
const ELLIPSIS: &str = "…";

/// Prints a text in lines of at most so many columns as there are, each but the first indented.
pub fn print(out: &mut impl Output, text: &str, indent: usize) -> io::Result<()> {
    for line in lines(text, out.columns(), indent) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// A text in lines of at most so many columns, each but the first of what was one line indented. Its own line ends stay. What has
/// neither blanks nor wide characters is not broken, as paths and commands are to be copied.
pub fn lines(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let printed = printable(line);
        let mut current = String::new();
        for piece in pieces(&printed) {
            if !current.trim().is_empty() && current.width() + piece.trim_end().width() > columns {
                lines.push(current.trim_end().to_owned());
                current = " ".repeat(indent);
            }
            current += piece;
        }
        lines.push(current.trim_end().to_owned());
    }
    lines
}

/// The pieces of a line that are not broken, each with the blanks behind it.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let mut characters = rest.char_indices().peekable();
        while let Some((_, character)) = characters.next() {
            match characters.peek() {
                Some((at, next)) if may_break(character, *next) => {
                    let (piece, others) = rest.split_at(*at);
                    rest = others;
                    return Some(piece);
                }
                _ => {}
            }
        }
        Some(std::mem::take(&mut rest)).filter(|piece| !piece.is_empty())
    })
}

/// Whether a line may end between two characters.
fn may_break(one: char, next: char) -> bool {
    let is_wide = |character: char| character.width() == Some(2);
    match (one, next) {
        (_, ' ') => false,
        (' ', _) => true,
        _ => (is_wide(one) || is_wide(next)) && !NOT_FIRST.contains(next) && !NOT_LAST.contains(one),
    }
}

/// A name in at most so many columns: its beginning and its end, if it is longer.
pub fn shortened(name: &str, columns: usize) -> String {
    if name.width() <= columns {
        return name.to_owned();
    }
    let room = columns.saturating_sub(ELLIPSIS.width());
    let end = last(name, room / 2);
    let begin = first(name, room - end.width());
    format!("{begin}{ELLIPSIS}{end}")
}

/// The beginning of a text in at most so many columns, and a sign that it goes on.
pub fn begun(text: &str, columns: usize) -> String {
    match text.width() <= columns {
        true => text.to_owned(),
        false => format!("{}{ELLIPSIS}", first(text, columns.saturating_sub(ELLIPSIS.width()))),
    }
}

/// The end of a text in at most so many columns, and a sign that it goes on before.
pub fn ended(text: &str, columns: usize) -> String {
    match text.width() <= columns {
        true => text.to_owned(),
        false => format!("{ELLIPSIS}{}", last(text, columns.saturating_sub(ELLIPSIS.width()))),
    }
}

/// The columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The longest beginning of a text that takes at most so many columns.
fn first(text: &str, columns: usize) -> &str {
    let ends = text.char_indices().map(|(at, character)| at + character.len_utf8());
    let fits = ends.map_while(|end| text.get(..end).filter(|piece| piece.width() <= columns));
    fits.last().unwrap_or_default()
}

/// The longest end of a text that takes at most so many columns.
fn last(text: &str, columns: usize) -> &str {
    let begins = text.char_indices().rev().map(|(at, _)| at);
    let fits = begins.map_while(|begin| text.get(begin..).filter(|piece| piece.width() <= columns));
    fits.last().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_breaks_between_words_and_japanese_between_characters() {
        assert_eq!(lines("one two three", 7, 2), ["one two", "  three"]);
        assert_eq!(lines("可能性がある、と言う。", 12, 0), ["可能性があ", "る、と言う。"]);
        assert_eq!(lines("彼は「行く」と", 8, 0), ["彼は「行", "く」と"]);
        assert_eq!(lines("a\n\nb", 80, 0), ["a", "", "b"]);
    }

    #[test]
    fn a_path_stays_whole() {
        assert_eq!(lines("tables: /a/long/path/to/stats", 10, 0), ["tables:", "/a/long/path/to/stats"]);
    }

    #[test]
    fn a_name_is_shortened_in_the_middle_by_its_width() {
        assert_eq!(shortened("information", 11), "information");
        assert_eq!(shortened("information", 7), "inf…ion");
        assert_eq!(shortened("独立行政法人国立病院", 9), "独立…病院");
        assert_eq!((ended("可能性がある", 5), begun("可能性がある", 6)), ("…ある".into(), "可能…".into()));
        assert_eq!(shortened("可能", 1), "…");
    }
}
