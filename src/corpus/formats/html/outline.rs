//! What a reader sees of a page: its lines, and the blocks they stand in.

use dom_query::{LocalName, NodeRef, local_name};

use super::elements::{Attributes, Name, Word};
use crate::corpus::formats::lines::Lines;
use crate::span::Span;
use crate::text::characters::is_japanese;
use crate::text::is_line_end;

/// The text of a page, a line for each block or `<br>`, each with what the choice of the main text asks of it.
#[derive(Default)]
pub(super) struct Outline {
    pub text: String,
    pub lines: Vec<Line>,
    /// In the order of the page; the first holds all others.
    pub blocks: Vec<Block>,
    /// How many Japanese characters stand in it, those that nobody sees as well.
    pub japanese: usize,
}

/// A line of the text.
#[derive(Debug)]
pub(super) struct Line {
    /// Without its end.
    pub span: Span,
    /// The index of the innermost block that it begins in.
    pub block: usize,
    /// What follows it.
    pub ending: Ending,
    /// How many Japanese characters it has, and how many of them are links.
    pub japanese: usize,
    pub linked: usize,
}

/// What stands between a line and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A `<br>`.
    Break,
    /// The border of a block, or several `<br>`.
    Border,
}

/// An element that begins and ends a line.
#[derive(Debug)]
pub(super) struct Block {
    pub name: LocalName,
    /// The index of the block around it; its own for the first.
    pub parent: usize,
    pub attributes: Attributes,
    /// The lines in it and in the blocks within, by index.
    pub lines: Span,
    /// How many links with text it holds.
    pub links: usize,
    /// Whether it holds a button or the like.
    pub has_control: bool,
}

/// What is read of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// All that is seen.
    Seen,
    /// What may be text: neither navigation nor controls of forms.
    Text,
}

impl Outline {
    /// The outline of what stands below some nodes, which are read themselves, even where nobody sees them.
    pub fn of<'a>(nodes: impl IntoIterator<Item = NodeRef<'a>>, scope: Scope) -> Self {
        let mut walk = Walk::new(scope);
        for node in nodes {
            walk.below(node);
        }
        walk.finish()
    }

    /// Whether a line is a heading.
    pub fn is_heading(&self, line: &Line) -> bool {
        let [b'h', rank] = self.name_of(line).as_bytes() else { return false };
        (b'1'..=b'6').contains(rank)
    }

    /// The name of a line's innermost block.
    #[expect(clippy::indexing_slicing, reason = "a line stands in a block of its outline")]
    pub fn name_of(&self, line: &Line) -> &LocalName {
        &self.blocks[line.block].name
    }
}

/// A walk over the nodes of a page.
struct Walk {
    scope: Scope,
    lines: Lines,
    found: Vec<Line>,
    blocks: Vec<Block>,
    /// The innermost block.
    block: usize,
    /// The block that the current line begins in.
    line_block: Option<usize>,
    /// How many open elements are links, are not seen, or keep blanks.
    links: usize,
    unseen: usize,
    preformatted: usize,
    /// Stretches of the current line that are links, in bytes of the text.
    linked: Vec<Span>,
    /// Japanese characters that nobody sees.
    hidden: usize,
}

/// What is to be undone at the end of an element.
#[derive(Default, Clone, Copy)]
struct Opened {
    is_block: bool,
    is_link: bool,
    is_unseen: bool,
    is_preformatted: bool,
}

/// What is to be done next on a walk.
enum Step<'a> {
    Open(NodeRef<'a>),
    Close(Opened),
}

impl Walk {
    fn new(scope: Scope) -> Self {
        let top = Block {
            name: local_name!(""),
            parent: 0,
            attributes: Attributes::default(),
            lines: 0..0,
            links: 0,
            has_control: false,
        };
        Walk {
            scope,
            lines: Lines::default(),
            found: Vec::new(),
            blocks: vec![top],
            block: 0,
            line_block: None,
            links: 0,
            unseen: 0,
            preformatted: 0,
            linked: Vec::new(),
            hidden: 0,
        }
    }

    fn below(&mut self, top: NodeRef) {
        // A page may nest deeper than the stack is.
        let mut steps = vec![Step::Open(top)];
        let mut is_top = true;
        while let Some(step) = steps.pop() {
            match step {
                Step::Close(opened) => self.close(opened),
                Step::Open(node) => {
                    if let Some(opened) = self.open(&node, is_top) {
                        steps.push(Step::Close(opened));
                        steps.extend(node.children_it(true).map(Step::Open));
                    }
                }
            }
            is_top = false;
        }
        self.end_line(Ending::Border);
    }

    /// Reads a text, or opens an element; nothing where the children are not read.
    fn open(&mut self, node: &NodeRef, is_top: bool) -> Option<Opened> {
        if node.is_text() {
            node.query(|node| {
                if let dom_query::NodeData::Text { contents } = &node.data {
                    self.text(contents);
                }
            });
            return None;
        }
        let Some(element) = node.element_ref() else { return node.may_have_children().then(Opened::default) };
        if element.name.local == local_name!("br") {
            self.line_break();
            return None;
        }
        let name = Name::of(&element);
        if name.is_unseen && !is_top {
            return None;
        }
        let attributes = Attributes::of(&element);
        let is_furniture = name.is_furniture || attributes.is_furniture;
        let opened = Opened {
            is_unseen: (attributes.is_hidden || self.scope == Scope::Text && is_furniture) && !is_top,
            is_block: attributes.is_block.unwrap_or(name.is_block),
            is_link: element.name.local == local_name!("a")
                && element.attrs.iter().any(|a| a.name.local == local_name!("href")),
            is_preformatted: name.is_preformatted,
        };
        self.innermost().has_control |= is_furniture;
        self.unseen = self.unseen.saturating_add(opened.is_unseen.into());
        self.preformatted = self.preformatted.saturating_add(opened.is_preformatted.into());
        if self.unseen > 0 {
            return Some(Opened { is_block: false, is_link: false, ..opened });
        }
        if opened.is_block {
            self.end_line(Ending::Border);
            let index = self.blocks.len();
            self.blocks.push(Block {
                name: element.name.local.clone(),
                parent: self.block,
                attributes,
                lines: self.found.len()..self.found.len(),
                links: 0,
                has_control: false,
            });
            self.block = index;
        }
        if opened.is_link {
            self.links = self.links.saturating_add(1);
            let block = self.innermost();
            block.links = block.links.saturating_add(1);
        }
        Some(opened)
    }

    fn close(&mut self, opened: Opened) {
        self.unseen = self.unseen.saturating_sub(opened.is_unseen.into());
        self.preformatted = self.preformatted.saturating_sub(opened.is_preformatted.into());
        self.links = self.links.saturating_sub(opened.is_link.into());
        if opened.is_block {
            self.end_line(Ending::Border);
            let end = self.found.len();
            let block = self.innermost();
            block.lines.end = end;
            let (parent, links, has_control) = (block.parent, block.links, block.has_control);
            self.block = parent;
            let around = self.innermost();
            around.links = around.links.saturating_add(links);
            around.has_control |= has_control;
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "it and those around it have been pushed, and none is removed"
    )]
    fn innermost(&mut self) -> &mut Block {
        &mut self.blocks[self.block]
    }

    fn text(&mut self, text: &str) {
        if self.unseen > 0 {
            self.hidden = self.hidden.saturating_add(japanese(text));
            return;
        }
        let is_kept = self.preformatted > 0;
        let ends_line = |c: char| is_line_end(c) && (is_kept || !matches!(c, '\n' | '\r'));
        self.lines.keep_blanks(is_kept);
        for (index, line) in text.split(ends_line).enumerate() {
            if index > 0 {
                self.end_line(Ending::Border);
            }
            self.push(line);
        }
    }

    fn push(&mut self, text: &str) {
        let start = self.lines.text().len();
        self.lines.push(text);
        let end = self.lines.text().len();
        if end > start {
            self.line_block.get_or_insert(self.block);
            if self.links > 0 {
                self.linked.push(start..end);
            }
        }
    }

    /// A `<br>`: behind an empty line, it is as good as the border of a block.
    fn line_break(&mut self) {
        if self.unseen == 0 && !self.end_line(Ending::Break) {
            self.end_paragraph();
        }
    }

    /// Ends the current line; false if it is empty.
    fn end_line(&mut self, ending: Ending) -> bool {
        let block = self.line_block.take();
        let (Some(span), Some(block)) = (self.lines.ended_line(), block) else {
            self.linked.clear();
            if ending == Ending::Border {
                self.end_paragraph();
            }
            return false;
        };
        let text = self.lines.text();
        // A link of blanks may stand behind the end of the line, which has none.
        let within = |link: Span| text.get(link.start..link.end.min(span.end)).unwrap_or_default();
        let linked = self.linked.drain(..).map(|link| japanese(within(link))).sum();
        let japanese = japanese(&text[span.clone()]);
        self.found.push(Line { span, block, ending, japanese, linked });
        true
    }

    /// Makes no line go on behind the last one.
    fn end_paragraph(&mut self) {
        if let Some(last) = self.found.last_mut() {
            last.ending = Ending::Border;
        }
    }

    fn finish(mut self) -> Outline {
        if let Some(top) = self.blocks.first_mut() {
            top.lines = 0..self.found.len();
        }
        let seen: usize = self.found.iter().map(|line| line.japanese).sum();
        Outline {
            text: self.lines.finish(),
            lines: self.found,
            blocks: self.blocks,
            japanese: self.hidden.saturating_add(seen),
        }
    }
}

/// How many Japanese characters a text has.
pub(super) fn japanese(text: &str) -> usize {
    text.chars().filter(|c| is_japanese(*c)).count()
}

impl Block {
    /// What its id or classes hint at. Those of the elements that hold a page's text say what the page is.
    pub fn word(&self) -> Option<Word> {
        let is_frame =
            [local_name!("html"), local_name!("body"), local_name!("main"), local_name!("article")]
                .contains(&self.name);
        if is_frame { None } else { self.attributes.word }
    }
}
