//! Removes what belongs to the page and not to the text: running heads, page numbers, and rows of dot leaders.

use std::collections::HashMap;

use super::Segment;

/// A text that stands at the same height on this many pages is a running head.
const REPEATED: usize = 3;

/// So many rows at the top and at the bottom of a page may be running heads or page numbers.
const ROWS: usize = 2;

/// A row at the edge of a page: its height, and its text with a `#` for each number.
type Row = (i32, String);

/// Removes them from the pages of a document.
pub(super) fn remove(pages: &mut [Vec<Segment>]) {
    for page in pages.iter_mut() {
        remove_leaders(page);
    }
    let mut counts: HashMap<Row, usize> = HashMap::new();
    for row in pages.iter().flat_map(|page| edge_rows(page)) {
        *counts.entry(row).or_default() += 1;
    }
    let needed = REPEATED.min(pages.len().max(2));
    let heights: Vec<i32> = {
        let mut by_height: HashMap<i32, usize> = HashMap::new();
        for ((height, _), count) in counts.iter().filter(|(_, count)| **count >= needed) {
            *by_height.entry(*height).or_default() += count;
        }
        by_height
            .into_iter()
            .filter(|(_, count)| 2 * count >= pages.len())
            .map(|(height, _)| height)
            .collect()
    };
    for page in pages.iter_mut() {
        let is_furniture = |row: &Row| {
            counts.get(row).is_some_and(|count| *count >= needed)
                || heights.contains(&row.0)
                || is_page_number(&row.1)
        };
        let removed: Vec<i32> = edge_rows(page).into_iter().filter(is_furniture).map(|row| row.0).collect();
        page.retain(|segment| !removed.contains(&height(segment)));
    }
}

/// The height of a segment, in whole points.
fn height(segment: &Segment) -> i32 {
    segment.baseline.round() as i32
}

/// The first and the last rows of a page.
fn edge_rows(page: &[Segment]) -> Vec<Row> {
    let mut heights: Vec<i32> = page.iter().map(height).collect();
    heights.sort_unstable();
    heights.dedup();
    let last = heights.len().saturating_sub(ROWS).max(ROWS.min(heights.len()));
    let edges = heights[..ROWS.min(heights.len())].iter().chain(&heights[last..]);
    edges.map(|&at| (at, row_text(page.iter().filter(|segment| height(segment) == at)))).collect()
}

fn row_text<'a>(row: impl Iterator<Item = &'a Segment>) -> String {
    let mut text = String::new();
    for character in row.flat_map(|segment| segment.text.chars()).filter(|c| !c.is_whitespace()) {
        match character.is_numeric() {
            true if text.ends_with('#') => {}
            true => text.push('#'),
            false => text.push(character),
        }
    }
    text
}

/// Whether a row is nothing but a page number: `#`, `- # -`, `# / #`, `p. #`, `iv`.
fn is_page_number(row: &str) -> bool {
    let bare: String =
        row.chars().filter(|c| !matches!(c, '-' | '–' | '—' | '/' | '(' | ')' | '[' | ']')).collect();
    let is_roman = !bare.is_empty() && bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'));
    is_roman || matches!(bare.as_str(), "#" | "##" | "p.#" | "P.#" | "p#" | "#ページ" | "#頁")
}

/// Removes rows with dot leaders, which are lines of a table of contents or of an index.
fn remove_leaders(page: &mut Vec<Segment>) {
    let rows: Vec<i32> = page.iter().filter(|segment| has_leader(&segment.text)).map(height).collect();
    page.retain(|segment| !rows.contains(&height(segment)));
}

/// Whether a text has a row of five or more dots, with or without blanks between them.
fn has_leader(text: &str) -> bool {
    let mut dots = 0;
    for character in text.chars().filter(|c| !c.is_whitespace()) {
        dots = match character {
            '.' | '．' | '・' | '·' | '‥' | '…' => dots + 1,
            _ => 0,
        };
        if dots >= 5 {
            return true;
        }
    }
    false
}
