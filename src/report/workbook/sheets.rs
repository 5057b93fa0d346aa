//! The sheets of the tables.

use rust_xlsxwriter::{Note, Workbook, Worksheet, XlsxError};

use super::cells::{Formats, Kind, cut, note, place, width};
use crate::messages::Language;
use crate::report::{ReportError, Words};
use crate::tables::{Column as TableColumn, ReadTable, RowReader, RunTables, columns_in};

/// The narrowest and the widest column, in digits.
const WIDTHS: [usize; 2] = [8, 44];

/// How many places of cut cells are told.
const PLACES: usize = 10;

/// A sheet that was written.
pub(super) struct Listed {
    pub name: String,
    pub rows: u32,
}

/// Cells whose text was cut.
#[derive(Default)]
pub(super) struct CutCells {
    pub cells: u64,
    /// Where the first of them are.
    pub places: Vec<String>,
}

/// The sheets of a workbook, one table after the other.
pub(super) struct Sheets<'a> {
    workbook: &'a mut Workbook,
    /// How many rows a sheet has below its header.
    most: u32,
    /// What columns hold, in the language of the tables.
    definitions: Vec<Definition>,
    formats: Formats,
    /// How a text ends that was cut.
    mark: String,
    listed: Vec<Listed>,
    cut: CutCells,
}

/// A column of a sheet.
struct Column {
    name: String,
    kind: Kind,
    note: Option<String>,
    look: Look,
    width: usize,
}

/// Which format the cells of a column have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    /// What stands before a node.
    Left,
    /// That of the stance of the row.
    Stance,
    /// The node of a search.
    Node,
}

/// What a column holds.
pub(super) struct Definition {
    table: String,
    column: String,
    unit: String,
    text: String,
}

impl Definition {
    /// What `columns.csv` of a run says.
    pub fn of_run(tables: RunTables) -> Result<Vec<Self>, ReportError> {
        let columns = ReadTable::read(tables, "columns")?;
        let mut definitions = Vec::new();
        for row in columns.rows() {
            let cells = columns.cells(row, ["table", "column", "unit", "definition"])?;
            let [table, column, unit, text] = cells.map(str::to_owned);
            definitions.push(Definition { table, column, unit, text });
        }
        Ok(definitions)
    }

    /// What this program says of the columns of a table.
    pub fn of_table(table: &str, language: Language) -> Vec<Self> {
        let own = columns_in(language).iter().filter(|column| column.table == table).cloned();
        let definition = |TableColumn { table, column, unit, definition: text, .. }| Definition {
            table,
            column,
            unit,
            text,
        };
        own.map(definition).collect()
    }
}

impl<'a> Sheets<'a> {
    pub fn new(workbook: &'a mut Workbook, definitions: Vec<Definition>, words: Words, most: u32) -> Self {
        Sheets {
            workbook,
            most,
            definitions,
            formats: Formats::new(),
            mark: words.of("workbook.cut_mark"),
            listed: Vec::new(),
            cut: CutCells::default(),
        }
    }

    /// Adds the sheet of a table, or its sheets, if it has more rows than one can hold: `concordance`, `concordance_2` …
    pub fn add(
        &mut self,
        table: &str,
        mut rows: RowReader,
        failed: impl Fn(XlsxError) -> ReportError,
    ) -> Result<(), ReportError> {
        let mut columns = self.columns(table, &rows);
        let stance = columns.iter().position(|column| column.name == "stance");
        let mut number = 1_u32;
        let mut sheet = self.begin(table, number, &columns).map_err(&failed)?;
        let mut row = 0;
        while rows.next_row()? {
            if row == self.most {
                self.end(sheet, row, &columns).map_err(&failed)?;
                number = number.saturating_add(1);
                sheet = self.begin(table, number, &columns).map_err(&failed)?;
                row = 0;
            }
            row = row.saturating_add(1);
            let stance = stance.map_or("", |column| rows.cell(column)).to_owned();
            for ((at, index), column) in (0..).zip(0_u16..).zip(&mut columns) {
                let text = rows.text(at);
                column.width = column.width.max(width(text));
                let cell =
                    Cell { row, column: index, text, kind: column.kind, look: column.look, stance: &stance };
                self.write(&mut sheet, cell).map_err(&failed)?;
            }
        }
        self.end(sheet, row, &columns).map_err(failed)
    }

    /// The sheets, in order, and the cells that were cut.
    pub fn finish(self) -> (Vec<Listed>, CutCells) {
        (self.listed, self.cut)
    }

    fn columns(&self, table: &str, rows: &RowReader) -> Vec<Column> {
        let mut columns = Vec::new();
        for name in rows.names() {
            let look = match (table, name) {
                ("concordance" | "search", "left") => Look::Left,
                ("concordance", "node" | "stance") => Look::Stance,
                ("search", "node") => Look::Node,
                _ => Look::Plain,
            };
            let width = width(name).saturating_add(3).max(WIDTHS[0]);
            let note = self.note(table, name);
            columns.push(Column { name: name.to_owned(), kind: Kind::of(table, name), note, look, width });
        }
        columns
    }

    /// What is said of a column; of a variable, what is said of all.
    fn note(&self, table: &str, column: &str) -> Option<String> {
        let named =
            |name: &str| self.definitions.iter().find(|known| known.table == table && known.column == name);
        let definition = named(column).or_else(|| named("(variables)"))?;
        Some(note(&definition.text, &definition.unit).into_owned())
    }

    fn begin(&mut self, table: &str, number: u32, columns: &[Column]) -> Result<Worksheet, XlsxError> {
        let mut sheet = self.workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(match number {
            1 => table.to_owned(),
            number => format!("{table}_{number}"),
        })?;
        sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        for (index, column) in (0..).zip(columns) {
            sheet.write_string_with_format(0, index, &column.name, &self.formats.header)?;
            if let Some(text) = &column.note {
                let lines = u32::try_from(width(text) / 40).unwrap_or_default().saturating_add(3);
                let note = Note::new(text).add_author_prefix(false).set_width(300);
                sheet.insert_note(0, index, &note.set_height(lines.saturating_mul(16)))?;
            }
        }
        Ok(sheet)
    }

    fn end(&mut self, mut sheet: Worksheet, rows: u32, columns: &[Column]) -> Result<(), XlsxError> {
        for (index, column) in (0..).zip(columns) {
            sheet.set_column_width(index, column.width.min(WIDTHS[1]) as f64)?;
        }
        let last = u16::try_from(columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        sheet.autofilter(0, 0, rows, last)?;
        self.listed.push(Listed { name: sheet.name(), rows });
        self.workbook.push_worksheet(sheet);
        Ok(())
    }

    /// Writes a cell; an empty one stays empty. A text is never a formula, so it needs no mark before it.
    fn write(&mut self, sheet: &mut Worksheet, cell: Cell) -> Result<(), XlsxError> {
        let Cell { row, column, text, kind, look, stance } = cell;
        if text.is_empty() {
            return Ok(());
        }
        let number =
            (kind == Kind::Number).then(|| text.parse::<f64>().ok().filter(|number| number.is_finite()));
        if let Some(number) = number.flatten() {
            return sheet.write_number(row, column, number).map(drop);
        }
        if let (Kind::Truth, Ok(truth)) = (kind, text.parse::<bool>()) {
            return sheet.write_boolean(row, column, truth).map(drop);
        }
        let shortened = cut(text, &self.mark);
        if shortened.is_some() {
            self.cut.cells = self.cut.cells.saturating_add(1);
            if self.cut.places.len() < PLACES {
                self.cut.places.push(place(&sheet.name(), row, column));
            }
        }
        let text = shortened.as_deref().unwrap_or(text);
        match look {
            Look::Plain => sheet.write_string(row, column, text),
            Look::Left => sheet.write_string_with_format(row, column, text, &self.formats.left),
            Look::Stance => sheet.write_string_with_format(row, column, text, self.formats.stance(stance)),
            Look::Node => sheet.write_string_with_format(row, column, text, &self.formats.node),
        }
        .map(drop)
    }
}

/// A cell of a table.
struct Cell<'a> {
    row: u32,
    column: u16,
    text: &'a str,
    kind: Kind,
    look: Look,
    /// The stance of its row.
    stance: &'a str,
}
