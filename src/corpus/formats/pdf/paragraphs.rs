//! Joins the lines of a paragraph.

use super::Segment;
use crate::text::characters::is_japanese;

/// Lines of a paragraph, one below the other.
struct Block {
    lines: Vec<Segment>,
}

/// The text of a document's pages: paragraphs, headings, items of lists and cells of tables, a line each.
pub(super) fn text(pages: &[Vec<Segment>]) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    // The last line of the page before, and where its lines end.
    let mut open: Option<(Segment, f32)> = None;
    for page in pages {
        let blocks = blocks(page);
        for (index, block) in blocks.iter().enumerate() {
            let edge = right_edge(block, page);
            for (line, paragraph) in lines(block, edge).into_iter().enumerate() {
                let goes_on = match (&open, index, line) {
                    (Some((last, edge)), 0, 0) => goes_on_overleaf(last, &paragraph[0], *edge),
                    _ => false,
                };
                let joined = joined(paragraph);
                match paragraphs.last_mut() {
                    Some(last) if goes_on => join(last, &joined),
                    _ => paragraphs.push(joined),
                }
            }
            open = block.lines.last().map(|last| (last.clone(), edge));
        }
    }
    paragraphs.iter().flat_map(|paragraph| [paragraph.as_str(), "\n"]).collect()
}

/// The blocks of a page: each line goes to the block that it stands right below, if there is one.
fn blocks(page: &[Segment]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in page {
        let above = blocks.iter_mut().rev().take(OPEN_BLOCKS).find(|block| {
            let last = &block.lines[block.lines.len() - 1];
            is_below(line, last)
        });
        match above {
            Some(block) => block.lines.push(line.clone()),
            None => blocks.push(Block { lines: vec![line.clone()] }),
        }
    }
    blocks
}

/// A line is compared with the last lines of this many blocks, as many as a row of a table may have.
const OPEN_BLOCKS: usize = 12;

/// Whether a line stands right below another and begins about where it does.
fn is_below(line: &Segment, above: &Segment) -> bool {
    let size = line.size.max(above.size);
    let distance = above.baseline - line.baseline;
    (line.size - above.size).abs() < 0.1 * size
        && distance > 0.5 * size
        && distance < 2.1 * size
        && (line.left - above.left).abs() < 3.5 * size
}

/// Where the lines of a block end: at the rightmost edge that some lines of its column share, as a single one may stick
/// out; at that of its own longest line, if there is none.
fn right_edge(block: &Block, page: &[Segment]) -> f32 {
    let size = block.lines[0].size;
    let left = block.lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let is_alike =
        |line: &&Segment| (line.left - left).abs() < 4.0 * size && (line.size - size).abs() < 0.1 * size;
    let mut ends: Vec<f32> = page.iter().filter(is_alike).map(|line| line.right).collect();
    ends.sort_by(f32::total_cmp);
    let shared = ends.windows(SHARED_EDGE).rev().find(|ends| ends[SHARED_EDGE - 1] - ends[0] < size);
    let own = || block.lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
    shared.map_or_else(own, |ends| ends[SHARED_EDGE - 1])
}

/// So many lines share the edge of a column.
const SHARED_EDGE: usize = 3;

/// The lines of each paragraph of a block.
fn lines(block: &Block, edge: f32) -> Vec<&[Segment]> {
    let mut start = 0;
    let mut paragraphs = Vec::new();
    for next in 1..block.lines.len() {
        if !goes_on(&block.lines[start..next], &block.lines[next], edge) {
            paragraphs.push(&block.lines[start..next]);
            start = next;
        }
    }
    paragraphs.push(&block.lines[start..]);
    paragraphs
}

/// What is narrower, in sizes of its font, is no line of running text but a label or a cell.
const NARROW: f32 = 8.0;

/// Whether a paragraph goes on with a line: the line before is full, and the indentation is that of a paragraph.
fn goes_on(paragraph: &[Segment], next: &Segment, edge: f32) -> bool {
    let last = &paragraph[paragraph.len() - 1];
    let is_narrow = last.right - last.left < NARROW * last.size;
    if is_narrow || !is_full(last, next, edge) || begins_item(&next.text) {
        return false;
    }
    let indent = (next.left - last.left) / next.size;
    match paragraph {
        _ if indent.abs() < 0.4 => true,
        // The first line of a paragraph is indented, or the others hang.
        [first] => indent < 0.0 || begins_item(&first.text),
        _ => false,
    }
}

fn goes_on_overleaf(last: &Segment, next: &Segment, edge: f32) -> bool {
    let size = last.size.max(next.size);
    let ends = last.text.trim_end().ends_with(['。', '．', '！', '？', '：', ':']);
    !ends
        && (last.size - next.size).abs() < 0.1 * size
        && (next.left - last.left).abs() < 3.5 * size
        && is_full(last, next, edge)
        && !begins_item(&next.text)
}

/// Whether what the next line begins with would not have fitted into this one.
fn is_full(line: &Segment, next: &Segment, edge: f32) -> bool {
    let characters = next.text.chars().count().max(1) as f32;
    let first = next.text.trim_start().chars().next().map_or(1, |first| {
        if is_japanese(first) {
            // A character and the punctuation that may not begin a line, or a part of a justified line's stretch.
            return 2;
        }
        next.text.trim_start().chars().take_while(|&c| !c.is_whitespace() && !is_japanese(c)).count() + 1
    });
    let width = (next.right - next.left) / characters * first as f32;
    line.right + width.max(1.2 * line.size) > edge
}

/// Whether a line begins as an item of a list does.
fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered =
        rest.len() < text.len() && rest.len() + 3 >= text.len() && rest.starts_with(['.', ')', '．', '）']);
    is_numbered || text.starts_with(BULLETS)
}

const BULLETS: [char; 22] = [
    '•', '・', '‣', '◦', '●', '○', '◎', '■', '□', '◆', '◇', '▪', '▫', '▶', '▷', '★', '☆', '※', '–', '—', '✓',
    '➢',
];

fn joined(lines: &[Segment]) -> String {
    let mut text = String::new();
    for line in lines {
        join(&mut text, &line.text);
    }
    text
}

/// Appends a line; words of an alphabet are separated.
fn join(text: &mut String, line: &str) {
    text.truncate(text.trim_end().len());
    let line = line.trim();
    let is_word = |c: Option<char>| c.is_some_and(|c| !is_japanese(c) && !is_wide_punctuation(c));
    if is_word(text.chars().next_back()) && is_word(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

fn is_wide_punctuation(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}
