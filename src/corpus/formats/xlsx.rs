//! Excel's tables: the first sheet, its first row the names of the columns.

use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};

use super::archive::is_a_bomb;
use super::table::{Cells, Table, column_name};
use crate::corpus::CorpusError;

/// Opens a table of Excel's.
pub(super) fn open(document: &str, mut file: Box<dyn Read + Send>) -> Result<Table, CorpusError> {
    let damaged = |message: String| CorpusError::Damaged {
        document: document.into(),
        message: format!("this is no Excel table ({message}); save it as .xlsx or .csv"),
    };
    let mut bytes = Vec::new();
    let unreadable = |source| CorpusError::Unreadable { document: document.into(), source };
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    if is_a_bomb(&bytes) {
        return Err(damaged("it grows out of all proportion when it is unpacked".into()));
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let sheet = book.worksheet_range_at(0).ok_or_else(|| damaged("without a sheet".into()))?;
    let sheet = sheet.map_err(|error| damaged(error.to_string()))?;
    let (first, width) = (sheet.start().map_or(0, |(row, _)| row), sheet.width());
    let header: Vec<String> = match sheet.rows().next() {
        Some(row) => row.iter().map(|cell| column_name(&text(cell))).collect(),
        None => Vec::new(),
    };
    let names: Vec<Arc<str>> = header.iter().map(|name| name.as_str().into()).collect();
    let mut at = 0;
    let rows = std::iter::from_fn(move || {
        loop {
            at += 1;
            if at >= sheet.height() {
                return None;
            }
            let row: Vec<&Data> = (0..width).filter_map(|column| sheet.get((at, column))).collect();
            // Rows that were emptied stay in the file.
            if row.iter().all(|cell| **cell == Data::Empty) {
                continue;
            }
            let cells = names.iter().cloned().zip(row.into_iter().map(text)).collect();
            return Some(Ok(Cells { line: u64::from(first) + at as u64 + 1, cells }));
        }
    });
    Table::new(document, header, Box::new(rows))
}

/// A cell as it would be typed: whole numbers without a point, dates as 2026-01-31.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        // Excel writes the line ends within a cell so, where it must.
        Data::String(text) => text.replace("_x000D_", ""),
        cell => cell.to_string(),
    }
}
