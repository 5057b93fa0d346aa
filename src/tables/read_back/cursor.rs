//! A table whose rows are read document by document.

use std::fmt::Display;

use super::super::{Change, ReadBackError};
use super::rows::RowReader;
use super::run_tables::RunTables;
use crate::lexicon::Stance;

/// A table in the order of the documents, at a row or behind the last.
pub(super) struct Cursor<'a> {
    pub rows: RowReader<'a>,
    document: usize,
    is_at_row: bool,
}

impl<'a> Cursor<'a> {
    /// Opens a table at its first row.
    pub fn open(tables: RunTables<'a>, name: &str) -> Result<Self, ReadBackError> {
        let mut rows = tables.open(name)?;
        let [document] = rows.columns(["document"])?;
        let is_at_row = rows.next_row()?;
        Ok(Cursor { rows, document, is_at_row })
    }

    /// The document of the row; none behind the last.
    pub fn document(&self) -> Option<&str> {
        self.is_at_row.then(|| self.rows.text(self.document))
    }

    /// Whether the row is one of a document.
    pub fn is_of(&self, document: &str) -> bool {
        self.document() == Some(document)
    }

    /// Goes to the next row.
    pub fn advance(&mut self) -> Result<(), ReadBackError> {
        self.is_at_row = self.rows.next_row()?;
        Ok(())
    }

    /// Adds the affirmed and the negated count of the row to the sums of its stance, and gives both counts.
    pub fn add(
        &self,
        columns: [usize; 2],
        stance: Stance,
        sums: &mut [[u64; 2]; Stance::ALL.len()],
    ) -> Result<[u64; 2], ReadBackError> {
        let counts = self.rows.counts(columns)?;
        let of_stance = Stance::ALL.iter().zip(sums).filter(|(known, _)| **known == stance);
        for (_, sums) in of_stance {
            for ((sum, count), column) in sums.iter_mut().zip(counts).zip(columns) {
                self.rows.add(sum, count, column)?;
            }
        }
        Ok(counts)
    }

    /// An error: another row was expected in the place of this one.
    pub fn expected(&self, expected: String) -> ReadBackError {
        let found = self.document().map(str::to_owned);
        self.rows.changed(Change::Expected { expected, found })
    }

    /// Checks that no row is left behind the last document.
    pub fn check_end(&self) -> Result<(), ReadBackError> {
        match self.document() {
            None => Ok(()),
            Some(document) => Err(self.rows.changed(Change::UnknownDocument(document.into()))),
        }
    }
}

/// Checks that a figure is what others make it.
pub(super) fn agree(rows: &RowReader, column: usize, others: impl Display) -> Result<(), ReadBackError> {
    let (figure, others) = (rows.cell(column), others.to_string());
    if figure == others {
        return Ok(());
    }
    let shown = |figure: &str| if figure.is_empty() { "empty".into() } else { figure.to_owned() };
    let (figure, others) = (shown(figure), shown(&others));
    Err(rows.changed(Change::Disagrees { column: rows.column_name(column), figure, others }))
}
