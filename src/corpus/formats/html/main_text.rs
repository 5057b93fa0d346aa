//! Which lines of a page are its main text: all but what stands around it on every page of a site.
//!
//! A block is looked at more closely for its element, its role or a word of its id or class, but what has the look of prose
//! is dropped for none of these words: clinics call their treatments `menu`. Of what is left, lists of links go.

use dom_query::{LocalName, local_name};

use super::elements::{Word, is_about_cookies};
use super::outline::{Block, Line, Outline};
use crate::text::is_end_mark;

/// From how many Japanese characters on sentences are a paragraph rather than a remark.
const PARAGRAPH: usize = 40;

/// What a block holds, with the blocks in it; in Japanese characters.
#[derive(Debug, Clone, Copy, Default)]
struct Contents {
    japanese: usize,
    linked: usize,
    /// Of lines that end in a full stop or hold one, and are no links.
    prose: usize,
    /// How many such lines there are.
    prose_lines: usize,
    /// How many lines are headings of the first rank.
    titles: usize,
}

impl Contents {
    #[expect(clippy::arithmetic_side_effects, reason = "parts of one page add up to at most its length")]
    fn add(&mut self, other: Contents) {
        self.japanese += other.japanese;
        self.linked += other.linked;
        self.prose += other.prose;
        self.prose_lines += other.prose_lines;
        self.titles += other.titles;
    }

    fn of(line: &Line, text: &str, is_title: bool) -> Self {
        let is_prose = !is_link(line) && text.contains(is_end_mark);
        Contents {
            japanese: line.japanese,
            linked: line.linked,
            prose: if is_prose { line.japanese } else { 0 },
            prose_lines: usize::from(is_prose),
            titles: usize::from(is_title && !is_link(line)),
        }
    }

    /// Whether at least this part, in hundredths, of the text is links.
    fn is_linked(self, hundredths: usize) -> bool {
        self.linked > 0 && self.linked.saturating_mul(100) >= self.japanese.saturating_mul(hundredths)
    }

    /// Whether it is sentences in the main, with few links.
    fn is_prose(self) -> bool {
        self.prose >= self.japanese.div_ceil(2) && self.has_prose(1)
    }

    /// Whether it has sentences of so many characters at least, and few links.
    fn has_prose(self, least: usize) -> bool {
        self.prose >= least && self.linked < self.japanese.div_ceil(4)
    }
}

/// By index of the line: whether it belongs to the main text.
pub(super) fn main_lines(page: &Outline) -> Vec<bool> {
    let contents = contents(page);
    let whole = contents.first().copied().unwrap_or_default();
    // By index of the block: whether it is kept, and whether it is content or stands within.
    let mut known: Vec<(bool, bool)> = Vec::with_capacity(page.blocks.len());
    for (block, found) in page.blocks.iter().zip(contents) {
        known.push(match known.get(block.parent) {
            Some(&(is_kept, is_within_content)) => {
                let place = Place { page, whole, is_within_content };
                (is_kept && !place.drops(block, found), is_within_content || is_content(&block.name))
            }
            // The first stands in no other.
            None => (true, false),
        });
    }
    let is_kept = |line: &Line| known.get(line.block).is_some_and(|(is_kept, _)| *is_kept);
    let mut main: Vec<bool> = page
        .lines
        .iter()
        .map(|line| is_kept(line) && !is_button(page, line) && !is_copyright(page, line))
        .collect();
    keep_title(page, &mut main);
    main
}

/// What each block holds.
fn contents(page: &Outline) -> Vec<Contents> {
    let mut contents = vec![Contents::default(); page.blocks.len()];
    for line in &page.lines {
        let is_title = *page.name_of(line) == local_name!("h1");
        if let Some(block) = contents.get_mut(line.block) {
            block.add(Contents::of(line, &page.text[line.span.clone()], is_title));
        }
    }
    for (index, block) in page.blocks.iter().enumerate().skip(1).rev() {
        if let Ok([own, around]) = contents.get_disjoint_mut([index, block.parent]) {
            around.add(*own);
        }
    }
    contents
}

/// Elements in which a header or footer is that of a text, not of the page.
fn is_content(name: &LocalName) -> bool {
    [local_name!("article"), local_name!("main"), local_name!("section"), local_name!("blockquote")]
        .contains(name)
}

/// Where a block stands.
struct Place<'a> {
    page: &'a Outline,
    whole: Contents,
    is_within_content: bool,
}

impl Place<'_> {
    /// Whether a block is no part of the main text.
    fn drops(&self, block: &Block, found: Contents) -> bool {
        let whole = self.whole;
        let word = self.word(block);
        if word == Some(Word::Overlay) && found.titles == 0 && self.is_about_cookies(block) {
            return true;
        }
        // What holds most of the page's sentences is its text, whatever it is called.
        if found.japanese == 0 || whole.prose > 0 && found.prose > whole.prose / 2 {
            return false;
        }
        if found.titles > 0 && found.titles == whole.titles && found.prose > 0 {
            return false;
        }
        word.is_some_and(|word| self.is_furniture(block, found, word))
            || is_list_of_links(block, found, whole)
    }

    /// What a block's name, id or class hints at.
    fn word(&self, block: &Block) -> Option<Word> {
        let by_name = match block.name {
            local_name!("header") if !self.is_within_content => Some(Word::Header),
            local_name!("footer") => Some(Word::Footer),
            local_name!("aside") if !self.is_within_content => Some(Word::Side),
            local_name!("menu") | local_name!("search") => Some(Word::Links),
            local_name!("form") | local_name!("dialog") => Some(Word::Overlay),
            _ => None,
        };
        by_name.or_else(|| block.word())
    }

    /// Whether a block is what a word hints at.
    fn is_furniture(&self, block: &Block, found: Contents, word: Word) -> bool {
        match word {
            Word::Links => found.is_linked(25),
            Word::Side => !found.is_prose() || block.links > 2 && found.is_linked(15),
            // A line under the name of a site, which is a link, is no lead.
            Word::Header => !found.is_prose() || block.links > 0 && found.prose < PARAGRAPH,
            Word::Footer => !found.is_prose(),
            Word::Overlay => !(found.is_prose() || found.has_prose(PARAGRAPH)),
            Word::Advertisement => !found.is_prose() || found.prose < 200,
        }
    }

    /// Whether a block asks for leave to set cookies.
    fn is_about_cookies(&self, block: &Block) -> bool {
        let lines = self.page.lines.get(block.lines.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
        let text = &self.page.text[first.span.start..last.span.end];
        is_about_cookies(text, block.has_control)
    }
}

/// Whether a block is links in the main, or links with a line about each.
fn is_list_of_links(block: &Block, found: Contents, whole: Contents) -> bool {
    if block.links < 3 || found.titles > 0 {
        return false;
    }
    let sentences_are_short = found.prose <= found.prose_lines.saturating_mul(30);
    found.is_linked(60) || found.is_linked(25) && sentences_are_short && found.prose < whole.prose.div_ceil(4)
}

/// Whether at least half of a line is links.
fn is_link(line: &Line) -> bool {
    line.linked >= line.japanese.div_ceil(2)
}

/// Whether a line is a link that stands for a button: it is short, no sentence, and in no list, table or heading.
fn is_button(page: &Outline, line: &Line) -> bool {
    let is_within =
        [local_name!("li"), local_name!("td"), local_name!("th"), local_name!("dt"), local_name!("dd")]
            .contains(page.name_of(line))
            || page.is_heading(line);
    let text = &page.text[line.span.clone()];
    // More than four fifths of it are a link.
    let is_link = line.linked.saturating_mul(5) > line.japanese.saturating_mul(4);
    !is_within && line.japanese < 20 && is_link && !text.contains(is_end_mark)
}

/// Whether a line says whose the page is.
fn is_copyright(page: &Outline, line: &Line) -> bool {
    let text = &page.text[line.span.clone()];
    line.japanese < 30
        && (text.starts_with(['©', 'Ⓒ'])
            || text.starts_with("Copyright")
            || text.contains("All Rights Reserved"))
}

/// Keeps the heading of the page where it stands in a header that is dropped, unless that is a link to the first page.
fn keep_title(page: &Outline, main: &mut [bool]) {
    let is_title = |line: &Line| *page.name_of(line) == local_name!("h1") && !is_link(line);
    let has_text = main.contains(&true);
    let lines = page.lines.iter().zip(main);
    let mut titles: Vec<&mut bool> =
        lines.filter(|(line, _)| is_title(line)).map(|(_, is_kept)| is_kept).collect();
    if has_text
        && !titles.iter().any(|is_kept| **is_kept)
        && let Some(first) = titles.first_mut()
    {
        **first = true;
    }
}
