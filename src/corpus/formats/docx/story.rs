//! The text of a part of a document: the main text or the notes.

use std::collections::{HashMap, HashSet};

use super::fields::{Fields, To};
use super::package::problem_of;
use super::styles::{Styles, is_on};
use crate::corpus::Damage;
use crate::corpus::formats::lines::Lines;
use crate::corpus::formats::xml::{Element, Node, XmlReader};

/// Elements that are not read, with all in them: what was deleted or moved away with changes tracked, former
/// properties, and the reading in ruby.
const REMOVED: [&str; 6] = ["del", "moveFrom", "delText", "delInstrText", "rt", "sectPr"];

/// Elements that stand between a paragraph and what holds it, and are not seen.
const TRANSPARENT: [&str; 8] =
    ["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"];

/// Namespaces whose elements Word draws. It takes the first choice of alternate content that needs no other.
const DRAWN: [&str; 3] =
    ["http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"];

/// The notes that the text refers to.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The kind and id of notes with a mark in the text.
    marked: HashSet<(Note, String)>,
    /// Of notes whose mark was deleted with changes tracked.
    removed: HashSet<(Note, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Note {
    Footnote,
    Endnote,
}

impl Note {
    /// The kind of note that an element is a mark of.
    fn of_mark(name: &str) -> Option<Self> {
        match name {
            "footnoteReference" => Some(Note::Footnote),
            "endnoteReference" => Some(Note::Endnote),
            _ => None,
        }
    }
}

/// An element that is open.
#[derive(Debug, Clone, Default)]
struct Frame {
    is: Is,
    /// Nothing in it is looked at.
    is_removed: bool,
    /// Its text is not seen.
    is_hidden: bool,
    /// It holds properties of another element.
    is_property: bool,
    /// Whether the style of the table around it hides text.
    table_hides: bool,
    /// The index of the frame that holds its paragraphs.
    container: usize,
    /// Where the next paragraph in it goes on, as the mark of the last one is not seen.
    continued: Option<usize>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Is {
    #[default]
    Other,
    Paragraph,
    Run,
    /// Properties of a run or of a paragraph's mark.
    RunProperties,
    RowProperties,
    CellProperties,
    Text,
    Code,
    Field,
    AlternateContent {
        is_taken: bool,
    },
}

/// A paragraph that is open.
struct Paragraph {
    /// The index of its lines.
    lines: usize,
    style: Option<String>,
    /// Its mark was removed or is hidden: the next paragraph goes on in its line.
    runs_on: bool,
}

/// What is said of a run or of a paragraph's mark.
#[derive(Default)]
struct RunProperties {
    is_hidden: Option<bool>,
    style: Option<String>,
}

/// Reads a part.
pub(super) struct Story<'a> {
    part: &'a str,
    styles: &'a Styles,
    notes: &'a mut Notes,
    frames: Vec<Frame>,
    paragraphs: Vec<Paragraph>,
    /// The lines of the outermost paragraph and of those in it, in the order in which they begin.
    lines: Vec<Lines>,
    text: String,
    fields: Fields,
    run: RunProperties,
    namespaces: HashMap<String, String>,
}

impl<'a> Story<'a> {
    /// The text of a part: a line for each paragraph, and for each one in a text box behind the paragraph that it is
    /// anchored in.
    pub fn read(
        part: &'a str,
        xml: &str,
        styles: &'a Styles,
        notes: &'a mut Notes,
    ) -> Result<String, Damage> {
        let mut story = Story {
            part,
            styles,
            notes,
            frames: vec![Frame::default()],
            paragraphs: Vec::new(),
            lines: Vec::new(),
            text: String::new(),
            fields: Fields::default(),
            run: RunProperties::default(),
            namespaces: HashMap::new(),
        };
        let mut reader = XmlReader::new(xml);
        while let Some(node) = reader.next().map_err(|problem| problem_of(part, problem))? {
            match node {
                Node::Start(element) => story.start(&element)?,
                Node::End => story.end(),
                Node::Text(text) => story.characters(&text),
            }
        }
        if story.fields.have_swallowed() {
            return Err(Damage::OpenField(part.into()));
        }
        story.flush();
        Ok(story.text)
    }

    fn start(&mut self, element: &Element) -> Result<(), Damage> {
        let name = element.name();
        let mark = Note::of_mark(name).and_then(|note| Some((note, element.attribute("id")?)));
        let index = self.frames.len();
        let Some(parent) = self.frames.last() else { return Ok(()) };
        let mut frame = Frame { is: Is::Other, continued: None, container: index, ..parent.clone() };
        let parent_is = parent.is;
        if TRANSPARENT.contains(&name) {
            frame.container = parent.container;
        }
        if parent.is_removed {
            self.notes.removed.extend(mark);
            self.frames.push(frame);
            return Ok(());
        }
        match (name, parent_is) {
            // The mark of a paragraph that was deleted or moved away, or a row or a cell that was.
            ("del" | "moveFrom", Is::RunProperties) => self.run_on(),
            ("del", Is::RowProperties) | ("cellDel", Is::CellProperties) => {
                if let Some(removed) = self.around() {
                    removed.is_removed = true;
                }
            }
            ("hidden", Is::RowProperties) => {
                if let Some(row) = self.around() {
                    row.is_hidden |= is_on(element);
                }
            }
            ("vanish" | "specVanish", Is::RunProperties) => {
                self.run.is_hidden = Some(self.run.is_hidden == Some(true) || is_on(element));
            }
            ("rStyle", Is::RunProperties) => self.run.style = element.attribute("val"),
            ("pStyle", _) if frame.is_property => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.style = element.attribute("val");
                }
            }
            ("tblStyle", _) => {
                let hides = element.attribute("val").is_some_and(|id| self.styles.table_hides(&id));
                if let Some(table) = self.around() {
                    table.table_hides = hides;
                }
            }
            // A letter as high as some lines, the first of the next paragraph.
            ("framePr", _) if element.attribute("dropCap").is_some_and(|drop| drop != "none") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.runs_on = true;
                }
            }
            ("docPr", _) => {
                if let Some(drawing) = self.frames.last_mut() {
                    drawing.is_hidden |=
                        element.attribute("hidden").is_some_and(|value| value == "1" || value == "true");
                }
            }
            _ if REMOVED.contains(&name) || name.ends_with("Change") => frame.is_removed = true,
            ("footnote" | "endnote", _) => frame.is_removed = self.is_no_note(name, element),
            ("altChunk" | "subDoc", _) => return Err(Damage::TextElsewhere(self.part.into())),
            ("rPr", is) => {
                frame.is_property = true;
                if is == Is::Run || is_of_mark(&self.frames) {
                    self.run = RunProperties::default();
                    frame.is = Is::RunProperties;
                }
            }
            ("trPr", _) => (frame.is, frame.is_property) = (Is::RowProperties, true),
            ("tcPr", _) => (frame.is, frame.is_property) = (Is::CellProperties, true),
            _ if frame.is_property => {}
            (name, _) if name.ends_with("Pr") => frame.is_property = true,
            ("AlternateContent", _) => {
                frame.is = Is::AlternateContent { is_taken: false };
                self.declare(element);
            }
            ("Choice" | "Fallback", Is::AlternateContent { is_taken }) => {
                self.declare(element);
                let is_drawn = name == "Fallback" || self.is_drawn(element);
                frame.is_removed = is_taken || !is_drawn;
                if let Some(alternatives) = self.frames.last_mut() {
                    alternatives.is = Is::AlternateContent { is_taken: is_taken || is_drawn };
                }
            }
            ("p", _) => {
                frame.is = Is::Paragraph;
                self.open_paragraph(frame.container_of(&self.frames));
            }
            ("tbl", _) => {
                let container = frame.container_of(&self.frames);
                if let Some(container) = self.frames.get_mut(container) {
                    container.continued = None;
                }
            }
            ("r", _) => {
                frame.is = Is::Run;
                frame.is_hidden |= self.is_hidden(frame.table_hides, &RunProperties::default());
            }
            ("t", _) => frame.is = Is::Text,
            ("instrText", _) => frame.is = Is::Code,
            ("fldChar", _) => self.field_character(element, frame.is_hidden),
            ("fldSimple", _) => {
                frame.is = Is::Field;
                self.fields.begin();
                self.fields.push_code(&element.attribute("instr").unwrap_or_default());
                let shown = self.fields.separate();
                self.push_shown(shown, frame.is_hidden);
            }
            _ => {
                if index == 1 {
                    self.declare(element);
                }
                self.character(element, frame.is_hidden);
                self.notes.marked.extend(mark);
                let style = element.attribute("style").unwrap_or_default();
                frame.is_hidden |= style.replace(' ', "").contains("visibility:hidden");
            }
        }
        self.frames.push(frame);
        Ok(())
    }

    fn end(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        match frame.is {
            Is::Paragraph => self.close_paragraph(frame.container_of(&self.frames)),
            Is::Field => {
                self.fields.end();
            }
            Is::RunProperties => {
                let run = std::mem::take(&mut self.run);
                let hidden = self.is_hidden(frame.table_hides, &run);
                if let [.., around, run] = self.frames.as_mut_slice()
                    && run.is == Is::Run
                {
                    run.is_hidden = around.is_hidden || hidden;
                } else if hidden && let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.runs_on = true;
                }
            }
            _ => {}
        }
    }

    fn characters(&mut self, text: &str) {
        let Some(frame) = self.frames.last() else { return };
        match frame.is {
            Is::Text if !frame.is_hidden && !frame.is_property => self.push(text),
            Is::Code => self.fields.push_code(text),
            _ => {}
        }
    }

    /// An element that stands for a character.
    fn character(&mut self, element: &Element, is_hidden: bool) {
        if is_hidden {
            return;
        }
        match element.name() {
            "br" | "cr" if self.fields.to() == To::Page => self.current().end_line(),
            "tab" | "ptab" => self.push("\t"),
            "noBreakHyphen" => self.push("-"),
            // Those of a font's own are no characters of a text.
            "sym" => {
                let number = element.attribute("char").and_then(|char| u32::from_str_radix(&char, 16).ok());
                let character =
                    number.filter(|number| !(0xe000..0xf900).contains(number)).and_then(char::from_u32);
                self.push(character.map(String::from).as_deref().unwrap_or_default());
            }
            // A word as a picture, of older programs.
            "textpath" => {
                let mut lines = Lines::default();
                lines.push(&element.attribute("string").unwrap_or_default());
                self.current();
                self.lines.push(lines);
            }
            _ => {}
        }
    }

    fn field_character(&mut self, element: &Element, is_hidden: bool) {
        let shown = match element.attribute("fldCharType").as_deref() {
            Some("begin") => {
                self.fields.begin();
                None
            }
            Some("separate") => self.fields.separate(),
            Some("end") => self.fields.end(),
            _ => None,
        };
        self.push_shown(shown, is_hidden);
    }

    fn push_shown(&mut self, shown: Option<String>, is_hidden: bool) {
        let Some(shown) = shown.filter(|_| !is_hidden) else { return };
        match self.fields.to() {
            // The field is still open, and what its result holds goes nowhere.
            To::Nothing => self.current().push(&shown),
            _ => self.push(&shown),
        }
    }

    fn push(&mut self, text: &str) {
        match self.fields.to() {
            To::Page => self.current().push(text),
            To::Code(field) => self.fields.swallow(field, text),
            To::Nothing => {}
        }
    }

    /// The frame around the innermost one.
    fn around(&mut self) -> Option<&mut Frame> {
        self.frames.iter_mut().nth_back(1)
    }

    /// The lines of the innermost paragraph.
    #[expect(clippy::indexing_slicing, reason = "the lines are not empty, and the index is at most the last")]
    fn current(&mut self) -> &mut Lines {
        if self.lines.is_empty() {
            self.lines.push(Lines::default());
        }
        let last = self.lines.len().saturating_sub(1);
        let index = self.paragraphs.last().map_or(last, |paragraph| paragraph.lines.min(last));
        &mut self.lines[index]
    }

    fn open_paragraph(&mut self, container: usize) {
        let continued = self.frames.get_mut(container).and_then(|frame| frame.continued.take());
        if self.paragraphs.is_empty() && continued.is_none() {
            self.flush();
        }
        let lines = continued.unwrap_or_else(|| {
            self.lines.push(Lines::default());
            self.lines.len().saturating_sub(1)
        });
        self.paragraphs.push(Paragraph { lines, style: None, runs_on: false });
    }

    fn close_paragraph(&mut self, container: usize) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.runs_on {
            if let Some(frame) = self.frames.get_mut(container) {
                frame.continued = Some(paragraph.lines);
            }
        } else if let Some(lines) = self.lines.get_mut(paragraph.lines) {
            lines.end_line();
        }
    }

    /// Appends the lines that are complete to the text.
    fn flush(&mut self) {
        for lines in self.lines.drain(..) {
            self.text += &lines.finish();
        }
    }

    /// The next paragraph goes on in the line of this one, if the innermost frame holds the properties of its mark.
    fn run_on(&mut self) {
        if let [around @ .., _] = self.frames.as_slice()
            && is_of_mark(around)
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.runs_on = true;
        }
    }

    fn is_hidden(&self, table_hides: bool, run: &RunProperties) -> bool {
        let paragraph = self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref());
        run.is_hidden.unwrap_or_else(|| self.styles.hide(table_hides, paragraph, run.style.as_deref()))
    }

    /// Whether an element of the notes is none of the author's, such as the line above them, or one without a mark.
    fn is_no_note(&self, name: &str, element: &Element) -> bool {
        let note = if name == "footnote" { Note::Footnote } else { Note::Endnote };
        let id = element.attribute("id").map(|id| (note, id));
        element.attribute("type").is_some_and(|kind| kind != "normal")
            || id.is_some_and(|id| self.notes.removed.contains(&id) && !self.notes.marked.contains(&id))
    }

    fn declare(&mut self, element: &Element) {
        self.namespaces.extend(element.namespaces());
    }

    /// Whether Word draws what a choice needs.
    fn is_drawn(&self, choice: &Element) -> bool {
        let needed = choice.attribute("Requires").unwrap_or_default();
        needed.split_whitespace().all(|prefix| {
            let namespace = self.namespaces.get(prefix);
            namespace.is_none_or(|uri| DRAWN.iter().any(|known| uri.starts_with(known)))
        })
    }
}

/// Whether the innermost of some frames holds the properties of a paragraph, and so its mark's.
fn is_of_mark(frames: &[Frame]) -> bool {
    matches!(frames, [.., paragraph, properties] if properties.is_property && paragraph.is == Is::Paragraph)
}

impl Frame {
    /// The frame that holds it, if it is a paragraph.
    fn container_of(&self, around: &[Frame]) -> usize {
        around.last().map_or(0, |parent| parent.container)
    }
}
