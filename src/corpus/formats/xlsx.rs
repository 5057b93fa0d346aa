//! Excel's tables: the first sheet, its first row the header.

use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx, XlsxError};

use super::Kind;
use super::archive::check_growth;
use super::table::{Cells, Table, column_name};
use crate::corpus::limits::Limits;
use crate::corpus::{CorpusError, Damage};

/// A row of a sheet: its number, from 1, and the cells that are not empty, by index of the column.
type Row = (u32, Vec<(usize, String)>);

/// Reads a table.
pub(super) fn open(document: &str, file: impl Read) -> Result<Table, CorpusError> {
    let rows = read(document, file, usize::MAX)?;
    let header = header(&rows);
    let names: Vec<Arc<str>> = header.iter().map(|name| name.as_str().into()).collect();
    let rows = rows.into_iter().skip(1).map(move |(line, row)| {
        let mut texts = row.into_iter().peekable();
        let mut cells: Vec<(Arc<str>, String)> = Vec::with_capacity(names.len());
        for (column, name) in names.iter().enumerate() {
            let text = texts.next_if(|(other, _)| *other == column).map(|(_, text)| text);
            cells.push((Arc::clone(name), text.unwrap_or_default()));
        }
        cells.extend(texts.map(|(_, text)| (Arc::from(""), text)));
        Ok(Cells { line: line.into(), cells })
    });
    Table::new(document, header, Box::new(rows))
}

/// The header alone: the rows behind it are not parsed.
pub(super) fn columns(document: &str, file: impl Read) -> Result<Vec<String>, CorpusError> {
    read(document, file, 1).map(|rows| header(&rows))
}

fn header(rows: &[Row]) -> Vec<String> {
    let Some((_, row)) = rows.first() else { return Vec::new() };
    let mut header = vec![String::new(); row.last().map_or(0, |(column, _)| column + 1)];
    for (column, text) in row {
        header[*column] = column_name(text);
    }
    header
}

/// The first rows of the first sheet that have a cell that is not empty. (calamine's own ranges hold every cell between
/// the first and the last, so that two cells far apart fill the memory.)
fn read(document: &str, mut file: impl Read, most: usize) -> Result<Vec<Row>, CorpusError> {
    let damaged = |damage| CorpusError::Damaged { document: document.into(), kind: Kind::Xlsx, damage };
    let parser = |error: XlsxError| damaged(Damage::Parser(error.to_string()));
    let mut bytes = Vec::new();
    let unreadable = |source| CorpusError::Unreadable { document: document.into(), source };
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    check_growth(&bytes, Limits::default()).map_err(damaged)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(parser)?;
    let sheet = book.sheet_names().first().cloned().ok_or_else(|| damaged(Damage::NoSheet))?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(parser)?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(parser)? {
        let (row, column) = cell.get_position();
        let value = Data::from(cell.get_value().clone());
        // Rows and cells that were emptied stay in the file.
        if value == Data::Empty {
            continue;
        }
        let line = row + 1;
        if rows.last().is_none_or(|(last, _)| *last != line) {
            if rows.len() == most {
                break;
            }
            rows.push((line, Vec::new()));
        }
        if let Some((_, row)) = rows.last_mut() {
            row.push((column as usize, text(&value)));
        }
    }
    for (_, row) in &mut rows {
        row.sort_by_key(|(column, _)| *column);
        row.dedup_by_key(|(column, _)| *column);
    }
    Ok(rows)
}

/// A cell as it would be typed: whole numbers without a decimal point, dates as 2026-01-31.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        // Excel escapes the carriage returns of line ends within a cell.
        Data::String(text) => text.replace("_x000D_", ""),
        cell => cell.to_string(),
    }
}
