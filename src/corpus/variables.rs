//! The variables (metadata) of documents, from tables.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::named_table::{NamedTable, document_name};
use super::{CorpusError, Document, ReadOptions, TableProblem};
use crate::text::composed;

/// The column that names the document.
const DOCUMENT: &str = "document";

/// The variables of the documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables {
    /// The names of the variables, in the order of the tables.
    pub names: Vec<String>,
    /// The tables, by name of the file, with the SHA-256 of each in hexadecimal.
    pub files: Vec<(String, String)>,
    /// How many of `names` are those of tables of variables: the first.
    of_tables: usize,
    /// The index of each of `names`.
    indices: HashMap<String, usize>,
    /// By document: the values, by index of the variable.
    rows: BTreeMap<String, BTreeMap<usize, String>>,
}

impl Variables {
    /// Reads tables of variables: with a header, one row a document. Tables may share variables.
    pub(super) fn read(paths: &[PathBuf], options: &ReadOptions) -> Result<Self, CorpusError> {
        let mut variables = Variables::default();
        for path in paths {
            let wrong = |line, problem| CorpusError::Variables { path: path.clone(), line, problem };
            let table = NamedTable::read(path, options).map_err(|error| match error {
                CorpusError::Row { line, problem, .. } => wrong(line, problem),
                other => other,
            })?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            variables.files.push((composed(&name), table.sha256.clone()));
            variables.add_table(table, &options.reserved).map_err(|(line, problem)| wrong(line, problem))?;
        }
        variables.of_tables = variables.names.len();
        Ok(variables)
    }

    /// Variables with these names, whose values come with each document.
    pub(crate) fn named(names: impl IntoIterator<Item = Arc<str>>) -> Self {
        let mut variables = Variables::default();
        for name in names {
            variables.index(&name);
        }
        variables
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
            self.index(name);
        }
        Ok(())
    }

    /// The index of a variable, which is added if it is not known yet.
    fn index(&mut self, name: &str) -> usize {
        if let Some(index) = self.indices.get(name) {
            return *index;
        }
        let index = self.names.len();
        self.names.push(name.to_owned());
        self.indices.insert(name.to_owned(), index);
        index
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
        let mut own: HashMap<usize, &str> = HashMap::with_capacity(document.variables.len());
        for (name, value) in &document.variables {
            if let Some(index) = self.indices.get(&**name) {
                own.entry(*index).or_insert(value);
            }
        }
        (0..self.names.len()).map(move |index| {
            let own = own.get(&index).copied();
            own.or_else(|| row?.get(&index).map(String::as_str)).unwrap_or_default()
        })
    }

    /// The variables that a document has, those of the tables of variables first, with their values.
    pub fn own(&self, document: &Document) -> Vec<(Arc<str>, String)> {
        let values: Vec<&str> = self.of(document).collect();
        let value = |index: usize| values.get(index).copied().unwrap_or_default().to_owned();
        let of_tables = self.names.iter().take(self.of_tables).enumerate();
        let mut own: Vec<_> = of_tables.map(|(index, name)| (name.as_str().into(), value(index))).collect();
        for (name, _) in &document.variables {
            match self.indices.get(&**name) {
                Some(index) if *index < self.of_tables => {}
                Some(index) => own.push((Arc::clone(name), value(*index))),
                None => {}
            }
        }
        own
    }

    /// Whether there are tables of variables, and a document has no value of any variable.
    pub fn is_missing(&self, document: &Document) -> bool {
        !self.files.is_empty() && document.variables.is_empty() && !self.contains(&document.name)
    }

    /// Whether a table of variables has a row for the document.
    pub fn contains(&self, document: &str) -> bool {
        self.rows.contains_key(document)
    }

    /// The documents of the tables of variables.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    fn add_table(&mut self, table: NamedTable, reserved: &[String]) -> Result<(), Mistake> {
        let NamedTable { header, rows, .. } = table;
        let Some(document) = header.iter().position(|name| name == DOCUMENT) else {
            return Err((1, TableProblem::NoDocumentColumn(header)));
        };
        let columns = self.columns(&header, document, reserved)?;
        for (line, mut cells) in rows {
            let name = cells.get_mut(document).map(std::mem::take).unwrap_or_default();
            let key = document_name(&name);
            let is_known = self.rows.contains_key(&key);
            let row = self.rows.entry(key).or_default();
            if is_known && columns.is_empty() {
                return Err((line, TableProblem::DuplicateDocument(name)));
            }
            for (column, variable) in &columns {
                let value = cells.get_mut(*column).map(std::mem::take).unwrap_or_default();
                if row.insert(*variable, value).is_some() {
                    let variable = self.names.get(*variable).cloned().unwrap_or_default();
                    return Err((line, TableProblem::DuplicateValue { document: name, variable }));
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
        let mut known = HashSet::new();
        for (index, name) in header.iter().enumerate().filter(|(index, _)| *index != document) {
            let problem = if name.is_empty() {
                Some(TableProblem::UnnamedColumn(index))
            } else if !known.insert(name) {
                Some(TableProblem::DuplicateColumn(name.clone()))
            } else if reserved.contains(name) {
                Some(TableProblem::ReservedColumn(name.clone()))
            } else {
                None
            };
            if let Some(problem) = problem {
                return Err((1, problem));
            }
            columns.push((index, self.index(name)));
        }
        Ok(columns)
    }
}

/// A line, from 1, and what is wrong there.
type Mistake = (u64, TableProblem);
