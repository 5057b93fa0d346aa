//! A sheet as a workbook: with lists to choose from, and what each column means in a note at its head.

use std::io;
use std::path::Path;

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, FormatUnderline, Formula, Note, Workbook, Worksheet, XlsxError,
};

use super::cells::{DONE, RIGHT, Row, WRONG};
use crate::catching::caught;
use crate::checking::{Item, ItemKind};
use crate::lexicon::{CategoryLabel, Stance};
use crate::messages::Language;
use crate::publishing::PublishError;
use crate::tables::{Column, SHEET, SheetCell, columns_in, sheet_header};

/// The sheet with the categories, to which a list of choices refers.
const CATEGORIES: &str = "categories";

/// The widths of columns, in digits; the others are as wide as their names.
const WIDTHS: [(&str, f64); 18] = [
    ("item", 6.0),
    ("kind", 9.0),
    ("document", 18.0),
    ("before", 30.0),
    ("left", 44.0),
    ("node", 18.0),
    ("right", 44.0),
    ("after", 30.0),
    ("marker", 14.0),
    ("stance", 10.0),
    ("category", 14.0),
    ("category_ja", 14.0),
    ("negated", 9.0),
    ("judgement", 12.0),
    ("correct_category", 18.0),
    ("correct_negated", 16.0),
    ("missed", 24.0),
    ("note", 30.0),
];

/// Columns that readers need not see: they are folded up, and a click shows them.
const FOLDED: [(&str, &str); 3] = [("id", "id"), ("line", "end"), ("stratum", "hits_in_sentence")];

/// The first column to fill.
const FIRST_TO_FILL: &str = "judgement";

/// The height of a line in points, and how many lines of a row are shown at most.
const LINE: f64 = 16.0;
const LINES: f64 = 16.0;

/// How many ranges one rule is given for.
const RANGES: usize = 64;

/// How cells look.
struct Formats {
    header: Format,
    header_to_fill: Format,
    plain: Format,
    left: Format,
    hedge: Format,
    assertive: Format,
    to_fill: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = || Format::new().set_align(FormatAlign::Top);
        let header = || Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
        let yellow = Color::RGB(0xFFF2CC);
        // Stances as the other workbooks and figures have them.
        let node = |color| {
            plain()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_font_color(Color::RGB(color))
        };
        Formats {
            header: header(),
            header_to_fill: header().set_background_color(yellow),
            plain: plain().set_text_wrap(),
            left: plain().set_text_wrap().set_align(FormatAlign::Right),
            hedge: node(0x0072B2),
            assertive: node(0xD55E00).set_underline(FormatUnderline::Single),
            to_fill: plain().set_text_wrap().set_background_color(yellow).set_border(FormatBorder::Hair),
        }
    }

    fn of(&self, column: &str, item: &Item) -> &Format {
        match (column, &item.coding) {
            ("left", Some(_)) => &self.left,
            ("node", Some(coding)) if coding.stance == Stance::Hedge => &self.hedge,
            ("node", Some(_)) => &self.assertive,
            _ => &self.plain,
        }
    }
}

/// Writes items as a workbook, to a file of any name. `variable` is the one by which was stratified; notes are in a language.
///
/// # Errors
/// A file that can't be written.
pub fn write_workbook(
    path: &Path,
    variable: Option<&str>,
    items: &[Item],
    categories: &[CategoryLabel],
    language: Language,
) -> Result<(), PublishError> {
    let header = sheet_header(variable);
    let writing = Writing { header: &header, items, categories, language, formats: Formats::new() };
    let failed = |error: io::Error| PublishError::write(path, error);
    // The package panics where a temporary file can't be written.
    let written = caught(|| writing.write(path).map_err(|error| failed(io::Error::other(error))));
    written.unwrap_or_else(|reason| Err(failed(io::Error::other(reason))))
}

struct Writing<'a> {
    header: &'a [String],
    items: &'a [Item],
    categories: &'a [CategoryLabel],
    language: Language,
    formats: Formats,
}

impl Writing<'_> {
    fn write(&self, path: &Path) -> Result<(), XlsxError> {
        let mut workbook = Workbook::new();
        // The same for the same items, so without the day.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_author("Hedgerow").set_creation_datetime(&created));
        self.fill(workbook.add_worksheet())?;
        self.fill_categories(workbook.add_worksheet())?;
        workbook.save(path)
    }

    fn column(&self, name: &str) -> u16 {
        let index = self.header.iter().position(|column| column == name);
        index.and_then(|index| index.try_into().ok()).unwrap_or_default()
    }

    fn fill(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(SHEET)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        self.fill_header(sheet)?;
        let first = usize::from(self.column(FIRST_TO_FILL));
        for (row, item) in (1..).zip(self.items) {
            sheet.set_row_height(row, height(item))?;
            for (index, (column, cell)) in self.header.iter().zip(Row::of(item).cells()).enumerate() {
                let is_to_fill = index >= first;
                let format = if is_to_fill { &self.formats.to_fill } else { self.formats.of(column, item) };
                let at = u16::try_from(index).unwrap_or(u16::MAX);
                match cell {
                    SheetCell::Empty | SheetCell::Text("") => sheet.write_blank(row, at, format)?,
                    SheetCell::Text(text) => sheet.write_string_with_format(row, at, text, format)?,
                    SheetCell::Whole(number) => {
                        sheet.write_number_with_format(row, at, number as f64, format)?
                    }
                    SheetCell::Decimal(number) => sheet.write_number_with_format(row, at, number, format)?,
                    SheetCell::Truth(truth) => sheet.write_boolean_with_format(row, at, truth, format)?,
                };
            }
        }
        self.add_choices(sheet)?;
        let last_row = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let last = u16::try_from(self.header.len()).unwrap_or(u16::MAX).saturating_sub(1);
        sheet.autofilter(0, 0, last_row, last)?;
        Ok(())
    }

    fn fill_header(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let first = self.column(FIRST_TO_FILL);
        for (index, name) in (0_u16..).zip(self.header) {
            let format = if index < first { &self.formats.header } else { &self.formats.header_to_fill };
            sheet.write_string_with_format(0, index, name, format)?;
            let known = WIDTHS.iter().find(|(column, _)| column == name).map(|(_, width)| *width);
            sheet.set_column_width(index, known.unwrap_or(width(name) + 3.0))?;
            if let Some(text) = self.definition(name) {
                let lines = u32::try_from(text.chars().count() / 20).unwrap_or_default().saturating_add(3);
                let note = Note::new(text).add_author_prefix(false).set_width(300);
                sheet.insert_note(0, index, &note.set_height(lines.saturating_mul(16)))?;
            }
        }
        for (from, to) in FOLDED {
            sheet.group_columns_collapsed(self.column(from), self.column(to))?;
        }
        Ok(())
    }

    /// What is said of a column; of the variable, what is said of all.
    fn definition(&self, name: &str) -> Option<&'static str> {
        let own = |column: &&Column| column.table == SHEET;
        let named =
            |name: &str| columns_in(self.language).iter().filter(own).find(|column| column.column == name);
        named(name).or_else(|| named("(variables)")).map(|column| column.definition.as_str())
    }

    /// Gives the cells to fill their lists.
    fn add_choices(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let list = |choices: &[&str]| DataValidation::new().allow_list_strings(choices);
        let (hits, sentences) = (self.rows_of(ItemKind::Hit), self.rows_of(ItemKind::Sentence));
        choose(sheet, self.column("judgement"), &hits, &list(&[RIGHT, WRONG])?)?;
        choose(sheet, self.column("judgement"), &sentences, &list(&[DONE])?)?;
        choose(sheet, self.column("correct_negated"), &hits, &list(&["true", "false"])?)?;
        if !self.categories.is_empty() {
            let last = self.categories.len().saturating_add(1);
            let categories = Formula::new(format!("={CATEGORIES}!$A$2:$A${last}"));
            // Their Japanese terms will do as well.
            let list = DataValidation::new().allow_list_formula(categories);
            let list = list.set_error_style(DataValidationErrorStyle::Information);
            choose(sheet, self.column("correct_category"), &hits, &list)?;
        }
        Ok(())
    }

    /// The rows of the items of a kind, as ranges.
    fn rows_of(&self, kind: ItemKind) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for (row, _) in (1_u32..).zip(self.items).filter(|(_, item)| item.kind == kind) {
            match ranges.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(row) => *last = row,
                _ => ranges.push((row, row)),
            }
        }
        ranges
    }

    fn fill_categories(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(CATEGORIES)?.set_freeze_panes(1, 0)?;
        for (index, name) in (0_u16..).zip(["category", "category_ja", "stance"]) {
            sheet
                .write_string_with_format(0, index, name, &self.formats.header)?
                .set_column_width(index, 24)?;
        }
        for (row, label) in (1..).zip(self.categories) {
            sheet.write_string(row, 0, &*label.name)?.write_string(row, 1, &*label.term)?;
            sheet.write_string(row, 2, label.stance.name())?;
        }
        Ok(())
    }
}

/// How high a row must be to show the texts of an item: not every program finds out by itself.
fn height(item: &Item) -> f64 {
    let Item { before, left, node, right, after, document, .. } = item;
    let texts =
        [("document", document), ("before", before), ("left", left), ("node", node), ("right", right)];
    let lines = texts.into_iter().chain([("after", after)]).map(|(column, text)| {
        let column = WIDTHS.iter().find(|(name, _)| *name == column).map_or(1.0, |(_, width)| *width);
        // Lines are broken between words, and before a full stop.
        let of_line = |line: &str| (width(line) * 1.1 / column).ceil().max(1.0);
        text.lines().map(of_line).sum::<f64>()
    });
    lines.fold(1.0, f64::max).min(LINES) * LINE
}

/// How wide a text is, in digits.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum()
}

/// Gives the cells of a column in some rows a list.
fn choose(
    sheet: &mut Worksheet,
    column: u16,
    rows: &[(u32, u32)],
    list: &DataValidation,
) -> Result<(), XlsxError> {
    for ranges in rows.chunks(RANGES) {
        let range = |(first, last): &(u32, u32)| {
            format!("{}:{}", row_col_to_cell(*first, column), row_col_to_cell(*last, column))
        };
        let all: Vec<String> = ranges.iter().map(range).collect();
        if let Some((first, last)) = ranges.first() {
            let list = list.clone().set_multi_range(all.join(" "));
            sheet.add_data_validation(*first, column, *last, column, &list)?;
        }
    }
    Ok(())
}
