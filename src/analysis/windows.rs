//! The corpus as a sequence of coded windows.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use super::{
    BATCH_BYTES, BATCH_DOCUMENTS, Coder, Options, Passage, Setup, WINDOW_PASSAGES, batch_length,
    on_all_cores, passages,
};
use crate::corpus::{CorpusError, Document, DocumentReader, Input, InputRecord};
use crate::span::Span;
use crate::text::Wrapping;

/// Passages that have been coded, in order.
pub(super) struct Window {
    pub documents: Arc<Vec<Document>>,
    pub passages: Vec<CodedPassage>,
}

pub(super) struct CodedPassage {
    /// The number of its document in the window.
    pub document: usize,
    pub span: Span,
    pub passage: Passage,
    /// Whether it ends its document.
    pub is_last: bool,
}

/// Reads and codes a corpus, window by window.
pub(super) struct Windows<'a> {
    setup: &'a Setup,
    options: &'a Options<'a>,
    progress: &'a (dyn Fn(u64) + Sync),
    /// What has not been read yet.
    inputs: &'a [Input],
    /// A table or an archive that is being read.
    open: Option<DocumentReader<'a>>,
    documents: Arc<Vec<Document>>,
    /// How the lines of `documents` are joined.
    wrappings: Vec<Wrapping>,
    /// Passages of `documents` that wait: the number of the document, the place, and whether it ends there.
    waiting: VecDeque<(usize, Span, bool)>,
    /// Coders that wait for work: as many are made as there are threads.
    idle: Mutex<Vec<Coder<'a>>>,
    /// Documents that could not be read so far.
    pub unreadable: Vec<CorpusError>,
    /// How the files were read so far.
    pub records: Vec<InputRecord>,
    /// Documents whose lines were joined.
    pub joined: Vec<String>,
}

impl<'a> Windows<'a> {
    pub fn new(
        setup: &'a Setup,
        inputs: &'a [Input],
        unreadable: Vec<CorpusError>,
        options: &'a Options<'a>,
        progress: &'a (dyn Fn(u64) + Sync),
    ) -> Self {
        Windows {
            setup,
            options,
            progress,
            inputs,
            open: None,
            documents: Arc::default(),
            wrappings: Vec::new(),
            waiting: VecDeque::new(),
            idle: Mutex::default(),
            unreadable,
            records: Vec::new(),
            joined: Vec::new(),
        }
    }

    /// The next window; nothing at the end of the corpus.
    pub fn next(&mut self) -> Option<Window> {
        while self.waiting.is_empty() {
            self.read()?;
        }
        let taken = self.waiting.len().min(WINDOW_PASSAGES);
        let spans: Vec<_> = self.waiting.drain(..taken).collect();
        let coded = |(document, span, is_last): (usize, Span, bool)| {
            let whole = &self.documents[document];
            let passage = code(self.setup, &self.idle, &whole.text[span.clone()], self.wrappings[document]);
            // A text may be longer or shorter than what it was taken from.
            let so_far = |end: usize| (whole.bytes * end as u64).checked_div(whole.text.len() as u64);
            let done = so_far(span.end).unwrap_or(whole.bytes) - so_far(span.start).unwrap_or_default();
            (self.progress)(done);
            CodedPassage { document, span, passage, is_last }
        };
        let passages = on_all_cores(spans, coded);
        Some(Window { documents: Arc::clone(&self.documents), passages })
    }

    /// Reads a batch of documents.
    fn read(&mut self) -> Option<()> {
        let mut documents = Vec::new();
        match self.open.take() {
            Some(open) => self.read_on(open, &mut documents),
            None => self.read_next(&mut documents)?,
        }
        // One document that can't be read stops the count, but not the search for more of them.
        if !self.unreadable.is_empty() && !self.options.skip_unreadable {
            return Some(());
        }
        let wrapped = self.options.wrapped;
        self.wrappings =
            on_all_cores(documents.iter().collect(), |document| wrapped.wrapping(&document.text));
        for (number, document) in documents.iter().enumerate() {
            let wrapping = self.wrappings[number];
            if !wrapping.is_none() {
                self.joined.push(document.name.clone());
            }
            let spans = passages(&document.text, wrapping);
            let end = document.text.len();
            self.waiting.extend(spans.into_iter().map(|span| {
                let is_last = span.end == end;
                (number, span, is_last)
            }));
        }
        self.documents = Arc::new(documents);
        Some(())
    }

    /// Reads files of one document each, or begins one of many.
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
        for (read, records) in on_all_cores(batch.iter().collect(), read) {
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

    /// Reads on in a file of many documents.
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

/// Codes a text with a coder that waits, or a new one.
fn code<'a>(setup: &'a Setup, idle: &Mutex<Vec<Coder<'a>>>, text: &str, wrapping: Wrapping) -> Passage {
    let waiting = idle.lock().ok().and_then(|mut idle| idle.pop());
    let mut coder = waiting.unwrap_or_else(|| Coder::new(setup));
    let passage = coder.code_wrapped(text, wrapping);
    if let Ok(mut idle) = idle.lock() {
        idle.push(coder);
    }
    passage
}
