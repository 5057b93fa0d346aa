//! Excel's tables: the first sheet, its first row the header.

use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx, XlsxError};

use super::Kind;
use super::members::check_growth;
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
        cell => cell.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A workbook of one sheet with these rows. Style 1 is that of dates, style 2 of dates with a time.
    fn workbook(rows: &str) -> Vec<u8> {
        let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
        };
        let relations = |relations: String| {
            format!("<Relationships xmlns=\"{package}/relationships\">{relations}</Relationships>")
        };
        let parts = [
            ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>")),
            ("_rels/.rels", relations(relation("r0", "officeDocument", "xl/workbook.xml"))),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook {main} xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                relations(relation("r1", "worksheet", "sheet.xml") + &relation("r2", "styles", "styles.xml")),
            ),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet {main}><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
                ),
            ),
            ("xl/sheet.xml", format!("<worksheet {main}><sheetData>{rows}</sheetData></worksheet>")),
        ];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in parts {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(part.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn word(place: &str, text: &str) -> String {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }

    fn number(place: &str, style: u32, value: &str) -> String {
        format!("<c r=\"{place}\" s=\"{style}\"><v>{value}</v></c>")
    }

    fn row(line: u32, cells: &[String]) -> String {
        format!("<row r=\"{line}\">{}</row>", cells.concat())
    }

    type Line = (u64, Vec<(String, String)>);

    /// The header, and the lines and cells of the rows.
    fn rows(sheet: &str) -> (Vec<String>, Vec<Line>) {
        let bytes = workbook(sheet);
        let table = open("a.xlsx", &bytes[..]).unwrap();
        assert_eq!(columns("a.xlsx", &bytes[..]).unwrap(), table.header);
        let rows = table.rows.map(|row| {
            let Cells { line, cells } = row.unwrap();
            (line, cells.into_iter().map(|(name, text)| (name.to_string(), text)).collect())
        });
        (table.header, rows.collect())
    }

    fn cells(cells: &[(&str, &str)]) -> Vec<(String, String)> {
        cells.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect()
    }

    #[test]
    fn lines_are_those_of_the_sheet() {
        // Rows 1, 2 and 6 are empty; row 5 was emptied, as was the cell in C7.
        let sheet = [
            row(2, &["<c r=\"B2\" s=\"1\"/>".into()]),
            row(3, &[word("B3", "text"), word("C3", " n ")]),
            row(4, &[word("B4", "犬"), number("C4", 0, "1")]),
            row(5, &["<c r=\"B5\"/>".into(), "<c r=\"C5\"/>".into()]),
            row(7, &[word("B7", "猫"), "<c r=\"C7\"/>".into()]),
        ];
        let (header, rows) = rows(&sheet.concat());
        assert_eq!(header, ["", "text", "n"]);
        let expected = [
            (4, cells(&[("", ""), ("text", "犬"), ("n", "1")])),
            (7, cells(&[("", ""), ("text", "猫"), ("n", "")])),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn cells_are_as_they_would_be_typed() {
        let sheet = [
            row(1, &[word("A1", "text")]),
            row(2, &[number("A2", 1, "46053")]),
            row(3, &[number("A3", 2, "46053.5")]),
            row(4, &[number("A4", 2, "46053.000694444446")]),
            row(5, &[number("A5", 0, "46053")]),
            row(6, &[number("A6", 0, "0.5")]),
            row(7, &[word("A7", "一_x000D_\n二")]),
            row(9, &[word("A9", "_x005F_x000D_")]),
            row(8, &["<c r=\"A8\" t=\"b\"><v>1</v></c>".into()]),
        ];
        let (_, rows) = rows(&sheet.concat());
        let texts: Vec<&str> = rows.iter().map(|(_, cells)| cells[0].1.as_str()).collect();
        let dates = ["2026-01-31", "2026-01-31 12:00:00", "2026-01-31 00:01:00"];
        assert_eq!(texts, [&dates[..], &["46053", "0.5", "一\r\n二", "_x000D_", "true"]].concat());
    }

    #[test]
    fn cells_far_apart_take_no_memory_for_those_between() {
        let sheet = [
            row(1, &[word("A1", "text")]),
            row(2, &[word("A2", "犬"), word("XFD2", "x")]),
            row(1_048_576, &[word("A1048576", "猫")]),
        ];
        let (header, rows) = rows(&sheet.concat());
        assert_eq!(header, ["text"]);
        // A cell outside the header has no name.
        let expected = [(2, cells(&[("text", "犬"), ("", "x")])), (1_048_576, cells(&[("text", "猫")]))];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_workbook_that_is_none_is_an_error() {
        for bytes in [&b"x"[..], b"", &workbook("")[..200]] {
            for error in [open("a", bytes).err(), columns("a", bytes).err()] {
                assert!(matches!(error, Some(CorpusError::Damaged { kind: Kind::Xlsx, .. })), "{error:?}");
            }
        }
        let (header, rows) = rows("");
        assert!(header.is_empty() && rows.is_empty());
    }
}
