//! The variables (metadata) of documents, from CSV tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use csv::StringRecord;

use super::{CorpusError, CsvRows, Document, TableProblem};
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
    /// By document: the values, by index of the variable.
    rows: BTreeMap<String, BTreeMap<usize, String>>,
}

impl Variables {
    /// Reads tables of variables: CSV in UTF-8 with a header, one row a document. Tables may share variables.
    pub(super) fn read(paths: &[PathBuf], reserved: &[String]) -> Result<Self, CorpusError> {
        let mut variables = Variables::default();
        for path in paths {
            let unreadable = |source| CorpusError::TableUnreadable { path: path.clone(), source };
            let bytes = fs::read(path).map_err(unreadable)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            variables.files.push((name, sha256(&bytes)));
            variables.add_table(&bytes, reserved).map_err(|(line, problem)| CorpusError::Variables {
                path: path.clone(),
                line,
                problem,
            })?;
        }
        Ok(variables)
    }

    /// Adds the names of columns of a table of documents; their values come with each document.
    pub(super) fn add_columns<'a>(
        &mut self,
        document: &str,
        columns: impl Iterator<Item = &'a String>,
        reserved: &[String],
    ) -> Result<(), CorpusError> {
        for name in columns {
            if reserved.contains(name) {
                return Err(CorpusError::ReservedColumn { document: document.into(), column: name.clone() });
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
        (0..self.names.len()).map(move |index| row.and_then(|row| row.get(&index)).map_or("", String::as_str))
    }

    /// The values of a document, one for each name: that of its own row, that of a table of variables, or an
    /// empty cell.
    pub fn of<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = &'a str> {
        let row = self.rows.get(&document.name);
        self.names.iter().enumerate().map(move |(index, name)| {
            let own = document.variables.iter().find(|(own, _)| **own == **name);
            let own = own.map(|(_, value)| value.as_str());
            own.or_else(|| row?.get(&index).map(String::as_str)).unwrap_or_default()
        })
    }

    /// Whether a table of variables has a row for the document.
    pub fn contains(&self, document: &str) -> bool {
        self.rows.contains_key(document)
    }

    /// The documents of the tables of variables.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    fn add_table(&mut self, table: &[u8], reserved: &[String]) -> Result<(), Mistake> {
        let table = table.strip_prefix("\u{feff}".as_bytes()).unwrap_or(table);
        let mut rows = CsvRows::new(table, b',')?;
        let header: Vec<String> = rows.header().iter().map(|name| name.trim().to_owned()).collect();
        let Some(document) = header.iter().position(|name| name == DOCUMENT) else {
            return Err((1, TableProblem::NoDocumentColumn(header)));
        };
        let columns = self.columns(&header, document, reserved)?;
        let mut record = StringRecord::new();
        while let Some(line) = rows.next(&mut record)? {
            let document = record[document].to_owned();
            // As programs on Windows write it.
            let key = document.replace('\\', "/");
            let is_known = self.rows.contains_key(&key);
            let row = self.rows.entry(key).or_default();
            if is_known && columns.is_empty() {
                return Err((line, TableProblem::DuplicateDocument(document)));
            }
            for (column, variable) in &columns {
                if row.insert(*variable, record[*column].to_owned()).is_some() {
                    let variable = self.names[*variable].clone();
                    return Err((line, TableProblem::DuplicateValue { document, variable }));
                }
            }
        }
        Ok(())
    }

    /// The columns of a table that are variables: the index of each in the table and in `names`.
    fn columns(
        &mut self,
        header: &[String],
        document: usize,
        reserved: &[String],
    ) -> Result<Vec<(usize, usize)>, Mistake> {
        let mut columns = Vec::new();
        for (index, name) in header.iter().enumerate().filter(|(index, _)| *index != document) {
            let problem = if name.is_empty() {
                Some(TableProblem::UnnamedColumn(index))
            } else if header[..index].contains(name) {
                Some(TableProblem::DuplicateColumn(name.clone()))
            } else if reserved.contains(name) {
                Some(TableProblem::ReservedColumn(name.clone()))
            } else {
                None
            };
            if let Some(problem) = problem {
                return Err((1, problem));
            }
            let known = self.names.iter().position(|known| known == name);
            let variable = known.unwrap_or_else(|| {
                self.names.push(name.clone());
                self.names.len() - 1
            });
            columns.push((index, variable));
        }
        Ok(columns)
    }
}

/// A line, from 1, and what is wrong there.
type Mistake = (u64, TableProblem);
