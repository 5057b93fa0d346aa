//! Tables with a document in each row: CSV and TSV, JSON Lines, and the columns that matter in them.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Kind;
use crate::corpus::streaming::{DecodingReader, ReadTotals};
use crate::corpus::{CorpusError, ReadOptions};

/// The names of a column that holds the text, where none is given. KH Coder's form has the first.
const TEXT_COLUMNS: [&str; 3] = ["テキスト", "text", "本文"];

fn is_text_column(name: &str) -> bool {
    TEXT_COLUMNS.contains(&name.to_lowercase().as_str())
}

/// The columns that matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    pub text: String,
    pub id: Option<String>,
}

impl Columns {
    /// The column of the text and that of the id: those that are asked for, or a text column known by its name.
    /// None where no column holds the text.
    pub fn among(header: &[String], options: &ReadOptions) -> Result<Option<Self>, String> {
        let missing = |column: &str| {
            format!(
                "there is no column `{column}`, only {}; give the name of one of these",
                header.join(", ")
            )
        };
        let text = match &options.text_column {
            Some(column) if !header.contains(column) => return Err(missing(column)),
            Some(column) => column,
            None => match header.iter().find(|name| is_text_column(name)) {
                Some(column) => column,
                None => return Ok(None),
            },
        };
        match &options.id_column {
            Some(column) if !header.contains(column) => Err(missing(column)),
            id => Ok(Some(Columns { text: text.clone(), id: id.clone() })),
        }
    }

    /// The columns of JSON Lines whose lines have not been looked at.
    pub fn unseen(options: &ReadOptions) -> Self {
        let text = options.text_column.clone().unwrap_or_default();
        Columns { text, id: options.id_column.clone() }
    }

    fn no_text(&self) -> String {
        if self.text.is_empty() {
            return format!(
                "no {} holds the text; say with --text-column which one does",
                TEXT_COLUMNS.map(|name| format!("`{name}`")).join(", ")
            );
        }
        format!("there is no `{}`; give it one", self.text)
    }

    /// Whether a column holds the text.
    fn is_text(&self, name: &str) -> bool {
        if self.text.is_empty() { is_text_column(name) } else { name == self.text }
    }

    /// The columns that are variables.
    pub fn variables<'a>(&'a self, header: &'a [String]) -> impl Iterator<Item = &'a String> {
        let is_other = |name: &&String| **name != self.text && self.id.as_ref() != Some(*name);
        header.iter().filter(is_other).filter(|name| !name.is_empty())
    }
}

/// A row: its line or number, and its cells with the names of their columns.
pub(super) struct Cells {
    pub line: u64,
    pub cells: Vec<(Arc<str>, String)>,
}

pub(super) type Rows = Box<dyn Iterator<Item = Result<Cells, CorpusError>> + Send>;

/// A table that has been opened.
pub(crate) struct Table {
    /// The names of the columns; of JSON Lines, those of the first line.
    pub header: Vec<String>,
    rows: Rows,
}

/// A document of a table.
pub(crate) struct Row {
    pub id: String,
    pub text: String,
    pub variables: Vec<(Arc<str>, String)>,
}

impl Table {
    /// Opens a table.
    pub fn open(
        kind: Kind,
        document: &str,
        file: Box<dyn Read + Send>,
        options: &ReadOptions,
        totals: ReadTotals,
    ) -> Result<Self, CorpusError> {
        #[cfg(feature = "xlsx")]
        if kind == Kind::Xlsx {
            return super::xlsx::open(document, file);
        }
        let decoded = DecodingReader::new(document, file, options, totals)?;
        match kind {
            Kind::JsonLines => Ok(json_lines(document, decoded)),
            Kind::Tsv => separated(document, decoded, b'\t'),
            _ => separated(document, decoded, b','),
        }
    }

    pub(super) fn new(document: &str, header: Vec<String>, rows: Rows) -> Result<Self, CorpusError> {
        for (at, name) in header.iter().enumerate() {
            if !name.is_empty() && header[..at].contains(name) {
                let message = format!("the column `{name}` stands twice; rename one");
                return Err(CorpusError::Row { document: document.into(), line: 1, message });
            }
        }
        Ok(Table { header, rows })
    }

    /// All columns, which needs all of the rows where each has its own.
    pub fn all_columns(self, kind: Kind) -> Result<Vec<String>, CorpusError> {
        let mut header = self.header;
        if kind == Kind::JsonLines {
            let mut known: HashSet<Arc<str>> = HashSet::new();
            for row in self.rows {
                // A line that can't be read is told of when it is read for good.
                let cells = match row {
                    Ok(row) => row.cells,
                    Err(CorpusError::Row { .. }) => continue,
                    Err(error) => return Err(error),
                };
                for (name, _) in cells {
                    if known.insert(Arc::clone(&name)) {
                        header.push(name.to_string());
                    }
                }
            }
        }
        Ok(header)
    }

    /// The documents of the table.
    pub fn documents(self, document: String, columns: Columns) -> RowDocuments {
        RowDocuments { document, rows: self.rows, columns, number: 0, ids: HashSet::new() }
    }
}

fn row_error(document: &str, line: u64, message: String) -> CorpusError {
    CorpusError::Row { document: document.into(), line, message }
}

/// The documents of a table, one by one.
pub(crate) struct RowDocuments {
    pub document: String,
    rows: Rows,
    columns: Columns,
    /// How many there were so far.
    pub number: u64,
    /// The ids so far.
    ids: HashSet<String>,
}

impl Iterator for RowDocuments {
    type Item = Result<Row, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = match self.rows.next()? {
            Ok(row) => row,
            Err(error) => return Some(Err(error)),
        };
        self.number += 1;
        let line = row.line;
        Some(self.document(row).map_err(|message| row_error(&self.document, line, message)))
    }
}

impl RowDocuments {
    fn document(&mut self, row: Cells) -> Result<Row, String> {
        let (mut text, mut id, mut variables) = (None, None, Vec::new());
        for (name, cell) in row.cells {
            if text.is_none() && self.columns.is_text(&name) {
                text = Some(cell);
            } else if self.columns.id.as_deref() == Some(&*name) {
                id = Some(cell.trim().to_owned());
            } else if !name.is_empty() {
                variables.push((name, cell));
            } else if !cell.is_empty() {
                let cell = cell.escape_debug();
                return Err(format!("`{cell}` stands in a column without a name; give it one"));
            }
        }
        let text = text.ok_or_else(|| self.columns.no_text())?;
        if text.contains('\0') {
            return Err(
                "a NUL character, so it is no text; check the file, and the encoding if you gave one".into(),
            );
        }
        let id = match (&self.columns.id, id) {
            (None, _) => self.number.to_string(),
            (Some(column), None) => return Err(format!("there is no `{column}`; give it one")),
            (Some(column), Some(id)) if id.is_empty() => return Err(format!("`{column}` is empty; fill it")),
            (Some(column), Some(id)) if !self.ids.insert(id.clone()) => {
                let id = id.escape_debug();
                return Err(format!("the `{column}` {id} stands twice; give each row its own"));
            }
            (_, Some(id)) => id,
        };
        Ok(Row { id, text, variables })
    }
}

/// CSV, or the same with another separator.
fn separated(document: &str, file: DecodingReader, separator: u8) -> Result<Table, CorpusError> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(file);
    let header = reader.headers().map_err(|error| csv_error(document, error))?;
    let header: Vec<String> = header.iter().map(column_name).collect();
    let names: Vec<Arc<str>> = header.iter().map(|name| name.as_str().into()).collect();
    let name = document.to_owned();
    let rows = reader.into_records().map(move |record| {
        let record = record.map_err(|error| csv_error(&name, error))?;
        let cells = names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        Ok(Cells { line: record.position().map_or(1, csv::Position::line), cells })
    });
    Table::new(document, header, Box::new(rows))
}

fn csv_error(document: &str, error: csv::Error) -> CorpusError {
    let line = error.position().map_or(1, csv::Position::line);
    let message = match error.into_kind() {
        csv::ErrorKind::Io(source) => return stream_error(document, source),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells, but the header has {expected_len}; quote cells that hold a separator")
        }
        other => format!("{other:?}"),
    };
    row_error(document, line, message)
}

/// What the stream has to say, which may be more than that it can't be read.
fn stream_error(document: &str, source: io::Error) -> CorpusError {
    match source.downcast::<CorpusError>() {
        Ok(error) => error,
        Err(source) => {
            let message = format!("can't be read: {source}; pack or save it anew");
            CorpusError::Damaged { document: document.into(), message }
        }
    }
}

/// JSON Lines: an object on each line.
fn json_lines(document: &str, file: DecodingReader) -> Table {
    let mut lines = BufReader::with_capacity(1 << 16, file);
    let mut names: HashSet<Arc<str>> = HashSet::new();
    let mut number = 0;
    let document = document.to_owned();
    let rows = std::iter::from_fn(move || {
        let mut line = String::new();
        loop {
            number += 1;
            line.clear();
            match lines.read_line(&mut line) {
                Ok(0) => return None,
                Ok(_) if line.trim().is_empty() => {}
                Ok(_) => break,
                Err(error) => return Some(Err(stream_error(&document, error))),
            }
        }
        let object: Map<String, Value> = match serde_json::from_str(&line) {
            Ok(object) => object,
            Err(error) => {
                let message = format!("no JSON object: {error}; write one object on each line");
                return Some(Err(row_error(&document, number, message)));
            }
        };
        let mut cells = Vec::with_capacity(object.len());
        for (name, value) in object {
            let name = match names.get(name.as_str()) {
                Some(name) => Arc::clone(name),
                None => {
                    let name: Arc<str> = column_name(&name).into();
                    names.insert(Arc::clone(&name));
                    name
                }
            };
            cells.push((name, cell(value)));
        }
        Some(Ok(Cells { line: number, cells }))
    });
    Table { header: Vec::new(), rows: Box::new(rows) }
}

/// The name of a column, on one line.
pub(super) fn column_name(name: &str) -> String {
    name.trim().replace(char::is_control, " ")
}

/// A value as a cell: text as it is, nothing for null, other values as JSON writes them.
fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
