//! The corpus as a sequence of coded windows: batches of documents are read and cut into passages, and windows of
//! passages are coded in parallel.

use std::collections::VecDeque;
use std::iter;
use std::sync::Arc;

use super::intake::Intake;
use super::long::{Holding, Long, Stretch};
use super::passages::{PassageSpan, passages};
use super::resuming::{Earlier, Journaled, Place, ResumeError};
use super::survey::Survey;
use super::{Coder, CountOptions, Found, Look, Passage, parallel};
use crate::corpus::{CorpusError, Document, DocumentReader, Input, InputRecord, LongText};
use crate::counter::Counter;
use crate::counts::Tally;
use crate::span::Span;
use crate::tables::{ConcordanceRow, Duplicate};
use crate::text::{BEHIND_PASSAGE, Folding, Wrapping, left_context, right_context, split};

/// How much text is read before it is coded, in bytes; a single document may be larger.
const BATCH_BYTES: u64 = 16 << 20;

/// How many documents are read before they are coded.
const BATCH_DOCUMENTS: usize = 1024;

/// How many passages are coded before they are written: enough that the time in which the last of them keeps one thread
/// alone is a small part.
const WINDOW_PASSAGES: usize = 128;

/// How many bytes they may have together, and how many hits they should have: what is kept of them is memory.
const WINDOW_BYTES: usize = 12 << 20;
const WINDOW_HITS: usize = 400_000;

/// How many passages are coded at once at least, and at first, when nothing is known of their hits.
const LEAST_PASSAGES: usize = 32;

/// How many bytes of text a compressed byte is taken for.
const UNPACKED: u64 = 8;

/// How many it may become where files are read together, and how many bytes any file may: one that becomes more is read by
/// itself.
const UNPACKED_TOGETHER: u64 = 4 * UNPACKED;
const SMALL: u64 = 64 << 10;

/// Passages that have been coded, in order.
pub(super) struct Window<L = ()> {
    pub documents: Arc<Vec<Document>>,
    /// Of each of `documents`, what was told of it; of a long one, whose text is a stretch alone, of the whole of it.
    pub surveys: Arc<Vec<Survey>>,
    /// Of each of `documents`, whether it equals or resembles an earlier one.
    pub is_duplicate: Arc<Vec<bool>>,
    /// What has been found since the window before, of documents that are not counted, too.
    pub duplicates: Vec<Duplicate>,
    pub passages: Vec<CodedPassage<L>>,
}

pub(super) struct CodedPassage<L = ()> {
    /// The index of its document in the window.
    pub document: usize,
    pub span: Span,
    pub passage: Passage,
    /// What else has been made of it.
    pub look: L,
    /// Whether it ends its document.
    pub is_last: bool,
    /// What the next passage of its document begins with, as the concordance has it; empty where no hit asks for it.
    pub following: String,
    /// Where a journal is kept, what it needs to know.
    pub journaled: Option<Journaled>,
}

/// What stands before a passage in its document.
#[derive(Default)]
pub(super) struct Before {
    pub tally: Tally,
    pub lines: u64,
    /// The last sentence, as the concordance has it.
    last_sentence: String,
}

impl Before {
    /// The last sentence, as the concordance has it.
    pub fn last_sentence(&self) -> &str {
        &self.last_sentence
    }

    /// Adds a passage of a document.
    pub fn add<L>(&mut self, coded: &CodedPassage<L>, document: &Document) {
        let CodedPassage { passage, span, .. } = coded;
        self.tally.merge(&passage.tally);
        self.lines += passage.lines;
        let last = passage.last_sentence.clone();
        if !last.is_empty() {
            self.last_sentence = left_context(&document.text[span.clone()][last]).into();
        }
    }
}

impl<L> CodedPassage<L> {
    /// A hit in its context; of the whole document nothing is said.
    pub fn row<'r>(
        &'r self,
        document: &'r Document,
        before: &'r Before,
        found: &Found,
    ) -> ConcordanceRow<'r> {
        let text = &document.text[self.span.clone()];
        let [previous, next] = &found.neighbours;
        ConcordanceRow {
            document: &document.name,
            line: before.lines + found.line + 1,
            sentence: before.tally.sentences + found.sentence + 1,
            start: before.tally.characters + found.start,
            end: before.tally.characters + found.end,
            left: &text[found.in_sentence.start..found.node.start],
            node: &text[found.node.clone()],
            right: &text[found.node.end..found.in_sentence.end],
            previous: if previous.is_empty() { &before.last_sentence } else { &text[previous.clone()] },
            next: if next.is_empty() { &self.following } else { &text[next.clone()] },
            characters: 0,
            variables: &[],
        }
    }
}

/// Reads and codes a corpus, window by window.
pub(super) struct Windows<'a, L = ()> {
    counter: &'a Counter,
    options: &'a CountOptions,
    progress: &'a (dyn Fn(u64) + Sync),
    /// Begins what else is made of a passage.
    look: &'a (dyn Fn() -> L + Sync),
    /// What an interrupted run has coded; none where nothing is kept for another.
    pub earlier: Option<Earlier>,
    /// What has not been read yet.
    inputs: &'a [Input],
    pub holding: Holding,
    /// Whether the next input is read by itself, as it is larger than it seems.
    is_next_large: bool,
    /// The reader of a table or archive that holds more documents than a batch.
    open: Option<DocumentReader<'a>>,
    /// The text that is too long to be held and of which not all has been read.
    long: Option<Long<'a>>,
    documents: Arc<Vec<Document>>,
    surveys: Arc<Vec<Survey>>,
    is_duplicate: Arc<Vec<bool>>,
    /// What is noted of the documents; none where each is taken by itself, and all are counted.
    pub intake: Option<Intake>,
    /// Passages of `documents` to be coded, each with the index of its document.
    waiting: VecDeque<(usize, PassageSpan)>,
    /// How many passages are coded before they are written.
    window: usize,
    /// Errors of documents that can't be read, so far.
    pub unreadable: Vec<CorpusError>,
    /// Whether one of them could not be read to its end, and part of it has been coded.
    pub is_broken: bool,
    /// The records of the files read so far.
    pub records: Vec<InputRecord>,
}

impl<'a> Windows<'a> {
    pub fn new(
        counter: &'a Counter,
        inputs: &'a [Input],
        unreadable: Vec<CorpusError>,
        options: &'a CountOptions,
        progress: &'a (dyn Fn(u64) + Sync),
    ) -> Self {
        Windows::looking(counter, inputs, unreadable, options, progress, &|| ())
    }
}

impl<'a, L: Look> Windows<'a, L> {
    /// The same, while something else is made of each passage.
    pub fn looking(
        counter: &'a Counter,
        inputs: &'a [Input],
        unreadable: Vec<CorpusError>,
        options: &'a CountOptions,
        progress: &'a (dyn Fn(u64) + Sync),
        look: &'a (dyn Fn() -> L + Sync),
    ) -> Self {
        Windows {
            counter,
            options,
            progress,
            look,
            earlier: None,
            inputs,
            holding: Holding::default(),
            is_next_large: false,
            open: None,
            long: None,
            documents: Arc::default(),
            surveys: Arc::default(),
            is_duplicate: Arc::default(),
            intake: None,
            waiting: VecDeque::new(),
            window: LEAST_PASSAGES,
            unreadable,
            is_broken: false,
            records: Vec::new(),
        }
    }

    /// The next window; nothing at the end of the corpus.
    ///
    /// # Errors
    /// A passage that is not the one that an interrupted run has coded in its place.
    pub fn next(&mut self) -> Result<Option<Window<L>>, ResumeError> {
        while self.waiting.is_empty() {
            if self.read().is_none() {
                return Ok(None);
            }
        }
        let mut bytes = 0;
        let fits = |(_, passage): &&(usize, PassageSpan)| {
            bytes += passage.span.len();
            bytes <= WINDOW_BYTES
        };
        let taken = self.waiting.iter().take(self.window).take_while(fits).count().max(1);
        let earlier = self.earlier.as_mut().map(|earlier| earlier.next(taken)).transpose()?;
        let earlier = earlier.unwrap_or_default().into_iter().map(Some).chain(iter::repeat(None));
        let spans: Vec<_> = self.waiting.drain(..taken).zip(earlier).collect();
        let entries = self.counter.setup().lexicon.entries.len();
        let coded = |((document, passage), earlier): ((usize, PassageSpan), Option<String>)| {
            let whole = &self.documents[document];
            let PassageSpan { span, begins_within_line, ends_within_line, is_last } = passage;
            let behind = if ends_within_line { BEHIND_PASSAGE } else { 0 };
            let text = &whole.text[span.start..whole.text.floor_char_boundary(span.end + behind)];
            let policy = self.counter.wrapping();
            let wrapping = policy.with_joined(self.surveys[document].wrapping, &whole.joined, span.start);
            let wrapping = wrapping.within_line(begins_within_line);
            let mut look = (self.look)();
            let mut code = || {
                let code = |coder: &mut Coder| coder.code_looking(text, span.len(), wrapping, &mut look);
                let mut passage = self.counter.with_coder(code);
                passage.hits.shrink_to_fit();
                passage
            };
            let (passage, journaled) = match &self.earlier {
                None => (code(), None),
                Some(journal) => {
                    let wrapping = wrapping.up_to(span.start + text.len());
                    let (document, start, length) = (&whole.name, span.start, span.len());
                    let of = Place { document, start, text, length, wrapping, entries };
                    let (passage, journaled) = journal.passage(earlier, of, code)?;
                    (passage, Some(journaled))
                }
            };
            let asks = look.asks_for_following()
                || passage.hits.last().is_some_and(|found| found.neighbours[1].is_empty());
            let following = if asks && !is_last {
                let wrapping = policy.with_joined(self.surveys[document].wrapping, &whole.joined, span.end);
                first_sentence(&whole.text[span.end..], wrapping.within_line(ends_within_line))
            } else {
                String::new()
            };
            // Progress is in bytes of files; a text is longer or shorter than the file it was extracted from.
            let so_far = |end: usize| (whole.bytes * end as u64).checked_div(whole.text.len() as u64);
            let done = so_far(span.end).unwrap_or(whole.bytes) - so_far(span.start).unwrap_or_default();
            (self.progress)(done);
            Ok(CodedPassage { document, span, passage, look, is_last, following, journaled })
        };
        let mut passages = parallel::map(spans, coded).into_iter().collect::<Result<Vec<_>, _>>()?;
        let hits: usize = passages.iter().map(|coded| coded.passage.hits.len()).sum();
        let in_passage = hits.div_ceil(passages.len().max(1)).max(1);
        self.window = (WINDOW_HITS / in_passage).clamp(LEAST_PASSAGES, WINDOW_PASSAGES);
        if let Some(earlier) = &mut self.earlier {
            earlier.end_behind_first_new(passages.iter_mut().filter_map(|coded| coded.journaled.as_mut()));
        }
        Ok(Some(Window {
            documents: Arc::clone(&self.documents),
            surveys: Arc::clone(&self.surveys),
            is_duplicate: Arc::clone(&self.is_duplicate),
            duplicates: self
                .intake
                .as_mut()
                .map(|intake| std::mem::take(&mut intake.duplicates))
                .unwrap_or_default(),
            passages,
        }))
    }

    /// Reads a batch of documents.
    fn read(&mut self) -> Option<()> {
        if let Some(long) = self.long.take() {
            self.read_stretch(long);
            return Some(());
        }
        let mut documents = Vec::new();
        match self.open.take() {
            Some(open) => self.read_on(open, &mut documents),
            None => self.read_next(&mut documents)?,
        }
        // A document that can't be read stops the coding, but not the reading: all errors are reported at once.
        if !self.unreadable.is_empty() && !self.options.skip_unreadable {
            return Some(());
        }
        self.take(documents);
        Some(())
    }

    /// Takes documents that have been read.
    pub fn take(&mut self, documents: Vec<Document>) {
        let policy = self.counter.wrapping();
        let surveys = parallel::map(documents.iter().collect(), |document| Survey::of(document, policy));
        let mut is_duplicate = Vec::new();
        for (index, (document, survey)) in documents.iter().zip(&surveys).enumerate() {
            let duplicate = self.note(&document.name, survey);
            if duplicate.is_some() {
                let joining = |start| policy.with_joined(survey.wrapping, &document.joined, start);
                let spans = passages(&document.text, true, false, joining);
                self.waiting.extend(spans.into_iter().map(|span| (index, span)));
            } else {
                (self.progress)(document.bytes);
            }
            is_duplicate.push(duplicate.unwrap_or_default());
        }
        self.surveys = Arc::new(surveys);
        self.is_duplicate = Arc::new(is_duplicate);
        self.documents = Arc::new(documents);
    }

    /// Notes what a document is; whether it is a duplicate, if it is counted at all.
    fn note(&mut self, document: &str, survey: &Survey) -> Option<bool> {
        match &mut self.intake {
            Some(intake) => intake.note(survey.arrival(document)),
            None => Some(false),
        }
    }

    /// Begins a text that is too long to be held.
    fn begin_long(&mut self, text: &LongText<'a>) -> Result<(), CorpusError> {
        let (survey, malformed) = Survey::of_long(text, self.counter.wrapping())?;
        let reader = text.read()?;
        self.records.push(text.record(malformed));
        if !self.unreadable.is_empty() && !self.options.skip_unreadable {
            return Ok(());
        }
        if let Some(is_duplicate) = self.note(text.name(), &survey) {
            self.long = Some(Long::new(text.name(), reader, survey, is_duplicate, self.holding.stretch));
        } else {
            (self.progress)(text.bytes());
        }
        Ok(())
    }

    /// Reads as much of a long text as is coded at once.
    fn read_stretch(&mut self, mut long: Long<'a>) {
        match long.next() {
            Ok(Stretch { document, survey, passages }) => {
                self.waiting.extend(passages.into_iter().map(|passage| (0, passage)));
                self.surveys = Arc::new(vec![survey]);
                self.is_duplicate = Arc::new(vec![long.is_duplicate]);
                self.documents = Arc::new(vec![document]);
                self.long = Some(long).filter(|long| !long.is_at_end());
            }
            // Some of it has been written.
            Err(error) => {
                self.unreadable.push(error);
                self.is_broken = true;
                self.inputs = &[];
            }
        }
    }

    /// Reads files of one document each, or opens one of many.
    fn read_next(&mut self, documents: &mut Vec<Document>) -> Option<()> {
        let inputs = self.inputs;
        let length = if std::mem::take(&mut self.is_next_large) { 1 } else { batch_length(inputs) };
        let (batch, rest) = inputs.split_at_checked(length)?;
        self.inputs = rest;
        if let [input] = batch
            && input.form.holds_many()
        {
            self.open = Some(DocumentReader::open(input, &self.options.reading));
            return Some(());
        }
        if let [input] = batch {
            match LongText::open(input, &self.options.reading, self.holding.most) {
                Ok(None) => {}
                Ok(Some(text)) => {
                    if let Err(error) = self.begin_long(&text) {
                        self.unreadable.push(error);
                    }
                    return Some(());
                }
                Err(error) => {
                    self.unreadable.push(error);
                    return Some(());
                }
            }
        }
        let is_alone = batch.len() == 1;
        let read = |input: &Input| {
            let most = input.bytes().saturating_mul(UNPACKED_TOGETHER).max(SMALL);
            let most = if is_alone { u64::MAX } else { most };
            let mut opened = DocumentReader::open_within(input, &self.options.reading, most);
            let documents: Vec<_> = opened.by_ref().collect();
            (documents, opened.records)
        };
        for (at, (read, records)) in parallel::map(batch.iter().collect(), read).into_iter().enumerate() {
            let is_large = matches!(read.as_slice(), [Err(CorpusError::TooLarge { .. })]);
            if is_large && !is_alone && batch[at].form.compression.is_some() {
                self.is_next_large = true;
                self.inputs = &inputs[at..];
                break;
            }
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

/// The first sentence of a text, as the concordance has it behind the sentence of a hit.
fn first_sentence(text: &str, wrapping: Wrapping) -> String {
    let first = split(text, wrapping, Folding::default()).next();
    first.map(|sentence| right_context(&text[sentence.span]).to_owned()).unwrap_or_default()
}

/// How many of the inputs are read at once; at least one, which may be larger than a batch or hold many documents.
fn batch_length(inputs: &[Input]) -> usize {
    let mut bytes = 0;
    let fits = |input: &&Input| {
        let unpacked = if input.form.compression.is_some() { UNPACKED } else { 1 };
        bytes += input.bytes().saturating_mul(unpacked);
        bytes <= BATCH_BYTES && !input.form.holds_many()
    };
    inputs.iter().take(BATCH_DOCUMENTS).take_while(fits).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, ReadOptions};

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
