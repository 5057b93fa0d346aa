//! Ruby as web novels write it in plain text: `｜x《y》`, `漢字《かんじ》`, `{漢字|かんじ}`, and emphasis, `《《x》》`.
//!
//! The signs and the readings are no text, where a text plainly has ruby: 《》 are quotation marks elsewhere.

use memchr::{memchr, memmem};

use super::characters::{is_half_width_kana, is_kana, is_kanji, is_voiced_mark};
use super::is_line_end;
use super::sentences::is_end_mark;
use crate::span::Span;

/// Which notations of ruby a text has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Ruby {
    #[default]
    None,
    /// Those that say where the base begins, or that are signs of their own.
    Marked,
    /// Also kanji with a reading in 《》 behind them.
    Bare,
}

/// How far a sign is looked for, in bytes.
const MAX_BASE: usize = 100;
const MAX_READING: usize = 150;
const MAX_EMPHASIS: usize = 600;

/// No notation is longer, in bytes.
pub(super) const MAX_NOTATION: usize = 1 << 10;

/// What stands between or before 《》, or in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `｜x《y》` with a reading in kana, `{漢字|かんじ}`, `[[rb:漢字 > かんじ]]`, `#漢字__かんじ__#`.
    Marked,
    /// `｜x《y》` with a reading in other characters.
    Glossed,
    /// `漢字《かんじ》`.
    Bare,
    /// `《《x》》`.
    Emphasis,
    /// Any other `《x》`.
    Quotation,
}

/// A notation: signs and readings, one before the base and one behind it.
struct Notation {
    form: Form,
    before: Span,
    behind: Span,
}

impl Ruby {
    /// What a text plainly has: the marked forms wherever there is one; kanji with a reading behind them if the text has
    /// ｜x《y》, too, or at most one 《》 in five is a quotation.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let has = |sign: &str| memmem::find(bytes, sign.as_bytes()).is_some();
        let may = has("《") || memchr(b'{', bytes).is_some() || has("[[rb:") || has("__#") || has("｜");
        if !may {
            return Ruby::None;
        }
        let (mut marked, mut bare, mut quotations) = (0_usize, 0_usize, 0_usize);
        for notation in notations(text) {
            match notation.form {
                Form::Marked | Form::Emphasis => marked += 1,
                Form::Bare => bare += 1,
                Form::Quotation => quotations += 1,
                Form::Glossed => {}
            }
        }
        let has_bars = || {
            notations(text).any(|found| found.form == Form::Marked && text[found.behind].starts_with('《'))
        };
        if bare > 0 && (4 * quotations <= bare || has_bars()) {
            Ruby::Bare
        } else if marked > 0 {
            Ruby::Marked
        } else {
            Ruby::None
        }
    }

    /// The signs and readings of a stretch of the text, in order.
    pub(super) fn signs(self, text: &str, signs: &mut Vec<Span>) {
        signs.clear();
        if self == Ruby::None {
            return;
        }
        for Notation { form, before, behind } in notations(text) {
            if form != Form::Quotation && (form != Form::Bare || self == Ruby::Bare) {
                signs.extend([before, behind].into_iter().filter(|span| !span.is_empty()));
            }
        }
    }
}

/// The notations of a text, in order; none within another.
fn notations(text: &str) -> impl Iterator<Item = Notation> {
    let mut at = 0;
    let mut end = 0;
    std::iter::from_fn(move || {
        loop {
            at += text[at..].find(['《', '{', '[', '#', '｜'])?;
            let found = match text[at..].chars().next()? {
                '《' => emphasis(text, at).or_else(|| brackets(text, end, at)),
                '{' => braces(text, at),
                '[' => enclosed(text, at, "[[rb:", &[" > ", "＞", ">"], "]]"),
                '#' => enclosed(text, at, "#", &["__"], "__#"),
                _ => parenthesis(text, at),
            };
            at = match &found {
                Some(found) => found.behind.end,
                None => at + text[at..].chars().next()?.len_utf8(),
            };
            if found.is_some() {
                end = at;
                return found;
            }
        }
    })
}

/// At most so many bytes from an offset on, of its line.
fn window(text: &str, from: usize, bytes: usize) -> &str {
    let end = text.floor_char_boundary((from + bytes).min(text.len()));
    let window = &text[from..end];
    &window[..window.find(is_line_end).unwrap_or(window.len())]
}

fn emphasis(text: &str, at: usize) -> Option<Notation> {
    let inside = window(text, at, MAX_EMPHASIS).strip_prefix("《《")?;
    let length = inside.find("》》").filter(|length| *length > 0 && !inside[..*length].contains('《'))?;
    let start = at + "《《".len();
    let end = start + length;
    Some(Notation { form: Form::Emphasis, before: at..start, behind: end..end + "》》".len() })
}

/// `《x》` at `at`, with what it belongs to; notations before `end` are done.
fn brackets(text: &str, end: usize, at: usize) -> Option<Notation> {
    let inside = at + '《'.len_utf8();
    let notation = |form, before, close| Some(Notation { form, before, behind: at..close });
    let length = window(text, inside, MAX_READING).find('》')?;
    let reading = &text[inside..inside + length];
    // What somebody says is neither a reading nor a title.
    if reading.contains(|c| is_end_mark(c) || c == '《') {
        return None;
    }
    let close = inside + length + '》'.len_utf8();
    let from = text.ceil_char_boundary(at.saturating_sub(MAX_BASE)).max(end);
    let before = &text[from..at];
    if let Some(bar) = before.rfind(['｜', '|']) {
        let sign = from + bar..from + bar + before[bar..].chars().next().map_or(0, char::len_utf8);
        let base = &text[sign.end..at];
        // A cell of a table has blanks at its bars.
        let is_base = !base.is_empty()
            && !base.starts_with(char::is_whitespace)
            && !base.contains(|c| is_line_end(c) || is_end_mark(c) || "《》、「」".contains(c));
        if is_base && is_reading(reading) {
            return notation(Form::Marked, sign, close);
        }
        if is_base && text[sign.clone()].starts_with('｜') && !reading.is_empty() {
            return notation(Form::Glossed, sign, close);
        }
    }
    let is_base = |c: &char| is_kanji(*c) || matches!(c, '々' | '〆' | '〇' | 'ヶ' | 'ヵ');
    let base = before.chars().rev().take_while(is_base).count();
    let length = reading.chars().count();
    let fits = base > 0 && 2 * length >= base && length <= 8 * base + 2;
    let form = if fits && is_reading(reading) { Form::Bare } else { Form::Quotation };
    notation(form, at..at, close)
}

/// `{漢字|かん|じ}`.
fn braces(text: &str, at: usize) -> Option<Notation> {
    let inside = &window(text, at, MAX_READING)[1..];
    let inside = &inside[..inside.find('}')?];
    let bar = inside.find(['|', '｜'])?;
    let mut readings = inside[bar..].split(['|', '｜']).skip(1);
    let is_ruby = inside[..bar].contains(is_kanji) && readings.all(is_reading);
    let bar = at + 1 + bar;
    is_ruby.then(|| Notation {
        form: Form::Marked,
        before: at..at + 1,
        behind: bar..at + 1 + inside.len() + 1,
    })
}

/// A base and its reading between signs of their own.
fn enclosed(text: &str, at: usize, open: &str, between: &[&str], close: &str) -> Option<Notation> {
    let inside = window(text, at, MAX_BASE + MAX_READING).strip_prefix(open)?;
    let (sign, base) = between.iter().find_map(|sign| Some((sign, inside.find(sign)?)))?;
    let reading = &inside[base + sign.len()..];
    let reading = &reading[..reading.find(close)?];
    if base == 0 || !is_reading(reading) {
        return None;
    }
    let start = at + open.len();
    let end = start + base + sign.len() + reading.len() + close.len();
    Some(Notation { form: Form::Marked, before: at..start, behind: start + base..end })
}

/// `｜漢字（かんじ）`.
fn parenthesis(text: &str, at: usize) -> Option<Notation> {
    let start = at + '｜'.len_utf8();
    let behind = window(text, start, MAX_BASE + MAX_READING);
    let base = behind.find(['(', '（', '《', '｜', '、', '。', ' ', '\u{3000}'])?;
    let reading = behind[base..].strip_prefix(['(', '（'])?;
    let length = reading.find([')', '）'])?;
    let close =
        behind.len() - reading.len() + length + reading[length..].chars().next().map_or(0, char::len_utf8);
    let is_ruby = behind[..base].contains(is_kanji) && is_reading(&reading[..length]);
    is_ruby.then(|| Notation { form: Form::Marked, before: at..start, behind: start + base..start + close })
}

/// Whether a text is a reading in kana, or dots for emphasis.
fn is_reading(text: &str) -> bool {
    let is_part = |c: char| {
        is_kana(c)
            || is_half_width_kana(c)
            || is_voiced_mark(c)
            || "ー・ゝゞヽヾ゛゜～〜＝ \u{3000}﹅﹆●○•、".contains(c)
    };
    !text.trim().is_empty() && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> String {
        let mut signs = Vec::new();
        Ruby::of(text).signs(text, &mut signs);
        let mut plain = String::new();
        let mut at = 0;
        for sign in signs {
            plain.push_str(&text[at..sign.start]);
            at = sign.end;
        }
        plain + &text[at..]
    }

    #[test]
    fn signs_and_readings_are_no_text() {
        for (text, expected) in [
            ("効果が期待《きたい》される。", "効果が期待される。"),
            ("｜可能性《かのうせい》と|確実《たしか》さ", "可能性と確実さ"),
            ("｜Sword《ソード》を抜く、｜黒い犬《ブラックドッグ》", "Swordを抜く、黒い犬"),
            ("｜犬《いぬ》と｜彼《Dog》", "犬と彼"),
            ("{期待|きたい}と{可能性|か|のう|せい}", "期待と可能性"),
            ("《《必ず》》来る", "必ず来る"),
            ("｜必《・》｜ず《・》来る", "必ず来る"),
            ("[[rb:期待 > きたい]]される", "期待される"),
            ("#期待__きたい__#される", "期待される"),
            ("｜期待（きたい）される、｜犬(いぬ)", "期待される、犬"),
            ("人々《ひとびと》と聖剣《エクスカリバー》", "人々と聖剣"),
            ("彼《かれ》は聞く。《犬《いぬ》だ。》", "彼は聞く。《犬だ。》"),
            ("｜犬《いぬ》が《鑑定》を使い、期待《きたい》する", "犬が《鑑定》を使い、期待する"),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_plainly_ruby_is_text() {
        for text in [
            "《夜の歌》を聴く。",
            "名曲《夜の歌》と歌劇《さくら》を聴く。",
            "《さくら》を聴く。",
            "東京都交響楽団定期演奏会《さくら》",
            "| 名曲 | 《さくら》 |",
            "犬の話｜本日の店（東京）",
            "fn f(x) {x|y} #x__y__#",
            "{犬|猫}",
            "効果《",
            "効果《きたい",
            "《注意。》続きます。",
        ] {
            assert_eq!(without(text), text);
        }
    }
}
