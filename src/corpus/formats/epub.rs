//! EPUB: the pages of a book, in the order in which they are read.

use std::collections::{HashMap, HashSet};

use super::html::all_of_xhtml;
use super::members::{Members, resolve};
use super::xml::{Node, XmlProblem, XmlReader, decode_xml};
use super::{Extract, Kind};
use crate::corpus::limits::Limits;
use crate::corpus::{CorpusError, Damage, NoText};

/// What says which member is the list of the book's files.
const CONTAINER: &str = "META-INF/container.xml";

/// What says which members are encrypted.
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// The types of pages.
const PAGES: [&str; 3] = ["application/xhtml+xml", "text/html", "text/x-oeb1-document"];

/// Extracts the text of a book: all text of its pages, without the table of contents.
pub(super) fn extract(document: &str, bytes: &[u8], limits: Limits) -> Result<Extract, CorpusError> {
    let text = text(bytes, limits).map_err(|damage| CorpusError::damaged(document, Kind::Epub, damage))?;
    if text.trim().is_empty() {
        return Err(CorpusError::NoText { document: document.into(), what: NoText::File });
    }
    Ok(Extract { text, format: "epub", ..Extract::default() })
}

fn text(bytes: &[u8], limits: Limits) -> Result<String, Damage> {
    let mut members = Members::open(bytes, limits)?;
    let container = xml(&mut members, CONTAINER)?;
    let list = first_attribute(CONTAINER, &container, "rootfile", "full-path")?
        .ok_or_else(|| Damage::MissingMember("rootfile".into()))?;
    let book = Book::read(&list, &xml(&mut members, &list)?)?;
    let encrypted = match members.get(ENCRYPTION)? {
        Some(bytes) => encrypted(&decoded(ENCRYPTION, bytes)?)?,
        None => HashSet::new(),
    };
    let mut text = String::new();
    for page in book.pages() {
        if encrypted.contains(&page) {
            return Err(Damage::Encrypted);
        }
        text += &all_of_xhtml(&xml(&mut members, &page)?, limits)?;
    }
    Ok(text)
}

/// The list of a book's files.
#[derive(Default)]
struct Book {
    /// Its name.
    list: String,
    /// Files by their id.
    files: HashMap<String, File>,
    /// The ids of files in reading order.
    spine: Vec<String>,
    /// The name of the page with the table of contents, in books of EPUB 2.
    contents: Option<String>,
}

struct File {
    name: String,
    is_page: bool,
    is_contents: bool,
}

impl Book {
    fn read(list: &str, xml: &str) -> Result<Self, Damage> {
        let mut book = Book { list: list.into(), ..Book::default() };
        let mut reader = XmlReader::new(xml);
        while let Some(node) = reader.next().map_err(|problem| problem_of(list, problem))? {
            let Node::Start(element) = node else { continue };
            let attribute = |name: &str| element.attribute(name).unwrap_or_default();
            match element.name() {
                "item" => {
                    let file = File {
                        name: book.resolve(&attribute("href")),
                        is_page: PAGES.contains(&attribute("media-type").as_str()),
                        is_contents: attribute("properties")
                            .split_whitespace()
                            .any(|property| property == "nav"),
                    };
                    book.files.insert(attribute("id"), file);
                }
                "itemref" => book.spine.push(attribute("idref")),
                "reference" if attribute("type") == "toc" => {
                    book.contents = Some(book.resolve(&attribute("href")));
                }
                _ => {}
            }
        }
        Ok(book)
    }

    /// The member that the list refers to.
    fn resolve(&self, reference: &str) -> String {
        let name = reference.split('#').next().unwrap_or_default();
        resolve(&self.list, &percent_decoded(name))
    }

    /// The names of its pages in reading order.
    fn pages(&self) -> impl Iterator<Item = String> {
        let files = self.spine.iter().filter_map(|id| self.files.get(id));
        let pages = files
            .filter(|file| file.is_page && !file.is_contents && self.contents.as_ref() != Some(&file.name));
        pages.map(|file| file.name.clone())
    }
}

/// The members that are encrypted.
fn encrypted(xml: &str) -> Result<HashSet<String>, Damage> {
    let mut names = HashSet::new();
    let mut reader = XmlReader::new(xml);
    while let Some(node) = reader.next().map_err(|problem| problem_of(ENCRYPTION, problem))? {
        if let Node::Start(element) = node
            && element.name() == "CipherReference"
            && let Some(name) = element.attribute("URI")
        {
            names.insert(resolve("", &percent_decoded(&name)));
        }
    }
    Ok(names)
}

fn first_attribute(member: &str, xml: &str, name: &str, attribute: &str) -> Result<Option<String>, Damage> {
    let mut reader = XmlReader::new(xml);
    while let Some(node) = reader.next().map_err(|problem| problem_of(member, problem))? {
        if let Node::Start(element) = node
            && element.name() == name
        {
            return Ok(element.attribute(attribute));
        }
    }
    Ok(None)
}

/// A member that must be there.
fn xml(members: &mut Members, name: &str) -> Result<String, Damage> {
    let bytes = members.get(name)?.ok_or_else(|| Damage::MissingMember(name.into()))?;
    decoded(name, bytes)
}

fn decoded(name: &str, bytes: Vec<u8>) -> Result<String, Damage> {
    decode_xml(bytes).map(|(xml, _)| xml).map_err(|problem| problem_of(name, problem))
}

fn problem_of(member: &str, problem: XmlProblem) -> Damage {
    Damage::MemberNotXml(member.into(), problem.to_string())
}

/// A reference with the characters that `%E7%8A%AC` stands for.
fn percent_decoded(reference: &str) -> String {
    let mut bytes = Vec::with_capacity(reference.len());
    let mut rest = reference.as_bytes();
    while let [first, behind @ ..] = rest {
        let escape = behind.split_at_checked(2).filter(|_| *first == b'%');
        let decoded = escape.and_then(|(digits, behind)| {
            // A sign would be taken for part of a number.
            let is_hexadecimal = digits.iter().all(u8::is_ascii_hexdigit);
            let digits = std::str::from_utf8(digits).ok().filter(|_| is_hexadecimal)?;
            Some((u8::from_str_radix(digits, 16).ok()?, behind))
        });
        let (byte, behind) = decoded.unwrap_or((*first, behind));
        bytes.push(byte);
        rest = behind;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_in_reading_order_without_the_table_of_contents() {
        let xml = "<package><manifest>\
            <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='scripted nav'/>\
            <item id='t' href='toc.xhtml' media-type='application/xhtml+xml'/>\
            <item id='b' href='../x/%E7%8A%AC.xhtml' media-type='application/xhtml+xml'/>\
            <item id='a' href='a.xhtml#x' media-type='application/xhtml+xml'/>\
            <item id='s' href='a.svg' media-type='image/svg+xml'/></manifest>\
            <spine><itemref idref='n'/><itemref idref='t'/><itemref idref='b'/><itemref idref='s'/><itemref idref='a'/><itemref idref='z'/></spine>\
            <guide><reference type='toc' href='toc.xhtml#top'/></guide></package>";
        let book = Book::read("OEBPS/book.opf", xml).unwrap();
        assert_eq!(book.pages().collect::<Vec<_>>(), ["x/犬.xhtml", "OEBPS/a.xhtml"]);
    }

    #[test]
    fn references_are_decoded() {
        for (reference, name) in
            [("%E7%8A%AC.x", "犬.x"), ("100%", "100%"), ("%zz%4", "%zz%4"), ("%+1%-1", "%+1%-1"), ("", "")]
        {
            assert_eq!(percent_decoded(reference), name);
        }
    }
}
