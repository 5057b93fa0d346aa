//! Annotated texts for other programs: sentences, morphemes and markers in the formats that these read.
//!
//! Documents are read and coded as for a count, a window at a time, so markers and offsets are those of the concordance. A file
//! is written while its document is coded; what is kept of a document is what a format puts behind its text.

mod brat;
mod conllu;
mod marker;
mod passage;
mod sentences;
mod tei;
mod vertical;
mod xml;

use std::mem;
use std::path::Path;

use self::brat::Brat;
use self::conllu::Conllu;
use self::passage::AnnotatedPassage;
use self::sentences::Sentences;
use self::tei::Tei;
use self::vertical::Vertical;
use super::text_names::TextNames;
use super::windows::{Before, Window, Windows};
use super::{AnalysisError, CountOptions, Progress};
use crate::corpus::{Corpus, CorpusError, Document, Variables};
use crate::counter::Counter;
use crate::messages::Message;
use crate::publishing::Publication;
use crate::tables::TableError;

/// A format of annotated texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnotationFormat {
    /// CoNLL-U, a file for each document.
    Conllu,
    /// The vertical text of the IMS Open Corpus Workbench, one file.
    Vertical,
    /// TEI, a file for each document, with the markers behind the text.
    Tei,
    /// brat's standoff, a text and its annotations for each document.
    Brat,
}

/// What was written.
#[derive(Debug, Default)]
pub struct Annotated {
    /// How many documents.
    pub documents: u64,
    /// How many markers.
    pub markers: u64,
    /// Documents that can't be read and were left out.
    pub skipped: Vec<CorpusError>,
    /// Characters that the format can't hold, with � in their place.
    pub replaced: u64,
    /// The attributes of texts, as the vertical text names variables, each with its variable.
    pub attributes: Vec<(String, String)>,
    /// What else the user should know.
    pub notes: Vec<Message>,
}

/// What a format makes of documents, one after the other. Text is appended to `out`, to the end of the document's file.
trait Writer {
    /// Begins a document.
    fn begin(&mut self, document: &Head, out: &mut Out);
    /// Adds the next passage of the document.
    fn add(&mut self, passage: &AnnotatedPassage, out: &mut Out);
    /// Ends the document.
    fn end(&mut self, out: &mut Out);
}

/// What is known of a document before its text.
struct Head<'a> {
    name: &'a str,
    /// Its variables that have a value.
    variables: Vec<(&'a str, &'a str)>,
}

/// What is to be written to the files of a document.
#[derive(Default)]
struct Out {
    main: String,
    /// The second file, where the format has two.
    beside: String,
    /// Characters that the format can't hold, so far.
    replaced: u64,
}

impl AnnotationFormat {
    /// How the files of a document end, and that beside it.
    fn extensions(self) -> (&'static str, Option<&'static str>) {
        match self {
            AnnotationFormat::Conllu => (".conllu", None),
            AnnotationFormat::Vertical => (".vrt", None),
            AnnotationFormat::Tei => (".xml", None),
            AnnotationFormat::Brat => (".txt", Some(".ann")),
        }
    }
}

/// Writes the documents of a corpus with their morphemes and markers to a new folder, in a format: all of them, or nothing.
///
/// # Errors
/// Documents that can't be read, a destination that exists, or a file that can't be written.
pub fn annotate(
    counter: &Counter,
    mut corpus: Corpus,
    options: &CountOptions,
    format: AnnotationFormat,
    destination: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Annotated, AnalysisError> {
    let variables = mem::take(&mut corpus.variables);
    let read = |bytes| progress(Progress::Text(bytes));
    let unreadable = mem::take(&mut corpus.unreadable);
    let mut windows =
        Windows::looking(counter, &corpus.inputs, unreadable, options, &read, &Sentences::default);
    let publication = Publication::create(destination).map_err(TableError::from)?;
    let mut files = Files::new(counter, &variables, format, publication)?;
    while let Some(window) = windows.next()? {
        files.add(&window)?;
    }
    let Windows { unreadable, is_broken, .. } = windows;
    let is_whole = options.skip_unreadable && !is_broken && files.annotated.documents > 0;
    if !unreadable.is_empty() && !is_whole {
        return Err(AnalysisError::Unreadable(unreadable));
    }
    let mut annotated = files.publish()?;
    annotated.skipped = unreadable;
    Ok(annotated)
}

/// The files being written.
struct Files<'a> {
    counter: &'a Counter,
    variables: &'a Variables,
    format: AnnotationFormat,
    publication: Publication,
    writer: Box<dyn Writer>,
    names: TextNames,
    /// The file of the current document, if it is begun.
    file: Option<String>,
    before: Before,
    out: Out,
    annotated: Annotated,
}

impl<'a> Files<'a> {
    fn new(
        counter: &'a Counter,
        variables: &'a Variables,
        format: AnnotationFormat,
        publication: Publication,
    ) -> Result<Self, TableError> {
        let mut annotated = Annotated::default();
        let writer: Box<dyn Writer> = match format {
            AnnotationFormat::Conllu => Box::new(Conllu::default()),
            AnnotationFormat::Tei => Box::new(Tei::new(&counter.setup().labels)),
            AnnotationFormat::Vertical => {
                let vertical = Vertical::new(&variables.names);
                annotated.attributes = vertical.attributes();
                publication.write(vertical::FILE, "")?;
                Box::new(vertical)
            }
            AnnotationFormat::Brat => {
                for (name, text) in brat::configuration(&counter.setup().labels) {
                    publication.write(name, text)?;
                }
                Box::new(Brat::default())
            }
        };
        Ok(Files {
            counter,
            variables,
            format,
            publication,
            writer,
            names: TextNames::new(format.extensions().0),
            file: None,
            before: Before::default(),
            out: Out::default(),
            annotated,
        })
    }

    fn add(&mut self, window: &Window<Sentences>) -> Result<(), TableError> {
        for coded in &window.passages {
            let document = &window.documents[coded.document];
            let file = match self.file.take() {
                Some(file) => file,
                None => self.begin(document)?,
            };
            let passage = AnnotatedPassage {
                setup: self.counter.setup(),
                text: &document.text[coded.span.clone()],
                sentences: &coded.look,
                hits: &coded.passage.hits,
                sentences_before: self.before.tally.sentences,
                characters_before: self.before.tally.characters,
            };
            self.writer.add(&passage, &mut self.out);
            self.annotated.markers += coded.passage.hits.len() as u64;
            self.before.add(coded, document);
            if coded.is_last {
                self.writer.end(&mut self.out);
                self.before = Before::default();
                self.annotated.documents += 1;
            }
            self.write(&file)?;
            self.file = (!coded.is_last).then_some(file);
        }
        Ok(())
    }

    /// Begins the file of a document.
    fn begin(&mut self, document: &Document) -> Result<String, TableError> {
        let values = self.variables.names.iter().map(String::as_str).zip(self.variables.of(document));
        let variables = values.filter(|(_, value)| !value.is_empty()).collect();
        self.writer.begin(&Head { name: &document.name, variables }, &mut self.out);
        if self.format == AnnotationFormat::Vertical {
            return Ok(vertical::FILE.into());
        }
        let file = self.names.path(&document.name);
        self.publication.write(&file, "")?;
        if let Some(beside) = self.beside(&file) {
            self.publication.write(&beside, "")?;
        }
        Ok(file)
    }

    /// The name of the second file.
    fn beside(&self, file: &str) -> Option<String> {
        let (first, second) = self.format.extensions();
        Some(file.strip_suffix(first)?.to_owned() + second?)
    }

    /// Appends what has been made so far to the files.
    fn write(&mut self, file: &str) -> Result<(), TableError> {
        self.publication.append(file, mem::take(&mut self.out.main))?;
        if let Some(beside) = self.beside(file) {
            self.publication.append(&beside, mem::take(&mut self.out.beside))?;
        }
        self.annotated.replaced += mem::take(&mut self.out.replaced);
        Ok(())
    }

    fn publish(self) -> Result<Annotated, TableError> {
        let Files { publication, mut annotated, .. } = self;
        annotated.notes = publication.publish(&[])?;
        Ok(annotated)
    }
}
