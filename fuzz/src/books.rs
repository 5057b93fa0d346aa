//! Formats that are archives of XML. The fuzzed bytes are their parts, put into an archive that is whole; or, where the
//! first byte is odd, the archive itself.

use zip::CompressionMethod;

use super::archives::archive;
use super::documents::read;
use super::input::{head, options, parts};

pub fn docx(bytes: &[u8]) {
    let names = [
        "word/document.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/footnotes.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
        "_rels/.rels",
    ];
    book("a.docx", names, bytes);
}

pub fn epub(bytes: &[u8]) {
    let names = [
        "OPS/package.opf",
        "OPS/a.xhtml",
        "OPS/b.xhtml",
        "META-INF/container.xml",
        "OPS/nav.xhtml",
        "META-INF/encryption.xml",
        "mimetype",
    ];
    book("a.epub", names, bytes);
}

pub fn xlsx(bytes: &[u8]) {
    let names = [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "_rels/.rels",
    ];
    book("a.xlsx", names, bytes);
}

/// What a part is when the input leaves it empty.
fn usual(book: &str, part: &str) -> &'static [u8] {
    match part {
        "_rels/.rels" if book == "a.xlsx" => {
            br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        }
        "META-INF/container.xml" => {
            br#"<container><rootfiles><rootfile full-path="OPS/package.opf"/></rootfiles></container>"#
        }
        "xl/workbook.xml" => {
            br#"<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        }
        "xl/_rels/workbook.xml.rels" => {
            br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
        }
        "mimetype" => b"application/epub+zip",
        _ => b"",
    }
}

fn book<const N: usize>(name: &str, names: [&str; N], bytes: &[u8]) {
    let (byte, rest) = head(bytes);
    // Of the encoding nothing is said.
    let options = options(byte & !7);
    if byte & 1 == 1 {
        read(name, rest, &options);
        return;
    }
    let parts: [&[u8]; N] = parts(rest);
    let whole = |(member, part): (&str, &[u8])| match part {
        [] => (member.to_owned(), usual(name, member).to_vec()),
        _ => (member.to_owned(), part.to_vec()),
    };
    let members: Vec<(String, Vec<u8>)> = names.into_iter().zip(parts).map(whole).collect();
    let members: Vec<(String, &[u8])> = members
        .iter()
        .filter(|(_, contents)| !contents.is_empty())
        .map(|(name, contents)| (name.clone(), contents.as_slice()))
        .collect();
    read(name, &archive(&members, CompressionMethod::Stored), &options);
}
