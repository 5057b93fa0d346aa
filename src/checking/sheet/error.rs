//! What can be wrong with a filled sheet.

use std::path::{Path, PathBuf};

use crate::checking::ItemKind;
use crate::corpus::{CorpusError, TableProblem};
use crate::messages::Message;

/// A sheet that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum SheetError {
    /// A file that can't be read.
    Unreadable(CorpusError),
    /// A table that is none.
    Form {
        /// The file.
        path: PathBuf,
        /// The row, from 1; of a file of text, its line.
        row: u64,
        /// What is wrong.
        problem: TableProblem,
    },
    /// A column that is missing.
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// Nothing is judged.
    NothingJudged(PathBuf),
    /// Strata that are not the whole run, as rows or sheets are missing.
    NotWhole {
        /// The first of the files.
        path: PathBuf,
        /// Of what.
        kind: ItemKind,
        /// How many hits or sentences the strata have.
        listed: u64,
        /// How many the run has.
        all: u64,
    },
    /// A row that is not of the run: drawn from another one, or from one that was made anew since.
    OtherRun {
        /// The file.
        path: PathBuf,
        /// The row, from 1; of a file of text, its line.
        row: u64,
        /// The item.
        id: String,
    },
    /// A cell that does not say what it should.
    Cell {
        /// The file.
        path: PathBuf,
        /// The row, from 1; of a file of text, its line.
        row: u64,
        /// The column.
        column: &'static str,
        /// What is wrong.
        problem: CellProblem,
    },
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellProblem {
    /// No whole number.
    NotANumber(String),
    /// Neither `true` nor `false`.
    NotABoolean(String),
    /// Neither `hit` nor `sentence`.
    NoKind(String),
    /// An id that is not that of the row's document, start and end.
    OtherId(String),
    /// An item that another row has, too.
    Twice {
        /// The item.
        id: String,
        /// The other row.
        row: u64,
    },
    /// A stratum of which more was drawn than it has, or nothing.
    Stratum,
    /// Neither `right` nor `wrong`, for a hit.
    HitJudgement(String),
    /// Not `done`, for a sentence.
    SentenceJudgement(String),
    /// No judgement, though another column is filled in.
    Open {
        /// That column.
        filled: &'static str,
    },
    /// No category.
    NoCategory {
        /// What stands there.
        cell: String,
        /// The category that is nearest to it.
        nearest: Option<String>,
        /// All.
        known: Vec<String>,
    },
    /// A correction of a hit that is said to be right.
    Corrected,
    /// A correction that is what the program has coded already.
    Same,
    /// A correction where the program has coded nothing.
    NotForSentence,
}

impl SheetError {
    pub(super) fn cell(path: &Path, row: u64, column: &'static str, problem: CellProblem) -> Self {
        SheetError::Cell { path: path.into(), row, column, problem }
    }

    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            SheetError::Unreadable(error) => error.message(),
            SheetError::Form { path, row, problem } => {
                Message::new("sheet.form", &[("path", &path.display()), ("row", row)])
                    .with("problem", problem.message())
            }
            SheetError::NoColumn { path, column } => {
                Message::new("sheet.no_column", &[("path", &path.display()), ("column", column)])
            }
            SheetError::NothingJudged(path) => {
                Message::new("sheet.nothing_judged", &[("path", &path.display())])
            }
            SheetError::NotWhole { path, kind, listed, all } => {
                let key = match kind {
                    ItemKind::Hit => "sheet.not_all_hits",
                    ItemKind::Sentence => "sheet.not_all_sentences",
                };
                Message::new(key, &[("path", &path.display()), ("listed", listed), ("all", all)])
            }
            SheetError::OtherRun { path, row, id } => {
                Message::new("sheet.other_run", &[("path", &path.display()), ("row", row), ("id", id)])
            }
            SheetError::Cell { path, row, column, problem } => {
                let values: [(_, &dyn std::fmt::Display); 3] =
                    [("path", &path.display()), ("row", row), ("column", column)];
                Message::new("sheet.cell", &values).with("problem", problem.message())
            }
        }
    }
}

impl CellProblem {
    fn message(&self) -> Message {
        match self {
            CellProblem::NotANumber(cell) => Message::new("sheet_cell.not_a_number", &[("cell", cell)]),
            CellProblem::NotABoolean(cell) => Message::new("sheet_cell.not_a_boolean", &[("cell", cell)]),
            CellProblem::NoKind(cell) => Message::new("sheet_cell.no_kind", &[("cell", cell)]),
            CellProblem::OtherId(id) => Message::new("sheet_cell.other_id", &[("id", id)]),
            CellProblem::Twice { id, row } => Message::new("sheet_cell.twice", &[("id", id), ("other", row)]),
            CellProblem::Stratum => Message::new("sheet_cell.stratum", &[]),
            CellProblem::HitJudgement(cell) => Message::new("sheet_cell.hit_judgement", &[("cell", cell)]),
            CellProblem::SentenceJudgement(cell) => {
                Message::new("sheet_cell.sentence_judgement", &[("cell", cell)])
            }
            CellProblem::Open { filled } => Message::new("sheet_cell.open", &[("filled", filled)]),
            CellProblem::NoCategory { cell, nearest: Some(nearest), .. } => {
                Message::new("sheet_cell.near_category", &[("cell", cell), ("nearest", nearest)])
            }
            CellProblem::NoCategory { cell, nearest: None, known } => {
                Message::new("sheet_cell.no_category", &[("cell", cell), ("known", &known.join(", "))])
            }
            CellProblem::Corrected => Message::new("sheet_cell.corrected", &[]),
            CellProblem::Same => Message::new("sheet_cell.same", &[]),
            CellProblem::NotForSentence => Message::new("sheet_cell.not_for_sentence", &[]),
        }
    }
}
