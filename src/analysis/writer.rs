//! Writes the tables of a run, document by document, in order.

use std::collections::BTreeSet;

use super::duplicates::{NEAR, RepeatedSentence, RepeatedSentences, SHARE, Sketch};
use super::intake::Intake;
use super::windows::{Before, CodedPassage, Window};
use super::{AnalysisError, Compared, Plan, Progress, Summary};
use crate::corpus::{Corpus, Document, InputRecord, Variables, next_to_nothing, unmatched};
use crate::counts::{Design, Tally};
use crate::lexicon::Labels;
use crate::markers::Hit;
use crate::messages::Language;
use crate::tables::{
    CategoriesTable, ConcordanceRow, ConcordanceTable, DocumentsTable, Duplicate, DuplicateKind,
    DuplicatesTable, MarkersTable, RunRecord, RunTables, TableError, TableRecord, TablesFolder,
    write_columns,
};

/// How the files of a run were read.
pub(super) struct Files<'a> {
    /// A record of each file.
    pub inputs: Vec<InputRecord>,
    /// The corpus that was found.
    pub corpus: &'a Corpus,
    /// What was noted of its documents.
    pub intake: Intake,
    /// What could not be read and was left out, with the reason.
    pub skipped: Vec<String>,
}

/// The tables being written, and the figures of the whole so far.
pub(super) struct Writer<'a> {
    labels: &'a Labels,
    variables: &'a Variables,
    folder: TablesFolder,
    documents: DocumentsTable,
    categories: CategoriesTable,
    markers: MarkersTable,
    /// None where the hits are not known.
    concordance: Option<ConcordanceTable>,
    duplicates: DuplicatesTable,
    repeated: RepeatedSentences,
    /// What stands before in the current document.
    before: Before,
    /// Documents with a row in a table of variables, and those without.
    with_variables: BTreeSet<String>,
    without_variables: Vec<String>,
    pub summary: Summary,
}

impl<'a> Writer<'a> {
    pub fn create(
        labels: &'a Labels,
        variables: &'a Variables,
        folder: TablesFolder,
        has_hits: bool,
        without_text: bool,
    ) -> Result<Self, TableError> {
        Ok(Writer {
            labels,
            variables,
            documents: DocumentsTable::create(folder.path(), variables)?,
            categories: CategoriesTable::create(folder.path())?,
            markers: MarkersTable::create(folder.path())?,
            concordance: has_hits
                .then(|| ConcordanceTable::create(folder.path(), variables, without_text))
                .transpose()?,
            duplicates: DuplicatesTable::create(folder.path(), without_text)?,
            repeated: RepeatedSentences::default(),
            folder,
            before: Before::default(),
            with_variables: BTreeSet::new(),
            without_variables: Vec::new(),
            summary: Summary { range: vec![0; labels.categories.len()], ..Summary::default() },
        })
    }

    /// Writes what a window adds.
    pub fn add(&mut self, window: &Window) -> Result<(), TableError> {
        self.add_duplicates(&window.duplicates)?;
        for coded in &window.passages {
            let document = &window.documents[coded.document];
            let survey = &window.surveys[coded.document];
            let is_duplicate = window.is_duplicate[coded.document];
            self.add_hits(document, survey.characters, coded)?;
            self.note_hits(coded.passage.hits.len() as u64, is_duplicate);
            if coded.is_last && !is_duplicate {
                self.repeated.add(&document.text, &survey.sketch);
            }
            self.before.add(coded, document);
            if coded.is_last {
                let Before { tally, .. } = std::mem::take(&mut self.before);
                self.add_document(document, &tally)?;
            }
        }
        Ok(())
    }

    /// Writes a document that has been coded elsewhere, and whose sketch quotes its sentences.
    pub fn add_whole<'r>(
        &mut self,
        document: &Document,
        tally: &Tally,
        hits: impl IntoIterator<Item = (ConcordanceRow<'r>, Hit)>,
        sketch: &Sketch,
        is_duplicate: bool,
    ) -> Result<(), TableError> {
        let variables: Vec<&str> = self.variables.of(document).collect();
        if let Some(concordance) = &mut self.concordance {
            for (row, hit) in hits {
                let row = ConcordanceRow { characters: tally.characters, variables: &variables, ..row };
                concordance.add(&row, &hit, self.labels)?;
            }
        }
        let hits = tally.markers.values().map(|count| count.affirmed + count.negated).sum();
        self.note_hits(hits, is_duplicate);
        if !is_duplicate {
            self.repeated.add("", sketch);
        }
        self.add_document(document, tally)
    }

    /// Notes that no table of variables names a document.
    pub fn note_without_variables(&mut self, document: &Document) {
        self.without_variables.push(document.name.clone());
    }

    fn note_hits(&mut self, hits: u64, is_duplicate: bool) {
        self.summary.hits += hits;
        if is_duplicate {
            self.summary.hits_in_duplicates += hits;
        }
    }

    /// Writes documents that equal or resemble an earlier one.
    pub fn add_duplicates(&mut self, duplicates: &[Duplicate]) -> Result<(), TableError> {
        for duplicate in duplicates {
            self.summary.duplicates[usize::from(duplicate.kind == DuplicateKind::Near)] += 1;
            self.duplicates.add_document(duplicate, NEAR)?;
        }
        Ok(())
    }

    /// Writes the sentences that stand in many documents, and counts the hits in them if `hits_of` says how many one has.
    fn add_repeated(&mut self, hits_of: impl Fn(&str) -> Option<u64>) -> Result<(), TableError> {
        let all = self.repeated.documents;
        for RepeatedSentence { sentence, documents } in std::mem::take(&mut self.repeated).finish() {
            self.duplicates.add_sentence(&sentence, documents, all, SHARE)?;
            self.summary.repeated += 1;
            if let Some(hits) = hits_of(&sentence) {
                *self.summary.hits_in_repeated.get_or_insert_default() += documents * hits;
            }
        }
        Ok(())
    }

    fn add_hits(
        &mut self,
        document: &Document,
        characters: u64,
        coded: &CodedPassage,
    ) -> Result<(), TableError> {
        let variables: Vec<&str> = self.variables.of(document).collect();
        let Some(concordance) = &mut self.concordance else { return Ok(()) };
        for found in &coded.passage.hits {
            let row = coded.row(document, &self.before, found);
            let row = ConcordanceRow { characters, variables: &variables, ..row };
            concordance.add(&row, &found.hit, self.labels)?;
        }
        Ok(())
    }

    fn add_document(&mut self, document: &Document, tally: &Tally) -> Result<(), TableError> {
        let labels = self.labels;
        self.documents.add(document, self.variables, tally, labels)?;
        self.categories.add(&document.name, tally, labels)?;
        self.markers.add(&document.name, tally, labels)?;
        if self.variables.contains(&document.name) {
            self.with_variables.insert(document.name.clone());
        }
        if self.variables.is_missing(document) {
            self.note_without_variables(document);
        }
        let summary = &mut self.summary;
        summary.documents += 1;
        summary.empty += u64::from(tally.tokens == 0);
        summary.tally.merge(tally);
        for (category, range) in summary.range.iter_mut().enumerate() {
            *range += u64::from(tally.of_category(labels, category).affirmed > 0);
        }
        Ok(())
    }

    /// Ends the tables; the folder can be read back, and is not published yet. `hits_of` says how many hits a sentence has.
    pub fn finish(mut self, hits_of: impl Fn(&str) -> Option<u64>) -> Result<Finished<'a>, TableError> {
        self.add_repeated(hits_of)?;
        let mut tables = vec![
            self.documents.finish()?,
            self.categories.finish()?,
            self.markers.finish()?,
            self.duplicates.finish()?,
        ];
        tables.extend(self.concordance.map(ConcordanceTable::finish).transpose()?);
        let Writer { variables, folder, with_variables, without_variables, summary, .. } = self;
        Ok(Finished { variables, folder, tables, with_variables, without_variables, summary })
    }
}

/// The tables of a run, complete and not yet published.
pub(super) struct Finished<'a> {
    variables: &'a Variables,
    folder: TablesFolder,
    tables: Vec<TableRecord>,
    with_variables: BTreeSet<String>,
    without_variables: Vec<String>,
    pub summary: Summary,
}

impl Finished<'_> {
    /// Compares groups of the documents, from the tables.
    pub fn compare(
        &mut self,
        design: &Design,
        plan: Plan,
        language: Language,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), AnalysisError> {
        let compared =
            Compared::new(RunTables::new(self.folder.path(), &self.tables), design, plan, progress)?;
        self.tables.extend(compared.write(self.folder.path(), language)?);
        self.summary.compared = Some(compared);
        Ok(())
    }

    /// Writes what describes the tables, and gives the record of the run, which was begun as `begun` says; when it is written
    /// the folder is complete.
    pub fn describe(
        self,
        begun: RunRecord,
        files: Files,
    ) -> Result<(Summary, TablesFolder, RunRecord), TableError> {
        let Finished { variables, folder, tables, with_variables, without_variables, mut summary } = self;
        let Files { inputs, corpus, intake, skipped } = files;
        let Intake { joined: wrapped, ruby, other_languages, left_out, .. } = intake;
        let left_out: BTreeSet<String> = left_out.into_iter().collect();
        let is_known = |document: &str| with_variables.contains(document) || left_out.contains(document);
        let unknown = variables.documents().filter(|document| !is_known(document));
        let variables_without_document: Vec<String> = unknown.map(str::to_owned).collect();
        for (language, _) in &other_languages {
            *summary.other_languages.entry(*language).or_default() += 1;
        }
        summary.skipped = skipped.len() as u64;
        let read = || inputs.iter().chain(begun.parts.iter().flat_map(|part| &part.inputs));
        summary.malformed = read().filter(|input| input.malformed_bytes > 0).count() as u64;
        let without = Some(next_to_nothing());
        summary.without_main_text = read().filter(|input| input.html == without).count() as u64;
        summary.read_by_half =
            read().filter(|input| input.read_share.is_some_and(|share| share < 0.5)).count() as u64;
        summary.error_cells = read().map(|input| input.error_cells).sum();
        summary.wrapped = wrapped.len() as u64;
        summary.ruby = ruby.len() as u64;
        summary.without_variables = without_variables.len() as u64;
        summary.variables_without_document = variables_without_document.len() as u64;
        let [documents, rows] =
            [&without_variables, &variables_without_document].map(|names| names.iter().map(String::as_str));
        summary.unmatched = [unmatched(documents.clone(), rows.clone()), unmatched(rows, documents)];
        let mut record = RunRecord {
            inputs,
            wrapped,
            ruby,
            other_languages: other_languages.into_iter().map(|(_, record)| record).collect(),
            duplicates: summary.duplicates.iter().sum(),
            skipped,
            passed_over: corpus.passed_over.clone(),
            tables_passed_over: corpus
                .tables_passed_over
                .iter()
                .map(|table| table.document.clone())
                .collect(),
            sheets_passed_over: corpus.sheets_passed_over.clone(),
            without_variables,
            variables_without_document,
            comparison: summary.compared.as_ref().map(Compared::record),
            ..begun
        };
        record.add_tables(tables);
        record.add_tables([write_columns(folder.path(), record.options.lang)?]);
        record.describe_tables(folder.path(), folder.path())?;
        Ok((summary, folder, record))
    }
}
