//! Where the characters of a text that was coded stand in the document.

use crate::messages::Message;
use crate::text::line_of;

/// How much of a text is shown behind a difference, in characters.
const SHOWN: usize = 10;

/// The offset in the document of each character of a coded text.
///
/// Programs change line ends, and write a byte-order mark or leave out blanks at the ends of a text. So white space is compared stretch by
/// stretch, each as long as the other or with `\r\n` as one character; at the ends of a text it may differ. All else must be the same.
///
/// # Errors
/// The first difference.
pub fn aligned(coded: &str, document: &str, name: &str) -> Result<Vec<usize>, Message> {
    let (own, others): (Vec<char>, Vec<char>) = (document.chars().collect(), coded.chars().collect());
    if own == others {
        return Ok((0..own.len()).collect());
    }
    let mut offsets = Vec::with_capacity(others.len());
    let (mut at, mut other_at) = (0, 0);
    loop {
        let (end, other_end) = (blanks_end(&own, at), blanks_end(&others, other_at));
        let is_inside = at > 0 && other_at > 0 && end < own.len() && other_end < others.len();
        match paired(&own, at..end, &others, other_at..other_end) {
            Some(pairs) => offsets.extend(pairs),
            None if is_inside => return Err(difference(document, &own, at, &others, other_at, name)),
            // What stands before the text belongs to its beginning, and what behind it to its end.
            None => {
                let edge = if at == 0 || other_at == 0 { end } else { at };
                offsets.extend((other_at..other_end).map(|_| edge));
            }
        }
        (at, other_at) = (end, other_end);
        match (own.get(at), others.get(other_at)) {
            (Some(own), Some(other)) if own == other => offsets.push(at),
            (None, None) => return Ok(offsets),
            _ => return Err(difference(document, &own, at, &others, other_at, name)),
        }
        (at, other_at) = (at.saturating_add(1), other_at.saturating_add(1));
    }
}

/// The end of the white space at a place; a byte-order mark is some at the beginning of a text.
fn blanks_end(text: &[char], start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let is_blank = |c: &char| c.is_whitespace() || (start == 0 && *c == '\u{feff}');
    start.saturating_add(rest.iter().take_while(|c| is_blank(c)).count())
}

/// The offset of each blank of another text, if there are as many.
fn paired(
    own: &[char],
    range: std::ops::Range<usize>,
    others: &[char],
    other_range: std::ops::Range<usize>,
) -> Option<Vec<usize>> {
    if range.len() == other_range.len() {
        return Some(range.collect());
    }
    // Characters, with both of a line end of two as one.
    let units = |text: &[char], range: std::ops::Range<usize>| -> Vec<(usize, bool)> {
        let is_second = |at: &usize| {
            let first = at.checked_sub(1).filter(|first| range.contains(first));
            text.get(*at) == Some(&'\n') && first.is_some_and(|first| text.get(first) == Some(&'\r'))
        };
        range.clone().map(|at| (at, is_second(&at))).collect()
    };
    let starts: Vec<usize> = units(own, range).iter().filter(|unit| !unit.1).map(|unit| unit.0).collect();
    let other_units = units(others, other_range);
    if starts.len() != other_units.iter().filter(|unit| !unit.1).count() {
        return None;
    }
    let mut starts = starts.into_iter();
    let mut last = 0;
    let offset = |unit: &(usize, bool)| {
        last = if unit.1 { last } else { starts.next().unwrap_or(last) };
        last
    };
    Some(other_units.iter().map(offset).collect())
}

fn difference(
    document: &str,
    own: &[char],
    at: usize,
    others: &[char],
    other_at: usize,
    name: &str,
) -> Message {
    let shown = |text: &[char], at: usize| text.iter().skip(at).take(SHOWN).collect::<String>();
    let (own_text, coded) = (shown(own, at), shown(others, other_at));
    let byte = document.char_indices().nth(at).map_or(document.len(), |(byte, _)| byte);
    let line = line_of(document, byte).saturating_add(1);
    let key = match (own_text.is_empty(), coded.is_empty()) {
        (true, _) => "coding.longer",
        (_, true) => "coding.shorter",
        _ => "coding.differs",
    };
    Message::new(key, &[("document", &name), ("line", &line), ("own", &own_text), ("coded", &coded)])
}

/// A text without white space and byte-order marks, by which documents are found.
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_blanks_at_the_ends_and_a_byte_order_mark_may_differ() {
        for (coded, document, expected) in [
            ("犬。\n猫。", "犬。\n猫。", vec![0, 1, 2, 3, 4]),
            ("犬。\n猫。", "犬。\r\n猫。", vec![0, 1, 2, 4, 5]),
            ("犬。\r\n猫。", "犬。\n猫。", vec![0, 1, 2, 2, 3, 4]),
            ("犬\n\n　猫", "犬\r\n\r\n　猫", vec![0, 1, 3, 5, 6]),
            ("犬  猫", "犬\r\n猫", vec![0, 1, 2, 3]),
            ("\u{feff}犬。", "犬。\n", vec![0, 0, 1]),
            ("\n犬\n\n", "犬", vec![0, 0, 1, 1]),
        ] {
            assert_eq!(aligned(coded, document, "a.txt"), Ok(expected), "{coded:?} {document:?}");
        }
    }

    #[test]
    fn the_first_difference_is_told() {
        for (coded, document, words) in [
            ("犬。\n猫が来る。", "犬。\n鳥が来る。", "line 2: `猫が来る。` in the coding, `鳥が来る。`"),
            ("が", "か\u{3099}", "line 1"),
            ("犬。猫。", "犬。", "goes on with `猫。`"),
            ("犬。", "犬。\n猫。\n", "ends in line 2 of a.txt, before `猫。"),
            ("犬 猫", "犬猫", "line 1: ` 猫` in the coding, `猫`"),
        ] {
            let error = aligned(coded, document, "a.txt").unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
