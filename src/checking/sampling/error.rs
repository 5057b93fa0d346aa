//! Why no sample can be drawn.

use std::path::PathBuf;

use crate::analysis::AnalysisError;
use crate::messages::Message;
use crate::tables::ReadBackError;

/// A sample that can't be drawn.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum SampleError {
    /// Tables or texts that can't be read.
    Analysis(#[from] AnalysisError),
    /// A run whose tables have no text.
    WithoutText(PathBuf),
    /// A variable that is called as a column of sheets is.
    OwnColumn(String),
    /// Texts whose sentences are not those of the run.
    OtherTexts(PathBuf),
    /// A run without any hit or sentence, of those that are asked for.
    Nothing(PathBuf),
}

impl From<ReadBackError> for SampleError {
    fn from(error: ReadBackError) -> Self {
        SampleError::Analysis(error.into())
    }
}

impl SampleError {
    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            SampleError::Analysis(error) => error.message(),
            SampleError::WithoutText(folder) => {
                Message::new("sample.without_text", &[("folder", &folder.display())])
            }
            SampleError::OwnColumn(variable) => Message::new("sample.own_column", &[("variable", variable)]),
            SampleError::OtherTexts(folder) => {
                Message::new("sample.other_texts", &[("folder", &folder.display())])
            }
            SampleError::Nothing(folder) => Message::new("sample.nothing", &[("folder", &folder.display())]),
        }
    }
}
