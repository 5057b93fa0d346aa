//! Classes of characters, as ranges of Unicode: the one place that says what is Japanese, wide or invisible.

/// Hiragana, without iteration and voicing marks.
pub fn is_hiragana(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ')
}

/// Hiragana and full-width katakana, without iteration, voicing and length marks.
pub fn is_kana(character: char) -> bool {
    is_hiragana(character) || matches!(character, 'ァ'..='ヺ')
}

/// A CJK ideograph: the unified ones with extension A, the compatibility ones, and the supplementary planes.
pub fn is_kanji(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Kana or kanji: a text without any is not Japanese.
pub fn is_japanese(character: char) -> bool {
    is_kana(character) || is_kanji(character)
}

/// Kana, kanji, and the punctuation, marks and full- or half-width forms written with them: no space stands between two
/// of them. Hangul, which has spaces, is not among them.
pub fn is_cjk(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}') || is_kanji(character)
}

/// Half-width katakana with its punctuation and marks.
pub fn is_half_width_kana(character: char) -> bool {
    matches!(character, '\u{ff61}'..='\u{ff9f}')
}

/// A Latin letter of full width.
pub fn is_full_width_letter(character: char) -> bool {
    matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// A European digit, of half or full width.
pub fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '０'..='９')
}

/// A basic Latin letter or European digit, of half or full width.
pub fn is_latin(character: char) -> bool {
    character.is_ascii_alphabetic() || is_full_width_letter(character) || is_digit(character)
}

/// The characters that [`folded`](super::folded) replaces by others one by one: not variation selectors, which go, nor kana
/// with a voiced mark behind them, which become one.
pub fn folded_characters() -> impl Iterator<Item = char> {
    ('Ａ'..='Ｚ').chain('ａ'..='ｚ').chain('\u{ff61}'..='\u{ff9f}').chain(['\u{301c}'])
}

/// How many columns of a page a character takes: those up to U+02FF and half-width kana one, all others two. Greek,
/// Cyrillic and signs like … are counted as wide, as Japanese fonts have them.
pub fn columns(character: char) -> usize {
    if character < '\u{300}' || is_half_width_kana(character) { 1 } else { 2 }
}

/// A combining voiced or semi-voiced mark.
pub fn is_voiced_mark(character: char) -> bool {
    matches!(character, '\u{3099}' | '\u{309a}')
}

/// A variation selector, which chooses a glyph of the character before it.
pub fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Zero-width space, byte-order mark or soft hyphen: hints for typesetting that no reader sees.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_they_name() {
        for (is_one, within, without) in [
            (is_hiragana as fn(char) -> bool, "ぁんゖ", "ァ゙ゝー一"),
            (is_kana, "ぁゖァヺ", "ゝーｱ一"),
            (is_kanji, "㐀一鿿\u{f900}𠮷", "あ々〆䷀한"),
            (is_cjk, "⺀々〆、ーあア一ｱＡ！𠮷", "한aα…①"),
            (is_half_width_kana, "｡ｱﾟ", "アＡ｠"),
            (is_latin, "azAZ09ａｚＡＺ０９", "é一ア＠"),
            (is_digit, "09０９", "a①一"),
        ] {
            for character in within.chars() {
                assert!(is_one(character), "{character}");
            }
            for character in without.chars() {
                assert!(!is_one(character), "{character}");
            }
        }
    }

    #[test]
    fn kanji_take_two_columns_and_half_width_characters_one() {
        let columns = |text: &str| text.chars().map(super::columns).collect::<Vec<_>>();
        assert_eq!(columns("aé｡ｱﾟ\u{2ff}"), [1; 6]);
        assert_eq!(columns("\u{300}α…一Ａ｠한𠮷"), [2; 8]);
    }
}
