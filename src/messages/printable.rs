//! Text from outside in what is printed: a terminal must not obey it.

use std::borrow::Cow;
use std::fmt::Write;

/// Escapes what a terminal or a reader would not see as it is: control characters (C0, DEL and C1, tabs and line ends
/// among them), the line and paragraph separators, and the marks of direction (Unicode's Bidi_Control), which show a
/// text in another order than it has. `\n` and `\t` are written so, others as `\u{1b}`. Escaping twice changes nothing.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            other if is_obeyed(other) => {
                // Writing to a string does not fail.
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(other));
            }
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

/// Whether a terminal would do something at a character, rather than show it.
pub fn is_obeyed(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_nothing_else() {
        for (text, expected) in [
            ("犬.txt", "犬.txt"),
            ("C:\\texts\\a.txt", "C:\\texts\\a.txt"),
            ("a\nb\r\tc", "a\\nb\\r\\tc"),
            ("\u{1b}[31m\u{7}", "\\u{1b}[31m\\u{7}"),
            ("\u{0}\u{7f}\u{85}\u{9b}", "\\u{0}\\u{7f}\\u{85}\\u{9b}"),
            ("\u{202e}txt.\u{2066}\u{2028}", "\\u{202e}txt.\\u{2066}\\u{2028}"),
            ("が\u{3000}\u{a0}\u{200b}", "が\u{3000}\u{a0}\u{200b}"),
        ] {
            assert_eq!(printable(text), expected);
            assert_eq!(printable(expected), expected);
        }
    }

    #[test]
    fn every_control_character_of_unicode_is_escaped() {
        let controls = ('\0'..=char::MAX).filter(|character| character.is_control());
        assert_eq!(controls.inspect(|c| assert!(printable(&c.to_string()).is_ascii())).count(), 65);
    }
}
