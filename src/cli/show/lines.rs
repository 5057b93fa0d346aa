//! Lines of a search, the nodes under each other (KWIC).

use std::io;

use hedgerow::messages::printable;
use hedgerow::tables::SearchLine;
use unicode_width::UnicodeWidthStr;

use super::wrapping::{begun, ended};
use crate::cli::terminal::{Output, Style};

/// Blanks on either side of a node, by which it is seen.
const GAP: &str = "  ";

/// Prints lines: where the line is, its left context, its node, its right context.
pub fn print(out: &mut impl Output, lines: &[SearchLine]) -> io::Result<()> {
    let width = out.columns();
    let places: Vec<String> = lines.iter().map(place).collect();
    let widest = |cells: &mut dyn Iterator<Item = usize>, most: usize| cells.max().unwrap_or(0).min(most);
    let place_width = widest(&mut places.iter().map(|place| place.width()), width / 4);
    let nodes: Vec<String> = lines.iter().map(|line| shown(&line.node)).collect();
    let node_width = widest(&mut nodes.iter().map(|node| node.width()), width / 3);
    let rest = width.saturating_sub(place_width + node_width + 3 * GAP.len());
    let (left_width, right_width) = (rest / 2, rest - rest / 2);
    for ((line, place), node) in lines.iter().zip(&places).zip(&nodes) {
        let place = padded(&ended(place, place_width), place_width, false);
        let left = padded(&ended(&shown(&line.left), left_width), left_width, true);
        // What a node leaves of its width belongs to what follows.
        let node = begun(node, node_width);
        let right = begun(&shown(&line.right), right_width + node_width - node.width());
        write!(out, "{place}{GAP}{left}{GAP}")?;
        out.paint(Style::Header, &node)?;
        let end = format!("{GAP}{right}");
        writeln!(out, "{}", end.trim_end())?;
    }
    Ok(())
}

fn place(line: &SearchLine) -> String {
    format!("{}:{}", printable(&line.document), line.line)
}

/// A text on one line; where it stood on several, a blank is between them.
fn shown(text: &str) -> String {
    printable(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}

fn padded(text: &str, width: usize, is_right_aligned: bool) -> String {
    let padding = " ".repeat(width.saturating_sub(text.width()));
    if is_right_aligned { padding + text } else { text.to_owned() + &padding }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::terminal::Terminal;

    #[test]
    fn nodes_are_under_each_other_and_lines_within_the_width() {
        let line = |document: &str, left: &str, node: &str, right: &str| SearchLine {
            document: document.into(),
            line: 3,
            left: left.into(),
            node: node.into(),
            right: right.into(),
            ..SearchLine::default()
        };
        let long = "長い文の中で".repeat(20);
        let lines = [
            line("a.txt", "犬が", "走る", "。"),
            line(&long, &long, "走っ", &long),
            line("\u{1b}[31m", "ｶﾅ\n", &long, ""),
            line("b.txt", "", "run", "."),
        ];
        for width in [40, 80, 121] {
            let mut out = Terminal::kept(false, width);
            print(&mut out, &lines).unwrap();
            let printed = out.printed();
            assert!(printed.lines().all(|line| line.width() <= width), "{width}\n{printed}");
            assert!(!printed.contains('\u{1b}'));
            let column = |line: &str, node: &str| line.split(node).next().unwrap().width();
            let rows: Vec<&str> = printed.lines().collect();
            let first = column(rows[0], "走る");
            assert_eq!((column(rows[1], "走っ"), column(rows[3], "run")), (first, first), "{printed}");
        }
    }
}
