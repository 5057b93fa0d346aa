//! Puts parts together: the tables of a run over all their documents.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::error::PartError;
use super::id::Id;
use super::part::Parts;
use super::row::{HitRow, Row};
use super::sorting::Sorted;
use crate::analysis::intake::{Arrival, Intake};
use crate::analysis::writer::{Files, Writer};
use crate::analysis::{AnalysisError, CountOptions, Plan, Progress, Summary};
use crate::corpus::{Corpus, Document, Variables};
use crate::counts::{Design, DesignColumns, Occurrences, Tally};
use crate::lexicon::Labels;
use crate::markers::Hit;
use crate::tables::{ConcordanceRow, OptionsRecord, ReadBackError, TablesFolder};
use crate::text::OtherLanguage;

/// What a merge does besides adding up.
#[derive(Debug, Clone, Default)]
pub struct MergeOptions {
    /// Compare groups of documents.
    pub compare: Option<(Design, Plan)>,
    /// Replace the tables of a folder that exists.
    pub replace: bool,
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
    begun.parts = parts.parts.iter().map(|part| part.record.clone()).collect();
    let mut merge = Merge {
        entries: &entries,
        intake: Intake::new(&CountOptions {
            skip_other_languages: begun.options.skip_other_languages,
            drop_duplicates: begun.options.drop_duplicates,
            ..CountOptions::default()
        }),
        writer: Writer::create(&labels, &variables, folder, parts.begin.hits)?,
    };
    let mut sorted = Sorted::new(&parts.files)?;
    let mut last: Option<Id> = None;
    let take = |last: &Option<Id>, merge: &mut Merge, id: &Id, line: &str| match last {
        Some(last) if last == id => Err(twice(&parts, id).into()),
        _ => {
            progress(Progress::Text(line.len() as u64 + 1));
            merge.add(&parts, id, line)
        }
    };
    while let Some(taken) = sorted.next(|id, line| take(&last, &mut merge, id, line).map(|()| id.clone()))? {
        last = Some(taken?);
    }
    let Merge { intake, mut writer, .. } = merge;
    writer.add_duplicates(&intake.duplicates)?;
    writer.summary.beyond_comparison = intake.index.beyond;
    if writer.summary.documents == 0 && !intake.left_out.is_empty() {
        return Err(AnalysisError::OtherLanguages(intake.left_out.len() as u64));
    }
    if writer.summary.documents == 0 {
        return Err(PartError::NoDocuments.into());
    }
    let mut finished = writer.finish(|_| None)?;
    if let Some((design, plan)) = &options.compare {
        finished.compare(design, *plan, progress)?;
    }
    let mut skipped: Vec<String> = parts.parts.iter().flat_map(|part| part.skipped.clone()).collect();
    skipped.sort();
    let options = begun.options.clone();
    let files = Files { inputs: Vec::new(), corpus: &Corpus::default(), intake, skipped };
    let (mut summary, folder) = finished.record(begun, files)?;
    summary.notes = folder.publish()?;
    Ok(Merged { summary, labels, options })
}

fn twice(parts: &Parts, id: &Id) -> PartError {
    let [part, other] = parts.with_document(id);
    PartError::Document { document: id.to_string(), part, other }
}

/// The documents so far.
struct Merge<'a> {
    entries: &'a HashMap<&'a str, usize>,
    intake: Intake,
    writer: Writer<'a>,
}

impl Merge<'_> {
    fn add(&mut self, parts: &Parts, id: &Id, line: &str) -> Result<(), AnalysisError> {
        let changed = || {
            // The digest of its part is right, so somebody has written it by hand.
            let [place, _] = parts.with_document(id);
            PartError::Line { place }
        };
        let row: Row = serde_json::from_str(line).map_err(|_| changed())?;
        let tally = row.tally(self.entries).ok_or_else(changed)?;
        let sketch = row.sketch.sketch().ok_or_else(changed)?;
        let name = row.id.to_string();
        let language = match row.other_language {
            None => None,
            Some(record) => {
                let language = OtherLanguage::named(&record.language).ok_or_else(changed)?;
                Some((language, record))
            }
        };
        let arrival =
            Arrival { document: &name, language, sketch: &sketch, is_joined: row.joined, has_ruby: row.ruby };
        let noted = self.intake.note(arrival);
        self.writer.add_duplicates(&std::mem::take(&mut self.intake.duplicates))?;
        let Some(is_duplicate) = noted else { return Ok(()) };
        let hits: Vec<HitRow> = row.hits.unwrap_or_default();
        let hits: Vec<_> = hits
            .iter()
            .map(|hit| Some((concordance_row(&name, hit), hit.hit(self.entries)?)))
            .collect::<Option<_>>()
            .ok_or_else(changed)?;
        if parts.begin.hits && counted(&hits) != tally.markers {
            return Err(changed().into());
        }
        let document = Document { name: name.clone(), variables: row.variables.0, ..Document::default() };
        Ok(self.writer.add_whole(&document, &tally, hits, &sketch, is_duplicate)?)
    }
}

/// How often each entry occurs in hits.
fn counted(hits: &[(ConcordanceRow, Hit)]) -> BTreeMap<usize, Occurrences> {
    let mut tally = Tally::default();
    hits.iter().for_each(|(_, hit)| tally.add_hit(hit));
    tally.markers
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
        characters: 0,
        variables: &[],
    }
}
