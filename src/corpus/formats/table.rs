//! Tables with a document in each row: CSV and TSV, JSON Lines, and which of their columns are what.

use std::collections::HashSet;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

use csv::StringRecord;

use super::{Kind, json_lines};
use crate::corpus::decoding_reader::DecodingReader;
use crate::corpus::hashing::ReadTotals;
use crate::corpus::{
    CorpusError, CsvError, CsvProblem, CsvRows, Damage, ReadOptions, SheetChoice, TableProblem,
};
use crate::text::characters::is_invisible;
use crate::text::{composed, is_line_end};

/// The names of a column that holds the text, in lower case, where none is given. KH Coder's form has the first.
const TEXT_COLUMNS: [&str; 3] = ["テキスト", "text", "本文"];

fn is_text_column(name: &str) -> bool {
    TEXT_COLUMNS.contains(&name.to_lowercase().as_str())
}

/// The columns of the text and the id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    /// None where each row may have another of [`TEXT_COLUMNS`].
    text: Option<String>,
    id: Option<String>,
}

impl Columns {
    /// Finds the columns in the header of a table: those that are asked for, or a text column known by its name. JSON
    /// Lines that are opened have no header; theirs are found row by row.
    pub fn find(
        header: &[String],
        kind: Kind,
        document: &str,
        options: &ReadOptions,
    ) -> Result<Self, CorpusError> {
        let ReadOptions { text_column, id_column, .. } = options;
        if kind == Kind::JsonLines && header.is_empty() {
            return Ok(Columns { text: text_column.clone(), id: id_column.clone() });
        }
        let missing = [text_column, id_column].into_iter().flatten().find(|column| !header.contains(column));
        if let Some(column) = missing {
            let problem = TableProblem::MissingColumn { column: column.clone(), columns: header.to_vec() };
            return Err(row_error(document, 1, problem));
        }
        // Each sheet may have another.
        if options.sheet == SheetChoice::All && kind == Kind::Xlsx && has_columns(header, options) {
            return Ok(Columns { text: text_column.clone(), id: id_column.clone() });
        }
        match text_column.as_ref().or_else(|| header.iter().find(|name| is_text_column(name))) {
            Some(text) => Ok(Columns { text: Some(text.clone()), id: id_column.clone() }),
            None => Err(CorpusError::NoTextColumn { document: document.into(), columns: header.to_vec() }),
        }
    }

    fn is_text(&self, name: &str) -> bool {
        match &self.text {
            Some(text) => name == text,
            None => is_text_column(name),
        }
    }

    /// The columns that are variables.
    pub fn variables<'a>(&'a self, header: &'a [String]) -> impl Iterator<Item = &'a String> {
        let is_variable =
            |name: &&String| !name.is_empty() && !self.is_text(name) && self.id.as_ref() != Some(*name);
        header.iter().filter(is_variable)
    }
}

/// Whether a table has the columns that are asked for, or one with a name that is known to hold the text.
pub(super) fn has_columns(header: &[String], options: &ReadOptions) -> bool {
    let has = |column: &Option<String>| column.as_ref().is_none_or(|column| header.contains(column));
    has(&options.id_column)
        && has(&options.text_column)
        && (options.text_column.is_some() || header.iter().any(|name| is_text_column(name)))
}

/// What is known of a table before its rows are read.
#[derive(Debug, Default)]
pub(crate) struct Header {
    pub columns: Vec<String>,
    /// Sheets of a workbook that hold something and are not read.
    pub sheets_passed_over: Vec<String>,
}

/// A row.
#[derive(Default)]
pub(crate) struct Cells {
    /// Its line, from 1.
    pub line: u64,
    /// The sheet it is on, where several are read.
    pub sheet: Option<Arc<str>>,
    /// Its cells with the names of their columns.
    pub cells: Vec<(Arc<str>, String)>,
    /// Whether those that are empty are left out.
    pub is_sparse: bool,
    /// How many cells it lacks at its end, of CSV and the like.
    pub lacking: u64,
    /// Whether the id is a whole number of JSON, and no text.
    pub has_integer_id: bool,
    /// Cells that hold an error, and are empty.
    pub errors: Vec<CellError>,
}

impl Cells {
    /// The row, if it lacks no cell.
    pub fn whole(self, document: &str) -> Result<Self, CorpusError> {
        if self.lacking == 0 {
            return Ok(self);
        }
        let cells = self.cells.len() as u64;
        let header = cells.saturating_add(self.lacking);
        Err(row_error(document, self.line, TableProblem::CellCount { cells, header }))
    }
}

/// A cell with an error in the place of a value.
pub(crate) struct CellError {
    pub column: Arc<str>,
    /// Its place, such as `B3`.
    pub place: String,
    /// The error, such as `#N/A`.
    pub error: String,
}

pub(crate) type Rows = Box<dyn Iterator<Item = Result<Cells, CorpusError>> + Send>;

/// A table whose header has been read.
pub(crate) struct Table {
    /// The names of the columns; none for JSON Lines.
    pub header: Vec<String>,
    /// The rows behind it.
    pub rows: Rows,
}

/// A document of a table.
pub(crate) struct Row {
    pub id: String,
    pub has_integer_id: bool,
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
            return super::xlsx::open(document, file, options);
        }
        let file = DecodingReader::new(document, file, options, totals.clone())?;
        match separator(kind, file.head()) {
            Some(separator) => separated(document, file, separator, options.max_document.0),
            None => {
                let file = BufReader::with_capacity(1 << 16, file);
                let rows = json_lines::rows(document.into(), file, options, totals);
                Ok(Table { header: Vec::new(), rows: Box::new(rows) })
            }
        }
    }

    pub(super) fn new(document: &str, header: Vec<String>, rows: Rows) -> Result<Self, CorpusError> {
        let mut known = HashSet::new();
        for name in &header {
            if !name.is_empty() && !known.insert(name) {
                return Err(row_error(document, 1, TableProblem::DuplicateColumn(name.clone())));
            }
        }
        Ok(Table { header, rows })
    }

    /// The documents of the table.
    pub fn documents(self, document: String, columns: Columns) -> RowDocuments {
        RowDocuments {
            document,
            rows: self.rows,
            columns,
            sheet: None,
            number: 0,
            ids: HashSet::new(),
            error_cells: 0,
        }
    }
}

/// The columns of a table. Of CSV, TSV and Excel's tables, no more is read than the header; of JSON Lines, where each row
/// may have columns of its own, the keys of all rows, as the variables must be known before the first document is
/// written. Rows that can't be read are passed over: the error comes up again when the table is read.
pub(crate) fn columns<'a>(
    kind: Kind,
    document: &str,
    file: Box<dyn Read + Send + 'a>,
    options: &ReadOptions,
) -> Result<Header, CorpusError> {
    #[cfg(feature = "xlsx")]
    if kind == Kind::Xlsx {
        return super::xlsx::columns(document, file, options);
    }
    let file = DecodingReader::new(document, file, options, ReadTotals::default())?;
    let columns = match separator(kind, file.head()) {
        Some(separator) => {
            let rows = CsvRows::limited(file, separator, options.max_document.0)
                .map_err(|error| csv_error(document, error))?;
            rows.header().iter().map(column_name).collect()
        }
        None => json_lines::keys(document, BufReader::with_capacity(1 << 16, file), options.max_document.0),
    };
    Ok(Header { columns, ..Header::default() })
}

/// The separator of cells, for CSV and the like. Where a comma is the decimal point, programs write CSV with semicolons, and
/// some call a table with tabs so: of CSV, what separates most cells of the header.
fn separator(kind: Kind, head: &str) -> Option<u8> {
    match kind {
        Kind::JsonLines => None,
        Kind::Tsv => Some(b'\t'),
        _ => {
            let mut is_quoted = false;
            let is_in_header = |byte: &u8| {
                is_quoted ^= *byte == b'"';
                is_quoted || !matches!(byte, b'\n' | b'\r')
            };
            let header: Vec<u8> = head.trim_ascii_start().bytes().take_while(is_in_header).collect();
            let cells = |separator: &u8| {
                let mut is_quoted = false;
                let separates = |byte: &&u8| {
                    is_quoted ^= **byte == b'"';
                    !is_quoted && *byte == separator
                };
                header.iter().filter(separates).count()
            };
            // The last of several, so a comma where there is a doubt.
            [b'\t', b';', b','].into_iter().max_by_key(cells)
        }
    }
}

pub(super) fn row_error(document: &str, line: u64, problem: TableProblem) -> CorpusError {
    CorpusError::Row { document: document.into(), line, problem }
}

/// The documents of a table, one by one.
pub(crate) struct RowDocuments {
    /// The name of the table.
    pub document: String,
    pub(super) rows: Rows,
    columns: Columns,
    /// The sheet that is being read, where several are.
    sheet: Option<Arc<str>>,
    /// How many rows have been read, of this sheet.
    number: u64,
    /// Their ids.
    ids: HashSet<String>,
    /// How many cells held an error and are empty.
    pub error_cells: u64,
}

impl Iterator for RowDocuments {
    type Item = Result<Row, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = match self.rows.next()?.and_then(|row| row.whole(&self.document)) {
            Ok(row) => row,
            Err(error) => return Some(Err(error)),
        };
        if self.sheet != row.sheet {
            self.sheet = row.sheet.clone();
            self.number = 0;
        }
        self.number = self.number.saturating_add(1);
        let line = row.line;
        Some(self.document(row).map_err(|problem| match &self.sheet {
            Some(sheet) => row_error(&format!("{}#{sheet}", self.document), line, problem),
            None => row_error(&self.document, line, problem),
        }))
    }
}

impl RowDocuments {
    fn document(&mut self, row: Cells) -> Result<Row, TableProblem> {
        for CellError { column, place, error } in row.errors {
            if self.columns.is_text(&column) || self.columns.id.as_deref() == Some(&*column) {
                return Err(TableProblem::ErrorCell { place, error });
            }
            self.error_cells = self.error_cells.saturating_add(1);
        }
        let (mut text, mut id, mut variables) = (None, None, Vec::new());
        for (name, cell) in row.cells {
            if text.is_none() && self.columns.is_text(&name) {
                text = Some(cell);
            } else if self.columns.id.as_deref() == Some(&*name) {
                id = Some(composed(cell.trim()));
            } else if !name.is_empty() {
                variables.push((name, cell));
            } else if !cell.is_empty() {
                return Err(TableProblem::UnnamedCell(cell));
            }
        }
        let empty = || row.is_sparse.then(String::new);
        if self.columns.id.is_some() {
            id = id.or_else(empty);
        }
        let text = text.or_else(empty).ok_or_else(|| match &self.columns.text {
            Some(column) => TableProblem::MissingCell(column.clone()),
            None => TableProblem::NoTextCell(TEXT_COLUMNS.map(str::to_owned).into()),
        })?;
        if text.contains('\0') {
            return Err(TableProblem::Nul);
        }
        Ok(Row { id: self.id(id)?, has_integer_id: row.has_integer_id, text, variables })
    }

    /// The id of a row: that of its cell, if there is a column of ids, or its number.
    fn id(&mut self, cell: Option<String>) -> Result<String, TableProblem> {
        let on_sheet = |id: String| match &self.sheet {
            Some(sheet) => format!("{sheet}!{id}"),
            None => id,
        };
        let Some(column) = &self.columns.id else { return Ok(on_sheet(self.number.to_string())) };
        let id = cell.ok_or_else(|| TableProblem::MissingCell(column.clone()))?;
        if id.is_empty() {
            return Err(TableProblem::EmptyId(column.clone()));
        }
        let id = on_sheet(id);
        if !self.ids.insert(id.clone()) {
            return Err(TableProblem::DuplicateId { column: column.clone(), id });
        }
        Ok(id)
    }
}

/// CSV, or the same with another separator.
fn separated(
    document: &str,
    file: DecodingReader<Box<dyn Read + Send>>,
    separator: u8,
    limit: u64,
) -> Result<Table, CorpusError> {
    let mut csv = CsvRows::limited(file, separator, limit).map_err(|error| csv_error(document, error))?;
    let header: Vec<String> = csv.header().iter().map(column_name).collect();
    let names: Vec<Arc<str>> = header.iter().map(|name| name.as_str().into()).collect();
    let name = document.to_owned();
    let mut record = StringRecord::new();
    let rows = std::iter::from_fn(move || match csv.next(&mut record) {
        Ok(None) => None,
        Ok(Some(line)) => {
            let cells = names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
            Some(Ok(Cells { line, cells, ..Cells::default() }))
        }
        Err(CsvError { line, problem: CsvProblem::CellCount { cells, header } }) if cells < header => {
            let lacking = header.saturating_sub(cells);
            let cells = names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
            Some(Ok(Cells { line, cells, lacking, ..Cells::default() }))
        }
        Err(error) => Some(Err(csv_error(&name, error))),
    });
    Table::new(document, header, Box::new(rows))
}

fn csv_error(document: &str, error: CsvError) -> CorpusError {
    match error.problem {
        CsvProblem::Unreadable(source) => stream_error(document, source),
        CsvProblem::TooLong { limit } => too_long(document, error.line, limit),
        _ => {
            let (line, problem) = error.into();
            row_error(document, line, problem)
        }
    }
}

/// The error of a row that would have to be held in memory, and is longer than the limit.
pub(super) fn too_long(document: &str, line: u64, limit: u64) -> CorpusError {
    CorpusError::TooLarge { document: format!("{document}, line {line}"), size: None, limit }
}

/// The error of a table that can't be read to its end; that of decoding, if it wraps one.
pub(super) fn stream_error(document: &str, source: io::Error) -> CorpusError {
    source.downcast::<CorpusError>().unwrap_or_else(|source| CorpusError::Damaged {
        document: document.into(),
        kind: Kind::Csv,
        damage: Damage::Stream(source.to_string()),
    })
}

/// The name of a column: on one line, composed, and with what can be seen of it.
pub(super) fn column_name(name: &str) -> String {
    let is_blank = |c: char| c.is_control() || is_line_end(c);
    let seen = name.chars().filter(|c| c.is_control() || !is_invisible(*c));
    composed(seen.collect::<String>().trim()).replace(is_blank, " ")
}
