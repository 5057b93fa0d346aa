//! What is told of a document before it is coded.

use super::duplicates::Sketch;
use super::intake::Arrival;
use crate::corpus::{CorpusError, Document, LongText};
use crate::tables::OtherLanguageRecord;
use crate::text::{OtherLanguage, Scripts, WrapPolicy, Wrapping};

/// How much of a text says whether it is hard-wrapped, which ruby it has and which language it is in, in bytes.
const HEAD: usize = 16 << 20;

/// What is told of a document before it is coded.
#[derive(Default)]
pub(super) struct Survey {
    /// How many characters the whole of it has.
    pub characters: u64,
    pub wrapping: Wrapping<'static>,
    pub scripts: Scripts,
    pub language: Option<OtherLanguage>,
    pub sketch: Sketch,
}

impl Survey {
    /// That of a document.
    pub fn of(document: &Document, policy: WrapPolicy) -> Self {
        let survey = Survey::of_head(&document.text, policy);
        let text = &document.text;
        Survey { characters: characters(text), sketch: Sketch::of(text, survey.wrapping), ..survey }
    }

    /// That of a text which is not held, and how many of its bytes are not of its encoding.
    pub fn of_long(text: &LongText, policy: WrapPolicy) -> Result<(Self, u64), CorpusError> {
        let mut head = String::new();
        text.read()?.read(&mut head, HEAD)?;
        let survey = Survey::of_head(&head, policy);
        drop(head);
        let mut reader = text.read()?;
        let mut all = 0;
        let sketch = Sketch::of_pieces(survey.wrapping, |piece, least| {
            let before = piece.len();
            reader.read(piece, least)?;
            all += characters(&piece[before..]);
            Ok::<_, CorpusError>(reader.is_at_end)
        })?;
        Ok((Survey { characters: all, sketch, ..survey }, reader.malformed()))
    }

    /// What it says of the document to those who decide whether it is counted.
    pub fn arrival<'a>(&'a self, document: &'a str) -> Arrival<'a> {
        let record = |language| (language, OtherLanguageRecord::new(document, language, self.scripts));
        Arrival {
            document,
            language: self.language.map(record),
            sketch: &self.sketch,
            is_joined: !self.wrapping.is_none(),
            has_ruby: self.wrapping.has_ruby(),
        }
    }

    fn of_head(text: &str, policy: WrapPolicy) -> Self {
        let head = &text[..text.floor_char_boundary(HEAD)];
        let scripts = Scripts::of(head);
        Survey {
            characters: 0,
            wrapping: policy.wrapping(head),
            scripts,
            language: scripts.other_language(head),
            sketch: Sketch::default(),
        }
    }
}

/// How many characters a text has.
fn characters(text: &str) -> u64 {
    text.chars().count() as u64
}
