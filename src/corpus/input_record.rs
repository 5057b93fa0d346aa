//! What the record of a run says of a file.

use serde::{Deserialize, Serialize};

/// How a file was read, for the record of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InputRecord {
    /// The document, or the table or archive member whose rows are the documents.
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
    /// Which part of a web page was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The share of a web page's Japanese characters that was read, from 0 to 1, those that nobody sees among them; none if
    /// it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_share: Option<f64>,
    /// How many `<br>` of a web page were taken to end no sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_breaks: Option<u64>,
    /// How many documents a table held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<u64>,
    /// How many cells of a spreadsheet held an error, such as `#N/A`, and were read as empty.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub error_cells: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl InputRecord {
    /// How many documents the file held.
    pub fn documents(&self) -> u64 {
        self.documents.unwrap_or(1)
    }
}
