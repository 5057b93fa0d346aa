//! The variables (metadata) of the documents, from CSV tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::{CorpusError, Document};
use crate::digest::sha256;

/// The column that names the document.
const DOCUMENT: &str = "document";

/// The variables of the documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables {
    /// The names of the variables, in the order of the tables.
    pub names: Vec<String>,
    /// The tables, by name of the file, with the SHA-256 of each in hexadecimal.
    pub files: Vec<(String, String)>,
    /// By document: the values by number of the variable.
    rows: BTreeMap<String, BTreeMap<usize, String>>,
}

impl Variables {
    /// Reads tables of variables: CSV in UTF-8 with a header, one row a document. Tables may share variables.
    ///
    /// # Errors
    /// A table that can't be read, lacks the column `document`, gives a document two values of a variable, or
    /// has a variable with a name in `reserved`: a column of the results.
    pub fn read(paths: &[PathBuf], reserved: &[&str]) -> Result<Self, CorpusError> {
        let mut variables = Variables::default();
        for path in paths {
            let bytes = fs::read(path).map_err(|source| CorpusError::Table { path: path.clone(), source })?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            variables.files.push((name, sha256(&bytes)));
            variables.add(&bytes, reserved).map_err(|(line, message)| CorpusError::Variables {
                path: path.clone(),
                line,
                message,
            })?;
        }
        Ok(variables)
    }

    /// Adds the variables of tables of documents, whose values come with each document.
    ///
    /// # Errors
    /// A name in `reserved`: a column of the results.
    pub fn add_names(&mut self, names: &[String], reserved: &[&str]) -> Result<(), CorpusError> {
        for name in names {
            if reserved.contains(&name.as_str()) {
                return Err(CorpusError::Column { name: name.clone() });
            }
            if !self.names.contains(name) {
                self.names.push(name.clone());
            }
        }
        Ok(())
    }

    /// The values that the tables of variables give a document, one for each name; empty cells where none does.
    pub fn of_name<'a>(&'a self, document: &str) -> impl Iterator<Item = &'a str> {
        let row = self.rows.get(document);
        (0..self.names.len()).map(move |at| row.and_then(|row| row.get(&at)).map_or("", String::as_str))
    }

    /// The values of a document, one for each name: that of its own row, that of a table of variables, or an
    /// empty cell.
    pub fn of<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = &'a str> {
        let row = self.rows.get(&document.name);
        self.names.iter().enumerate().map(move |(at, name)| {
            let own = document.variables.iter().find(|(own, _)| **own == **name);
            let own = own.map(|(_, value)| value.as_str());
            own.or_else(|| row?.get(&at).map(String::as_str)).unwrap_or_default()
        })
    }

    /// Whether a table names the document.
    pub fn contains(&self, document: &str) -> bool {
        self.rows.contains_key(document)
    }

    /// The documents that the tables name.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    fn add(&mut self, table: &[u8], reserved: &[&str]) -> Result<(), Mistake> {
        let mut reader = csv::Reader::from_reader(table);
        let header = reader.headers().map_err(described)?.clone();
        // csv leaves a byte-order mark to the first cell.
        let name = |cell: &str| cell.trim_start_matches('\u{feff}').trim().to_owned();
        let header: Vec<String> = header.iter().map(name).collect();
        let Some(document) = header.iter().position(|name| name == DOCUMENT) else {
            let found = header.join(", ");
            let message =
                format!("expected a column `{DOCUMENT}`, found: {found}; separate columns by commas");
            return Err((1, message));
        };
        let columns = self.columns(&header, document, reserved)?;
        for record in reader.records() {
            let record = record.map_err(described)?;
            let line = record.position().map_or(1, csv::Position::line);
            let key = record[document].replace('\\', "/");
            let known = self.rows.contains_key(&key);
            let row = self.rows.entry(key).or_default();
            if known && columns.is_empty() {
                return Err((line, format!("the document {} stands twice; keep one row", &record[document])));
            }
            for (at, column) in &columns {
                if row.insert(*column, record[*at].to_owned()).is_some() {
                    let (document, name) = (&record[document], &self.names[*column]);
                    let message =
                        format!("the document {document} stands twice with a `{name}`; keep one row");
                    return Err((line, message));
                }
            }
        }
        Ok(())
    }

    /// The columns of a table that hold variables, each with the number of its variable.
    fn columns(
        &mut self,
        header: &[String],
        document: usize,
        reserved: &[&str],
    ) -> Result<Vec<(usize, usize)>, Mistake> {
        let mut columns = Vec::new();
        for (at, name) in header.iter().enumerate().filter(|(at, _)| *at != document) {
            if name.is_empty() {
                return Err((1, format!("column {} has no name", at + 1)));
            }
            if header[..at].contains(name) {
                return Err((1, format!("the column `{name}` stands twice; rename one")));
            }
            if reserved.contains(&name.as_str()) {
                let message =
                    format!("the variable `{name}` has the name of a column of the results; rename it");
                return Err((1, message));
            }
            let known = self.names.iter().position(|known| known == name);
            let column = known.unwrap_or_else(|| {
                self.names.push(name.clone());
                self.names.len() - 1
            });
            columns.push((at, column));
        }
        Ok(columns)
    }
}

/// A line of a table, from 1, and what is wrong with it.
type Mistake = (u64, String);

fn described(error: csv::Error) -> Mistake {
    let line = error.position().map_or(1, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => {
            "not UTF-8; save the table as CSV UTF-8 (in Excel: CSV UTF-8, comma delimited)".into()
        }
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells, but the header has {expected_len}; quote cells that hold a comma")
        }
        _ => error.to_string(),
    };
    (line, message)
}
