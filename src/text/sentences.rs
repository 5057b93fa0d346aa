//! Cutting a text into sentences.
//!
//! A line end ends a sentence, unless the text is hard-wrapped there; within a line, a full stop, an exclamation or a
//! question mark does, together with the marks, closing brackets and marks of notes behind it. What stands in brackets or
//! quotation marks is not cut, up to some 4,000 characters: `「…。…」と言う。` is one sentence. Nor is a sentence cut from
//! the particle that quotes it.

use super::brackets::{Brackets, closes, opens};
use super::characters::{is_hiragana, is_japanese, is_kanji, is_latin};
use super::note_marks::begins_with_mark;
use super::quotatives::quotes;

/// Whether a character may end a sentence or open a bracket. Nearly all characters are kana or kanji, which do neither.
pub(super) fn may_end(character: char) -> bool {
    !is_japanese(character) && (character == '.' || is_end_mark(character) || opens(character))
}

/// Whether a mark ends sentences; the full stop of ASCII does in Japanese alone, and is not among them.
pub(crate) fn is_end_mark(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '!' | '?' | '｡' | '．' | '‼' | '⁇' | '⁈' | '⁉')
}

/// The longest sentence, in bytes: some 4,000 characters. Conditions may look to the ends of a sentence, so the time for a
/// text without full stops would be quadratic in its length.
pub(super) const MAX_BYTES: usize = 12 << 10;

/// The offset at which the first sentence of what is left of a line ends. It begins at offset `start` of the line.
pub(super) fn sentence_end(line: &str, start: usize, brackets: &mut Brackets) -> usize {
    sentence_end_within(line, MAX_BYTES, start, brackets)
}

/// The same for sentences of no more than `most` bytes.
pub(super) fn sentence_end_within(line: &str, most: usize, start: usize, brackets: &mut Brackets) -> usize {
    let window = &line[..line.floor_char_boundary(most)];
    brackets.begin(start);
    match mark_end(window, brackets) {
        Some(end) => end,
        None if window.len() == line.len() => line.len(),
        // Cut after the last comma, blank or the like or, if there is none, after the last character that fits.
        None => {
            brackets.forget();
            let comma = window.rfind(['、', '，', ',', ' ', '\u{3000}', '\t', '」', '・']);
            comma.map_or(window.len(), |at| at + window[at..].chars().next().map_or(1, char::len_utf8))
        }
    }
}

/// The offset at which a mark ends the first sentence of a line.
fn mark_end(line: &str, brackets: &mut Brackets) -> Option<usize> {
    let mut at = 0;
    loop {
        at += line[at..].find(may_end)?;
        let mark = line[at..].chars().next()?;
        let next = at + mark.len_utf8();
        if opens(mark)
            && let Some(close) = brackets.closing(line, at)
        {
            at = close.end;
            if line[next..close.start].trim_end().ends_with(is_end_mark) {
                at = brackets.notes.behind_marks(line, at);
                // 「…。」「…。」: a quotation that ends its sentence, and the next one; unless 「…。」「…。」と言う.
                if line[at..].starts_with(opens) && !brackets.are_quoted(line, at) {
                    return Some(at);
                }
            }
            continue;
        }
        at = next;
        if ends_here(mark, line, at) {
            at = brackets.behind_closing(line, at);
            let is_closed = line[..at].ends_with(closes);
            let marks = brackets.notes.behind_marks(line, at);
            at = brackets.behind_closing(line, marks);
            if !quotes(&line[at..], mark, is_closed) {
                return Some(at);
            }
        }
    }
}

/// Whether the mark before `at` ends a sentence there.
pub(super) fn ends_here(mark: char, line: &str, at: usize) -> bool {
    if mark == '.' {
        return ends_as_full_stop(line, at);
    }
    is_end_mark(mark)
        && !is_decimal_point(mark, line, at)
        && !is_within_latin(mark, line, at)
        && !ends_a_name(line, at)
}

/// Whether the ASCII full stop before `at` ends a sentence of Japanese: `…です. また`, not `3.5`, `No.1` or `.com`.
fn ends_as_full_stop(line: &str, at: usize) -> bool {
    let before = line[..at - 1].chars().next_back();
    let behind = line[at..].chars().next();
    let is_noted = || before.is_some_and(is_hiragana) && begins_with_mark(&line[at..]);
    before.is_some_and(|c| is_hiragana(c) || is_kanji(c) || matches!(c, '」' | '）' | ')'))
        && (behind.is_none_or(|c| c.is_whitespace() || is_japanese(c)) || is_noted())
}

/// Whether an ASCII mark stands within Latin text, as in an address: `/?id=1`, `Hey!Say`.
fn is_within_latin(mark: char, line: &str, at: usize) -> bool {
    let is_part = |c: char| c.is_ascii_graphic() && c != '"' && c != ')';
    mark.is_ascii()
        && line[..at - 1].chars().next_back().is_some_and(is_part)
        && line[at..].chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || "/=&%#~_".contains(c))
}

/// Names that end in a mark.
const NAMES: [&str; 3] = ["Yahoo!", "Yahoo！", "モーニング娘。"];

/// Whether the mark before `at` belongs to a name.
fn ends_a_name(line: &str, at: usize) -> bool {
    NAMES.iter().any(|name| line[..at].ends_with(name))
        && line[at..].chars().next().is_some_and(|behind| !is_end_mark(behind) && !behind.is_whitespace())
}

/// Whether the mark before `at` stands within a number or a Latin abbreviation (６４．７, Ｖｅｒ．２), or behind a
/// label at the beginning (Ｑ．, １．).
fn is_decimal_point(mark: char, line: &str, at: usize) -> bool {
    let before = line[..at - mark.len_utf8()].chars().next_back();
    let behind = line[at..].chars().next();
    // Backwards, as no mark is Latin: so a long label is not read anew for each mark behind it.
    let is_label = || line[..at - mark.len_utf8()].chars().rev().all(is_latin);
    mark == '．' && before.is_some_and(is_latin) && (behind.is_some_and(is_latin) || is_label())
}

#[cfg(test)]
mod tests {
    use super::super::sentences;
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).map(|sentence| &text[sentence.span]).collect()
    }

    #[test]
    fn cuts_at_marks_and_line_ends() {
        for (text, expected) in [
            ("効きます。本当です！", vec!["効きます。", "本当です！"]),
            ("効きますか？はい。", vec!["効きますか？", "はい。"]),
            (
                "見出し\n本文です。\r\n・箇条書き\r終わり",
                vec!["見出し", "本文です。", "・箇条書き", "終わり"],
            ),
            ("すごい！！？次です", vec!["すごい！！？", "次です"]),
            ("「効く。必ず効く。」と言う。次。", vec!["「効く。必ず効く。」と言う。", "次。"]),
            ("（注意。）続く。", vec!["（注意。）続く。"]),
            (
                "「彼は「行く。」と「言う。」と書いた。」と言う。次。",
                vec!["「彼は「行く。」と「言う。」と書いた。」と言う。", "次。"],
            ),
            ("「はい。」「いいえ。」", vec!["「はい。」", "「いいえ。」"]),
            ("「閉じない。次です。", vec!["「閉じない。", "次です。"]),
            ("本当？と思う。次です。", vec!["本当？と思う。", "次です。"]),
            ("本当？とても良い。", vec!["本当？", "とても良い。"]),
            ("閉じるだけ。）次です。", vec!["閉じるだけ。）", "次です。"]),
            ("比率は６４．７％です．次です．", vec!["比率は６４．７％です．", "次です．"]),
            ("　字下げ。　\n\n　　\n", vec!["字下げ。"]),
            ("", vec![]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_within_latin_text_numbers_and_names_end_no_sentence() {
        for (text, expected) in [
            ("https://a.jp/?id=1を見る。次。", vec!["https://a.jp/?id=1を見る。", "次。"]),
            ("Hey!Sayだ。", vec!["Hey!Sayだ。"]),
            ("Hey! Say", vec!["Hey!", "Say"]),
            ("Hey！Say", vec!["Hey！", "Say"]),
            ("なに?id", vec!["なに?", "id"]),
            ("(a)!b", vec!["(a)!", "b"]),
            ("a?あ", vec!["a?", "あ"]),
            ("Yahoo!で検索。", vec!["Yahoo!で検索。"]),
            ("Yahoo! 検索。", vec!["Yahoo!", "検索。"]),
            ("Ｑ．なぜ。", vec!["Ｑ．なぜ。"]),
            ("犬１．猫", vec!["犬１．", "猫"]),
            ("犬１．２匹", vec!["犬１．２匹"]),
            ("犬です. 猫です.", vec!["犬です.", "猫です."]),
            ("漢字.かな", vec!["漢字.", "かな"]),
            ("カナ.かな", vec!["カナ.かな"]),
            ("犬です.com", vec!["犬です.com"]),
            ("（犬）.猫", vec!["（犬）.", "猫"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn brackets_are_nested_and_quoted_together() {
        for (text, expected) in [
            ("（あ（い。）う。）え。お。", vec!["（あ（い。）う。）え。", "お。"]),
            ("（あ（い。）う。え。", vec!["（あ（い。）う。", "え。"]),
            ("「あ。（い。）う。", vec!["「あ。", "（い。）う。"]),
            ("「あ。『い。」う。』え。", vec!["「あ。『い。」う。』", "え。"]),
            ("「はい。」「いいえ。」と言う。次。", vec!["「はい。」「いいえ。」と言う。", "次。"]),
            ("「はい。」「いいえ。」東京。", vec!["「はい。」", "「いいえ。」東京。"]),
            ("「はい。」『いいえ。』（小声）と言う。", vec!["「はい。」『いいえ。』（小声）と言う。"]),
            ("「はい。」「いいえ。と言う。", vec!["「はい。」", "「いいえ。と言う。"]),
            ("「はい」「いいえ。」", vec!["「はい」「いいえ。」"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn long_lines_are_cut_between_characters_of_any_width() {
        for character in ["a", "é", "あ", "𠮷", "aéあ𠮷"] {
            for offset in 0..12 {
                let line = "b".repeat(offset) + &character.repeat(2 * MAX_BYTES / character.len());
                let sentences = cut(&line);
                assert_eq!(sentences.concat(), line);
                assert!(sentences.iter().all(|sentence| sentence.len() <= MAX_BYTES), "{character}");
                assert!(sentences[0].len() > MAX_BYTES - 4, "{character}");
            }
        }
    }

    #[test]
    fn a_line_of_the_greatest_length_is_not_cut() {
        let line = "a、".repeat(MAX_BYTES / 4);
        assert_eq!(cut(&line), [&line]);
        assert_eq!(cut(&(line.clone() + "a")), [&line, "a"]);
        let marked = "a".repeat(MAX_BYTES - 3) + "。";
        assert_eq!(cut(&(marked.clone() + "b")), [&marked, "b"]);
    }

    #[test]
    fn counts_lines_from_zero() {
        let lines: Vec<usize> = sentences("一。二。\n\n三\r\n四\r五").map(|s| s.line).collect();
        assert_eq!(lines, [0, 0, 2, 3, 4]);
    }

    #[test]
    fn a_line_without_marks_is_cut_behind_a_comma_and_loses_nothing() {
        for (part, end) in [("効果が期待される、", '、'), ("「（", '（'), ("あ", 'あ')] {
            let line = part.repeat(20_000);
            let sentences = cut(&line);
            assert!(sentences.iter().all(|sentence| sentence.len() <= MAX_BYTES && sentence.ends_with(end)));
            assert_eq!(sentences.concat(), line);
        }
    }
}
