//! What a count reports: its progress, the figures of the whole corpus, and why it could not be done.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io;

use super::{Compared, PartError, ResumeError};
use crate::corpus::{CorpusError, Unmatched};
use crate::counts::Tally;
use crate::messages::Message;
use crate::tables::{ReadBackError, TableError};
use crate::text::OtherLanguage;

/// Work that has just been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many more bytes of text are counted.
    Text(u64),
    /// More resamples are drawn.
    Resamples {
        /// How many more.
        done: u64,
        /// How many there will be in all.
        total: u64,
    },
    /// More rows of tables are read back.
    Rows {
        /// How many more.
        done: u64,
        /// About how many there will be in all.
        total: u64,
    },
}

/// A count or a comparison that could not be done.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum AnalysisError {
    /// Documents that can't be read, all of them.
    Unreadable(Vec<CorpusError>),
    /// Documents with next to no Japanese in them, all of them, where these are left out.
    OtherLanguages(u64),
    /// A comparison by a variable of which no document has a value, as no row of the tables of variables names one.
    NoRow {
        /// The variable.
        variable: String,
        /// The first rows, with the documents that they probably mean.
        rows: Vec<Unmatched>,
        /// The first documents.
        documents: Vec<String>,
    },
    /// An interrupted run that can't be gone on with, or that is in the way.
    Resume(#[from] ResumeError),
    /// Parts that can't be put together.
    Parts(#[from] PartError),
    /// A temporary file that can't be written or read.
    Temporary(io::Error),
    /// More different n-grams than are counted.
    TooManyNgrams(usize),
    /// A variable that has not the two values which are to be compared.
    NotTwoGroups {
        /// The variable.
        variable: String,
        /// Its values.
        known: Vec<String>,
    },
    /// A value that no document has.
    NoSuchGroup {
        /// The variable.
        variable: String,
        /// The value.
        value: String,
        /// The values that there are.
        known: Vec<String>,
    },
    /// Lines that can't be written.
    Output(io::Error),
    /// A table that can't be written.
    Table(#[from] TableError),
    /// Tables that can't be read back, or documents that can't be grouped as they should be.
    Results(#[from] ReadBackError),
    /// A report that can't be made.
    #[cfg(feature = "report")]
    Report(#[from] crate::report::ReportError),
}

impl AnalysisError {
    /// Its message; documents that can't be read have one each.
    pub fn message(&self) -> Message {
        match self {
            AnalysisError::Unreadable(errors) => {
                Message::new("analysis.unreadable", &[("count", &errors.len())])
            }
            AnalysisError::OtherLanguages(documents) => {
                Message::new("analysis.other_languages", &[("count", documents)])
            }
            AnalysisError::NoRow { variable, rows, documents } => {
                let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
                let documents = documents.join(", ");
                Message::new(
                    "analysis.no_row",
                    &[("variable", variable), ("rows", &rows.join(", ")), ("documents", &documents)],
                )
            }
            AnalysisError::Resume(error) => error.message(),
            AnalysisError::Parts(error) => error.message(),
            AnalysisError::Temporary(source) => Message::new("analysis.temporary", &[("source", source)]),
            AnalysisError::TooManyNgrams(most) => Message::new("analysis.too_many_ngrams", &[("most", most)]),
            AnalysisError::NotTwoGroups { variable, known } => {
                let values = first_values(known);
                let (variable, count): (&dyn Display, &dyn Display) = (variable, &known.len());
                let values: [(_, &dyn Display); 3] =
                    [("variable", variable), ("count", count), ("values", &values)];
                Message::new("analysis.not_two_groups", &values)
            }
            AnalysisError::NoSuchGroup { variable, value, known } => {
                let values = first_values(known);
                let values: [(_, &dyn Display); 3] =
                    [("variable", variable), ("value", value), ("values", &values)];
                Message::new("analysis.no_such_group", &values)
            }
            AnalysisError::Output(source) => Message::new("analysis.output", &[("source", source)]),
            AnalysisError::Table(error) => error.message(),
            AnalysisError::Results(error) => error.message(),
            #[cfg(feature = "report")]
            AnalysisError::Report(error) => error.message(),
        }
    }
}

/// Some values of a variable, in one line.
fn first_values(values: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<&str> = values.iter().take(SHOWN).map(String::as_str).collect();
    shown.join(", ") + if values.len() > SHOWN { ", …" } else { "" }
}

/// The figures of a whole corpus.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Documents that were counted.
    pub documents: u64,
    /// How many of them hold no token.
    pub empty: u64,
    /// The counts of all of them.
    pub tally: Tally,
    /// By index of the category: how many documents have an affirmed marker of it.
    pub range: Vec<u64>,
    /// Documents with next to no Japanese in them, by what they are; left out, if this was asked for.
    pub other_languages: BTreeMap<OtherLanguage, u64>,
    /// Documents that equal an earlier one, and that resemble one; left out, if this was asked for.
    pub duplicates: [u64; 2],
    /// The hits in those documents, if they were counted.
    pub hits_in_duplicates: u64,
    /// Sentences that stand in many documents.
    pub repeated: u64,
    /// The hits in them, if they were counted.
    pub hits_in_repeated: Option<u64>,
    /// Documents that later ones were not compared with, as they are too many.
    pub beyond_comparison: u64,
    /// All hits.
    pub hits: u64,
    /// Documents that were left out because they can't be read.
    pub skipped: u64,
    /// Files with bytes that are not of their encoding.
    pub malformed: u64,
    /// Cells of spreadsheets that held an error and were read as empty.
    pub error_cells: u64,
    /// Documents whose lines were joined, as they plainly are hard-wrapped.
    pub wrapped: u64,
    /// Documents with ruby in a notation of its own, whose readings were left out.
    pub ruby: u64,
    /// Web pages whose main text was next to nothing, so that all but navigation and buttons was read.
    pub without_main_text: u64,
    /// Web pages of whose Japanese characters less than half was read.
    pub read_by_half: u64,
    /// Documents without a row in the tables of variables, where there are such tables.
    pub without_variables: u64,
    /// Rows of the tables of variables without a document.
    pub variables_without_document: u64,
    /// The first of those documents, and of those rows, with what they are probably called on the other side.
    pub unmatched: [Vec<Unmatched>; 2],
    /// How much text an interrupted run had coded and was taken from it, in bytes; none where it was a run by itself.
    pub resumed: Option<u64>,
    /// The comparison of groups, if one was asked for.
    pub compared: Option<Compared>,
    /// What else the user should know of the folder of the tables.
    pub notes: Vec<Message>,
}
