//! TEI: the body of each text, without notes and headers.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::lines::Lines;
use super::xml::{Element, Node, XmlProblem, XmlReader, decode_head, decode_xml};
use super::{Extract, Kind, html};
use crate::corpus::{CorpusError, Damage, NoText, ReadOptions};

/// How elements are read.
const ELEMENTS: &str = include_str!("tei_elements.txt");

/// The roots of TEI.
const ROOTS: [&str; 3] = ["TEI", "TEI.2", "teiCorpus"];

/// How much of a file its root is looked for in, in bytes.
pub(in crate::corpus) const HEAD: u64 = 1 << 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Unit,
    Outer,
    Dropped,
    Choice,
}

/// Whether XML that begins so is read: TEI, or a web page.
pub(in crate::corpus) fn is_read(head: &[u8]) -> bool {
    root(&decode_head(head)).is_some_and(|root| is_root(&root) || root == "html")
}

fn is_root(name: &str) -> bool {
    ROOTS.contains(&name)
}

fn root(xml: &str) -> Option<String> {
    let mut reader = XmlReader::new(xml);
    while let Ok(Some(node)) = reader.next() {
        if let Node::Start(element) = node {
            return Some(element.name().to_owned());
        }
    }
    None
}

/// Extracts the text of a file of TEI; of a web page that is called XML, that of the page.
pub(super) fn extract(document: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Extract, CorpusError> {
    let head = bytes.get(..HEAD as usize).unwrap_or(&bytes);
    let root = root(&decode_head(head));
    if root.as_deref() == Some("html") {
        return html::extract(document, bytes, true, options);
    }
    let damaged = |damage| CorpusError::Damaged { document: document.into(), kind: Kind::Tei, damage };
    let parser = |problem: XmlProblem| damaged(Damage::Parser(problem.to_string()));
    let (xml, encoding) = decode_xml(bytes).map_err(parser)?;
    match root {
        Some(root) if !is_root(&root) => return Err(damaged(Damage::OtherXml(root))),
        _ => {}
    }
    let text = text(&xml).map_err(parser)?;
    if text.trim().is_empty() {
        return Err(CorpusError::NoText { document: document.into(), what: NoText::File });
    }
    Ok(Extract { text, format: "tei", encoding: Some(encoding), ..Extract::default() })
}

/// An element that is open.
#[derive(Clone, Copy, Default)]
struct Frame {
    is_unit: bool,
    /// Whether it is, or is in, a unit that holds no others.
    in_unit: bool,
    in_body: bool,
    is_dropped: bool,
    is_choice: bool,
    /// Of readings, one has been taken.
    has_reading: bool,
}

fn text(xml: &str) -> Result<String, XmlProblem> {
    let mut lines = Lines::default();
    // The innermost element, and those around it.
    let mut frame = Frame::default();
    let mut outer = Vec::new();
    let mut reader = XmlReader::new(xml);
    while let Some(node) = reader.next()? {
        match node {
            Node::Start(element) => {
                let opened = open(&element, &mut frame);
                outer.push(std::mem::replace(&mut frame, opened));
                if frame.is_unit {
                    lines.end_line();
                }
                if element.name() == "lb"
                    && frame.in_body
                    && element.attribute("break").as_deref() != Some("no")
                {
                    lines.push("\n");
                }
            }
            Node::End => {
                if let Some(parent) = outer.pop()
                    && std::mem::replace(&mut frame, parent).is_unit
                {
                    lines.end_line();
                }
            }
            Node::Text(text) => {
                if frame.in_body && !frame.is_dropped {
                    // Blanks between words that are marked up are those of the file.
                    lines.push(if text.trim_ascii().is_empty() { "\n" } else { &text });
                }
            }
        }
    }
    Ok(lines.finish())
}

fn open(element: &Element, parent: &mut Frame) -> Frame {
    let name = element.name();
    let role = roles().get(name).copied();
    let mut frame = Frame { is_unit: false, is_choice: name == "choice", has_reading: false, ..*parent };
    frame.in_body |= name == "body";
    frame.is_dropped |= match (name, role) {
        // Where no reading is preferred, the first is.
        ("lem", _) => std::mem::replace(&mut parent.has_reading, true),
        ("rdg", _) => std::mem::replace(&mut parent.has_reading, true),
        ("rdgGrp", _) => parent.has_reading,
        (_, Some(Role::Choice)) => parent.is_choice,
        (_, role) => role == Some(Role::Dropped),
    };
    frame.is_unit =
        !frame.is_dropped && (role == Some(Role::Unit) || role == Some(Role::Outer) && !parent.in_unit);
    // What holds units is none that a part of a sentence stands in.
    frame.in_unit |=
        frame.is_unit && matches!(name, "p" | "head" | "l" | "s" | "u" | "item" | "cell" | "label" | "seg");
    frame
}

fn roles() -> &'static HashMap<&'static str, Role> {
    static READ: OnceLock<HashMap<&str, Role>> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = ELEMENTS.lines().filter(|line| !line.starts_with('#'));
        let role_of = |name: &str| match name {
            "unit" => Some(Role::Unit),
            "outer" => Some(Role::Outer),
            "dropped" => Some(Role::Dropped),
            "choice" => Some(Role::Choice),
            _ => None,
        };
        lines
            .flat_map(|line| {
                let mut words = line.split_whitespace();
                let role = words.next().and_then(role_of);
                words.filter_map(move |name| Some((name, role?)))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(xml: &str) -> String {
        text(&format!("<TEI><teiHeader><p>x</p></teiHeader><text><front><p>x</p></front><body>{xml}</body><back>x</back></text></TEI>"))
            .unwrap()
    }

    #[test]
    fn units_are_lines_and_what_is_no_text_is_left_out() {
        for (xml, expected) in [
            ("<div><head>題</head><p>犬が<hi>走</hi>る。</p></div>", "題\n犬が走る。\n"),
            ("<p>犬が<lb/>\n走<pb n='2'/>る<note>x<p>y</p></note>。</p>", "犬が走る。\n"),
            ("<p>犬が\n  走る。</p>", "犬が走る。\n"),
            ("<lg><l>一</l><l>二</l></lg>", "一\n二\n"),
            ("<ab><seg>一</seg>\n<seg>二</seg></ab>", "一\n二\n"),
            ("<p><seg>犬が</seg><seg>走る。</seg></p>", "犬が走る。\n"),
            ("<p><s>犬が走る</s> <s>猫が寝る</s></p>", "犬が走る\n猫が寝る\n"),
            ("<p><s><w>犬</w>\n <w>が</w> <w>走る</w><pc>。</pc></s></p>", "犬が走る。\n"),
            (
                "<p><ruby><rb>犬</rb><rt>いぬ</rt></ruby><choice><sic>は</sic><corr>が</corr></choice><del>x</del><add>走る</add></p>",
                "犬が走る\n",
            ),
            (
                "<p><sic>は</sic><app><lem>犬</lem><rdg>x</rdg></app><app><rdg>猫</rdg><rdg>x</rdg></app></p>",
                "は犬猫\n",
            ),
            (
                "<list><item>一</item><item><p>二</p></item></list><table><row><cell>三</cell><cell>四</cell></row></table>",
                "一\n二\n三\n四\n",
            ),
            (
                "<sp><speaker>甲</speaker><p>犬。</p></sp><quote>猫。</quote><p>鳥<quote>魚</quote>。</p>",
                "甲\n犬。\n猫。\n鳥魚。\n",
            ),
            ("<p>an<lb/>example<fw>12</fw></p>", "an example\n"),
        ] {
            assert_eq!(body(xml), expected, "{xml}");
        }
    }

    #[test]
    fn every_text_of_a_corpus_is_read() {
        let one = |text: &str| format!("<TEI><teiHeader/><text><body><p>{text}</p></body></text></TEI>");
        let group = "<TEI><text><group><text><body><p>三</p></body></text></group></text></TEI>";
        let xml = format!("<teiCorpus><teiHeader>x</teiHeader>{}{}{group}</teiCorpus>", one("一"), one("二"));
        assert_eq!(text(&xml).unwrap(), "一\n二\n三\n");
    }

    #[test]
    fn what_is_read_is_told_by_its_root() {
        for (head, expected) in [
            ("<?xml version='1.0'?><!-- <x> --><!DOCTYPE TEI><TEI xmlns='y'><teiHeader>", true),
            ("<t:TEI>", true),
            ("\n<html xmlns='y'>", true),
            ("<project><TEI>", false),
            ("犬", false),
            ("", false),
        ] {
            assert_eq!(is_read(head.as_bytes()), expected, "{head}");
        }
    }

    #[test]
    fn every_element_has_one_role() {
        let words = ELEMENTS.lines().filter(|line| !line.starts_with('#'));
        let names: Vec<&str> = words.flat_map(|line| line.split_whitespace().skip(1)).collect();
        assert_eq!(names.len(), roles().len());
    }
}
