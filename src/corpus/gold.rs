//! A coding of documents by readers, from a CSV table.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::CorpusError;

const COLUMNS: &str = "document,line,start,end,node,stance,category,negated";

/// A marker as a reader coded it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoldMarker {
    /// The document.
    pub document: String,
    /// Its line in the document, from 1.
    pub line: u64,
    /// Its first character in the decoded document, from 0.
    pub start: u64,
    /// The character behind its last.
    pub end: u64,
    /// The marker as it stands in the text.
    pub node: String,
    /// hedge or assertive.
    pub stance: String,
    /// The category.
    pub category: String,
    /// Whether the marker itself is denied.
    #[serde(deserialize_with = "flag")]
    pub negated: bool,
    /// The line of the table, from 1.
    #[serde(skip)]
    pub row: u64,
}

/// A coding by readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gold {
    /// The table it was read from.
    pub path: PathBuf,
    /// The markers, in the order of the table.
    pub markers: Vec<GoldMarker>,
}

impl Gold {
    /// A mistake in a row of the table.
    pub fn mistake(&self, marker: &GoldMarker, message: String) -> CorpusError {
        CorpusError::Gold { path: self.path.clone(), line: marker.row, message }
    }
}

/// Reads a table with the columns `document,line,start,end,node,stance,category,negated`.
///
/// # Errors
/// A table that can't be read, or the first row that is not of this form.
pub fn read_gold(path: &Path) -> Result<Gold, CorpusError> {
    let wrong = |line, message| CorpusError::Gold { path: path.into(), line, message };
    let unreadable = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        let why = match error.kind() {
            csv::ErrorKind::Deserialize { err, .. } => err.kind().to_string(),
            _ => error.to_string(),
        };
        wrong(line, format!("{why}; expected the columns {COLUMNS}, in UTF-8, separated by commas"))
    };
    let text = fs::read_to_string(path).map_err(|source| CorpusError::Table { path: path.into(), source })?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(unreadable)?.clone();
    let mut markers = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let row = record.position().map_or(1, csv::Position::line);
        let marker: GoldMarker = record.deserialize(Some(&headers)).map_err(unreadable)?;
        markers.push(GoldMarker { row, ..marker });
    }
    Ok(Gold { path: path.into(), markers })
}

/// `true` or `false`, in capitals too, as spreadsheets write them.
fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let cell = String::deserialize(deserializer)?;
    let wrong = || D::Error::custom(format!("negated is `{cell}`, expected true or false"));
    cell.to_ascii_lowercase().parse().map_err(|_| wrong())
}
