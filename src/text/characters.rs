//! Classes of characters, as ranges of Unicode: the one place that says what is Japanese, wide or invisible.

use unicode_normalization::char::decompose_canonical;

use super::unicode::{IDEOGRAPHS, IGNORABLE};

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

/// The characters that [`folded`](super::folded) replaces by others one by one: not those that go, nor kana with a voiced
/// mark behind them, which become one.
pub fn folded_characters() -> impl Iterator<Item = char> {
    let ideographs = IDEOGRAPHS.iter().map(|(radical, _)| *radical);
    let compatibility = ('\u{f900}'..='\u{faff}').chain('\u{2f800}'..='\u{2fa1f}');
    let ideographs = ideographs.chain(compatibility.filter(|c| unified_ideograph(*c).is_some()));
    ('Ａ'..='Ｚ').chain('ａ'..='ｚ').chain('\u{ff61}'..='\u{ff9f}').chain(['\u{301c}']).chain(ideographs)
}

/// The unified ideograph that looks like a radical, a stroke or a compatibility ideograph.
pub fn unified_ideograph(character: char) -> Option<char> {
    match character {
        '\u{2e80}'..='\u{2fdf}' | '\u{31c0}'..='\u{31ef}' => {
            let index = IDEOGRAPHS.binary_search_by_key(&character, |(radical, _)| *radical).ok()?;
            Some(IDEOGRAPHS[index].1)
        }
        '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            let mut unified = character;
            decompose_canonical(character, |part| unified = part);
            (unified != character).then_some(unified)
        }
        _ => None,
    }
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

/// A character that no reader sees: one that Unicode calls ignorable (zero-width spaces and joiners, byte-order marks, soft
/// hyphens, marks of direction, variation selectors, tags, fillers), or a control character that is no blank.
pub fn is_invisible(character: char) -> bool {
    if character.is_control() {
        return !character.is_whitespace();
    }
    let after = IGNORABLE.partition_point(|(first, _)| *first <= character);
    after.checked_sub(1).is_some_and(|range| character <= IGNORABLE[range].1)
}

/// Whether a text has nothing that a reader sees.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || is_invisible(character))
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
    fn what_no_reader_sees_is_invisible_and_blanks_are_not() {
        let hidden = "\u{0}\u{8}\u{e}\u{1a}\u{1b}\u{1f}\u{7f}\u{80}\u{ad}\u{34f}\u{61c}\u{115f}\u{180e}\u{200b}\u{200f}\u{202e}\u{2060}\u{206f}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{e0001}\u{e0fff}";
        assert!(hidden.chars().all(is_invisible) && is_blank(hidden));
        let seen = "\t\n\r\u{b}\u{c}\u{85} \u{a0}\u{3000}\u{2028}aあ一\u{200a}\u{2010}\u{3099}\u{e1000}";
        assert!(!seen.chars().any(is_invisible) && !is_blank(seen) && is_blank(" \u{3000}\n"));
    }

    #[test]
    fn radicals_and_compatibility_ideographs_are_ideographs() {
        for (pair, ideograph) in
            ["⻑長", "⼀一", "⾔言", "⼾戸", "⿊黒", "㇐一", "\u{fa19}神", "\u{2f800}丽"].iter().map(|pair| {
                let mut pair = pair.chars();
                (pair.next().unwrap(), pair.next())
            })
        {
            assert_eq!(unified_ideograph(pair), ideograph);
        }
        assert!("一⺀﨑あ".chars().all(|c| unified_ideograph(c).is_none()));
        let without = ('\u{2e80}'..='\u{2ef3}')
            .chain('\u{2f00}'..='\u{2fd5}')
            .filter(|c| unified_ideograph(*c).is_none());
        // A mark of repetition, and a code point that is not assigned.
        assert_eq!(without.collect::<String>(), "⺀\u{2e9a}");
    }

    #[test]
    fn kanji_take_two_columns_and_half_width_characters_one() {
        let columns = |text: &str| text.chars().map(super::columns).collect::<Vec<_>>();
        assert_eq!(columns("aé｡ｱﾟ\u{2ff}"), [1; 6]);
        assert_eq!(columns("\u{300}α…一Ａ｠한𠮷"), [2; 8]);
    }
}
