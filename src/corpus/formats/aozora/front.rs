//! What stands before a work: title, author and the legend of signs.

use super::{is_blank, is_rule};

/// The greatest number of bytes and lines that are searched for a legend.
const MAX_BYTES: usize = 16 << 10;
const MAX_LINES: usize = 30;

/// The greatest number of lines of a legend.
const MAX_LEGEND: usize = 60;

/// The offset behind the legend of signs, if a text has one.
pub(super) fn legend(text: &str) -> Option<usize> {
    let head = &text[..text.floor_char_boundary(MAX_BYTES)];
    if !["記号について", "入力者注", "：ルビ"].iter().any(|word| head.contains(word)) {
        return None;
    }
    let lines = Vec::from_iter(lines_with_ends(head).take(MAX_LINES + MAX_LEGEND));
    let first = lines.iter().take(MAX_LINES).position(|line| is_heading(line) || explains(line))?;
    let is_block = |lines: &[&str]| {
        let any = |is_one: fn(&str) -> bool| lines.iter().any(|line| is_one(line));
        any(is_heading) || any(explains) && any(is_example)
    };
    let (above, lines) = lines.split_at_checked(first)?;
    let up_to_rule = lines.split_inclusive(|line| is_rule(line)).next()?;
    let legend = if up_to_rule.last().is_some_and(|line| is_rule(line)) && is_block(up_to_rule) {
        up_to_rule
    } else {
        // No rule closes it: it goes as far as its lines do.
        lines.split(|line| !is_of_legend(line)).next()?
    };
    is_block(legend).then(|| above.iter().chain(legend).map(|line| line.len()).sum())
}

/// `【テキスト中に現れる記号について】`, as it has been written.
fn is_heading(line: &str) -> bool {
    let line = line.trim().trim_start_matches(|c: char| !c.is_alphanumeric());
    line.len() <= 80 && !line.ends_with('。') && line.starts_with("テキスト中") && line.contains("記号")
}

/// `《》：ルビ`, `｜：ルビの付く文字列の始まりを特定する記号`.
fn explains(line: &str) -> bool {
    let line = line.trim_start();
    line.contains("入力者注") && line.starts_with("［＃］")
        || ["《》", "｜", "〔〕", "／＼"]
            .iter()
            .any(|sign| line.strip_prefix(sign).is_some_and(|rest| rest.starts_with(['：', ':'])))
}

fn is_example(line: &str) -> bool {
    line.trim_start().starts_with("（例）")
}

fn is_of_legend(line: &str) -> bool {
    is_blank(line)
        || is_heading(line)
        || explains(line)
        || is_example(line)
        || line.starts_with("\u{3000}\u{3000}")
}

/// The greatest number of lines of title and author, and of characters of each.
const MAX_TITLE_LINES: usize = 8;
const MAX_TITLE: usize = 60;

/// The offset at which the work begins: behind the legend or, without any, behind title and author.
pub(super) fn end(text: &str, legend: usize) -> usize {
    let is_preceded = lines_with_ends(&text[..legend])
        .take_while(|line| !is_heading(line))
        .any(|line| !is_blank(line) && !is_rule(line) && !explains(line) && !is_example(line));
    if is_preceded {
        return legend;
    }
    let Some((title, mut behind)) = block(text, legend) else { return legend };
    let is_title = title.iter().all(|line| !is_paragraph(line) && line.chars().count() <= MAX_TITLE)
        && title.last().is_some_and(|line| !line.contains('。'))
        // Behind a legend, one line may be a heading.
        && (legend == 0 || title.len() > 1);
    if !is_title {
        return legend;
    }
    if title.len() == 1
        && let Some((author, end)) = block(text, behind)
        && let [author] = author[..]
        && is_author(author)
    {
        behind = end;
    }
    behind
}

/// The lines up to a blank one, blank ones before them left out, and the offset behind that; none at the end of the text.
fn block(text: &str, from: usize) -> Option<(Vec<&str>, usize)> {
    let mut at = from;
    let mut block = Vec::new();
    for line in lines_with_ends(&text[from..]) {
        if is_blank(line) && !block.is_empty() {
            return Some((block, at));
        }
        at = at.saturating_add(line.len());
        if !(is_blank(line) || is_rule(line)) {
            block.push(line.trim_end());
        }
        if block.len() > MAX_TITLE_LINES {
            return None;
        }
    }
    None
}

/// Whether a line is indented as a paragraph is; titles and authors are not, or far more.
fn is_paragraph(line: &str) -> bool {
    line.strip_prefix(['\u{3000}', ' ']).is_some_and(|rest| !rest.starts_with(['\u{3000}', ' ']))
}

/// Whether a line by itself below a title names an author, rather than being the first heading.
fn is_author(line: &str) -> bool {
    let name = line.trim();
    let is_figure = |c: char| c.is_numeric() || "一二三四五六七八九十序上中下壱".contains(c);
    let is_name = |c: char| c.is_alphabetic() || " \u{3000}・＝．.、，,（）()々".contains(c);
    (2..=30).contains(&name.chars().count())
        && !is_paragraph(line)
        && name.chars().all(is_name)
        && !name.chars().all(is_figure)
        && !name.starts_with("第")
        && !["序", "章", "話", "はじめに", "まえがき", "はしがき", "目次"]
            .iter()
            .any(|word| name.ends_with(word))
}

/// Lines with their ends.
fn lines_with_ends(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n')
}
