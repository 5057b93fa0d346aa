//! Rows with their columns under each other, whatever the width of their characters.

use std::io::{self, Write};

use hedgerow::messages::printable;
use unicode_width::UnicodeWidthStr;

/// A column of the terminal.
#[derive(Clone, Copy)]
pub struct Column {
    is_right_aligned: bool,
    /// Blanks before it.
    gap: usize,
    /// Its least width, in cells of the terminal: a letter takes one, kana and kanji take two.
    width: usize,
}

/// A column whose cells begin under each other.
pub fn left(gap: usize, width: usize) -> Column {
    Column { is_right_aligned: false, gap, width }
}

/// A column whose cells end under each other.
pub fn right(gap: usize, width: usize) -> Column {
    Column { is_right_aligned: true, gap, width }
}

/// Prints rows. A column is as wide as its widest cell, so that none is pushed aside. A cell is one line, whatever it holds.
pub fn print(out: &mut impl Write, columns: &[Column], rows: &[Vec<String>]) -> io::Result<()> {
    let printed = |cell: &String| printable(cell).into_owned();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(printed).collect()).collect();
    let widths: Vec<usize> = (0..columns.len())
        .map(|index| rows.iter().map(|row| row[index].width()).fold(columns[index].width, usize::max))
        .collect();
    for row in &rows {
        let mut line = String::new();
        for ((cell, column), width) in row.iter().zip(columns).zip(&widths) {
            let [gap, padding] = [column.gap, width - cell.width()].map(|blanks| " ".repeat(blanks));
            line += &match column.is_right_aligned {
                true => format!("{gap}{padding}{cell}"),
                false => format!("{gap}{cell}{padding}"),
            };
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_cells_and_half_width_kana_one() {
        let row = |cells: [&str; 3]| cells.map(String::from).to_vec();
        let rows = [row(["name", "n", "x"]), row(["可能性", "12", "y"]), row(["ｶﾉｳｾｲの表現", "3", ""])];
        let mut out = Vec::new();
        print(&mut out, &[left(0, 8), right(1, 0), left(2, 0)], &rows).unwrap();
        let expected = "name         n  x\n可能性      12  y\nｶﾉｳｾｲの表現  3\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
