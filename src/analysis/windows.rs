//! The corpus as a sequence of coded windows: batches of documents are read and cut into passages, and windows of
//! passages are coded in parallel.

use std::collections::VecDeque;
use std::iter;
use std::sync::Arc;

use super::duplicates::{DuplicateIndex, Sketch};
use super::resuming::{Earlier, Journaled, Place, ResumeError};
use super::{CountOptions, Passage, parallel};
use crate::corpus::{CorpusError, Document, DocumentReader, Input, InputRecord};
use crate::counter::Counter;
use crate::span::Span;
use crate::tables::{Duplicate, OtherLanguageRecord};
use crate::text::{OtherLanguage, Scripts, WrapPolicy, Wrapping, line_ends_from};

/// How much text is read before it is coded, in bytes; a single document may be larger.
const BATCH_BYTES: u64 = 16 << 20;

/// How many documents are read before they are coded.
const BATCH_DOCUMENTS: usize = 1024;

/// How many passages are coded before they are written: enough that the time in which the last of them keeps one thread
/// alone is a small part.
const WINDOW_PASSAGES: usize = 128;

/// How much text one thread codes at a time, in bytes: enough that handing it over costs nothing, little enough that no
/// thread waits long for the last.
const PASSAGE_BYTES: usize = 64 << 10;

/// Passages that have been coded, in order.
pub(super) struct Window {
    pub documents: Arc<Vec<Document>>,
    /// Of each of `documents`, what it may have in common with others.
    pub sketches: Arc<Vec<Sketch>>,
    /// Of each of `documents`, whether it equals or resembles an earlier one.
    pub is_duplicate: Arc<Vec<bool>>,
    /// What has been found since the window before, of documents that are not counted, too.
    pub duplicates: Vec<Duplicate>,
    pub passages: Vec<CodedPassage>,
}

pub(super) struct CodedPassage {
    /// The index of its document in the window.
    pub document: usize,
    pub span: Span,
    pub passage: Passage,
    /// Whether it ends its document.
    pub is_last: bool,
    /// Where a journal is kept, what it needs to know.
    pub journaled: Option<Journaled>,
}

/// Reads and codes a corpus, window by window.
pub(super) struct Windows<'a> {
    counter: &'a Counter,
    options: &'a CountOptions<'a>,
    progress: &'a (dyn Fn(u64) + Sync),
    /// What an interrupted run has coded; none where nothing is kept for another.
    pub earlier: Option<Earlier>,
    /// What has not been read yet.
    inputs: &'a [Input],
    /// The reader of a table or archive that holds more documents than a batch.
    open: Option<DocumentReader<'a>>,
    documents: Arc<Vec<Document>>,
    sketches: Arc<Vec<Sketch>>,
    is_duplicate: Arc<Vec<bool>>,
    /// What later documents are compared with.
    pub index: DuplicateIndex,
    /// What has been found and not yet been given with a window.
    pub duplicates: Vec<Duplicate>,
    /// Documents with next to no Japanese in them, so far.
    pub other_languages: Vec<(OtherLanguage, OtherLanguageRecord)>,
    /// Names of documents that were read and are not counted, so far.
    pub left_out: Vec<String>,
    /// The wrapping of each of `documents`.
    wrappings: Vec<Wrapping<'static>>,
    /// Passages of `documents` to be coded: the index of the document, the span, and whether it ends there.
    waiting: VecDeque<(usize, Span, bool)>,
    /// Errors of documents that can't be read, so far.
    pub unreadable: Vec<CorpusError>,
    /// The records of the files read so far.
    pub records: Vec<InputRecord>,
    /// Names of the documents whose lines were joined, so far.
    pub joined: Vec<String>,
    /// Names of the documents with ruby in a notation of its own, so far.
    pub ruby: Vec<String>,
}

impl<'a> Windows<'a> {
    pub fn new(
        counter: &'a Counter,
        inputs: &'a [Input],
        unreadable: Vec<CorpusError>,
        options: &'a CountOptions<'a>,
        progress: &'a (dyn Fn(u64) + Sync),
    ) -> Self {
        Windows {
            counter,
            options,
            progress,
            earlier: None,
            inputs,
            open: None,
            documents: Arc::default(),
            sketches: Arc::default(),
            is_duplicate: Arc::default(),
            index: DuplicateIndex::default(),
            duplicates: Vec::new(),
            other_languages: Vec::new(),
            left_out: Vec::new(),
            wrappings: Vec::new(),
            waiting: VecDeque::new(),
            unreadable,
            records: Vec::new(),
            joined: Vec::new(),
            ruby: Vec::new(),
        }
    }

    /// The next window; nothing at the end of the corpus.
    ///
    /// # Errors
    /// A passage that is not the one that an interrupted run has coded in its place.
    pub fn next(&mut self) -> Result<Option<Window>, ResumeError> {
        while self.waiting.is_empty() {
            if self.read().is_none() {
                return Ok(None);
            }
        }
        let taken = self.waiting.len().min(WINDOW_PASSAGES);
        let earlier = self.earlier.as_mut().map(|earlier| earlier.next(taken)).transpose()?;
        let earlier = earlier.unwrap_or_default().into_iter().map(Some).chain(iter::repeat(None));
        let spans: Vec<_> = self.waiting.drain(..taken).zip(earlier).collect();
        let entries = self.counter.setup().lexicon.entries.len();
        let coded = |((document, span, is_last), earlier): ((usize, Span, bool), Option<String>)| {
            let whole = &self.documents[document];
            let text = &whole.text[span.clone()];
            let wrapping =
                self.counter.wrapping().with_joined(self.wrappings[document], &whole.joined, span.start);
            let code = || self.counter.with_coder(|coder| coder.code(text, wrapping));
            let (passage, journaled) = match &self.earlier {
                None => (code(), None),
                Some(journal) => {
                    let wrapping = wrapping.up_to(span.end);
                    let of = Place { document: &whole.name, start: span.start, text, wrapping, entries };
                    let (passage, journaled) = journal.passage(earlier, of, code)?;
                    (passage, Some(journaled))
                }
            };
            // Progress is in bytes of files; a text is longer or shorter than the file it was extracted from.
            let so_far = |end: usize| (whole.bytes * end as u64).checked_div(whole.text.len() as u64);
            let done = so_far(span.end).unwrap_or(whole.bytes) - so_far(span.start).unwrap_or_default();
            (self.progress)(done);
            Ok(CodedPassage { document, span, passage, is_last, journaled })
        };
        let mut passages = parallel::map(spans, coded).into_iter().collect::<Result<Vec<_>, _>>()?;
        if let Some(earlier) = &mut self.earlier {
            earlier.end_behind_first_new(passages.iter_mut().filter_map(|coded| coded.journaled.as_mut()));
        }
        Ok(Some(Window {
            documents: Arc::clone(&self.documents),
            sketches: Arc::clone(&self.sketches),
            is_duplicate: Arc::clone(&self.is_duplicate),
            duplicates: std::mem::take(&mut self.duplicates),
            passages,
        }))
    }

    /// Reads a batch of documents.
    fn read(&mut self) -> Option<()> {
        let mut documents = Vec::new();
        match self.open.take() {
            Some(open) => self.read_on(open, &mut documents),
            None => self.read_next(&mut documents)?,
        }
        // A document that can't be read stops the coding, but not the reading: all errors are reported at once.
        if !self.unreadable.is_empty() && !self.options.skip_unreadable {
            return Some(());
        }
        let policy = self.counter.wrapping();
        let surveys = parallel::map(documents.iter().collect(), |document| Survey::of(document, policy));
        let (mut sketches, mut wrappings, mut is_duplicate) = (Vec::new(), Vec::new(), Vec::new());
        for (index, (document, survey)) in documents.iter().zip(surveys).enumerate() {
            let duplicate = self.note(document, &survey);
            let Survey { wrapping, sketch, .. } = survey;
            if let Some(duplicate) = duplicate {
                if !wrapping.is_none() {
                    self.joined.push(document.name.clone());
                }
                if wrapping.has_ruby() {
                    self.ruby.push(document.name.clone());
                }
                let joining = policy.with_joined(wrapping, &document.joined, 0);
                let spans = passages(&document.text, joining);
                let end = document.text.len();
                self.waiting.extend(spans.into_iter().map(|span| {
                    let is_last = span.end == end;
                    (index, span, is_last)
                }));
                is_duplicate.push(duplicate);
            } else {
                self.left_out.push(document.name.clone());
                (self.progress)(document.bytes);
                is_duplicate.push(false);
            }
            wrappings.push(wrapping);
            sketches.push(sketch);
        }
        self.wrappings = wrappings;
        self.sketches = Arc::new(sketches);
        self.is_duplicate = Arc::new(is_duplicate);
        self.documents = Arc::new(documents);
        Some(())
    }

    /// Notes what a document is; whether it is a duplicate, if it is counted at all.
    fn note(&mut self, document: &Document, survey: &Survey) -> Option<bool> {
        if let Some(language) = survey.language {
            let record = OtherLanguageRecord::new(&document.name, language, survey.scripts);
            self.other_languages.push((language, record));
            if self.options.skip_other_languages {
                return None;
            }
        }
        let duplicate = self.index.add(&document.name, &survey.sketch);
        let is_duplicate = duplicate.is_some();
        self.duplicates.extend(duplicate);
        (!is_duplicate || !self.options.drop_duplicates).then_some(is_duplicate)
    }

    /// Reads files of one document each, or opens one of many.
    fn read_next(&mut self, documents: &mut Vec<Document>) -> Option<()> {
        let (batch, rest) = self.inputs.split_at_checked(batch_length(self.inputs))?;
        self.inputs = rest;
        if let [input] = batch
            && input.form.holds_many()
        {
            self.open = Some(DocumentReader::open(input, &self.options.reading));
            return Some(());
        }
        let read = |input: &Input| {
            let mut opened = DocumentReader::open(input, &self.options.reading);
            let documents: Vec<_> = opened.by_ref().collect();
            (documents, opened.records)
        };
        for (read, records) in parallel::map(batch.iter().collect(), read) {
            for document in read {
                match document {
                    Ok(document) => documents.push(document),
                    Err(error) => self.unreadable.push(error),
                }
            }
            self.records.extend(records);
        }
        Some(())
    }

    /// Reads a batch from a file of many documents.
    fn read_on(&mut self, mut open: DocumentReader<'a>, documents: &mut Vec<Document>) {
        let mut bytes = 0;
        while bytes < BATCH_BYTES && documents.len() < BATCH_DOCUMENTS {
            match open.next() {
                Some(Ok(document)) => {
                    bytes += document.text.len() as u64;
                    documents.push(document);
                }
                Some(Err(error)) => self.unreadable.push(error),
                None => {
                    self.records.append(&mut open.records);
                    return;
                }
            }
        }
        self.open = Some(open);
    }
}

/// What is told of a document before it is coded.
struct Survey {
    wrapping: Wrapping<'static>,
    scripts: Scripts,
    language: Option<OtherLanguage>,
    sketch: Sketch,
}

impl Survey {
    fn of(document: &Document, policy: WrapPolicy) -> Self {
        let wrapping = policy.wrapping(&document.text);
        let scripts = Scripts::of(&document.text);
        let language = scripts.other_language(&document.text);
        Survey { wrapping, scripts, language, sketch: Sketch::of(&document.text, wrapping) }
    }
}

/// How many of the inputs are read at once; at least one, which may be larger than a batch or hold many documents.
fn batch_length(inputs: &[Input]) -> usize {
    let mut bytes = 0;
    let fits = |input: &&Input| {
        bytes += input.bytes();
        bytes <= BATCH_BYTES && !input.form.holds_many()
    };
    inputs.iter().take(BATCH_DOCUMENTS).take_while(fits).count().max(1)
}

/// Cuts a text into passages at line ends that end a sentence; an empty text is one passage.
fn passages(text: &str, wrapping: Wrapping) -> Vec<Span> {
    let mut passages = Vec::new();
    let mut start = 0;
    loop {
        let least = text.floor_char_boundary(start + PASSAGE_BYTES);
        let end = line_ends_from(text, least)
            .find(|end| !wrapping.joins_at(text, end.clone()))
            .map_or(text.len(), |end| end.end);
        passages.push(start..end);
        if end == text.len() {
            return passages;
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, ReadOptions};

    #[test]
    fn passages_are_whole_lines_and_lose_nothing() {
        for line_end in ["\r\n", "\n", "\r", "\u{85}", "\u{2028}"] {
            let line = format!("効果が期待される。{line_end}");
            let text = line.repeat(3 * PASSAGE_BYTES / line.len()) + "終わり";
            let spans = passages(&text, Wrapping::NONE);
            assert!(spans.len() > 2);
            let is_whole =
                |pair: &[Span]| pair[0].end == pair[1].start && text[..pair[0].end].ends_with(line_end);
            assert!(spans.windows(2).all(is_whole));
            assert_eq!((spans[0].start, spans[spans.len() - 1].end), (0, text.len()));
        }
        for text in ["", "一行\n"] {
            assert_eq!(passages(text, Wrapping::NONE), vec![Span { start: 0, end: text.len() }], "{text}");
        }
    }

    #[test]
    fn small_files_are_read_at_once_and_a_table_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "c.csv", "d.txt"] {
            std::fs::write(folder.path().join(name), "text\n犬\n").unwrap();
        }
        let corpus = Corpus::open(&[folder.path().to_owned()], &ReadOptions::default()).unwrap();
        assert_eq!(batch_length(&corpus.inputs), 2);
        assert_eq!(batch_length(&corpus.inputs[2..]), 1);
        assert_eq!(batch_length(&corpus.inputs[3..]), 1);
    }
}
