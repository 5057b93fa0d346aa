//! How wide text is, and text that fits a width. Nobody knows the reader's font, so widths are estimated, on the wide side.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use crate::messages::printable;

/// The fonts of all text, as attribute `font-family`: the Japanese ones of Linux, macOS and Windows.
pub const FONTS: &str = "Noto Sans CJK JP, Hiragino Sans, Yu Gothic, Meiryo, sans-serif";

/// The width of a text in a size, in the same unit, as it is drawn: printable.
pub fn width(text: &str, size: f64) -> f64 {
    printable(text).chars().map(ems).sum::<f64>() * size
}

/// The text, or as much of it as fits a width, with `…` behind it.
pub fn fitted(text: &str, size: f64, room: f64) -> Cow<'_, str> {
    if width(text, size) <= room {
        return Cow::Borrowed(text);
    }
    let text = printable(text);
    let room = room - size * ems('…');
    let mut taken = 0.0;
    let kept = text.chars().take_while(|character| {
        taken += size * ems(*character);
        taken <= room
    });
    Cow::Owned(kept.chain(['…']).collect())
}

/// A text in lines that fit a width: broken at blanks, or anywhere in text without blanks, as Japanese is.
pub fn lines(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in pieces(text) {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && width(line, size) + width(word.trim_end(), size) > room {
            lines.push(word.to_owned());
        } else {
            line.push_str(word);
        }
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

/// Words with the blank behind them; wide characters one by one, signs that begin no line with what stands before.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let may_break = before.is_some_and(|before| {
            before == ' '
                || (is_wide(before) || is_wide(character))
                    && !"、。）」』】，．・ー：；)…".contains(character)
                    && !"（「『【(".contains(before)
                    && character != ' '
        });
        if may_break && at > begin {
            pieces.push(text.get(begin..at).unwrap_or_default());
            begin = at;
        }
        before = Some(character);
    }
    pieces.push(text.get(begin..).unwrap_or_default());
    pieces
}

fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

/// The width of a character, as a share of the size.
fn ems(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | ' ' => 0.32,
        'f' | 'r' | 't' | '(' | ')' | '/' | '-' | 'I' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.95,
        'A'..='Z' => 0.69,
        '…' => 1.0,
        ' '..='~' => 0.6,
        _ => match character.width() {
            Some(0) => 0.0,
            Some(2) => 1.0,
            // Greek, Cyrillic, signs: CJK fonts draw some of them wide.
            _ => 0.8,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_wide_is_cut() {
        assert_eq!(fitted("可能性がある", 10.0, 60.0), "可能性がある");
        assert_eq!(fitted("可能性がある", 10.0, 59.0), "可能性が…");
        assert_eq!(fitted("abc", 10.0, 5.0), "…");
        assert_eq!(fitted("", 10.0, 0.0), "");
        // As it is drawn.
        assert_eq!(width("\u{202e}", 10.0), width(r"\u{202e}", 10.0));
        assert_eq!(fitted("\u{202e}\u{202e}", 10.0, width(r"\u{202e}", 10.0) + 10.0), r"\u{202e}…");
    }

    #[test]
    fn lines_break_at_blanks_and_between_wide_characters() {
        assert_eq!(lines("aaa bbb ccc", 10.0, 48.0), ["aaa bbb", "ccc"]);
        assert_eq!(lines("可能性がある。", 10.0, 45.0), ["可能性が", "ある。"]);
        assert_eq!(lines("推量、推定。", 10.0, 45.0), ["推量、推", "定。"]);
        assert_eq!(lines("", 10.0, 45.0), [""]);
    }
}
