//! Word's documents: paragraphs and table cells as lines, then the footnotes.

mod equations;
mod fields;
mod package;
mod story;
mod styles;

use self::package::Package;
use self::story::{Notes, Story};
use self::styles::Styles;
use super::{Extract, Kind};
use crate::corpus::limits::Limits;
use crate::corpus::{CorpusError, Damage, NoText};

/// Extracts the text of a document of Word's.
pub(super) fn extract(document: &str, bytes: &[u8], limits: Limits) -> Result<Extract, CorpusError> {
    let text = text(bytes, limits).map_err(|damage| CorpusError::damaged(document, Kind::Docx, damage))?;
    if text.trim().is_empty() {
        return Err(CorpusError::NoText { document: document.into(), what: NoText::Word });
    }
    Ok(Extract { text, format: "docx", ..Extract::default() })
}

fn text(bytes: &[u8], limits: Limits) -> Result<String, Damage> {
    let mut package = Package::open(bytes, limits)?;
    let styles = match package.related("styles") {
        Some(part) => package.xml(&part)?.map(|xml| Styles::read(&part, &xml)).transpose()?,
        None => None,
    };
    let styles = styles.unwrap_or_default();
    let mut notes = Notes::default();
    let main = package.main.clone();
    let xml = package.xml(&main)?.ok_or_else(|| Damage::MissingMember(main.clone()))?;
    let mut text = Story::read(&main, &xml, &styles, &mut notes)?;
    for kind in ["footnotes", "endnotes"] {
        let Some(part) = package.related(kind) else { continue };
        if let Some(xml) = package.xml(&part)? {
            text += &Story::read(&part, &xml, &styles, &mut notes)?;
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::story::{Notes, Story};
    use super::styles::Styles;
    use super::*;

    fn story(xml: &str) -> Result<String, Damage> {
        Story::read("a.xml", xml, &Styles::default(), &mut Notes::default())
    }

    /// The text of a body.
    fn body(xml: &str) -> String {
        story(&format!("<w:document><w:body>{xml}</w:body></w:document>")).unwrap()
    }

    fn run(text: &str) -> String {
        format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    fn paragraph(text: &str) -> String {
        format!("<w:p>{}</w:p>", run(text))
    }

    fn text_box(text: &str) -> String {
        format!(
            "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>",
            paragraph(text)
        )
    }

    /// A paragraph whose mark has these properties.
    fn marked(text: &str, mark: &str) -> String {
        format!("<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{}</w:p>", run(text))
    }

    #[test]
    fn a_paragraph_is_a_line_without_what_was_deleted() {
        let xml = format!(
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{}{}<w:del>{}</w:del><w:r><w:delText>x</w:delText></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}<w:r><w:br/></w:r>{}</w:p></w:tc></w:tr></w:tbl>\
             <w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>",
            run("効果が"),
            run("期待される。"),
            run("x"),
            run("甲"),
            run("乙&amp;"),
            run("&#x4E19;"),
            run("いぬ"),
            run("犬"),
        );
        assert_eq!(body(&xml), "効果が期待される。\n甲\n乙&\n丙\n犬\n");
    }

    #[test]
    fn properties_of_nothing_say_nothing() {
        for name in ["tblStyle", "pStyle", "rStyle", "rPr", "trPr", "vanish", "hidden", "del", "docPr", "tbl"]
        {
            assert_eq!(story(&format!("<w:{name} w:val='a' hidden='1'/>")), Ok(String::new()), "{name}");
        }
    }

    #[test]
    fn what_is_removed_is_left_out_with_all_in_it() {
        for name in ["del", "moveFrom", "rt", "pPr", "rPr", "sectPr", "pPrChange"] {
            let run = "<w:r><w:t>x</w:t><w:br/></w:r>";
            let xml =
                format!("<w:p><w:t>犬</w:t><w:{name}>{run}<w:x>{run}</w:x></w:{name}><w:t>猫</w:t></w:p>");
            assert_eq!(body(&xml), "犬猫\n", "{name}");
        }
        for name in ["moveTo", "ins", "smartTag", "hyperlink"] {
            let xml =
                format!("<w:p><w:{name}><w:r><w:t>犬</w:t><w:tab/><w:t>猫</w:t></w:r></w:{name}></w:p>");
            assert_eq!(body(&xml), "犬 猫\n", "{name}");
        }
    }

    #[test]
    fn a_text_box_has_lines_of_its_own_behind_its_paragraph() {
        let within =
            format!("<w:p>{}{}{}</w:p>{}", run("犬が"), text_box("猫"), run("走る。"), paragraph("終"));
        assert_eq!(body(&within), "犬が走る。\n猫\n終\n");
        let nested = format!("<w:p>{}{}</w:p>", text_box("猫</w:t><w:br/><w:t>鳥"), run("犬。"));
        assert_eq!(body(&nested), "犬。\n猫\n鳥\n");
        let deep = (0..3).fold(paragraph("底"), |inner, depth| {
            format!("<w:p><w:txbxContent>{inner}</w:txbxContent>{}</w:p>", run(&depth.to_string()))
        });
        assert_eq!(body(&deep), "2\n1\n0\n底\n");
        // Within a table within a text box, and in a box of shapes that are grouped.
        let table = format!(
            "<w:p>{}<w:txbxContent><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl></w:txbxContent>{}</w:p>",
            run("犬"),
            paragraph("甲"),
            paragraph("乙"),
            run("猫")
        );
        assert_eq!(body(&table), "犬猫\n甲\n乙\n");
    }

    #[test]
    fn alternate_content_is_read_once() {
        let choice =
            |needs: &str, text: &str| format!("<mc:Choice Requires='{needs}'>{}</mc:Choice>", text_box(text));
        let fallback = |text: &str| format!("<mc:Fallback>{}</mc:Fallback>", text_box(text));
        let xml = |inner: String| {
            let of = "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' xmlns:new='http://x/y'";
            format!("<w:p {of}>{}<mc:AlternateContent>{inner}</mc:AlternateContent></w:p>", run("犬"))
        };
        for (inner, expected) in [
            (choice("wps", "甲") + &fallback("甲"), "犬\n甲\n"),
            (choice("wps", "甲") + &choice("wps", "乙") + &fallback("丙"), "犬\n甲\n"),
            (fallback("丙"), "犬\n丙\n"),
        ] {
            assert_eq!(body(&xml(inner)), expected);
        }
        // What Word doesn't draw is not seen.
        let inner = "<mc:AlternateContent xmlns:new='http://x/y'>".to_owned()
            + &choice("new", "甲")
            + &fallback("丙");
        assert_eq!(body(&format!("<w:p>{inner}</mc:AlternateContent></w:p>")), "丙\n");
    }

    #[test]
    fn paragraphs_whose_mark_was_removed_are_one() {
        let deleted = "<w:del w:id='1' w:author='x'/>";
        for (xml, expected) in [
            (marked("犬が", deleted) + &paragraph("走る。"), "犬が走る。\n"),
            (
                marked("犬", deleted)
                    + &marked("が", "<w:moveFrom/>")
                    + &paragraph("走る。")
                    + &paragraph("終"),
                "犬が走る。\n終\n",
            ),
            (marked("犬", "<w:ins/>") + &paragraph("猫"), "犬\n猫\n"),
            (
                marked("犬", "<w:rPrChange><w:rPr><w:del/></w:rPr></w:rPrChange>") + &paragraph("猫"),
                "犬\n猫\n",
            ),
            (marked("犬が", deleted) + "<w:bookmarkStart/>" + &paragraph("走る。"), "犬が走る。\n"),
            (
                marked("犬が", deleted)
                    + "<w:sdt><w:sdtContent>"
                    + &paragraph("走る。")
                    + "</w:sdtContent></w:sdt>",
                "犬が走る。\n",
            ),
            (
                marked("犬", deleted)
                    + "<w:tbl><w:tr><w:tc>"
                    + &paragraph("甲")
                    + "</w:tc></w:tr></w:tbl>"
                    + &paragraph("猫"),
                "犬\n甲\n猫\n",
            ),
            (
                "<w:tbl><w:tr><w:tc>".to_owned()
                    + &marked("犬", deleted)
                    + "</w:tc><w:tc>"
                    + &paragraph("猫")
                    + "</w:tc></w:tr></w:tbl>",
                "犬\n猫\n",
            ),
            // The heading that runs into its paragraph, and a letter as high as some lines.
            (marked("題。", "<w:vanish/><w:specVanish/>") + &paragraph("本文。"), "題。本文。\n"),
            (
                "<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr>".to_owned()
                    + &run("効")
                    + "</w:p>"
                    + &paragraph("く。"),
                "効く。\n",
            ),
            // A box that is anchored in the first.
            (
                format!(
                    "<w:p><w:pPr><w:rPr>{deleted}</w:rPr></w:pPr>{}{}</w:p>{}",
                    run("犬が"),
                    text_box("図"),
                    paragraph("走る。")
                ),
                "犬が走る。\n図\n",
            ),
        ] {
            assert_eq!(body(&xml), expected, "{xml}");
        }
    }

    #[test]
    fn rows_and_cells_that_were_deleted_are_left_out() {
        let row = |properties: &str, cell: &str, text: &str| {
            format!(
                "<w:tr><w:trPr>{properties}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{}</w:tc></w:tr>",
                paragraph(text)
            )
        };
        let rows = row("<w:del/>", "", "x")
            + &row("", "<w:cellDel/>", "x")
            + &row("<w:hidden/>", "", "x")
            + &row("<w:ins/>", "", "犬");
        assert_eq!(body(&format!("<w:tbl>{rows}</w:tbl>")), "犬\n");
    }

    #[test]
    fn hidden_text_is_not_read() {
        let styles = "<w:styles><w:style w:type='paragraph' w:styleId='P'><w:rPr><w:vanish/></w:rPr></w:style>\
            <w:style w:type='character' w:styleId='C'><w:rPr><w:vanish/></w:rPr></w:style>\
            <w:style w:type='table' w:styleId='T'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
        let styles = Styles::read("styles.xml", styles).unwrap();
        let run =
            |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
        let hidden_box =
            format!("<w:r><w:rPr><w:vanish/></w:rPr><w:txbxContent>{}</w:txbxContent></w:r>", paragraph("x"));
        for xml in [
            format!("<w:p>{}{}</w:p>", run("<w:vanish/>", "x"), run("<w:vanish w:val='false'/>", "犬")),
            format!("<w:p>{}{}</w:p>", run("<w:rStyle w:val='C'/>", "x"), run("<w:rStyle w:val='D'/>", "犬")),
            format!(
                "<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr>{}{}</w:p>",
                run("", "x"),
                run("<w:vanish w:val='0'/>", "犬")
            ),
            // Styles that hide turn one another over.
            format!(
                "<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr><w:r><w:t>x</w:t></w:r>{}</w:p>",
                run("<w:rStyle w:val='C'/>", "犬")
            ),
            format!(
                "<w:tbl><w:tblPr><w:tblStyle w:val='T'/></w:tblPr><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl><w:p>{}</w:p>",
                run("", "x"),
                run("", "犬")
            ),
            format!("<w:p>{}{hidden_box}</w:p>", run("", "犬")),
            format!(
                "<w:p>{}<w:r><w:drawing><wp:anchor><wp:docPr hidden='1'/>{}</wp:anchor></w:drawing></w:r></w:p>",
                run("", "犬"),
                text_box("x")
            ),
            format!(
                "<w:p>{}<w:r><w:pict><v:shape style='top: 1pt; visibility: hidden'>{}</v:shape></w:pict></w:r></w:p>",
                run("", "犬"),
                text_box("x")
            ),
            format!(
                "<w:p>{}{}</w:p>",
                run("<w:webHidden/>", "犬"),
                run("<w:vanish/><w:rPrChange><w:rPr><w:vanish w:val='0'/></w:rPr></w:rPrChange>", "x")
            ),
        ] {
            let text =
                Story::read("a.xml", &format!("<w:body>{xml}</w:body>"), &styles, &mut Notes::default());
            assert_eq!(text.as_deref(), Ok("犬\n"), "{xml}");
        }
    }

    #[test]
    fn of_a_field_its_result_is_read_or_what_its_code_shows() {
        let character = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
        let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
        let field = |inner: &str, result: &str| {
            format!("{}{inner}{}{result}{}", character("begin"), character("separate"), character("end"))
        };
        let ruby = code(r#" EQ \* jc2 \o\ad(\s\up 9("#) + &run("いぬ") + &code("),犬)");
        for (inner, expected) in [
            (field(&code("PAGE"), &run("3")), "前3後\n"),
            (field(&ruby, ""), "前犬後\n"),
            (field(&ruby, &run("犬")), "前犬後\n"),
            (character("begin") + &ruby + &character("end"), "前犬後\n"),
            (
                field(
                    &(code("IF ") + &field(&code("MERGEFIELD a"), &run("x")) + &code("\"はい\"")),
                    &run("はい"),
                ),
                "前はい後\n",
            ),
            (field(&code("HYPERLINK"), &(run("犬と") + &field(&ruby, ""))), "前犬と犬後\n"),
            (
                format!("<w:fldSimple w:instr='EQ \\o(\\s\\up 9(いぬ),犬)'>{}</w:fldSimple>", run("x")),
                "前犬後\n",
            ),
            (format!("<w:fldSimple w:instr='DATE'>{}</w:fldSimple>", run("今日")), "前今日後\n"),
            (format!("<w:del>{}</w:del>", field(&code("PAGE"), &run("3"))), "前後\n"),
        ] {
            assert_eq!(body(&format!("<w:p>{}{inner}{}</w:p>", run("前"), run("後"))), expected, "{inner}");
        }
        // A field without an end would take the rest of the text with it.
        let open = format!("<w:p>{}{}{}</w:p>", character("begin"), code("IF"), run("犬"));
        assert_eq!(story(&open), Err(Damage::OpenField("a.xml".into())));
    }

    #[test]
    fn characters_of_a_font_and_words_as_pictures() {
        let xml = "<w:p><w:r><w:sym w:font='x' w:char='2460'/><w:sym w:char='F0A7'/><w:t>犬</w:t><w:noBreakHyphen/></w:r>\
            <w:r><w:pict><v:textpath string='猫'/></w:pict></w:r></w:p>";
        assert_eq!(body(xml), "①犬-\n猫\n");
    }

    #[test]
    fn text_that_stands_elsewhere_is_an_error() {
        for name in ["altChunk", "subDoc"] {
            let xml = format!("<w:body>{}<w:{name} r:id='r1'/></w:body>", paragraph("犬"));
            assert_eq!(story(&xml), Err(Damage::TextElsewhere("a.xml".into())));
        }
    }

    #[test]
    fn notes_are_read_whose_mark_is_in_the_text() {
        let mut notes = Notes::default();
        let mark = |id: u32| format!("<w:r><w:footnoteReference w:id='{id}'/></w:r>");
        let xml = format!("<w:p>{}{}<w:del>{}{}</w:del></w:p>", run("犬"), mark(1), mark(2), mark(1));
        let styles = Styles::default();
        assert_eq!(Story::read("a", &xml, &styles, &mut notes).unwrap(), "犬\n");
        let note = |attributes: &str, text: &str| {
            format!("<w:footnote {attributes}>{}</w:footnote>", paragraph(text))
        };
        let xml = [
            note("w:type='continuationNotice' w:id='0'", "x"),
            note("w:id='1'", "一"),
            note("w:id='2'", "x"),
            note("w:id='3'", "三"),
        ];
        let xml = format!("<w:footnotes>{}</w:footnotes>", xml.concat());
        assert_eq!(Story::read("a", &xml, &styles, &mut notes).unwrap(), "一\n三\n");
    }

    #[test]
    fn xml_that_is_none_is_an_error() {
        for xml in ["<a><b></a>", "<w:t>&x;</w:t>", "<a", "<w:t>&#xffffffff;</w:t>", "<w:p>"] {
            assert!(matches!(story(xml), Err(Damage::MemberNotXml(..))), "{xml}");
        }
    }

    #[test]
    fn depth_takes_no_stack_and_no_time() {
        let depth = 30_000;
        let nested = |depth: usize| {
            format!("{}{}{}", "<w:p><w:r>".repeat(depth), "<w:t>犬</w:t>", "</w:r></w:p>".repeat(depth))
        };
        assert_eq!(body(&nested(250)), "犬\n");
        assert!(matches!(story(&nested(depth)), Err(Damage::MemberNotXml(..))));
        let begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>".repeat(depth);
        assert!(story(&format!("<w:p>{begin}<w:t>犬</w:t></w:p>")).is_err());
    }
}
