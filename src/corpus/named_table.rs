//! A table that is no corpus: variables, or a coding by readers. It is read as a table of documents is.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::catching::caught;
use super::formats::{CellError, Form, Kind, Table};
use super::hashing::ReadTotals;
use super::limits::{Limits, read_whole};
use super::{CorpusError, ReadOptions, SheetChoice, TableProblem};
use crate::digest::sha256;
use crate::text::composed;

/// What an empty cell is reckoned at, in bytes: an eighth of what it takes.
const CELL: u64 = 3;

/// Whether the rows of a CSV may have fewer cells than its header. Excel leaves out the separators of empty cells at the ends of rows,
/// sixteen rows at a time; a row that was damaged looks the same, which a table that is filled in shows by what its cells must say.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RowEnds {
    Whole,
    MayLack,
}

/// A table, read in full.
pub(crate) struct NamedTable {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The line of each row, from 1, and its cells, one for each column.
    pub rows: Vec<(u64, Vec<String>)>,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

impl NamedTable {
    /// Reads a file. Its encoding is detected; what the options say of the documents is asked where that fails.
    pub fn read(path: &Path, options: &ReadOptions) -> Result<Self, CorpusError> {
        NamedTable::of_file(path, options, RowEnds::Whole)
    }

    /// The same of a table that spreadsheets have filled in: rows may lack cells at their ends, which are empty.
    pub fn read_filled_in(path: &Path, options: &ReadOptions) -> Result<Self, CorpusError> {
        NamedTable::of_file(path, options, RowEnds::MayLack)
    }

    fn of_file(path: &Path, options: &ReadOptions, ends: RowEnds) -> Result<Self, CorpusError> {
        let (name, bytes) = (path.display().to_string(), read_file(path, options)?);
        caught(&name, || NamedTable::from_bytes(&name, &bytes, options, ends))?
    }

    /// Reads the contents of a file; what its extension does not say is CSV.
    pub fn from_bytes(
        name: &str,
        bytes: &[u8],
        options: &ReadOptions,
        ends: RowEnds,
    ) -> Result<Self, CorpusError> {
        let detected = ReadOptions { encoding: None, ..options.clone() };
        match NamedTable::decode(name, bytes, &detected, ends) {
            Err(CorpusError::Ambiguous { .. } | CorpusError::UnknownEncoding { .. })
                if options.encoding.is_some() =>
            {
                NamedTable::decode(name, bytes, options, ends)
            }
            read => read,
        }
    }

    fn decode(name: &str, bytes: &[u8], options: &ReadOptions, ends: RowEnds) -> Result<Self, CorpusError> {
        let form = Form::of(Path::new(name)).filter(|form| form.kind.is_table());
        let Form { kind, compression } = form.unwrap_or(Form { kind: Kind::Csv, compression: None });
        let file = Cursor::new(bytes.to_vec());
        let file: Box<dyn Read + Send> = match compression {
            None => Box::new(file),
            Some(compression) => compression.decompress(file, Limits::of(options)),
        };
        // A choice of sheets is one for the documents.
        let options = ReadOptions { sheet: SheetChoice::FirstVisible, ..options.clone() };
        let Table { mut header, rows } = Table::open(kind, name, file, &options, ReadTotals::default())?;
        let mut columns: HashMap<Arc<str>, usize> = HashMap::new();
        for (index, column) in header.iter().enumerate() {
            columns.insert(column.as_str().into(), index);
        }
        let mut lines = Vec::new();
        // A row takes memory for all columns, those of later rows as well.
        let limit = options.max_document.0;
        let too_large = || CorpusError::TooLarge { document: name.into(), size: None, limit };
        let fits = |rows: usize, columns: usize| {
            let bytes = (rows as u64).saturating_mul(columns as u64).saturating_mul(CELL);
            if bytes > limit { Err(too_large()) } else { Ok(()) }
        };
        for row in rows {
            fits(lines.len(), header.len())?;
            let row = match ends {
                RowEnds::Whole => row.and_then(|row| row.whole(name))?,
                RowEnds::MayLack => row?,
            };
            if let Some(CellError { place, error, .. }) = row.errors.into_iter().next() {
                let problem = TableProblem::ErrorCell { place, error };
                return Err(CorpusError::Row { document: name.into(), line: row.line, problem });
            }
            let mut cells = vec![String::new(); header.len()];
            for (position, (column, cell)) in row.cells.into_iter().enumerate() {
                // Cells of JSON Lines come with their keys, all others in the order of the header.
                let index = match header.get(position) {
                    Some(name) if **name == *column => position,
                    _ => *columns.entry(column).or_insert_with_key(|column| {
                        header.push(column.to_string());
                        header.len().saturating_sub(1)
                    }),
                };
                if cells.len() <= index {
                    cells.resize(header.len(), String::new());
                }
                if let Some(known) = cells.get_mut(index) {
                    *known = cell;
                }
            }
            lines.push((row.line, cells));
        }
        fits(lines.len(), header.len())?;
        for (_, cells) in &mut lines {
            cells.resize(header.len(), String::new());
        }
        Ok(NamedTable { header, rows: lines, sha256: sha256(bytes) })
    }
}

/// The bytes of a file that is held in memory as a whole.
pub(crate) fn read_file(path: &Path, options: &ReadOptions) -> Result<Vec<u8>, CorpusError> {
    let limit = options.max_document.0;
    let bytes = File::open(path).and_then(|file| read_whole(file, 0, limit));
    let bytes = bytes.map_err(|source| CorpusError::TableUnreadable { path: path.into(), source })?;
    bytes.ok_or_else(|| CorpusError::TooLarge { document: path.display().to_string(), size: None, limit })
}

/// The name of a document in a cell, as the documents have it. Programs on Windows separate folders by a backslash.
pub(crate) fn document_name(cell: &str) -> String {
    composed(&cell.replace('\\', "/"))
}
