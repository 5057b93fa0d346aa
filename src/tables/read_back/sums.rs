//! What the tables of a run promise of each other, read document by document: the sums of docs/columns.md.

use std::collections::BTreeMap;

use super::super::columns::variable_columns;
use super::super::{Change, ReadBackError, RunRecord};
use super::cursor::{Cursor, agree};
use super::hits::Hits;
use super::rows::RowReader;
use super::run_tables::{CONCORDANCE, RunTables};
use crate::counts::SENTENCE_KINDS;
use crate::lexicon::Stance;
use crate::statistics::{per_thousand, share};

/// Affirmed and negated markers, by index of the stance.
type StanceCounts = [[u64; 2]; Stance::ALL.len()];

/// The columns that hold them.
const AFFIRMED_AND_NEGATED: [&str; 2] = ["count", "negated"];

/// Checks that `documents.csv`, `categories.csv` and `markers.csv` agree with each other and with the record.
///
/// # Errors
/// A table that can't be read or is not as it was written; figures that don't agree.
pub fn check_sums(tables: RunTables, record: &RunRecord) -> Result<(), ReadBackError> {
    check(tables, record, None)
        .map_err(|error| blamed(tables, &["documents", "categories", "markers"], error))
}

/// Checks that `concordance.csv` agrees with them, too, where there is one.
///
/// # Errors
/// As [`check_sums`].
pub fn check_hits(tables: RunTables, record: &RunRecord) -> Result<(), ReadBackError> {
    if !tables.has(CONCORDANCE) {
        return check_sums(tables, record);
    }
    let names = ["documents", "categories", "markers", CONCORDANCE];
    check(tables, record, Some(Hits::open(tables, record.options.without_text)?))
        .map_err(|error| blamed(tables, &names, error))
}

/// The error of the table that was changed, where two don't agree.
fn blamed(tables: RunTables, names: &[&str], error: ReadBackError) -> ReadBackError {
    match &error {
        ReadBackError::Changed { change, .. } if change.is_between_tables() => {
            tables.check(names.iter().copied()).err().unwrap_or(error)
        }
        ReadBackError::Documents { .. } | ReadBackError::Rows { .. } | ReadBackError::Digest(_) => {
            tables.check(names.iter().copied()).err().unwrap_or(error)
        }
        _ => error,
    }
}

fn check(tables: RunTables, record: &RunRecord, mut hits: Option<Hits>) -> Result<(), ReadBackError> {
    let mut documents = Documents::open(tables)?;
    if let Some(hits) = &mut hits {
        hits.expect_variables(documents.variable_names())?;
    }
    let mut categories = Categories::open(tables)?;
    let mut markers = Markers::open(tables)?;
    let mut number: u64 = 0;
    while documents.rows.next_row()? {
        number = number.saturating_add(1);
        let document = documents.read()?;
        let sums = categories.add_up(&document)?;
        documents.agree(&document, sums)?;
        let sums = markers.add_up(&document)?;
        documents.agree(&document, sums)?;
        if let Some(hits) = &mut hits {
            hits.check(&document, &markers.of_document)?;
        }
    }
    categories.cursor.check_end()?;
    markers.cursor.check_end()?;
    hits.map_or(Ok(()), |hits| hits.check_end())?;
    let recorded = record.documents();
    if number != recorded {
        return Err(ReadBackError::Documents { folder: tables.path(""), tables: number, record: recorded });
    }
    Ok(())
}

/// The figures of a document that others depend on.
pub(super) struct DocumentFigures {
    pub name: String,
    pub characters: u64,
    pub sentences: u64,
    /// The values of its variables, in order.
    pub variables: Vec<String>,
    tokens: u64,
}

struct Documents<'a> {
    rows: RowReader<'a>,
    name: usize,
    variables: Vec<usize>,
    /// characters, sentences, morphemes, tokens
    sizes: [usize; 4],
    /// By index of the stance: affirmed and negated.
    stances: [[usize; 2]; Stance::ALL.len()],
    per_thousand: [usize; Stance::ALL.len()],
    hedge_share: usize,
    kinds: [usize; SENTENCE_KINDS.len()],
    kind_shares: [usize; SENTENCE_KINDS.len()],
}

impl<'a> Documents<'a> {
    fn open(tables: RunTables<'a>) -> Result<Self, ReadBackError> {
        let rows = tables.open("documents")?;
        let kinds = SENTENCE_KINDS.map(|kind| format!("sentences_{kind}"));
        let kind_shares = SENTENCE_KINDS.map(|kind| format!("sentences_{kind}_share"));
        let [name, hedge_share] = rows.columns(["document", "hedge_share"])?;
        Ok(Documents {
            name,
            variables: variable_columns("documents", &rows.header),
            sizes: rows.columns(["characters", "sentences", "morphemes", "tokens"])?,
            stances: [
                rows.columns(["hedge", "hedge_negated"])?,
                rows.columns(["assertive", "assertive_negated"])?,
            ],
            per_thousand: rows.columns(["hedge_per_1000_tokens", "assertive_per_1000_tokens"])?,
            hedge_share,
            kinds: rows.columns(kinds.each_ref().map(String::as_str))?,
            kind_shares: rows.columns(kind_shares.each_ref().map(String::as_str))?,
            rows,
        })
    }

    /// The names of the variables, as they stand in the header.
    fn variable_names(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().filter_map(|column| self.rows.header.get(*column)).map(String::as_str)
    }

    /// The figures of a row that agree with each other.
    fn read(&self) -> Result<DocumentFigures, ReadBackError> {
        let rows = &self.rows;
        let [characters, sentences, morphemes, tokens] = rows.counts(self.sizes)?;
        let [_, sentences_column, _, tokens_column] = self.sizes;
        if tokens > morphemes {
            return Err(self.exceeds(tokens_column, tokens, morphemes));
        }
        let kinds = rows.counts(self.kinds)?;
        let mut all_kinds = 0;
        for (count, column) in kinds.into_iter().zip(self.kinds) {
            rows.add(&mut all_kinds, count, column)?;
        }
        agree(rows, sentences_column, all_kinds)?;
        let mut hits = 0;
        for (column, count) in self.stances.as_flattened().iter().zip(self.stance_counts()?.as_flattened()) {
            rows.add(&mut hits, *count, *column)?;
            // No morpheme belongs to two hits.
            if hits > morphemes {
                return Err(self.exceeds(*column, hits, morphemes));
            }
        }
        let [[hedge, _], [assertive, _]] = self.stance_counts()?;
        let rates = [hedge, assertive].map(|count| per_thousand(count, tokens));
        for (rate, column) in rates.into_iter().zip(self.per_thousand) {
            agree(rows, column, Rate(rate))?;
        }
        agree(rows, self.hedge_share, Rate(share(hedge, hedge.saturating_add(assertive))))?;
        for (count, column) in kinds.into_iter().zip(self.kind_shares) {
            agree(rows, column, Rate(share(count, sentences)))?;
        }
        let variables = self.variables.iter().map(|column| rows.text(*column).to_owned()).collect();
        Ok(DocumentFigures { name: rows.text(self.name).into(), characters, sentences, variables, tokens })
    }

    fn stance_counts(&self) -> Result<StanceCounts, ReadBackError> {
        let [hedge, assertive] = self.stances;
        Ok([self.rows.counts(hedge)?, self.rows.counts(assertive)?])
    }

    /// Checks that another table has the same sums.
    fn agree(&self, document: &DocumentFigures, sums: StanceCounts) -> Result<(), ReadBackError> {
        debug_assert_eq!(self.rows.text(self.name), document.name);
        let columns = self.stances.as_flattened().iter().zip(sums.as_flattened());
        columns.into_iter().try_for_each(|(column, sum)| agree(&self.rows, *column, sum))
    }

    /// Markers or tokens that are more than the morphemes.
    fn exceeds(&self, column: usize, figure: u64, morphemes: u64) -> ReadBackError {
        self.rows.changed(Change::Disagrees {
            column: self.rows.column_name(column),
            figure: figure.to_string(),
            others: format!("{morphemes} or less"),
        })
    }
}

/// A rate as the tables have it.
pub(super) struct Rate(pub Option<f64>);

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.0.map_or(Ok(()), |rate| rate.fmt(f))
    }
}

struct Categories<'a> {
    cursor: Cursor<'a>,
    stance: usize,
    category: usize,
    term: usize,
    counts: [usize; 2],
    rate: usize,
    /// Those of the first document, each with its Japanese term: every other has the same.
    all: Vec<(Stance, String, String)>,
    documents: u64,
}

impl<'a> Categories<'a> {
    fn open(tables: RunTables<'a>) -> Result<Self, ReadBackError> {
        let cursor = Cursor::open(tables, "categories")?;
        let [stance, category, term, rate] =
            cursor.rows.columns(["stance", "category", "category_ja", "per_1000_tokens"])?;
        let counts = cursor.rows.columns(AFFIRMED_AND_NEGATED)?;
        Ok(Categories { cursor, stance, category, term, counts, rate, all: Vec::new(), documents: 0 })
    }

    /// Reads the rows of a document: one for each category.
    fn add_up(&mut self, document: &DocumentFigures) -> Result<StanceCounts, ReadBackError> {
        let mut sums = StanceCounts::default();
        let mut rows = 0;
        while self.cursor.is_of(&document.name) {
            let reader = &self.cursor.rows;
            let [category, term] = [self.category, self.term].map(|column| reader.text(column).to_owned());
            let key = (reader.stance(self.stance)?, category, term);
            if self.documents == 0 {
                if self.all.last().is_some_and(|last| *last >= key) {
                    return Err(reader.changed(Change::Expected {
                        expected: "the next category".into(),
                        found: Some(key.1),
                    }));
                }
                self.all.push(key.clone());
            }
            match self.all.get(rows) {
                Some(expected) if *expected == key => {}
                expected => {
                    let expected = expected.map_or("the next document", |(_, category, _)| category);
                    let change = Change::Expected { expected: expected.into(), found: Some(key.1) };
                    return Err(reader.changed(change));
                }
            }
            let counts = self.cursor.add(self.counts, key.0, &mut sums)?;
            agree(reader, self.rate, Rate(per_thousand(counts[0], document.tokens)))?;
            rows = rows.saturating_add(1);
            self.cursor.advance()?;
        }
        if rows < self.all.len().max(1) {
            let category = self.all.get(rows).map_or("", |(_, category, _)| category);
            return Err(self.cursor.expected(format!("{} {category}", document.name).trim_end().into()));
        }
        self.documents = self.documents.saturating_add(1);
        Ok(sums)
    }
}

/// What `markers.csv` says of a marker in a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MarkerFigures {
    pub stance: Stance,
    pub category: String,
    /// The Japanese term of the category.
    pub term: String,
    /// Affirmed and negated.
    pub counts: [u64; 2],
}

struct Markers<'a> {
    cursor: Cursor<'a>,
    marker: usize,
    stance: usize,
    category: usize,
    term: usize,
    counts: [usize; 2],
    /// The rows of the last document, by marker.
    of_document: BTreeMap<String, MarkerFigures>,
}

impl<'a> Markers<'a> {
    fn open(tables: RunTables<'a>) -> Result<Self, ReadBackError> {
        let cursor = Cursor::open(tables, "markers")?;
        let [marker, stance, category, term] =
            cursor.rows.columns(["marker", "stance", "category", "category_ja"])?;
        let counts = cursor.rows.columns(AFFIRMED_AND_NEGATED)?;
        Ok(Markers { cursor, marker, stance, category, term, counts, of_document: BTreeMap::new() })
    }

    /// Reads the rows of a document: one for each marker that occurs.
    fn add_up(&mut self, document: &DocumentFigures) -> Result<StanceCounts, ReadBackError> {
        let mut sums = StanceCounts::default();
        self.of_document.clear();
        while self.cursor.is_of(&document.name) {
            let rows = &self.cursor.rows;
            let (marker, stance) = (rows.text(self.marker).to_owned(), rows.stance(self.stance)?);
            let counts = self.cursor.add(self.counts, stance, &mut sums)?;
            if counts == [0, 0] || self.of_document.contains_key(&marker) {
                return Err(rows.changed(Change::Expected {
                    expected: "a marker that occurs and has no row yet".into(),
                    found: Some(marker),
                }));
            }
            let [category, term] = [self.category, self.term].map(|column| rows.text(column).to_owned());
            self.of_document.insert(marker, MarkerFigures { stance, category, term, counts });
            self.cursor.advance()?;
        }
        Ok(sums)
    }
}
