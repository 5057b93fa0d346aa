//! Folds the literals of a value as texts are folded, and leaves the syntax of regular expressions alone.

use std::iter::Peekable;
use std::str::Chars;

use crate::text::characters::folded_characters;
use crate::text::folded;

/// The value that matches in folded text what `value` matches in text.
///
/// Escapes stay, and so do ranges within `[…]` with an escape for an end; another range also gets the folded forms of the
/// characters in it.
pub(super) fn folded_value(value: &str) -> String {
    if !value.contains(['\\', '[']) {
        return folded(value);
    }
    let mut result = String::with_capacity(value.len());
    let mut literal = String::new();
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        if !matches!(character, '\\' | '[') {
            literal.push(character);
            continue;
        }
        result.push_str(&folded(&literal));
        literal.clear();
        result.push(character);
        match character {
            '\\' => result.extend(characters.next()),
            _ => fold_class(&mut characters, &mut result),
        }
    }
    result + &folded(&literal)
}

/// Folds what stands behind the `[` of a class, up to its `]`. Here each character stands for itself: none is joined with
/// the voiced mark behind it.
fn fold_class(characters: &mut Peekable<Chars>, result: &mut String) {
    result.extend(characters.next_if_eq(&'^'));
    // The first of a class is a literal.
    result.extend(characters.next_if_eq(&']'));
    // A POSIX class has brackets of its own: `[[:alpha:]]`.
    let mut depth = 1_usize;
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                result.push(character);
                copy_escaped(characters, result);
                continue;
            }
            '[' => depth = depth.saturating_add(1),
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return result.push(character);
        }
        let mut behind = characters.clone();
        let end =
            behind.next_if_eq(&'-').and_then(|_| behind.next()).filter(|end| !matches!(end, ']' | '\\'));
        match end {
            Some(end) => {
                *characters = behind;
                result.extend([character, '-', end]);
                let within = folded_characters().filter(|folding| (character..=end).contains(folding));
                within.for_each(|character| result.push_str(&folded(character.encode_utf8(&mut [0; 4]))));
            }
            None => result.push_str(&folded(character.encode_utf8(&mut [0; 4]))),
        }
    }
}

/// Copies what stands behind the `\` in a class, with the rest of a range that it begins.
fn copy_escaped(characters: &mut Peekable<Chars>, result: &mut String) {
    let Some(escaped) = characters.next() else { return };
    result.push(escaped);
    if matches!(escaped, 'x' | 'u' | 'U') {
        let is_code = |c: &char| c.is_ascii_hexdigit() || matches!(c, '{' | '}');
        result.extend(std::iter::from_fn(|| characters.next_if(is_code)));
    }
    let mut behind = characters.clone();
    if let (Some('-'), Some(end)) = (behind.next(), behind.next().filter(|end| !matches!(end, ']' | '\\'))) {
        result.extend(['-', end]);
        *characters = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::{Expression, check};
    use super::*;

    #[test]
    fn literals_are_folded_and_syntax_is_not() {
        for (value, expected) in [
            ("ＤＯＧ.*", "DOG.*"),
            ("ｲﾇ|.*ﾈｺ", "イヌ|.*ネコ"),
            ("ｶﾞ+(ｷﾞ)?", "ガ+(ギ)?"),
            ("[〜!ｲ]Ａ", "[～!イ]A"),
            (r"\x{FF21}\[Ａ\\Ａ", r"\x{FF21}\[A\\A"),
            ("[^Ａ][]Ａ][^]Ａ]", "[^A][]A][^]A]"),
            ("[[:alpha:]Ａ]Ａ", "[[:alpha:]A]A"),
            (r"[\]Ａ]Ａ", r"[\]A]A"),
            ("[Ａ-]", "[A-]"),
            ("[か\u{3099}]", "[か\u{3099}]"),
            ("a\n Ａ", "a\n A"),
            ("[Ａ", "[A"),
        ] {
            assert_eq!(folded_value(value), expected, "{value}");
        }
    }

    #[test]
    fn a_range_has_the_folded_forms_of_its_characters() {
        for (value, within, without) in [
            ("[Ａ-Ｚ]", "AMZ", "a1["),
            ("[^ａ-ｚ]", "A", "az"),
            ("[０-ｚ]", "０９AZaz", "0!"),
            ("[ｦ-ﾟ]", "アンヲ", "あガ"),
            ("[ぁ-ん]", "ん", "ア"),
            (r"[\x{FF21}-Ｚ]", "Ｂ", "B"),
        ] {
            let value = folded_value(value);
            assert!(check(&value).is_ok(), "{value}");
            let matches = |c: char| Expression::compile(&value).matches(&c.to_string());
            assert!(within.chars().all(matches) && !without.chars().any(matches), "{value}");
        }
    }
}
