//! Word's documents, and what is said of kinds that are not read.

use crate::place::Place;
use crate::spreadsheets::zipped;

fn docx(body: &str, footnotes: &str) -> Vec<u8> {
    let document =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let notes = format!("<w:footnotes xmlns:w=\"w\"><w:footnote>{footnotes}</w:footnote></w:footnotes>");
    zipped(&[("word/document.xml", document.as_bytes()), ("word/footnotes.xml", notes.as_bytes())])
}

#[test]
fn a_document_of_word_is_its_paragraphs_and_footnotes() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let bytes = docx(&(paragraph("犬の話") + &paragraph("犬が走る。")), &paragraph("犬の注。"));
    let (tables, _) = Place::with(&[("a.docx", bytes)]).count_dogs(&["a.docx"]);
    assert_eq!(tables.concordance.column("right"), ["の話", "が走る。", "の注。"]);
    assert_eq!(tables.concordance.column("line"), ["1", "2", "3"]);
    assert_eq!(tables.run["inputs"][0]["format"], "docx");
}

#[test]
fn a_document_of_word_that_is_none_or_has_no_text_is_refused() {
    let place = Place::with(&[
        ("a.docx", "犬".as_bytes().to_vec()),
        ("b.docx", docx("<w:p/>", "")),
        ("c.docx", zipped(&[("x.xml", b"")])),
    ]);
    for (name, words) in [
        ("a.docx", &["no Word document"][..]),
        ("b.docx", &["no text in the document"]),
        ("c.docx", &["no Word document", "without word/document.xml"]),
    ] {
        place.assert_refused(&["count", name, "--out", "out"], &[&[&[name], words].concat()]);
    }
}

#[test]
fn the_parts_of_a_document_are_found_through_its_relationships() {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |relations: &[(&str, &str)]| {
        let relation = |(kind, target): &(&str, &str)| {
            format!("<Relationship Type=\"{office}/{kind}\" Target=\"{target}\"/>")
        };
        format!("<Relationships>{}</Relationships>", relations.iter().map(relation).collect::<String>())
    };
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let main = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><w:document><w:body>{}</w:body></w:document>",
        paragraph("犬の話")
    );
    let main: Vec<u8> =
        std::iter::once(0xfeff).chain(main.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let own =
        [("styles", "styles.xml"), ("footnotes", "/notes/n.xml"), ("comments", "c.xml"), ("header", "h.xml")];
    let styles = "<w:styles><w:style w:styleId=\"H\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let note = format!(
        "<w:footnotes><w:footnote>{}<w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr>{}</w:p></w:footnote></w:footnotes>",
        paragraph("犬の注"),
        "<w:r><w:t>犬の秘密</w:t></w:r>"
    );
    let bytes = zipped(&[
        ("_rels/.rels", relations(&[("officeDocument", "/doc/Main.xml")]).as_bytes()),
        ("doc/main.xml", &main),
        ("doc/_rels/Main.xml.rels", relations(&own).as_bytes()),
        ("doc\\styles.xml", styles.as_bytes()),
        ("notes/n.xml", note.as_bytes()),
        ("doc/c.xml", paragraph("犬の意見").as_bytes()),
        ("doc/h.xml", paragraph("犬の柱").as_bytes()),
        ("word/document.xml", paragraph("犬の偽").as_bytes()),
    ]);
    let (tables, _) = Place::with(&[("a.docx", bytes)]).count_dogs(&["a.docx"]);
    assert_eq!(tables.concordance.column("right"), ["の話", "の注"]);
}

#[test]
fn a_document_with_a_password_is_named_for_what_it_is() {
    for name in ["a.docx", "a.xlsx"] {
        let place = Place::with(&[(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]);
        place.assert_refused(&["count", name, "--out", "out"], &[&[name, "has a password", "save it"]]);
    }
}

#[test]
fn kinds_that_are_not_read_are_named_with_the_remedy() {
    let place = Place::with(&[("in/a.txt", "犬"), ("in/b.doc", "x"), ("in/c.mhtml", "x"), ("in/d.jpg", "x")]);
    let (_, out) = place.count(&["in"]);
    let said = "1 .doc (save it as .docx with Word or LibreOffice; many at once: soffice --headless --convert-to docx *.doc), 1 .jpg, 1 .mhtml (save the page as .html)";
    assert!(out.contains(said), "{out}");
    place.assert_refused(&["count", "in/b.doc", "--out", "o"], &[&["b.doc", "save it as .docx with Word"]]);
}
