//! Writes the tables of a run, document by document, in order.

use std::collections::BTreeSet;
use std::path::Path;

use super::begun::begun;
use super::duplicates::{NEAR, RepeatedSentence, RepeatedSentences, SHARE};
use super::windows::{CodedPassage, Window};
use super::{Compared, CountOptions, Summary};
use crate::corpus::{Corpus, CorpusError, Document, InputRecord, Variables, next_to_nothing, unmatched};
use crate::counter::Counter;
use crate::counts::Tally;
use crate::tables::{
    CategoriesTable, ConcordanceRow, ConcordanceTable, DocumentsTable, Duplicate, DuplicateKind,
    DuplicatesTable, MarkersTable, OtherLanguageRecord, RunRecord, TableError, TableRecord, TablesFolder,
    write_columns,
};
use crate::text::{OtherLanguage, Wrapping};

/// How the files of a run were read.
pub(super) struct Files<'a> {
    /// A record of each file.
    pub inputs: Vec<InputRecord>,
    /// Documents whose lines were joined.
    pub wrapped: Vec<String>,
    /// Documents with ruby in a notation of its own.
    pub ruby: Vec<String>,
    /// The corpus that was found.
    pub corpus: &'a Corpus,
    /// Documents with next to no Japanese in them.
    pub other_languages: Vec<(OtherLanguage, OtherLanguageRecord)>,
    /// Documents that were read and are not counted.
    pub left_out: Vec<String>,
    /// Errors of documents that could not be read.
    pub unreadable: Vec<CorpusError>,
}

/// The tables being written, and the figures of the whole so far.
pub(super) struct Writer<'a> {
    counter: &'a Counter,
    variables: &'a Variables,
    folder: TablesFolder,
    documents: DocumentsTable,
    categories: CategoriesTable,
    markers: MarkersTable,
    concordance: ConcordanceTable,
    duplicates: DuplicatesTable,
    repeated: RepeatedSentences,
    /// The counts and the number of lines of the current document so far.
    tally: Tally,
    lines: u64,
    /// Documents with a row in a table of variables, and those without.
    with_variables: BTreeSet<String>,
    without_variables: Vec<String>,
    pub summary: Summary,
}

impl<'a> Writer<'a> {
    pub fn create(
        counter: &'a Counter,
        variables: &'a Variables,
        folder: TablesFolder,
    ) -> Result<Self, TableError> {
        Ok(Writer {
            counter,
            variables,
            documents: DocumentsTable::create(folder.path(), variables)?,
            categories: CategoriesTable::create(folder.path())?,
            markers: MarkersTable::create(folder.path())?,
            concordance: ConcordanceTable::create(folder.path(), variables)?,
            duplicates: DuplicatesTable::create(folder.path())?,
            repeated: RepeatedSentences::default(),
            folder,
            tally: Tally::default(),
            lines: 0,
            with_variables: BTreeSet::new(),
            without_variables: Vec::new(),
            summary: Summary {
                range: vec![0; counter.setup().lexicon.categories.len()],
                ..Summary::default()
            },
        })
    }

    /// Writes what a window adds.
    pub fn add(&mut self, window: &Window) -> Result<(), TableError> {
        self.add_duplicates(&window.duplicates)?;
        for coded in &window.passages {
            let document = &window.documents[coded.document];
            self.add_hits(document, window.characters[coded.document], coded)?;
            let hits = coded.passage.hits.len() as u64;
            self.summary.hits += hits;
            if window.is_duplicate[coded.document] {
                self.summary.hits_in_duplicates += hits;
            } else if coded.is_last {
                self.repeated.add(&document.text, &window.sketches[coded.document]);
            }
            self.tally.merge(&coded.passage.tally);
            self.lines += coded.passage.lines;
            if coded.is_last {
                self.lines = 0;
                let tally = std::mem::take(&mut self.tally);
                self.add_document(document, &tally)?;
            }
        }
        Ok(())
    }

    /// Writes documents that equal or resemble an earlier one.
    pub fn add_duplicates(&mut self, duplicates: &[Duplicate]) -> Result<(), TableError> {
        for duplicate in duplicates {
            self.summary.duplicates[usize::from(duplicate.kind == DuplicateKind::Near)] += 1;
            self.duplicates.add_document(duplicate, NEAR)?;
        }
        Ok(())
    }

    /// Writes the sentences that stand in many documents, and counts the hits in them.
    fn add_repeated(&mut self) -> Result<(), TableError> {
        let all = self.repeated.documents;
        for RepeatedSentence { sentence, documents } in std::mem::take(&mut self.repeated).finish() {
            self.duplicates.add_sentence(&sentence, documents, all, SHARE)?;
            let coded = self.counter.with_coder(|coder| coder.code(&sentence, Wrapping::NONE));
            let [sentences, hits] = &mut self.summary.repeated;
            *sentences += 1;
            *hits += documents * coded.hits.len() as u64;
        }
        Ok(())
    }

    fn add_hits(
        &mut self,
        document: &Document,
        characters: u64,
        coded: &CodedPassage,
    ) -> Result<(), TableError> {
        let text = &document.text[coded.span.clone()];
        let variables: Vec<&str> = self.variables.of(document).collect();
        for found in &coded.passage.hits {
            let line = ConcordanceRow {
                document: &document.name,
                line: self.lines + found.line + 1,
                sentence: self.tally.sentences + found.sentence + 1,
                start: self.tally.characters + found.start,
                end: self.tally.characters + found.end,
                left: &text[found.in_sentence.start..found.node.start],
                node: &text[found.node.clone()],
                right: &text[found.node.end..found.in_sentence.end],
                characters,
                variables: &variables,
            };
            self.concordance.add(&line, &found.hit, &self.counter.setup().lexicon)?;
        }
        Ok(())
    }

    fn add_document(&mut self, document: &Document, tally: &Tally) -> Result<(), TableError> {
        let lexicon = &self.counter.setup().lexicon;
        self.documents.add(document, self.variables, tally, lexicon)?;
        self.categories.add(&document.name, tally, lexicon)?;
        self.markers.add(&document.name, tally, lexicon)?;
        if self.variables.contains(&document.name) {
            self.with_variables.insert(document.name.clone());
        }
        if !self.variables.files.is_empty()
            && document.variables.is_empty()
            && !self.variables.contains(&document.name)
        {
            self.without_variables.push(document.name.clone());
        }
        let summary = &mut self.summary;
        summary.documents += 1;
        summary.empty += u64::from(tally.tokens == 0);
        summary.tally.merge(tally);
        for (category, range) in summary.range.iter_mut().enumerate() {
            *range += u64::from(tally.of_category(lexicon, category).affirmed > 0);
        }
        Ok(())
    }

    /// Ends the tables; the folder can be read back, and is not published yet.
    pub fn finish(mut self) -> Result<Finished<'a>, TableError> {
        self.add_repeated()?;
        let tables = vec![
            self.documents.finish()?,
            self.categories.finish()?,
            self.markers.finish()?,
            self.concordance.finish()?,
            self.duplicates.finish()?,
        ];
        let Writer { counter, variables, folder, with_variables, without_variables, summary, .. } = self;
        Ok(Finished { counter, variables, folder, tables, with_variables, without_variables, summary })
    }
}

/// The tables of a run, complete and not yet published.
pub(super) struct Finished<'a> {
    counter: &'a Counter,
    variables: &'a Variables,
    folder: TablesFolder,
    pub tables: Vec<TableRecord>,
    with_variables: BTreeSet<String>,
    without_variables: Vec<String>,
    pub summary: Summary,
}

impl Finished<'_> {
    /// The folder with the tables.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes the record of the run; the folder is complete then.
    pub fn record(self, files: Files, options: &CountOptions) -> Result<(Summary, TablesFolder), TableError> {
        let Finished { counter, variables, folder, tables, with_variables, without_variables, mut summary } =
            self;
        let Files { inputs, wrapped, ruby, corpus, unreadable, other_languages, left_out } = files;
        let left_out: BTreeSet<String> = left_out.into_iter().collect();
        let is_known = |document: &str| with_variables.contains(document) || left_out.contains(document);
        let unknown = variables.documents().filter(|document| !is_known(document));
        let variables_without_document: Vec<String> = unknown.map(str::to_owned).collect();
        for (language, _) in &other_languages {
            *summary.other_languages.entry(*language).or_default() += 1;
        }
        summary.skipped = unreadable.len() as u64;
        summary.malformed = inputs.iter().filter(|input| input.malformed_bytes > 0).count() as u64;
        let without = Some(next_to_nothing());
        summary.without_main_text = inputs.iter().filter(|input| input.html == without).count() as u64;
        summary.read_by_half =
            inputs.iter().filter(|input| input.read_share.is_some_and(|share| share < 0.5)).count() as u64;
        summary.error_cells = inputs.iter().map(|input| input.error_cells).sum();
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
            skipped: unreadable.iter().map(CorpusError::to_string).collect(),
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
            ..begun(counter, variables, options)
        };
        record.add_tables(tables);
        record.add_tables([write_columns(folder.path())?]);
        record.describe_tables(folder.path(), folder.path())?;
        record.write(folder.path())?;
        Ok((summary, folder))
    }
}
