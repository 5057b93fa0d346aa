//! Building text line by line, with blanks as a browser shows them.

use crate::span::Span;
use crate::text::characters::{is_cjk, is_invisible, is_variation_selector};
use crate::text::is_line_end;

/// A text that is being built. Runs of blanks become one, lines have none at their ends, and none is empty.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    /// The offset of the current line, in bytes.
    start: usize,
    blank: Blank,
    kept: bool,
}

/// The blank between the last character and the next.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Blank {
    #[default]
    None,
    Space,
    /// A blank to the browser; between Japanese characters, none.
    LineEnd,
}

impl Lines {
    /// Appends text to the current line.
    pub fn push(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                ' ' if self.kept => self.text.push(' '),
                '\n' | '\r' => self.blank = Blank::LineEnd,
                ' ' | '\t' => self.blank = self.blank.max(Blank::Space),
                end if is_line_end(end) => self.end_line(),
                '\u{a0}' => self.place(' '),
                selector if is_variation_selector(selector) => self.text.push(selector),
                hidden if is_invisible(hidden) => {}
                character => self.place(character),
            }
        }
    }

    fn place(&mut self, character: char) {
        let before = self.text[self.start..].chars().rfind(|before| !is_variation_selector(*before));
        let blank = std::mem::take(&mut self.blank);
        let is_seen = match (blank, before) {
            (Blank::None, _) | (_, None) => false,
            (Blank::Space, _) => true,
            (Blank::LineEnd, Some(before)) => !(is_cjk(before) && is_cjk(character)),
        };
        if is_seen {
            self.text.push(' ');
        }
        self.text.push(character);
    }

    /// Ends the current line, unless it is empty.
    pub fn end_line(&mut self) {
        self.ended_line();
    }

    /// Ends the current line and returns its bytes, without its end; nothing if it is empty.
    pub fn ended_line(&mut self) -> Option<Span> {
        self.blank = Blank::None;
        let line = self.text[self.start..].trim_end_matches(' ');
        let span = self.start..self.start.saturating_add(line.len());
        self.text.truncate(span.end);
        if span.is_empty() {
            return None;
        }
        self.text.push('\n');
        self.start = self.text.len();
        Some(span)
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether blanks are kept from here on.
    pub fn keep_blanks(&mut self, kept: bool) {
        self.kept = kept;
    }

    /// The text.
    pub fn finish(mut self) -> String {
        self.end_line();
        self.text
    }
}
