//! The marks of notes that a line ends in, as far as the window of a sentence shows the line.
//!
//! The window of each sentence reaches farther than that of the one before. What was read is kept, so that the time for a line
//! grows as its length does.

use super::note_marks::{Shape, Sign, separators, sign};
use super::sentences::is_end_mark;

/// Offsets count from the beginning of the line.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// How far the line has been read.
    read: usize,
    /// Where the blanks before there begin.
    end: usize,
    /// The last mark before there that ends a sentence.
    mark: Option<usize>,
    /// Where the last of the signs begins that follow one another behind that mark, which more text may change.
    at: usize,
    /// The shape of the first sign, if it stands before `at`.
    first: Option<Shape>,
}

impl Tail {
    /// Begins a line, or goes back in it.
    pub(super) fn forget(&mut self) {
        *self = Tail::default();
    }

    /// The last mark of a window that ends a sentence, and the shape of the first sign behind it, if nothing but signs of notes
    /// follows. The window begins at offset `start` of the line.
    pub(super) fn marks(&mut self, window: &str, start: usize) -> Option<(usize, Shape)> {
        if !(start..=start + window.len()).contains(&self.read) {
            *self = Tail { read: start, end: start, ..Tail::default() };
        }
        self.read_to_the_end(window, start);
        let mark = self.mark.filter(|mark| *mark >= start)?;
        let text = &window[..self.end - start];
        let mut at = self.at - start;
        let mut last = None;
        loop {
            let blank = text[at..].len() - text[at..].trim_start().len();
            let found = sign(&text[at + blank..]);
            if blank > 0 || found.is_some() {
                self.first = self.first.or(last.take());
                self.at = start + at + blank;
            }
            let Some(Sign { shape, length, .. }) = found else { break };
            last = Some(shape);
            at += blank + length;
            at += separators(&text[at..]);
        }
        let first = self.first.or(last)?;
        (at == text.len()).then_some((mark, first))
    }

    /// Reads the rest of a window.
    fn read_to_the_end(&mut self, window: &str, start: usize) {
        let rest = &window[self.read - start..];
        let seen = rest.trim_end();
        if !seen.is_empty() {
            self.end = self.read + seen.len();
        }
        if let Some(found) = seen.rfind(is_end_mark) {
            let behind = seen[found..].trim_start_matches(is_end_mark).len();
            self.mark = Some(self.read + found);
            self.at = self.end - behind;
            self.first = None;
        }
        self.read += rest.len();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::super::note_marks::run;
    use super::*;

    /// The same of a window that is read anew.
    fn marks(window: &str) -> Option<(usize, Shape)> {
        let line = window.trim_end();
        let mark = line.rfind(is_end_mark)?;
        let marks = line[mark..].trim_start_matches(is_end_mark).trim_start();
        let first = sign(marks)?.shape;
        (run(marks) == marks.len()).then_some((mark, first))
    }

    const PARTS: [&str; 22] = [
        "。", "！", "あ", " ", "\u{3000}", "(1)", "(", ")", "[1]", "[", "]", ":1", ":", "p. ", "※", "*", "1",
        "¹", ",", "①", "注", "、",
    ];

    proptest! {
        #[test]
        fn windows_of_a_line_end_in_the_marks_that_each_ends_in(
            parts in subsequence(PARTS.to_vec(), 2..9)
                .prop_flat_map(|parts| proptest::collection::vec(select(parts), 0..60)),
            steps in proptest::collection::vec((0_usize..9, 0_usize..9), 0..60),
        ) {
            let line = parts.concat();
            let mut tail = Tail::default();
            let (mut start, mut end) = (0, 0);
            for (forth, farther) in steps {
                start = line.ceil_char_boundary(line.len().min(start + forth));
                end = line.ceil_char_boundary(line.len().min(start.max(end) + farther));
                let window = &line[start..end];
                let plainly = marks(window).map(|(mark, first)| (start + mark, first));
                prop_assert_eq!(tail.marks(window, start), plainly, "{}", window);
            }
        }
    }
}
