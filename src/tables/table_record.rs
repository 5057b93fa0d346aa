//! What the record of a run says of a table.

use serde::{Deserialize, Serialize};

/// A table as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRecord {
    /// The name of its file.
    pub name: String,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Its rows, without the header.
    pub rows: u64,
}
