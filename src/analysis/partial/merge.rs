//! Puts parts together: the tables of a run over all their documents.

use std::collections::HashMap;
use std::mem;
use std::path::{Path, PathBuf};

use super::coded::CodedDocument;
use super::error::PartError;
use super::id::Id;
use super::part::Parts;
use super::row::HitRow;
use super::sorting::Sorted;
#[cfg(feature = "report")]
use crate::analysis::Outputs;
use crate::analysis::intake::{Arrival, Intake};
use crate::analysis::writer::{Files, Writer};
use crate::analysis::{AnalysisError, CountOptions, Plan, Progress, Summary, parallel};
use crate::corpus::{Corpus, Document, Variables};
use crate::counts::{Design, DesignColumns};
use crate::lexicon::Labels;
use crate::messages::Language;
use crate::tables::{ConcordanceRow, OptionsRecord, ReadBackError, TablesFolder};

/// What a merge does besides adding up.
#[derive(Debug, Clone, Default)]
pub struct MergeOptions {
    /// Compare groups of documents.
    pub compare: Option<(Design, Plan)>,
    /// Replace the tables of a folder that exists.
    pub replace: bool,
    /// As in [`CountOptions`].
    pub without_text: bool,
    /// As in [`CountOptions`].
    #[cfg(feature = "report")]
    pub outputs: Outputs,
    /// The language of notes in the tables and of what describes them, if it is not that of the parts.
    pub language: Option<Language>,
}

/// What was put together.
pub struct Merged {
    /// The figures of the whole.
    pub summary: Summary,
    /// What categories and entries are called.
    pub labels: Labels,
    /// The options of the parts.
    pub options: OptionsRecord,
}

/// Writes the tables of a run over all documents of some parts, in the order of their ids, to `destination`: all of them, or nothing.
///
/// # Errors
/// Parts that can't be put together, documents that can't be compared, or a table that can't be written.
pub fn merge(
    paths: &[PathBuf],
    options: MergeOptions,
    destination: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Merged, AnalysisError> {
    let folder = TablesFolder::create(destination, options.replace)?;
    let parts = Parts::open(paths, progress)?;
    let labels = parts.begin.labels();
    let entries: HashMap<&str, usize> =
        labels.entries.iter().enumerate().map(|(index, entry)| (&*entry.id, index)).collect();
    let variables = Variables::named(parts.variables.iter().cloned());
    if let Some((design, _)) = &options.compare {
        DesignColumns::new(design, &variables.names).map_err(ReadBackError::from)?;
    }
    let mut begun = parts.begin.record();
    begun.options.without_text = options.without_text;
    begun.options.lang = options.language.unwrap_or(begun.options.lang);
    begun.parts = parts.parts.iter().map(|part| part.record.clone()).collect();
    let mut merge = Merge {
        parts: &parts,
        intake: Intake::new(&CountOptions {
            skip_other_languages: begun.options.skip_other_languages,
            drop_duplicates: begun.options.drop_duplicates,
            ..CountOptions::default()
        }),
        writer: Writer::create(&labels, &variables, folder, parts.begin.hits, options.without_text)?,
        last: None,
    };
    let mut sorted = Sorted::new(&parts.files)?;
    let mut read = || -> Result<Vec<Line>, PartError> {
        let lines = sorted.some(BATCH_BYTES, BATCH_LINES)?;
        Ok(parallel::map(lines, |(id, line)| {
            let document = CodedDocument::read(&line, &entries, parts.begin.hits);
            Line { id, bytes: line.len() as u64 + 1, document }
        }))
    };
    let mut lines = read()?;
    while !lines.is_empty() {
        // Some are written while the next are read.
        let write = || lines.drain(..).try_for_each(|line| merge.add(line, progress));
        let (written, next) = parallel::join(write, &mut read);
        written?;
        lines = next?;
    }
    let Merge { intake, mut writer, .. } = merge;
    writer.add_duplicates(&intake.duplicates)?;
    writer.summary.beyond_comparison = intake.index.beyond;
    if writer.summary.documents == 0 && !intake.left_out.is_empty() {
        return Err(AnalysisError::OtherLanguages(intake.left_out.len() as u64));
    }
    let mut finished = writer.finish(|_| None)?;
    if let Some((design, plan)) = &options.compare {
        finished.compare(design, *plan, begun.options.lang, progress)?;
    }
    let mut skipped: Vec<String> = parts.parts.iter().flat_map(|part| part.skipped.clone()).collect();
    skipped.sort();
    let recorded = begun.options.clone();
    let files = Files { inputs: Vec::new(), corpus: &Corpus::default(), intake, skipped };
    let (mut summary, folder, record) = finished.describe(begun, files)?;
    #[cfg(feature = "report")]
    let record = options.outputs.with(folder.path(), record, progress)?;
    record.write(folder.path())?;
    summary.notes = folder.publish()?;
    Ok(Merged { summary, labels, options: recorded })
}

/// How many bytes of lines are read before they are written, and how many lines.
const BATCH_BYTES: usize = 8 << 20;
const BATCH_LINES: usize = 1024;

/// The line of a document; no document where the line is none that this program writes.
struct Line {
    id: Id,
    bytes: u64,
    document: Option<CodedDocument>,
}

/// The documents so far.
struct Merge<'a> {
    parts: &'a Parts,
    intake: Intake,
    writer: Writer<'a>,
    last: Option<Id>,
}

impl Merge<'_> {
    fn add(
        &mut self,
        Line { id, bytes, document }: Line,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), AnalysisError> {
        if self.last.as_ref() == Some(&id) {
            let [part, other] = self.parts.with_document(&id);
            return Err(PartError::Document { document: id.to_string(), part, other }.into());
        }
        let Some(coded) = document else {
            // The digest of its part is right, so somebody has written it by hand.
            let [place, _] = self.parts.with_document(&id);
            return Err(PartError::Line { place }.into());
        };
        let document = Document { name: id.to_string(), variables: coded.variables, ..Document::default() };
        let noted = self.intake.note(Arrival {
            document: &document.name,
            language: coded.language,
            sketch: &coded.sketch,
            is_joined: coded.is_joined,
            has_ruby: coded.has_ruby,
        });
        self.last = Some(id);
        progress(Progress::Text(bytes));
        self.writer.add_duplicates(&mem::take(&mut self.intake.duplicates))?;
        let Some(is_duplicate) = noted else { return Ok(()) };
        if coded.is_without_variables {
            self.writer.note_without_variables(&document);
        }
        let hits = coded.hits.iter().map(|(row, hit)| (concordance_row(&document.name, row), *hit));
        Ok(self.writer.add_whole(&document, &coded.tally, hits, &coded.sketch, is_duplicate)?)
    }
}

fn concordance_row<'a>(document: &'a str, hit: &'a HitRow) -> ConcordanceRow<'a> {
    ConcordanceRow {
        document,
        line: hit.line,
        sentence: hit.sentence,
        start: hit.start,
        end: hit.end,
        left: &hit.left,
        node: &hit.node,
        right: &hit.right,
        previous: &hit.previous,
        next: &hit.next,
        characters: 0,
        variables: &[],
    }
}
