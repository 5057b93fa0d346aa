//! JSON Lines: an object on each line.
//!
//! Files that were put together have byte-order marks within, which are no part of any line. Half of a pair of surrogates
//! (`\ud83d`, where a text was cut to a length) is as malformed as a byte that is not of the encoding.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr;
use serde::de::IgnoredAny;

use super::json_cells::Cell;
use super::table::{Cells, column_name, row_error, stream_error, too_long};
use crate::corpus::hashing::ReadTotals;
use crate::corpus::{CorpusError, ReadOptions, TableProblem};

/// What stands on a line; of equal keys, the last.
type Object = BTreeMap<String, Cell>;

/// The rows.
pub(super) fn rows<R: BufRead>(
    document: String,
    file: R,
    options: &ReadOptions,
    totals: ReadTotals,
) -> impl Iterator<Item = Result<Cells, CorpusError>> + use<R> {
    let mut names: HashSet<Arc<str>> = HashSet::new();
    let (allow_malformed, id_column) = (options.allow_malformed, options.id_column.clone());
    lines(&document, file, options.max_document.0).map(move |line| {
        let (number, line) = line.map_err(|error| stream_error(&document, error))?;
        let object = match serde_json::from_str::<Object>(&line) {
            Ok(object) => object,
            Err(error) => {
                let object = mended(&line, error, allow_malformed);
                let (object, halves) = object.map_err(|problem| row_error(&document, number, problem))?;
                let mut totals = totals.get();
                totals.half_characters = totals.half_characters.saturating_add(halves);
                object
            }
        };
        let mut row = Cells { line: number, ..Cells::default() };
        for (key, cell) in object {
            let name = shared(&mut names, &key);
            row.has_integer_id |= cell.is_integer && id_column.as_deref() == Some(&*name);
            row.cells.push((name, cell.text));
        }
        Ok(row)
    })
}

/// The object on a line that failed to parse, with � in the place of halves of pairs of surrogates, and the length of
/// what they replace in bytes.
fn mended(
    line: &str,
    error: serde_json::Error,
    allow_malformed: bool,
) -> Result<(Object, u64), TableProblem> {
    let mut mended = String::with_capacity(line.len());
    let (mut copied, mut halves, mut first) = (0, 0_u64, None);
    for half in lone_surrogates(line) {
        first = first.or_else(|| line.get(half.clone()));
        mended.push_str(&line[copied..half.start]);
        mended.push('\u{fffd}');
        halves = halves.saturating_add(half.len() as u64);
        copied = half.end;
    }
    mended.push_str(&line[copied..]);
    let object = serde_json::from_str(&mended);
    match (object, first) {
        (Ok(object), _) if allow_malformed => Ok((object, halves)),
        (Ok(_), Some(first)) => Err(TableProblem::LoneSurrogate(first.to_owned())),
        // The parser's line is always the first.
        _ => Err(TableProblem::NotAnObject(error.to_string().replace("line 1 column", "column"))),
    }
}

/// Where escapes of half a pair of surrogates stand without the other half.
fn lone_surrogates(line: &str) -> Vec<Range<usize>> {
    let unit = |at: usize| {
        let digits = line.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(escape) = line.as_bytes().get(at..).and_then(|rest| memchr(b'\\', rest)) {
        let start = at.saturating_add(escape);
        let end = start.saturating_add(6);
        at = match (unit(start), unit(end)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => end.saturating_add(6),
            (Some(0xd800..0xe000), _) => {
                found.push(start..end);
                end
            }
            // An escape of two characters, or of six, in which no other begins.
            _ => start.saturating_add(2),
        };
    }
    found
}

/// The keys of all rows, in the order of their first occurrence; of a row, in that of the alphabet, as its cells are.
pub(super) fn keys(document: &str, file: impl BufRead, limit: u64) -> Vec<String> {
    let mut known = HashSet::new();
    let mut keys = Vec::new();
    for (_, line) in lines(document, file, limit).map_while(Result::ok) {
        let Ok(object) = serde_json::from_str::<BTreeMap<String, IgnoredAny>>(&line).or_else(|error| {
            mended(&line, error, true)
                .map(|(object, _)| object.into_keys().map(|key| (key, IgnoredAny)).collect())
        }) else {
            continue;
        };
        for key in object.into_keys() {
            let name = column_name(&key);
            if known.insert(name.clone()) {
                keys.push(name);
            }
        }
    }
    keys
}

/// The lines that are not blank, each with its number, from 1; nothing after an error. A line has so many bytes at most.
fn lines<R: BufRead>(
    document: &str,
    mut file: R,
    limit: u64,
) -> impl Iterator<Item = io::Result<(u64, String)>> + use<R> {
    let document = document.to_owned();
    let mut number = 0_u64;
    let mut is_at_end = false;
    std::iter::from_fn(move || {
        while !is_at_end {
            number = number.saturating_add(1);
            match line(&mut file, limit) {
                Ok(None) => {
                    is_at_end = true;
                    return Some(Err(io::Error::other(too_long(&document, number, limit))));
                }
                Ok(Some(line)) if line.is_empty() => is_at_end = true,
                Ok(Some(mut line)) => {
                    if !is_blank(&mut line) {
                        return Some(Ok((number, line)));
                    }
                }
                Err(error) => {
                    is_at_end = true;
                    return Some(Err(error));
                }
            }
        }
        None
    })
}

/// A line with its end; an empty one at the end of the file, and none if it is longer than the limit.
fn line(file: &mut impl BufRead, limit: u64) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    file.by_ref().take(limit.saturating_add(1)).read_until(b'\n', &mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(None);
    }
    String::from_utf8(bytes).map(Some).map_err(io::Error::other)
}

/// Takes byte-order marks from the beginning of a line; true if nothing is left.
fn is_blank(line: &mut String) -> bool {
    let marks = line.len().saturating_sub(line.trim_start_matches('\u{feff}').len());
    line.drain(..marks);
    line.trim().is_empty()
}

/// The name of a column, one allocation for all rows.
fn shared(names: &mut HashSet<Arc<str>>, key: &str) -> Arc<str> {
    if let Some(name) = names.get(key) {
        return Arc::clone(name);
    }
    let name: Arc<str> = column_name(key).into();
    names.insert(Arc::clone(&name));
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_pairs_are_found_and_whole_pairs_are_not() {
        for (line, halves) in [
            (r"\ud83d\ude00", &[][..]),
            (r"犬\ud83d", &[3]),
            (r"\ude00\ud83d", &[0, 6]),
            (r"\ud83d\ud83d\ude00", &[0]),
            (r"\\ud83d", &[]),
            (r"\n\u3042\uD83Dx", &[8]),
            (r"\ud83", &[]),
            (r"\", &[]),
        ] {
            let starts: Vec<usize> = lone_surrogates(line).into_iter().map(|half| half.start).collect();
            assert_eq!(starts, halves, "{line}");
        }
    }
}
