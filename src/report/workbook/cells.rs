//! Cells: what of a table becomes a number, a truth value or a text.

use std::borrow::Cow;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::tables::columns;

/// The most UTF-16 units of a text that Excel keeps in a cell.
const LONGEST: usize = 32_767;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Truth,
}

impl Kind {
    /// That of a column of a table. Variables are text, whatever they look like: `001` is no number.
    pub fn of(table: &str, column: &str) -> Self {
        let known = columns().iter().find(|known| known.table == table && known.column == column);
        match known.map_or("text", |known| known.kind.as_str()) {
            "integer" | "decimal" => Kind::Number,
            "true or false" => Kind::Truth,
            _ => Kind::Text,
        }
    }
}

/// How cells look.
pub(super) struct Formats {
    pub heading: Format,
    pub header: Format,
    pub plain: Format,
    /// What stands before the node, so that nodes are in one line.
    pub left: Format,
    pub hedge: Format,
    pub assertive: Format,
    /// The node of a search, which has no stance.
    pub node: Format,
}

impl Formats {
    /// Stances have the colours of the figures, and a second mark for those who don't tell them apart.
    pub fn new() -> Self {
        let node =
            |color| Format::new().set_bold().set_align(FormatAlign::Center).set_font_color(Color::RGB(color));
        Formats {
            heading: Format::new().set_bold().set_font_size(14),
            header: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            plain: Format::new(),
            left: Format::new().set_align(FormatAlign::Right),
            hedge: node(0x0072B2),
            assertive: node(0xD55E00).set_underline(FormatUnderline::Single),
            node: node(0x00785A),
        }
    }

    /// That of a marker's stance, by its name in the tables.
    pub fn stance(&self, stance: &str) -> &Format {
        match stance {
            "hedge" => &self.hedge,
            "assertive" => &self.assertive,
            _ => &self.plain,
        }
    }
}

/// A text as a cell can hold it: one that is too long is cut, and ends in `mark`. None where nothing had to be cut.
pub(super) fn cut(text: &str, mark: &str) -> Option<String> {
    // A UTF-16 unit has a byte or more.
    if text.len() <= LONGEST || units(text) <= LONGEST {
        return None;
    }
    let room = LONGEST.saturating_sub(units(mark));
    let mut used = 0_usize;
    let kept = text.chars().take_while(|character| {
        used = used.saturating_add(character.len_utf16());
        used <= room
    });
    Some(kept.collect::<String>() + mark)
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// How wide a text is shown, in digits: the longest of its lines.
pub(super) fn width(text: &str) -> usize {
    let of_line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    text.lines().map(of_line).max().unwrap_or_default()
}

/// Where a cell is: `documents!C2`.
pub(super) fn place(sheet: &str, row: u32, column: u16) -> String {
    format!("{sheet}!{}", rust_xlsxwriter::utility::row_col_to_cell(row, column))
}

/// The note at the head of a column: what it holds, and in which unit.
pub(super) fn note<'a>(definition: &'a str, unit: &str) -> Cow<'a, str> {
    match unit {
        "" => definition.into(),
        unit => format!("{definition}\n[{unit}]").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_excel_would_refuse_it() {
        for (text, kept) in [
            ("犬".repeat(LONGEST), None),
            ("犬".repeat(LONGEST + 1), Some("犬".repeat(LONGEST - 2) + "[]")),
            ("𠮷".repeat(LONGEST / 2), None),
            // A character of two units is not divided.
            ("𠮷".repeat(LONGEST / 2 + 1), Some("𠮷".repeat((LONGEST - 2) / 2) + "[]")),
            (String::new(), None),
        ] {
            assert_eq!(cut(&text, "[]"), kept);
        }
    }

    #[test]
    fn numbers_are_those_of_the_program_alone() {
        assert_eq!(Kind::of("documents", "tokens"), Kind::Number);
        assert_eq!(Kind::of("documents", "hedge_share"), Kind::Number);
        assert_eq!(Kind::of("concordance", "negated"), Kind::Truth);
        assert_eq!(Kind::of("documents", "year"), Kind::Text);
        assert_eq!(Kind::of("groups", "group"), Kind::Text);
    }
}
