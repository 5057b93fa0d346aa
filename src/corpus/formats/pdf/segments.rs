//! Segments: what stands on one line of a column or of a table's cell.

use super::glyphs::Run;
use crate::text::characters::is_japanese;

/// A stretch of a line, without a wide gap in it. Lengths are in points; where a page is written vertically, it is turned
/// so that lines run to the right and follow each other downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub text: String,
    pub left: f32,
    pub right: f32,
    /// Greater is higher on the page.
    pub baseline: f32,
    /// Of its font.
    pub size: f32,
}

/// A gap within a line that is wider than this, in sizes of the font, separates columns or cells.
const COLUMN_GAP: f32 = 1.8;

/// A gap that is wider than this, in sizes of the font, is a blank between words of an alphabet.
const WORD_GAP: f32 = 0.15;

/// The same text again, nearer than this to its first place, in sizes of the font, is bold print.
const DRAWN_TWICE: f32 = 0.15;

/// The segments of a page from top to bottom and, within a line, from left to right.
pub(super) fn segments(runs: &[Run]) -> Vec<Segment> {
    let characters = |vertical| {
        runs.iter().filter(|run| run.is_vertical == vertical).map(|run| run.text.len()).sum::<usize>()
    };
    let is_vertical = characters(true) > characters(false);
    let mut pieces: Vec<Segment> = runs.iter().filter_map(|run| piece(run, is_vertical)).collect();
    pieces.sort_by(|a, b| b.baseline.total_cmp(&a.baseline));
    let mut segments = Vec::new();
    let mut rest = pieces.as_slice();
    while let Some(first) = rest.first() {
        // Ruby, note marks and other fonts stand a little higher or lower.
        let length = rest
            .iter()
            .take_while(|piece| first.baseline - piece.baseline < 0.5 * first.size.min(piece.size))
            .count();
        let (row, below) = rest.split_at(length);
        segments.extend(segments_of_row(row));
        rest = below;
    }
    segments
}

fn piece(run: &Run, is_vertical: bool) -> Option<Segment> {
    let text: String = run.text.chars().filter(|c| !c.is_control()).collect();
    if text.trim().is_empty() {
        return None;
    }
    let [start, end] =
        [run.start, run.end].map(|point| if is_vertical { (-point.y, point.x) } else { (point.x, point.y) });
    let size = run.size as f32;
    Some(Segment {
        text,
        left: start.0.min(end.0) as f32,
        right: start.0.max(end.0) as f32,
        baseline: start.1 as f32,
        size,
    })
}

/// The segments of a row of pieces.
fn segments_of_row(row: &[Segment]) -> Vec<Segment> {
    let mut row = row.to_vec();
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    row.dedup_by(|again, first| {
        again.text == first.text && again.left - first.left < DRAWN_TWICE * first.size
    });
    let mut segments: Vec<Segment> = Vec::new();
    for piece in row {
        match segments.last_mut() {
            Some(last) if piece.left - last.right < COLUMN_GAP * last.size.max(piece.size) => {
                append(last, piece)
            }
            _ => segments.push(piece),
        }
    }
    segments
}

fn append(last: &mut Segment, next: Segment) {
    let gap = next.left - last.right;
    let (before, behind) = (last.text.chars().next_back(), next.text.chars().next());
    let are_latin = [before, behind].into_iter().flatten().all(|c| !is_japanese(c) && !c.is_whitespace());
    if are_latin && gap > WORD_GAP * last.size {
        last.text.push(' ');
    }
    last.text.push_str(&next.text);
    // Small print within a line does not make it small.
    if next.size > last.size {
        last.size = next.size;
        last.baseline = next.baseline;
    }
    last.right = last.right.max(next.right);
}
