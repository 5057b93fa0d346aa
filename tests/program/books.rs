//! Books, XML of the Text Encoding Initiative and subtitles.

use crate::place::Place;
use crate::spreadsheets::zipped;

/// An EPUB of pages in this order; one file of it may be encrypted.
pub fn book(pages: &[(&str, &str)], encrypted: &str) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path='O/b.opf'/></rootfiles></container>";
    let mut items = String::new();
    let mut spine = String::new();
    for (name, _) in pages.iter().rev() {
        items += &format!("<item id='{name}' href='{name}' media-type='application/xhtml+xml'/>");
        spine = format!("<itemref idref='{name}'/>{spine}");
    }
    let list = format!("<package><manifest>{items}</manifest><spine>{spine}</spine></package>");
    let encryption = format!("<encryption><CipherReference URI='{encrypted}'/></encryption>");
    let names: Vec<String> = pages.iter().map(|(name, _)| format!("O/{name}")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("META-INF/encryption.xml", encryption.as_bytes()),
        ("O/b.opf", list.as_bytes()),
    ];
    files.extend(names.iter().map(String::as_str).zip(pages.iter().map(|(_, page)| page.as_bytes())));
    zipped(&files)
}

#[test]
fn the_pages_of_a_book_are_one_document_in_reading_order() {
    let page = |body: &str| {
        format!(
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{body}</body></html>"
        )
    };
    let pages = [
        ("z.xhtml", page("<h1>犬の話</h1><nav>犬の目次</nav>")),
        ("a.xhtml", page("<p><ruby>犬<rp>（</rp><rt>いぬ</rt><rp>）</rp></ruby>が走る。</p>")),
    ];
    let pages = pages.each_ref().map(|(name, page)| (*name, page.as_str()));
    let (tables, _) = Place::with(&[("in/a.epub", book(&pages, "O/font.otf"))]).count_dogs(&["in"]);
    assert_eq!(tables.documents.column("document"), ["a.epub"]);
    assert_eq!(tables.concordance.column("right"), ["の話", "が走る。"]);
    assert_eq!(tables.concordance.column("line"), ["1", "2"]);
    assert_eq!(tables.run["inputs"][0]["format"], "epub");
    for (bytes, words) in [
        (book(&pages, "O/z.xhtml"), "protected by a password"),
        (book(&[], ""), "no text"),
        (zipped(&[("a", b"x")]), "without META-INF/container.xml"),
        (b"x".to_vec(), "EPUB"),
    ] {
        let place = Place::with(&[("a.epub", bytes)]);
        place.assert_refused(&["count", "a.epub", "--out", "o"], &[&["a.epub", words]]);
    }
}

#[test]
fn of_xml_tei_is_read_and_other_kinds_are_passed_over() {
    let tei = "<?xml version='1.0' encoding='UTF-8'?><TEI><teiHeader><title>犬</title></teiHeader><text><body>\
        <p>犬が<note>犬の注</note>走る。</p></body></text></TEI>";
    let page = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><p>犬が鳴く。</p></body></html>";
    let project = "<project><name>犬</name></project>";
    let archive =
        zipped(&[("a.xml", tei.as_bytes()), ("pom.xml", project.as_bytes()), ("x/web.xml", b"<web-app/>")]);
    let files: [(&str, &[u8]); 4] = [
        ("in/a.xml", tei.as_bytes()),
        ("in/b.xml", page.as_bytes()),
        ("in/pom.xml", project.as_bytes()),
        ("in/c.zip", &archive),
    ];
    let place = Place::with(&files);
    let (tables, out) = place.count_dogs(&["in"]);
    assert_eq!(tables.documents.column("document"), ["a.xml", "b.xml", "c.zip/a.xml"]);
    assert_eq!(tables.concordance.column("right"), ["が走る。", "が鳴く。", "が走る。"]);
    assert_eq!(tables.run["inputs"][0]["encoding"], "UTF-8");
    assert!(out.contains("3 .xml"), "{out}");
    place.assert_refused(&["count", "in/pom.xml", "--out", "o"], &[&["pom.xml", "root is <project>"]]);
}

#[test]
fn subtitles_are_read_without_their_times() {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\n犬が\n走る\n\n2\n00:00:03,000 --> 00:00:04,000\n犬\n";
    let place = Place::with(&[("a.srt", srt), ("b.vtt", "犬\n")]);
    let (tables, _) = place.count_dogs(&["a.srt"]);
    assert_eq!(tables.concordance.column("right"), ["が走る", ""]);
    assert_eq!(tables.run["inputs"][0]["format"], "subtitles");
    place.assert_refused(&["count", "b.vtt", "--out", "o"], &[&["b.vtt", "no line of times"]]);
}
