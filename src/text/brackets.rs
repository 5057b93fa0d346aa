//! Brackets and quotation marks: what stands in them belongs to one sentence.
//!
//! Each sentence of a line is cut by what stands in a window from its beginning on, and the windows overlap. What was read
//! for one sentence is kept for the next, so that the time for a line grows as its length does.

use super::characters::{is_hiragana, is_latin};
use super::note_marks::NoteMarks;
use super::sentences::is_end_mark;
use crate::span::Span;

/// Opening and closing marks. Where one opening mark has two closing ones, the first is tried first.
pub(super) const PAIRS: [(char, char); 24] = [
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('(', ')'),
    ('“', '”'),
    ('‘', '’'),
    ('〝', '〟'),
    ('〝', '〞'),
    ('【', '】'),
    ('〈', '〉'),
    ('《', '》'),
    ('〔', '〕'),
    ('〖', '〗'),
    ('〘', '〙'),
    ('［', '］'),
    ('[', ']'),
    ('｛', '｝'),
    ('｢', '｣'),
    ('«', '»'),
    ('≪', '≫'),
    ('＜', '＞'),
    ('"', '"'),
    ('＂', '＂'),
    // Typed at both ends where a keyboard has no “.
    ('”', '”'),
];

/// Whether a character opens a bracket, or may.
pub(super) fn opens(character: char) -> bool {
    // Asked of every character that is not Japanese: ranges around the pairs first.
    let may = matches!(character, '"' | '(' | '[' | '«' | '‘'..='”' | '≪' | '〈'..='〟' | '＂'..='｢');
    may && PAIRS.iter().any(|(open, _)| *open == character)
}

/// Whether a character closes a bracket, or may.
pub(super) fn closes(character: char) -> bool {
    PAIRS.iter().any(|(_, close)| *close == character)
}

/// Whether a mark is the same at both ends.
pub(super) fn is_straight(character: char) -> bool {
    PAIRS.contains(&(character, character))
}

/// The index in [`PAIRS`] of “ and ”; the straight ” is counted with them.
const CURLY: usize = 4;

/// The marks of a pair in a stretch of a line. Offsets count from the beginning of the line.
#[derive(Debug, Default)]
struct Marks {
    /// The opening marks, each with the closing mark at which its depth is 0 again; none of a pair that is the same at both
    /// ends.
    opening: Vec<(usize, Option<usize>)>,
    closing: Vec<usize>,
    /// The indices of the opening marks that have not been closed.
    open: Vec<usize>,
    /// How far the line has been read.
    end: usize,
}

impl Marks {
    fn restart(&mut self, at: usize) {
        self.opening.clear();
        self.closing.clear();
        self.open.clear();
        self.end = at;
    }

    /// The first opening mark behind `at`.
    fn next_opening(&self, at: usize) -> Option<usize> {
        let index = self.opening.partition_point(|(open, _)| *open <= at);
        self.opening.get(index).map(|(open, _)| *open)
    }

    /// The first closing mark behind `at`.
    fn next_closing(&self, at: usize) -> Option<usize> {
        self.closing.get(self.closing.partition_point(|close| *close <= at)).copied()
    }

    /// The closing mark of the bracket that opens at `at`.
    fn partner(&self, at: usize) -> Option<usize> {
        let index = self.opening.binary_search_by_key(&at, |(open, _)| *open).ok()?;
        self.opening[index].1
    }

    /// How many marks stand at `at` and behind it.
    fn count_from(&self, at: usize) -> usize {
        let opening = self.opening.partition_point(|(open, _)| *open < at);
        let closing = self.closing.partition_point(|close| *close < at);
        self.opening.len() - opening + self.closing.len() - closing
    }
}

/// Brackets that follow one another with nothing between them: `「…。」「…。」（…）`. A run is kept because it is asked about at
/// each of its brackets. Offsets count from the beginning of the line.
#[derive(Debug, Default)]
struct Run {
    /// Where its brackets open, and where the last of them ends.
    offsets: Vec<usize>,
    /// Pairs, by bit, of which a later mark may give a bracket of the run another end.
    unsure: u32,
    /// The first bracket that ends in the second closing mark of its opening one.
    second: Option<usize>,
}

impl Run {
    fn restart(&mut self, at: usize) {
        self.offsets.clear();
        self.offsets.push(at);
        self.unsure = 0;
        self.second = None;
    }

    fn has(&self, at: usize) -> bool {
        self.offsets.binary_search(&at).is_ok()
    }

    /// Forgets where the bracket at `at`, if it is one of the run, ends.
    fn cut_behind(&mut self, at: usize) {
        if let Ok(index) = self.offsets.binary_search(&at) {
            self.offsets.truncate(index + 1);
            self.second = self.second.filter(|second| *second < at);
        }
    }
}

/// A bracket that is closed.
struct Closed {
    mark: Span,
    /// Pairs, by bit, of which a later mark may move its end.
    unsure: u32,
    /// Whether it is the second closing mark of its opening one.
    is_second: bool,
}

/// Finds the ends of the brackets of a line, one sentence after the other. The offsets that it is asked for count from the
/// beginning of the sentence, and `line` is the window of the sentence.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// Where the sentence begins in the line.
    start: usize,
    /// The offset in the line before which no bracket is asked for any more.
    least: usize,
    /// The marks of each of [`PAIRS`]; empty until a bracket is met.
    marks: Vec<Marks>,
    run: Run,
    /// A closing mark that was asked about, and where the blanks before it begin, as offsets in the line.
    blanks: (usize, usize),
    pub(super) notes: NoteMarks,
}

impl Brackets {
    /// Begins a line, or goes back in it.
    pub(super) fn forget(&mut self) {
        if !self.run.offsets.is_empty() {
            self.run.offsets.clear();
        }
        for marks in &mut self.marks {
            marks.end = 0;
        }
        self.blanks = (0, 0);
        self.notes.forget();
    }

    /// Begins a sentence at an offset in the line.
    pub(super) fn begin(&mut self, start: usize) {
        self.start = start;
        self.least = start;
        self.notes.begin(start);
    }

    /// Where the bracket that opens at `at` is closed: the closing mark. No bracket before it is asked for after that.
    pub(super) fn closing(&mut self, line: &str, at: usize) -> Option<Span> {
        self.least = self.start + at;
        self.closed(line, at, line[..at].chars().next_back()).map(|closed| closed.mark)
    }

    /// Whether a hiragana, taken for a quotative particle, follows the brackets at `at`.
    pub(super) fn are_quoted(&mut self, line: &str, at: usize) -> bool {
        let first = self.start + at;
        loop {
            self.read_unsure(line);
            if !self.run.has(first) {
                self.run.restart(first);
            }
            let last = self.run.offsets.last().map_or(first, |last| *last);
            let at = last - self.start;
            if !line[at..].starts_with(opens) {
                return line[at..].starts_with(is_hiragana);
            }
            // A closing bracket stands before it, or what is no part of the run.
            let Some(closed) = self.closed(line, at, None) else { return false };
            if self.run.offsets.last() == Some(&last) {
                self.run.offsets.push(self.start + closed.mark.end);
                self.run.unsure |= closed.unsure;
                if closed.is_second {
                    self.run.second.get_or_insert(last);
                }
            }
        }
    }

    /// The offset behind the marks and closing brackets at `at`, which stand behind the mark that ends a sentence.
    pub(super) fn behind_closing(&mut self, line: &str, mut at: usize) -> usize {
        while let Some(character) = line[at..].chars().next() {
            if !(is_end_mark(character) || closes(character) && self.is_closing(line, at, character)) {
                break;
            }
            at += character.len_utf8();
        }
        at
    }

    /// Whether a mark that closes, or may, does. Of straight marks that open and close by turns, one opens if their number
    /// from there on is even.
    fn is_closing(&mut self, line: &str, at: usize, character: char) -> bool {
        if !is_straight(character) {
            return true;
        }
        let Some(pair) = PAIRS.iter().position(|(_, close)| *close == character) else { return true };
        self.least = self.start + at;
        self.prepare(line, pair);
        while self.read_mark(line, pair) {}
        self.marks[pair].count_from(self.start + at) % 2 == 1
    }

    /// Where the bracket that opens at `at`, with a character before it, is closed.
    fn closed(&mut self, line: &str, at: usize, before: Option<char>) -> Option<Closed> {
        let open = line[at..].chars().next()?;
        let inside = at + open.len_utf8();
        let mut unsure = 0;
        let mut is_second = false;
        for (index, (_, close)) in PAIRS.iter().enumerate().filter(|(_, pair)| pair.0 == open) {
            if let Some((found, is_sure)) = self.closing_mark(line, index, self.start + at) {
                let start = found - self.start;
                if !is_sure {
                    unsure |= 1 << index;
                }
                let mark = start..start + close.len_utf8();
                return self.is_bracket(line, before, open, inside..start).then_some(Closed {
                    mark,
                    unsure,
                    is_second,
                });
            }
            unsure |= 1 << index;
            is_second = true;
        }
        None
    }

    /// The closing mark, in the line, of the bracket of a pair that opens at `at`; others may be nested in it. And whether
    /// none but this closes it, whatever follows.
    fn closing_mark(&mut self, line: &str, index: usize, at: usize) -> Option<(usize, bool)> {
        let pair = PAIRS[index];
        let is_straight = pair.0 == pair.1;
        let index = if pair.0 == '”' { CURLY } else { index };
        self.prepare(line, index);
        loop {
            let marks = &self.marks[index];
            let found = if is_straight { marks.next_closing(at) } else { marks.partner(at) };
            // No “ stands between two ”.
            let other = if is_straight { marks.next_opening(at) } else { None };
            if found.is_some() || other.is_some() {
                let is_one = |close: &usize| other.is_none_or(|other| *close < other);
                return found.filter(is_one).map(|close| (close, true));
            }
            if !self.read_mark(line, index) {
                break;
            }
        }
        // A nested one is not closed: take the first closing bracket.
        self.marks[index].next_closing(at).filter(|_| !is_straight).map(|close| (close, false))
    }

    /// Reads the rest of the window for the pairs that may give a bracket of the run another end.
    fn read_unsure(&mut self, line: &str) {
        let mut unsure = self.run.unsure;
        while unsure != 0 {
            let pair = unsure.trailing_zeros() as usize;
            unsure &= unsure - 1;
            self.prepare(line, pair);
            while self.read_mark(line, pair) {}
        }
    }

    /// Begins to read the marks of a pair anew if all that was read is behind, or nearly all: a window has fewer marks than
    /// bytes.
    fn prepare(&mut self, line: &str, pair: usize) {
        if self.marks.is_empty() {
            self.marks.resize_with(PAIRS.len(), Marks::default);
        }
        let marks = &mut self.marks[pair];
        if marks.end <= self.least {
            marks.restart(self.least);
        } else if marks.opening.len() + marks.closing.len() > 4 * line.len() {
            marks.restart(self.least);
            self.run.offsets.clear();
        }
    }

    /// Reads the next mark of a pair, if the window has one.
    fn read_mark(&mut self, line: &str, pair: usize) -> bool {
        let (open, close) = PAIRS[pair];
        let marks = &mut self.marks[pair];
        let rest = &line[marks.end - self.start..];
        let Some(found) = rest.find([open, close]) else {
            marks.end += rest.len();
            return false;
        };
        let at = marks.end + found;
        if rest[found..].starts_with(close) {
            marks.end = at + close.len_utf8();
            marks.closing.push(at);
            if let Some(nested) = marks.open.pop() {
                marks.opening[nested].1 = Some(at);
                self.run.cut_behind(marks.opening[nested].0);
            }
            if let Some(second) = self.run.second
                && PAIRS.get(pair + 1).is_some_and(|(other, _)| *other == open)
            {
                self.run.cut_behind(second);
            }
        } else {
            marks.end = at + open.len_utf8();
            marks.open.push(marks.opening.len());
            marks.opening.push((at, None));
        }
        true
    }

    /// Whether what looks like brackets are brackets, and no inch marks (`27"`) and no signs of inequality (`Ａ＜Ｂ`).
    fn is_bracket(&mut self, line: &str, before: Option<char>, open: char, inside: Span) -> bool {
        match open {
            '"' | '＂' => !before.is_some_and(is_latin),
            '＜' | '≪' => {
                let compares = before.is_some_and(char::is_alphanumeric);
                let behind = || line[inside.end..].chars().nth(1);
                !compares
                    || self.ends_in_mark(line, &inside)
                    || behind().is_some_and(is_hiragana) && !before.is_some_and(is_latin)
            }
            _ => true,
        }
    }

    /// Whether the last character in brackets that is no blank ends a sentence.
    fn ends_in_mark(&mut self, line: &str, inside: &Span) -> bool {
        let close = self.start + inside.end;
        if self.blanks.0 != close {
            self.blanks = (close, self.start + line[..inside.end].trim_end().len());
        }
        let end = self.blanks.1.saturating_sub(self.start);
        end > inside.start && line[..end].ends_with(is_end_mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranges_hold_every_opening_mark() {
        for (open, close) in PAIRS {
            assert!(opens(open) && closes(close), "{open}{close}");
        }
    }
}
