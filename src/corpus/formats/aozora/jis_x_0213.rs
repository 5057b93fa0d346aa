//! The characters of JIS X 0213 by plane, row and cell, by which Aozora Bunko describes those that Shift_JIS lacks.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The cells of each row that has any; `〓` where a cell is empty, `␣` for a blank.
static ROWS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let rows = include_str!("jis_x_0213.txt").lines().filter_map(|line| line.split_once('\t'));
    rows.map(|(row, cells)| (row, cells.split(' ').collect())).collect()
});

/// The character (two code points for some kana) at `1-84-80`.
pub(super) fn character(code: &str) -> Option<&'static str> {
    let (row, cell) = code.rsplit_once('-')?;
    let cell = cell.parse::<usize>().ok()?.checked_sub(1)?;
    ROWS.get(row)?.get(cell).copied().map(|cell| if cell == "␣" { "\u{3000}" } else { cell })
}

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn rows_and_cells_count_from_one() {
        for (code, expected) in [
            ("1-1-1", Some("\u{3000}")),
            ("1-1-2", Some("、")),
            ("1-16-1", Some("亜")),
            ("1-13-21", Some("Ⅰ")),
            ("1-1-52", Some("《")),
            ("1-84-80", Some("捥")),
            ("2-1-1", Some("𠂉")),
            ("2-94-86", Some("𪚲")),
            ("1-4-87", Some("か\u{309a}")),
            ("1-95-1", None),
            ("1-1-0", None),
            ("3-1-1", None),
            ("1-1-99", None),
        ] {
            assert_eq!(character(code), expected, "{code}");
        }
    }
}
