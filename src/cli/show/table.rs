//! Rows with their columns under each other, whatever the width of their characters.

use std::io;

use hedgerow::lexicon::Stance;
use hedgerow::messages::printable;
use unicode_width::UnicodeWidthStr;

use super::wrapping::shortened;
use crate::cli::terminal::{Output, Style};

/// A name is not made shorter than this to let a row fit.
const LEAST: usize = 5;

/// A column of the terminal.
#[derive(Clone, Copy)]
pub struct Column {
    is_right_aligned: bool,
    /// Whether its cells may be shortened, as they stand in full in the tables.
    is_name: bool,
    /// Blanks before it.
    gap: usize,
    /// Its least width, in cells of the terminal: a letter takes one, kana and kanji take two.
    width: usize,
}

/// A column whose cells begin under each other.
pub fn left(gap: usize, width: usize) -> Column {
    Column { is_right_aligned: false, is_name: false, gap, width }
}

/// A column whose cells end under each other.
pub fn right(gap: usize, width: usize) -> Column {
    Column { is_right_aligned: true, is_name: false, gap, width }
}

impl Column {
    /// The same column, of names, or under a name: they are shortened in the middle where a row would be too long.
    pub fn of_names(self) -> Column {
        Column { is_name: true, ..self }
    }
}

/// A row.
pub struct Row {
    cells: Vec<String>,
    style: Option<Style>,
}

impl Row {
    /// The names of the columns.
    pub fn header(cells: Vec<String>) -> Self {
        Row { cells, style: Some(Style::Header) }
    }

    /// A row of which nothing is painted.
    pub fn plain(cells: Vec<String>) -> Self {
        Row { cells, style: None }
    }

    /// A row whose first cell has the colour of a stance.
    pub fn of(stance: Stance, cells: Vec<String>) -> Self {
        Row { cells, style: Some(style(stance)) }
    }
}

/// How a stance is painted.
pub fn style(stance: Stance) -> Style {
    match stance {
        Stance::Hedge => Style::Hedge,
        Stance::Assertive => Style::Assertive,
    }
}

/// The columns that rows take.
pub fn width(columns: &[Column], rows: &[Row]) -> usize {
    widths(columns, rows).iter().sum::<usize>() + gaps(columns)
}

fn gaps(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.gap).sum()
}

/// A column is as wide as its widest cell, so that none is pushed aside.
fn widths(columns: &[Column], rows: &[Row]) -> Vec<usize> {
    let cells = |index: usize| rows.iter().filter_map(move |row| row.cells.get(index));
    let width = |(index, column): (usize, &Column)| {
        cells(index).map(|cell| printable(cell).width()).fold(column.width, usize::max)
    };
    columns.iter().enumerate().map(width).collect()
}

/// Columns whose rows fit, with their widths: where they would not, without the blanks for the looks of it, and names as short
/// as need be.
fn fitting(columns: &[Column], rows: &[Row], room: usize) -> (Vec<Column>, Vec<usize>) {
    if width(columns, rows) <= room {
        return (columns.to_vec(), widths(columns, rows));
    }
    let narrow = |column: &Column| Column { width: 0, gap: column.gap.min(1), ..*column };
    let columns: Vec<Column> = columns.iter().map(narrow).collect();
    let mut widths = widths(&columns, rows);
    shorten(&columns, &mut widths, room);
    (columns, widths)
}

/// Takes from the widest column of names until a row fits.
fn shorten(columns: &[Column], widths: &mut [usize], room: usize) {
    while widths.iter().sum::<usize>() + gaps(columns) > room {
        let names =
            columns.iter().zip(&mut *widths).filter(|(column, width)| column.is_name && **width > LEAST);
        match names.max_by_key(|(_, width)| **width) {
            Some((_, width)) => *width -= 1,
            None => return,
        }
    }
}

/// Prints rows. A cell is one line, whatever it holds.
pub fn print(out: &mut impl Output, columns: &[Column], rows: &[Row]) -> io::Result<()> {
    let (columns, widths) = fitting(columns, rows, out.columns());
    for row in rows {
        // Blanks are printed before what follows them, so that none stand at the end of a line.
        let mut blanks = 0;
        for (index, ((cell, column), width)) in row.cells.iter().zip(&columns).zip(&widths).enumerate() {
            let cell = printable(cell);
            let cell = if column.is_name { shortened(&cell, *width) } else { cell.into_owned() };
            let padding = width.saturating_sub(cell.width());
            blanks += column.gap + if column.is_right_aligned { padding } else { 0 };
            if !cell.is_empty() {
                write!(out, "{}", " ".repeat(blanks))?;
                blanks = 0;
                match row.style {
                    Some(style) if style == Style::Header || index == 0 => out.paint(style, &cell)?,
                    _ => write!(out, "{cell}")?,
                }
            }
            blanks += if column.is_right_aligned { 0 } else { padding };
        }
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::terminal::Terminal;

    fn row(cells: [&str; 3]) -> Row {
        Row::plain(cells.map(String::from).to_vec())
    }

    #[test]
    fn wide_characters_take_two_cells_and_half_width_kana_one() {
        let rows = [row(["name", "n", "x"]), row(["可能性", "12", "y"]), row(["ｶﾉｳｾｲの表現", "3", ""])];
        let mut out = Terminal::kept(false, 80);
        print(&mut out, &[left(0, 8), right(1, 0), left(2, 0)], &rows).unwrap();
        assert_eq!(out.printed(), "name         n  x\n可能性      12  y\nｶﾉｳｾｲの表現  3\n");
    }

    #[test]
    fn names_are_shortened_so_that_a_row_fits_and_figures_are_not() {
        let rows = [row(["独立行政法人国立病院機構", "1234567890", "x"]), row(["a", "1", "y"])];
        let mut out = Terminal::kept(false, 24);
        print(&mut out, &[left(0, 0).of_names(), right(1, 0), left(1, 0)], &rows).unwrap();
        let blanks = " ".repeat(20);
        assert_eq!(out.printed(), format!("独立行…機構 1234567890 x\na{blanks}1 y\n"));
    }

    #[test]
    fn a_stance_has_its_colour_in_the_first_cell_alone() {
        let mut out = Terminal::kept(true, 80);
        let cells = |first: &str| vec![first.into(), "2".into()];
        let rows = [Row::header(cells("n")), Row::of(Stance::Assertive, cells("a"))];
        print(&mut out, &[left(0, 0), right(1, 0)], &rows).unwrap();
        assert_eq!(out.printed(), "\u{1b}[1mn\u{1b}[0m \u{1b}[1m2\u{1b}[0m\n\u{1b}[38;5;166ma\u{1b}[0m 2\n");
    }
}
