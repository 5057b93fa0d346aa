//! Aozora Bunko's notation: ruby, annotations, described characters and accents.

use super::jis_x_0213;

/// How letters with accents are written, and the letter.
const ACCENTS: &str = include_str!("accents.txt");

/// The longest reading, annotation or Latin text, in bytes: a sign that is not closed before is a sign of the text.
const MAX_BYTES: usize = 4 << 10;

/// A text without ruby (`｜期待《きたい》`) and annotations (`［＃改ページ］`), each line with `\n` at its end.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        push_line(&mut plain, line);
        plain.push('\n');
    }
    plain
}

fn push_line(plain: &mut String, line: &str) {
    let mut rest = line;
    while let Some(at) = rest.find(['《', '｜', '［', '※', '〔']) {
        let (before, sign) = rest.split_at(at);
        plain.push_str(before);
        let described = sign.strip_prefix('※').filter(|next| next.starts_with("［＃"));
        let sign_or_note = described.unwrap_or(sign);
        if let Some(behind) = behind_ruby(sign_or_note) {
            rest = behind;
        } else if let Some((note, behind)) = note(sign_or_note) {
            if described.is_some() {
                push_described(plain, note);
            }
            rest = behind;
        } else if let Some(behind) = push_accented(plain, sign) {
            rest = behind;
        } else {
            let first = sign.chars().next().unwrap_or_default();
            if first != '｜' {
                plain.push(first);
            }
            rest = &sign[first.len_utf8()..];
        }
    }
    plain.push_str(rest);
}

/// What stands behind the reading at the beginning of a text.
fn behind_ruby(text: &str) -> Option<&str> {
    let reading = text.strip_prefix('《')?;
    let (_, close) = reading.split_at(within(reading).find('》')?);
    close.strip_prefix('》')
}

fn within(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_BYTES)]
}

/// An annotation and what stands behind it; an annotation may hold another.
fn note(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("［＃")?;
    let mut depth = 1_usize;
    for (at, character) in within(inside).char_indices() {
        match character {
            '［' => depth = depth.saturating_add(1),
            '］' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let (note, close) = inside.split_at(at);
            return Some((note, close.strip_prefix('］')?));
        }
    }
    None
}

/// Appends the character whose number in Unicode or JIS X 0213 a description gives (`「口＋尼」、U+5462、12-3`,
/// `「てへん＋宛」、第3水準1-84-80`), or `〓`.
fn push_described(plain: &mut String, note: &str) {
    match in_unicode(note) {
        Some(character) => plain.push(character),
        None => plain.push_str(in_jis(note).unwrap_or("〓")),
    }
}

fn in_unicode(note: &str) -> Option<char> {
    let (_, number) = note.split_once("U+").or_else(|| note.split_once("Ｕ＋"))?;
    let end = number.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(number.len());
    let character = char::from_u32(u32::from_str_radix(&number[..end], 16).ok()?)?;
    (!character.is_control()).then_some(character)
}

/// By plane, row and cell; page and line, which may follow, are two numbers.
fn in_jis(note: &str) -> Option<&'static str> {
    let codes = note.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    codes.filter(|code| code.matches('-').count() == 2).find_map(jis_x_0213::character)
}

/// Appends the Latin text of `〔re'sume'〕` with its accents, and gives what stands behind it; none if it has no accent.
fn push_accented<'a>(plain: &mut String, text: &'a str) -> Option<&'a str> {
    let mut rest = text.strip_prefix('〔')?;
    let limit = rest.len().saturating_sub(MAX_BYTES);
    let mut latin = String::new();
    let mut is_accented = false;
    while rest.len() > limit {
        if rest.starts_with('〔') {
            // It belongs to the one within, which is read by itself.
            return None;
        }
        if let Some((_, behind)) = note(rest) {
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix('〕') {
            is_accented.then(|| push_line(plain, &latin))?;
            return Some(behind);
        } else if let Some((written, letter)) = accent(rest) {
            latin.push_str(letter);
            rest = &rest[written..];
            is_accented = true;
        } else {
            let next = rest.chars().next()?;
            latin.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    None
}

/// The length in bytes of the accented letter at the beginning of a text as it is written, and the letter.
fn accent(text: &str) -> Option<(usize, &'static str)> {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')).then_some(())?;
    let mut accents = ACCENTS.lines().filter_map(|line| line.split_once(' '));
    accents.find(|(written, _)| text.starts_with(written)).map(|(written, letter)| (written.len(), letter))
}
