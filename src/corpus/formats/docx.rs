//! Word's documents: paragraphs and table cells as lines, then the footnotes.

use std::fmt::Display;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::archive::{check_growth, member};
use super::lines::Lines;
use super::{Extract, Kind};
use crate::corpus::limits::Limits;
use crate::corpus::{CorpusError, Damage, NoText};

/// The parts of a document with text, in the order in which it is read.
const PARTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];

/// Elements whose text is not read: what was deleted or moved away, codes of fields, the reading of ruby, settings,
/// and the fallback of older programs for a text box.
const LEFT_OUT: [&str; 9] =
    ["del", "moveFrom", "delText", "instrText", "rt", "pPr", "rPr", "sectPr", "Fallback"];

/// Extracts the text of a document of Word's.
pub(super) fn extract(document: &str, bytes: &[u8]) -> Result<Extract, CorpusError> {
    let text = text(bytes, Limits::default()).map_err(|damage| CorpusError::Damaged {
        document: document.into(),
        kind: Kind::Docx,
        damage,
    })?;
    if text.trim().is_empty() {
        return Err(CorpusError::NoText { document: document.into(), what: NoText::Word });
    }
    Ok(Extract { text, format: "docx", encoding: None, malformed: 0, html: None })
}

fn text(bytes: &[u8], limits: Limits) -> Result<String, Damage> {
    check_growth(bytes, limits)?;
    let mut lines = Lines::default();
    for (index, part) in PARTS.into_iter().enumerate() {
        match member(bytes, part, limits)? {
            Some(xml) => {
                let xml = String::from_utf8(xml).map_err(|_| Damage::MemberNotUtf8(part))?;
                read(part, &xml, &mut lines)?;
            }
            None if index == 0 => return Err(Damage::MissingMember(part)),
            None => {}
        }
    }
    Ok(lines.finish())
}

/// Appends the text of a part.
fn read(part: &'static str, xml: &str, lines: &mut Lines) -> Result<(), Damage> {
    let not_xml = |error: &dyn Display| Damage::MemberNotXml(part, error.to_string());
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    // How many elements around it are left out, and whether it is in one with text.
    let (mut left_out, mut in_text) = (0_usize, false);
    loop {
        match reader.read_event().map_err(|error| not_xml(&error))? {
            Event::Start(element) => {
                let name = element.local_name();
                let name = name.as_ref();
                if left_out > 0 || LEFT_OUT.contains(&name) {
                    left_out += 1;
                } else {
                    in_text = name == "t";
                }
            }
            Event::Empty(element) if left_out == 0 => match element.local_name().as_ref() {
                "br" | "cr" | "p" => lines.end_line(),
                "tab" => lines.push("\t"),
                "noBreakHyphen" => lines.push("-"),
                _ => {}
            },
            Event::End(_) if left_out > 0 => left_out -= 1,
            Event::End(element) => {
                in_text = false;
                if element.local_name().as_ref() == "p" {
                    lines.end_line();
                }
            }
            Event::Text(text) if in_text && left_out == 0 => lines.push(&text.xml10_content()),
            Event::CData(text) if in_text && left_out == 0 => lines.push(&text.xml10_content()),
            Event::GeneralRef(reference) if in_text && left_out == 0 => {
                let unknown = || Damage::UnknownEntity(part, reference.to_string());
                let character = match reference.resolve_char_ref().map_err(|error| not_xml(&error))? {
                    Some(character) => character,
                    None => predefined(&reference).ok_or_else(unknown)?,
                };
                lines.push(character.encode_utf8(&mut [0; 4]));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn predefined(entity: &str) -> Option<char> {
    const ENTITIES: [(&str, char); 5] =
        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    ENTITIES.iter().find(|(name, _)| *name == entity).map(|(_, character)| *character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_a_line_without_what_was_deleted() {
        let run =
            |text: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        let xml = format!(
            "<w:document><w:body>\
             <w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{}{}<w:del>{}</w:del><w:r><w:delText>x</w:delText></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}<w:r><w:br/></w:r>{}</w:p></w:tc></w:tr></w:tbl>\
             <w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>\
             <mc:AlternateContent><mc:Choice><w:p>{}</w:p></mc:Choice><mc:Fallback><w:p>{}</w:p></mc:Fallback></mc:AlternateContent>\
             </w:body></w:document>",
            run("効果が"),
            run("期待される。"),
            run("x"),
            run("甲"),
            run("乙&amp;"),
            run("&#x4E19;"),
            run("いぬ"),
            run("犬"),
            run("枠"),
            run("枠"),
        );
        let mut lines = Lines::default();
        read(PARTS[0], &xml, &mut lines).unwrap();
        assert_eq!(lines.finish(), "効果が期待される。\n甲\n乙&\n丙\n犬\n枠\n");
    }

    #[test]
    fn what_is_left_out_is_left_out_with_all_in_it() {
        for name in LEFT_OUT {
            let run = "<w:r><w:t>x</w:t><w:br/></w:r>";
            let xml =
                format!("<w:p><w:t>犬</w:t><w:{name}>{run}<w:x>{run}</w:x></w:{name}><w:t>猫</w:t></w:p>");
            let mut lines = Lines::default();
            read(PARTS[0], &xml, &mut lines).unwrap();
            assert_eq!(lines.finish(), "犬猫\n", "{name}");
        }
        for name in ["moveTo", "ins", "smartTag"] {
            let xml =
                format!("<w:p><w:{name}><w:r><w:t>犬</w:t><w:tab/><w:t>猫</w:t></w:r></w:{name}></w:p>");
            let mut lines = Lines::default();
            read(PARTS[0], &xml, &mut lines).unwrap();
            assert_eq!(lines.finish(), "犬 猫\n", "{name}");
        }
    }

    #[test]
    fn xml_that_is_none_is_an_error() {
        for xml in ["<a><b></a>", "<w:t>&x;</w:t>", "<a", "<w:t>&#xffffffff;</w:t>"] {
            assert!(read(PARTS[0], xml, &mut Lines::default()).is_err(), "{xml}");
        }
    }
}
