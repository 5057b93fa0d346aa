//! Texts that are too long to be held, a stretch at a time.

use super::duplicates::Sketch;
use super::passages::{PassageSpan, passages};
use super::survey::Survey;
use crate::corpus::{CorpusError, Document, LONG, TextReader};
use crate::text::PASSAGE_WINDOW;

/// Which texts are not held, and how much of them is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holding {
    /// A plain text of more bytes is not held.
    pub most: u64,
    /// How much of it is cut into passages at once, in bytes.
    pub stretch: usize,
}

impl Default for Holding {
    fn default() -> Self {
        Holding { most: LONG, stretch: 8 << 20 }
    }
}

/// A text that is being read.
pub(super) struct Long<'a> {
    name: &'a str,
    stretch: usize,
    reader: TextReader<'a>,
    pub is_duplicate: bool,
    /// With its sketch until its last stretch is given.
    survey: Survey,
    /// What has been read and is in no passage yet, and whether it begins within a line.
    rest: String,
    begins_within_line: bool,
}

/// The next passages of a text.
pub(super) struct Stretch {
    /// What of the document they stand in, and what says where they end.
    pub document: Document,
    /// That of the document; its sketch with the last stretch, before, that of nothing.
    pub survey: Survey,
    pub passages: Vec<PassageSpan>,
}

impl<'a> Long<'a> {
    pub fn new(
        name: &'a str,
        reader: TextReader<'a>,
        survey: Survey,
        is_duplicate: bool,
        stretch: usize,
    ) -> Self {
        Long { name, stretch, reader, is_duplicate, survey, rest: String::new(), begins_within_line: false }
    }

    /// Whether all of it has been given.
    pub fn is_at_end(&self) -> bool {
        self.reader.is_at_end
    }

    /// The next stretch.
    pub fn next(&mut self) -> Result<Stretch, CorpusError> {
        let before = self.reader.bytes();
        let mut text = std::mem::take(&mut self.rest);
        self.reader.read(&mut text, self.stretch + PASSAGE_WINDOW)?;
        let is_last = self.is_at_end();
        let passages = passages(&text, is_last, self.begins_within_line, |_| self.survey.wrapping);
        let mut end = 0;
        if let Some(last) = passages.last() {
            end = last.span.end;
            self.begins_within_line = last.ends_within_line;
        }
        text[end..].clone_into(&mut self.rest);
        // Progress is reckoned by the share of the text that is in passages.
        let read = u128::from(self.reader.bytes() - before) * text.len() as u128;
        let bytes = read.checked_div(end as u128).unwrap_or_default() as u64;
        let document = Document { name: self.name.into(), text, bytes, ..Document::default() };
        let sketch = if is_last { std::mem::take(&mut self.survey.sketch) } else { Sketch::default() };
        let survey = Survey { sketch, ..self.survey };
        Ok(Stretch { document, survey, passages })
    }
}
