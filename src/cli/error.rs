//! Why a command failed, as the program reports it: what the library says is wrong, and what to do on the command line.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hedgerow::analysis::{AnalysisError, PartError, SetupError};
use hedgerow::checking::CorrectionError;
use hedgerow::corpus::{CorpusError, NoText};
use hedgerow::messages::Message;
use hedgerow::morphology::DictionaryError;
use hedgerow::publishing::PublishError;
use hedgerow::tables::ReadBackError;

use super::{kinds, messages};

/// Why a command failed.
#[derive(Debug)]
pub enum Error {
    /// Problems in the user's hands, each a line.
    Problems(Vec<String>),
    /// Output that can't be written.
    Output(io::Error),
    /// A report that can't be written, of results that are complete.
    Report {
        /// Where the results are.
        results: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A problem that the program itself has found, by the key of its words.
    pub fn own(key: &'static str, values: &[(&'static str, &dyn std::fmt::Display)]) -> Self {
        Error::Problems(vec![messages::own(&Message::new(key, values))])
    }
}

/// Prints what a command says of results that are complete, to the last byte.
pub fn report<W: Write>(
    out: &mut W,
    results: &Path,
    print: impl FnOnce(&mut W) -> io::Result<()>,
) -> Result<()> {
    print(out).and_then(|()| out.flush()).map_err(|source| Error::Report { results: results.into(), source })
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Output(error)
    }
}

impl From<Vec<CorpusError>> for Error {
    fn from(errors: Vec<CorpusError>) -> Self {
        Error::Problems(errors.iter().map(corpus_problem).collect())
    }
}

impl From<CorpusError> for Error {
    fn from(error: CorpusError) -> Self {
        Error::from(vec![error])
    }
}

impl From<AnalysisError> for Error {
    fn from(error: AnalysisError) -> Self {
        match error {
            AnalysisError::Unreadable(errors) => {
                let problem = |error| corpus_problem(error) + &skipping(error);
                Error::Problems(errors.iter().map(problem).collect())
            }
            AnalysisError::Output(source) => Error::Output(source),
            other => Error::Problems(vec![messages::with_remedy(&other.message())]),
        }
    }
}

/// Errors that are one problem, in the words of their message.
macro_rules! from_message {
    ($($error:ty),*) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Error::Problems(vec![messages::with_remedy(&error.message())])
            }
        }
    )*};
}

from_message!(CorrectionError, DictionaryError, PartError, PublishError, ReadBackError, SetupError);

/// How the commands that can leave out what can't be read are asked to.
fn skipping(error: &CorpusError) -> String {
    let key = match error {
        CorpusError::Row { .. } => "skipping.row",
        // Their sentences end with the advice to leave it out.
        CorpusError::NoText { what: NoText::File | NoText::Word, .. } | CorpusError::NoDocument { .. } => {
            "skipping.does"
        }
        _ => "skipping.document",
    };
    messages::own(&Message::new(key, &[]))
}

/// An input that can't be read, with its remedy.
fn corpus_problem(error: &CorpusError) -> String {
    match error {
        CorpusError::UnknownKind { extension, .. } => messages::own_words(
            "program.remedy",
            &[("problem", &messages::words(&error.message())), ("remedy", &kinds::remedy(extension))],
        ),
        CorpusError::NoDocuments { passed_over, .. } if !passed_over.is_empty() => {
            let mut message = error.message();
            message.values.retain(|(name, _)| *name != "present");
            message.values.push(("present", kinds::passed_over(passed_over)));
            messages::with_remedy(&message)
        }
        _ => messages::with_remedy(&error.message()),
    }
}
