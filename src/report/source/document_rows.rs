//! `documents.csv`, read document by document: alone, or in step with a table that has rows of some documents in the same order.

use std::collections::HashMap;

use crate::counts::{DesignColumns, FIFTHS, SENTENCE_KINDS, fifth};
use crate::lexicon::Stance;
use crate::statistics::per_thousand;
use crate::tables::{Change, ComparisonRecord, ReadBackError, RowReader, RunTables};

/// The documents of a run, one at a time.
pub struct DocumentRows<'r> {
    rows: RowReader<'r>,
    name: usize,
    /// characters, sentences, tokens
    sizes: [usize; 3],
    stances: [usize; Stance::ALL.len()],
    kinds: [usize; SENTENCE_KINDS.len()],
    /// The variables of the user's: columns and names.
    variables: Vec<(usize, String)>,
    placing: Option<Placing<'r>>,
    /// The document of the row.
    pub document: SourceDocument,
    is_at_row: bool,
}

/// How a comparison places documents.
struct Placing<'r> {
    columns: DesignColumns,
    groups: HashMap<&'r str, usize>,
    /// In order.
    left_out: &'r [String],
}

/// A document.
#[derive(Debug, Clone, Default)]
pub struct SourceDocument {
    /// Its name.
    pub name: String,
    /// Its characters.
    pub characters: u64,
    /// Its sentences.
    pub sentences: u64,
    /// Its tokens.
    pub tokens: u64,
    /// By stance: affirmed markers.
    pub stances: [u64; Stance::ALL.len()],
    /// By kind: sentences.
    pub kinds: [u64; SENTENCE_KINDS.len()],
    /// The index of its group; none where it is in none.
    pub group: Option<usize>,
    /// The value of the variable on which documents depend; empty where it is independent.
    pub cluster: String,
}

impl<'r> DocumentRows<'r> {
    /// Opens the table before its first row; `comparison` says which groups there are.
    ///
    /// # Errors
    /// A table that can't be read, or that has not the variables of the comparison.
    pub fn open(
        tables: RunTables<'r>,
        comparison: Option<&'r ComparisonRecord>,
    ) -> Result<Self, ReadBackError> {
        let rows = tables.open("documents")?;
        let kinds = SENTENCE_KINDS.map(|kind| format!("sentences_{kind}"));
        let [name] = rows.columns(["document"])?;
        let variables = rows.variables("documents");
        let names: Vec<String> = variables.iter().map(|(_, name)| name.clone()).collect();
        let placing = comparison.map(|comparison| {
            let groups = comparison.groups.iter().enumerate();
            Ok::<_, ReadBackError>(Placing {
                columns: DesignColumns::new(&comparison.design, &names)?,
                groups: groups.map(|(index, group)| (group.group.as_str(), index)).collect(),
                left_out: &comparison.left_out,
            })
        });
        Ok(DocumentRows {
            name,
            sizes: rows.columns(["characters", "sentences", "tokens"])?,
            stances: rows.columns(Stance::ALL.map(Stance::name))?,
            kinds: rows.columns(kinds.each_ref().map(String::as_str))?,
            variables,
            placing: placing.transpose()?,
            document: SourceDocument::default(),
            is_at_row: false,
            rows,
        })
    }

    /// Goes to the next document; false behind the last.
    ///
    /// # Errors
    /// A table that is not as it was written.
    pub fn next_document(&mut self) -> Result<bool, ReadBackError> {
        self.is_at_row = self.rows.next_row()?;
        if !self.is_at_row {
            return Ok(false);
        }
        let rows = &self.rows;
        let [characters, sentences, tokens] = rows.counts(self.sizes)?;
        let cell = |variable: usize| self.variables.get(variable).map_or("", |(at, _)| rows.text(*at));
        let name = rows.text(self.name);
        let document = &mut self.document;
        document.name.clear();
        document.name.push_str(name);
        (document.group, document.cluster) = (None, String::new());
        if let Some(Placing { columns, groups, left_out }) = &self.placing {
            let is_left_out = left_out.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
            let group = groups.get(columns.group(cell).as_str());
            document.group = group.filter(|_| !is_left_out).copied();
            columns.cluster(cell).trim().clone_into(&mut document.cluster);
        }
        (document.characters, document.sentences, document.tokens) = (characters, sentences, tokens);
        document.stances = rows.counts(self.stances)?;
        document.kinds = rows.counts(self.kinds)?;
        Ok(true)
    }

    /// Goes on to a document that a row of another table names: that of the row before, or one behind it.
    ///
    /// # Errors
    /// As [`DocumentRows::next_document`]; a document that does not come.
    pub fn find(&mut self, row: &RowReader, column: usize) -> Result<&SourceDocument, ReadBackError> {
        let name = row.text(column);
        while !self.is_at_row || self.document.name != name {
            if !self.next_document()? {
                return Err(row.changed(Change::UnknownDocument(name.into())));
            }
        }
        Ok(&self.document)
    }

    /// The names of the variables.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|(_, name)| name.as_str())
    }

    /// The values of the variables of the document, as they stand in the table.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|(column, _)| self.rows.text(*column))
    }
}

impl SourceDocument {
    /// Its affirmed markers of each stance per 1,000 tokens; none where it has no tokens.
    pub fn rates(&self) -> Option<[f64; Stance::ALL.len()]> {
        let [hedge, assertive] = self.stances.map(|count| per_thousand(count, self.tokens));
        Some([hedge?, assertive?])
    }

    /// The fifth, from 0, in which a character stands.
    pub fn fifth(&self, start: u64) -> Option<usize> {
        fifth(start, self.characters).filter(|fifth| *fifth < FIFTHS)
    }
}
