//! A document, and what is recorded of the file it was read from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CorpusError, DocumentReader, Input, ReadOptions};

/// A document, decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its name in the tables.
    pub name: String,
    /// Its text, without a byte-order mark; line ends as in the file.
    pub text: String,
    /// How many bytes of its file it takes up.
    pub bytes: u64,
    /// The variables that its row of a table gives, with their values, in the order of the columns.
    pub variables: Vec<(Arc<str>, String)>,
}

impl Document {
    /// Reads a file that is one document; of several, it gives the first.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn read(input: &Input) -> Result<Self, CorpusError> {
        let nothing = || CorpusError::Empty { document: input.document.clone() };
        DocumentReader::open(input, &ReadOptions::default()).next().unwrap_or_else(|| Err(nothing()))
    }

    /// The documents in some bytes. The end of `name` says what they are, as it does of a file: `a.html` is a
    /// web page, `a.csv` a table with a document in each row.
    ///
    /// # Errors
    /// Bytes that are not what their name says, or can't be decoded.
    pub fn from_bytes(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Vec<Self>, CorpusError> {
        DocumentReader::of_bytes(name, bytes, options).collect()
    }
}

/// How a file was read, for the record of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRecord {
    /// The document that it is, or the table or archive member whose rows are the documents.
    pub document: String,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// What it was read as: `text`, `html`, `csv` and so on.
    pub format: String,
    /// Its encoding; none for a format that has but one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// How many of its bytes are not of this encoding.
    pub malformed_bytes: u64,
    /// What was taken from a web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// How many documents a table held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<u64>,
}

impl InputRecord {
    /// How many documents the file was.
    pub fn documents(&self) -> u64 {
        self.documents.unwrap_or(1)
    }
}
