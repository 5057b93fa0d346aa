//! A sheet of items that are to be judged by hand.

use std::path::Path;

use super::TableError;
use super::columns;
use super::table_writer::TableWriter;

/// The name of the table in the columns data.
pub const SHEET: &str = "sheet";

/// A cell of a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SheetCell<'a> {
    /// Nothing, as there is nothing to say or the cell is to be filled.
    Empty,
    /// A text.
    Text(&'a str),
    /// A count.
    Whole(u64),
    /// A share.
    Decimal(f64),
    /// true or false.
    Truth(bool),
}

/// The names of a sheet's columns, with that of the variable.
pub fn sheet_header(variable: Option<&str>) -> Vec<String> {
    columns::header(SHEET, variable.map(str::to_owned).as_slice())
}

/// Writes a sheet as CSV, to a file of any name.
///
/// # Errors
/// A file that can't be written.
pub fn write_sheet<'a, R: IntoIterator<Item = SheetCell<'a>>>(
    path: &Path,
    variable: Option<&str>,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), TableError> {
    let mut table = TableWriter::create_at(path.into(), SHEET, variable.map(str::to_owned).as_slice())?;
    for row in rows {
        for cell in row {
            match cell {
                SheetCell::Empty => table.text("")?,
                SheetCell::Text(text) => table.text(text)?,
                SheetCell::Whole(count) => table.value(count)?,
                SheetCell::Decimal(share) => table.rate(Some(share))?,
                SheetCell::Truth(truth) => table.value(truth)?,
            }
        }
        table.end_row()?;
    }
    table.finish().map(drop)
}
