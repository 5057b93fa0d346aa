//! Which characters have another form for matching, and whether a text has any.

use super::characters::{
    is_full_width_letter, is_half_width_kana, is_invisible, is_voiced_mark, unified_ideograph,
};

/// Whether a character has another form for matching, or none.
fn is_foldable(character: char) -> bool {
    match character {
        ' '..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヿ' | '一'..='\u{9fff}' => false,
        '\u{301c}' => true,
        _ => {
            is_voiced_mark(character)
                || is_half_width_kana(character)
                || is_full_width_letter(character)
                || is_invisible(character)
                || unified_ideograph(character).is_some()
        }
    }
}

/// Whether a text has a character with another form for matching.
pub(super) fn needs_folding(text: &str) -> bool {
    may_need_folding(text.as_bytes()) && text.chars().any(is_foldable)
}

/// Whether a text may have such a character, asked of its bytes in a loop without branches that compilers vectorise.
fn may_need_folding(bytes: &[u8]) -> bool {
    let Some((last, _)) = bytes.split_last() else { return false };
    let pairs = bytes.iter().zip(&bytes[1..]);
    pairs.fold(may_begin_foldable(*last, 0), |any, (first, second)| any | may_begin_foldable(*first, *second))
}

/// Whether two bytes may be of such a character: true of few others. Full-width punctuation, which is frequent, is none.
#[inline(always)]
fn may_begin_foldable(first: u8, second: u8) -> bool {
    let is_in = |byte: u8, start: u8, end: u8| byte.wrapping_sub(start) <= end - start;
    let is_control = (first < 0x20) & !is_in(first, 0x09, 0x0d) | (first == 0x7f);
    // Up to U+1FFF and above U+FFFF, where little is Japanese.
    let is_elsewhere = is_in(first, 0xc0, 0xe1) | (first >= 0xf0);
    // U+2000 to U+207F, radicals from U+2E80.
    let is_e2 = (first == 0xe2) & !is_in(second, 0x82, 0xb9);
    // U+3164, strokes from U+31C0; the ends of U+3099, U+309A and U+301C.
    let is_e3 = (first == 0xe3) & (second & 0xfd == 0x85);
    let is_mark = (first == 0x82) & (second & 0xfc == 0x98) | (first == 0x80) & (second == 0x9c);
    // U+F000 to U+FEFF and from U+FF40; the ends of full-width capitals.
    let is_ef = (first == 0xef) & (second != 0xbc) | (first == 0xbc) & is_in(second, 0xa1, 0xba);
    is_control | is_elsewhere | is_e2 | is_e3 | is_mark | is_ef
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_unicode_is_missed_wherever_it_stands() {
        let mut foldable = 0;
        for character in ('\0'..=char::MAX).filter(|character| is_foldable(*character)) {
            for text in [
                format!("{character}"),
                format!("犬{character}"),
                format!("{character}犬"),
                format!("a{character}a"),
            ] {
                assert!(needs_folding(&text), "{character:?}");
            }
            foldable += 1;
        }
        // 4,174 that are ignorable, 60 controls, 348 radicals and strokes, and above 1,000 compatibility ideographs.
        assert!(foldable > 5_500, "{foldable}");
    }

    #[test]
    fn ordinary_text_passes_at_the_first_look() {
        for text in [
            "効果が期待される！（ほんとうに？）",
            "１００％、ー・％＋",
            "ASCII\t\r\n",
            "々〆〇ヶ月、「犬」『猫』【注】",
            "",
        ] {
            assert!(!may_need_folding(text.as_bytes()), "{text}");
        }
    }
}
