//! Excel's tables: a sheet, its first row the header.

use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{Data, DataRef, Reader, Sheet, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::table::{CellError, Cells, Header, Table, column_name, has_columns, row_error, stream_error};
use super::xlsx_bounds::{COLUMNS, ROWS};
use super::{Kind, xlsx_bounds, xlsx_dates};
use crate::corpus::limits::{Limits, read_whole};
use crate::corpus::{CorpusError, Damage, ReadOptions, SheetChoice, TableProblem};

/// A row of a sheet: its number, from 1, and the cells that are not empty, by index of the column.
type Row = (u32, Vec<(u32, Cell)>);

enum Cell {
    Text(Box<str>),
    /// An error, such as `#N/A`, in the place of a value.
    Error(Box<str>),
}

/// What a cell takes at least, in bytes.
const CELL: u64 = 16;

impl Cell {
    fn shown(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Error(text) => text,
        }
    }
}

/// The sheets of a workbook that are read.
struct Book {
    sheets: Vec<SheetRows>,
    /// The names of those that are not, though they hold something.
    passed_over: Vec<String>,
}

struct SheetRows {
    name: String,
    header: Vec<String>,
    rows: Vec<Row>,
}

/// Reads a table.
pub(super) fn open(document: &str, file: impl Read, options: &ReadOptions) -> Result<Table, CorpusError> {
    let book = read(document, file, usize::MAX, options)?;
    let header = header_of(&book);
    let is_all = options.sheet == SheetChoice::All;
    let rows = book.sheets.into_iter().flat_map(move |SheetRows { name, header, rows }| {
        let sheet: Option<Arc<str>> = is_all.then(|| name.into());
        let names: Vec<Arc<str>> = header.iter().map(|name| name.as_str().into()).collect();
        rows.into_iter().skip(1).map(move |row| Ok(cells(&names, row, sheet.clone())))
    });
    Table::new(document, header, Box::new(rows))
}

/// A row with the names of its columns.
fn cells(names: &[Arc<str>], (line, row): Row, sheet: Option<Arc<str>>) -> Cells {
    let mut cells = Cells { line: line.into(), sheet, is_sparse: true, ..Cells::default() };
    let unnamed: Arc<str> = "".into();
    for (column, cell) in row {
        let column = column as usize;
        let name = names.get(column).unwrap_or(&unnamed);
        match cell {
            Cell::Text(text) => cells.cells.push((Arc::clone(name), text.into())),
            Cell::Error(error) => {
                let place = format!("{}{line}", letters(column));
                cells.errors.push(CellError { column: Arc::clone(name), place, error: error.into() });
            }
        }
    }
    cells
}

/// The letters of a column, by its index from 0.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(column);
    while let Some(index) = rest {
        letters.extend(('A'..='Z').nth(index % 26));
        rest = (index / 26).checked_sub(1);
    }
    letters.iter().rev().collect()
}

/// The header alone, and the names of sheets that are not read: the rows behind it are not parsed.
pub(super) fn columns(document: &str, file: impl Read, options: &ReadOptions) -> Result<Header, CorpusError> {
    let book = read(document, file, 1, options)?;
    Ok(Header { columns: header_of(&book), sheets_passed_over: book.passed_over })
}

/// The columns of all sheets, in the order of their first occurrence.
fn header_of(book: &Book) -> Vec<String> {
    match &book.sheets[..] {
        [sheet] => sheet.header.clone(),
        sheets => {
            let mut known = HashSet::new();
            let names = sheets.iter().flat_map(|sheet| &sheet.header);
            names.filter(|name| known.insert(*name)).cloned().collect()
        }
    }
}

/// The first rows of the sheets that the options choose.
fn read(document: &str, file: impl Read, most: usize, options: &ReadOptions) -> Result<Book, CorpusError> {
    let damaged = |damage| CorpusError::damaged(document, Kind::Xlsx, damage);
    let limits = Limits::of(options);
    let too_large = || Damage::TooLarge { size: None, limit: limits.document };
    let bytes = read_whole(file, 0, limits.document).map_err(|error| stream_error(document, error))?;
    let bytes = bytes.ok_or_else(too_large).map_err(damaged)?;
    xlsx_bounds::check(&bytes, limits).map_err(damaged)?;
    // As in an archive, what is held in common must not grow beyond measure where it is read.
    let mut left = limits.document.min(limits.unpacked(bytes.len() as u64));
    let mut workbook =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(Damage::Parser(error.to_string())))?;
    let sheets: Vec<Sheet> = workbook.sheets_metadata().to_vec();
    let tables = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let is_visible = |sheet: &&Sheet| sheet.visible == SheetVisible::Visible;
    let chosen: Vec<&Sheet> = match &options.sheet {
        // One of which none is visible was made by a program.
        SheetChoice::FirstVisible => {
            tables().find(is_visible).or_else(|| tables().next()).into_iter().collect()
        }
        SheetChoice::All => tables().filter(is_visible).collect(),
        SheetChoice::Named(name) => {
            let named = tables().find(|sheet| sheet.name == *name).ok_or_else(|| {
                let sheets = tables().map(|sheet| sheet.name.clone()).collect();
                row_error(document, 1, TableProblem::MissingSheet { sheet: name.clone(), sheets })
            })?;
            vec![named]
        }
    };
    if chosen.is_empty() {
        return Err(damaged(Damage::NoSheet));
    }
    let mut book = Book { sheets: Vec::new(), passed_over: Vec::new() };
    for sheet in tables() {
        let is_chosen = chosen.iter().any(|chosen| chosen.name == sheet.name);
        let rows = rows(&mut workbook, &sheet.name, if is_chosen { most } else { 1 }, &mut left);
        match rows {
            Ok(rows) if is_chosen => {
                let header = header(&rows);
                book.sheets.push(SheetRows { name: sheet.name.clone(), header, rows });
            }
            Err(RowsError::TooLarge) => return Err(damaged(too_large())),
            Err(RowsError::Outside(place)) if is_chosen => return Err(damaged(Damage::CellOutside(place))),
            Err(RowsError::Parser(error)) if is_chosen => {
                return Err(damaged(Damage::Parser(error.to_string())));
            }
            Ok(rows) if rows.is_empty() => {}
            _ => book.passed_over.push(sheet.name.clone()),
        }
    }
    if options.sheet == SheetChoice::All {
        // Of several sheets, those are read that have the text.
        let (with_text, without): (Vec<_>, Vec<_>) =
            book.sheets.into_iter().partition(|sheet| has_columns(&sheet.header, options));
        if with_text.is_empty() {
            book.sheets = without;
        } else {
            book.sheets = with_text;
            let without = without.into_iter().filter(|sheet| !sheet.rows.is_empty());
            book.passed_over.extend(without.map(|sheet| sheet.name));
        }
    }
    Ok(book)
}

fn header(rows: &[Row]) -> Vec<String> {
    let Some((_, row)) = rows.first() else { return Vec::new() };
    let mut header = Vec::new();
    for (column, cell) in row {
        header.resize(*column as usize, String::new());
        header.push(column_name(cell.shown()));
    }
    header
}

/// Why the rows of a sheet can't be read.
enum RowsError {
    Parser(XlsxError),
    /// A cell beyond the last of a sheet.
    Outside(String),
    /// More than may be held in memory.
    TooLarge,
}

impl From<XlsxError> for RowsError {
    fn from(error: XlsxError) -> Self {
        RowsError::Parser(error)
    }
}

/// The first rows of a sheet that have a cell that is not empty. (calamine's own ranges hold every cell between the first
/// and the last, so that two cells far apart fill the memory.)
fn rows(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    most: usize,
    left: &mut u64,
) -> Result<Vec<Row>, RowsError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let styles = cells.styles().to_vec();
    let mut rows: Vec<Row> = Vec::new();
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        // Rows and cells that were emptied stay in the file.
        if *cell.get_value() == DataRef::Empty {
            continue;
        }
        // Cells that don't say where they are come one behind the other, however many.
        if row >= ROWS || column >= COLUMNS {
            return Err(RowsError::Outside(format!("{}{}", letters(column as usize), u64::from(row) + 1)));
        }
        let line = row.saturating_add(1);
        if rows.last().is_none_or(|(last, _)| *last != line) {
            if rows.len() == most {
                break;
            }
            if let Some((_, row)) = rows.last_mut() {
                row.shrink_to_fit();
            }
            rows.push((line, Vec::new()));
        }
        let text = match cell.get_value() {
            DataRef::String(text) => text.len(),
            DataRef::SharedString(text) => text.len(),
            _ => 0,
        };
        *left = left.checked_sub(CELL.saturating_add(text as u64)).ok_or(RowsError::TooLarge)?;
        if let Some((_, row)) = rows.last_mut() {
            row.push((column, cell_of(&Data::from(cell.get_value().clone()), styles.get(style))));
        }
    }
    for (_, row) in &mut rows {
        row.sort_by_key(|(column, _)| *column);
        row.dedup_by_key(|(column, _)| *column);
    }
    Ok(rows)
}

/// A cell as it would be typed: whole numbers without a decimal point, dates as 2026-01-31.
fn cell_of(value: &Data, style: Option<&Style>) -> Cell {
    match value {
        Data::Error(error) => Cell::Error(error.to_string().into()),
        Data::DateTime(date) => {
            Cell::Text(xlsx_dates::text(date, style.and_then(|style| style.number_format.as_ref())).into())
        }
        Data::DateTimeIso(date) => Cell::Text(date.trim_end_matches("T00:00:00").replace('T', " ").into()),
        value => Cell::Text(value.to_string().into()),
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
                    "<styleSheet {main}><numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>\
                     <numFmt numFmtId=\"165\" formatCode=\"[mm]:ss\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/>\
                     <xf numFmtId=\"20\"/><xf numFmtId=\"46\"/><xf numFmtId=\"31\"/><xf numFmtId=\"33\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>\
                     <xf numFmtId=\"21\"/></cellXfs></styleSheet>"
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
        let options = ReadOptions::default();
        let table = open("a.xlsx", &bytes[..], &options).unwrap();
        assert_eq!(columns("a.xlsx", &bytes[..], &options).unwrap().columns, table.header);
        let rows = table.rows.map(|row| {
            let Cells { line, cells, .. } = row.unwrap();
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
        let expected = [(4, cells(&[("text", "犬"), ("n", "1")])), (7, cells(&[("text", "猫")]))];
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
        let dates = ["2026-01-31", "2026-01-31 12:00", "2026-01-31 00:01"];
        assert_eq!(texts, [&dates[..], &["46053", "0.5", "一\r\n二", "_x000D_", "true"]].concat());
    }

    #[test]
    fn dates_times_and_durations_are_as_their_format_shows_them() {
        for (style, value, expected) in [
            (1, "46053.5", "2026-01-31"),
            (3, "0.375", "09:00"),
            (3, "46053.5", "12:00"),
            (9, "0.3757", "09:01:00"),
            (4, "1.5", "36:00:00"),
            (4, "-0.5", "-12:00:00"),
            (8, "0.5", "12:00:00"),
            (5, "46053", "2026-01-31"),
            (6, "0.5", "12:00:00"),
            (7, "46053", "2026-01-31"),
        ] {
            let (_, rows) = rows(&(row(1, &[word("A1", "text")]) + &row(2, &[number("A2", style, value)])));
            assert_eq!(rows[0].1[0].1, expected, "{style} {value}");
        }
        let iso = |value: &str| format!("<c r=\"A2\" t=\"d\"><v>{value}</v></c>");
        for (value, expected) in
            [("2026-01-31T00:00:00", "2026-01-31"), ("2026-01-31T12:30:00", "2026-01-31 12:30:00")]
        {
            let (_, rows) = rows(&(row(1, &[word("A1", "text")]) + &row(2, &[iso(value)])));
            assert_eq!(rows[0].1[0].1, expected);
        }
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702, 16_383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
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
            for error in [
                open("a", bytes, &ReadOptions::default()).err(),
                columns("a", bytes, &ReadOptions::default()).err(),
            ] {
                assert!(matches!(error, Some(CorpusError::Damaged { kind: Kind::Xlsx, .. })), "{error:?}");
            }
        }
        let (header, rows) = rows("");
        assert!(header.is_empty() && rows.is_empty());
    }
}
