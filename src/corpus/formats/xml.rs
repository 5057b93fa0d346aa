//! XML: decoding it, and its elements and text one by one.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::corpus::Encoding;
use crate::corpus::encoding::decode;
use crate::corpus::limits::{ATTRIBUTES, NESTING};

/// What is wrong with XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum XmlProblem {
    /// Bytes that are not of its encoding.
    Malformed(Encoding),
    /// A NUL character, which XML can't have.
    Nul,
    /// No XML, by the parser's words.
    Syntax(String),
    /// An entity that is not known.
    UnknownEntity(String),
    /// More elements within one another than any document has.
    TooDeep,
    /// More attributes of an element than any has.
    TooManyAttributes,
}

impl fmt::Display for XmlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            XmlProblem::Malformed(encoding) => write!(f, "not {encoding}"),
            XmlProblem::Nul => f.write_str("a NUL character"),
            XmlProblem::Syntax(error) => f.write_str(error),
            XmlProblem::UnknownEntity(entity) => write!(f, "&{entity}; is not known"),
            XmlProblem::TooDeep => write!(f, "more than {NESTING} elements within one another"),
            XmlProblem::TooManyAttributes => write!(f, "an element with more than {ATTRIBUTES} attributes"),
        }
    }
}

/// Decodes XML by its byte-order mark, its first bytes or its declaration, as appendix F of the standard says; without
/// any, it is UTF-8. Gives the encoding, too.
pub(super) fn decode_xml(mut bytes: Vec<u8>) -> Result<(String, Encoding), XmlProblem> {
    let (encoding, mark) = Encoding::of_mark(&bytes).unwrap_or_else(|| (encoding_of(&bytes), 0));
    bytes.drain(..mark);
    let text = if encoding == Encoding::UTF_8 {
        String::from_utf8(bytes).map_err(|_| XmlProblem::Malformed(encoding))?
    } else {
        let decoded = decode(encoding, &bytes, true);
        if decoded.malformed > 0 {
            return Err(XmlProblem::Malformed(encoding));
        }
        decoded.text
    };
    if memchr(0, text.as_bytes()).is_some() { Err(XmlProblem::Nul) } else { Ok((text, encoding)) }
}

/// The beginning of XML, as far as it can be decoded.
pub(super) fn decode_head(head: &[u8]) -> String {
    let (encoding, mark) = Encoding::of_mark(head).unwrap_or_else(|| (encoding_of(head), 0));
    decode(encoding, head.get(mark..).unwrap_or_default(), false).text
}

/// The encoding of XML without a byte-order mark.
fn encoding_of(bytes: &[u8]) -> Encoding {
    let label = match bytes {
        [b'<', 0, ..] => Some(&b"UTF-16LE"[..]),
        [0, b'<', ..] => Some(&b"UTF-16BE"[..]),
        _ => declared_label(bytes),
    };
    label.and_then(Encoding::of_label).unwrap_or(Encoding::UTF_8)
}

/// The label in `<?xml … encoding="…"?>`.
fn declared_label(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.iter().take(256).position(|byte| *byte == b'>')?;
    let declaration = bytes.get(..end)?.strip_prefix(b"<?xml")?;
    let key = declaration.windows(8).position(|window| window == b"encoding")?;
    let behind = declaration.get(key..)?.strip_prefix(b"encoding")?;
    let value = behind.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = value.split_first()?;
    rest.split(|byte| byte == quote).next().filter(|_| matches!(quote, b'"' | b'\''))
}

/// Whether each element of XML is closed, and no markup broken; entities are not looked at.
pub(super) fn is_well_formed(xml: &str) -> bool {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// Elements and text, one by one. An element that closes itself has an end like any other.
pub(super) struct XmlReader<'a> {
    reader: Reader<&'a [u8]>,
    /// How many elements are open.
    depth: usize,
}

/// What stands in XML.
pub(super) enum Node<'a> {
    Start(Element<'a>),
    End,
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl<'a> Element<'a> {
    pub fn new(element: BytesStart<'a>) -> Result<Self, XmlProblem> {
        // None is shorter than ` a=""`.
        if element.len() / 5 > ATTRIBUTES {
            let mut attributes = element.attributes();
            if attributes.with_checks(false).take(ATTRIBUTES + 1).count() > ATTRIBUTES {
                return Err(XmlProblem::TooManyAttributes);
            }
        }
        Ok(Element(element))
    }

    /// Its name without a prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute, by its name without a prefix; of several, the first.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::default()).ok().map(Cow::into_owned)
    }

    /// The prefixes that it declares, with their namespaces.
    pub fn namespaces(&self) -> Vec<(String, String)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let declared = |key: &str| key.strip_prefix("xmlns:").map(str::to_owned);
        let declarations = attributes.flatten().filter_map(|attribute| {
            let prefix = declared(attribute.key.into_inner())?;
            Some((prefix, attribute.value.into_owned()))
        });
        declarations.collect()
    }
}

impl<'a> XmlReader<'a> {
    pub fn new(xml: &'a str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        XmlReader { reader, depth: 0 }
    }

    /// The next node; none at the end.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, XmlProblem> {
        loop {
            let event = self.reader.read_event().map_err(|error| XmlProblem::Syntax(error.to_string()))?;
            return Ok(Some(match event {
                Event::Start(element) => {
                    self.depth = deeper(self.depth)?;
                    Node::Start(Element::new(element)?)
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned().into()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned().into()),
                Event::GeneralRef(reference) => {
                    let syntax = |error: quick_xml::Error| XmlProblem::Syntax(error.to_string());
                    let character = match reference.resolve_char_ref().map_err(syntax)? {
                        Some(character) => Some(character),
                        None => predefined(&reference),
                    };
                    match character {
                        Some(character) => Node::Text(character.to_string().into()),
                        None => return Err(XmlProblem::UnknownEntity(reference.to_string())),
                    }
                }
                Event::Eof if self.depth > 0 => {
                    return Err(XmlProblem::Syntax("it ends within an element".into()));
                }
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }
}

/// The depth in an element more.
pub(super) fn deeper(depth: usize) -> Result<usize, XmlProblem> {
    if depth < NESTING { Ok(depth.saturating_add(1)) } else { Err(XmlProblem::TooDeep) }
}

fn predefined(entity: &str) -> Option<char> {
    const ENTITIES: [(&str, char); 5] =
        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    ENTITIES.iter().find(|(name, _)| *name == entity).map(|(_, character)| *character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> Result<String, XmlProblem> {
        let mut reader = XmlReader::new(xml);
        let mut text = String::new();
        while let Some(node) = reader.next()? {
            if let Node::Text(part) = node {
                text.push_str(&part);
            }
        }
        Ok(text)
    }

    #[test]
    fn xml_is_decoded_as_it_says() {
        let utf16 = |order: fn(u16) -> [u8; 2], text: &str| text.encode_utf16().flat_map(order).collect();
        let plain = "<a>犬</a>";
        let declared = |label: &str| format!("<?xml version='1.0' encoding = \"{label}\"?>{plain}");
        let encoded = |label: &str| label.parse::<Encoding>().unwrap().encode(&declared(label));
        let all: [Vec<u8>; 8] = [
            plain.into(),
            format!("\u{feff}{plain}").into(),
            declared("UTF-8").into(),
            encoded("Shift_JIS"),
            encoded("EUC-JP"),
            utf16(u16::to_le_bytes, &format!("\u{feff}{}", declared("UTF-16"))),
            utf16(u16::to_be_bytes, &format!("\u{feff}{plain}")),
            utf16(u16::to_le_bytes, plain),
        ];
        for (index, bytes) in all.into_iter().enumerate() {
            assert_eq!(text(&decode_xml(bytes).unwrap().0).unwrap(), "犬", "{index}");
        }
        assert_eq!(decode_xml(b"<a>\xff</a>".into()), Err(XmlProblem::Malformed(Encoding::UTF_8)));
        assert!(matches!(decode_xml(b"\xff\xfe<\0a".into()), Err(XmlProblem::Malformed(_))));
        assert_eq!(decode_xml(b"<a>\0</a>".into()), Err(XmlProblem::Nul));
    }

    #[test]
    fn what_nests_or_counts_beyond_all_measure_is_refused() {
        let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert_eq!(text(&nested(NESTING)), Ok(String::new()));
        assert_eq!(text(&nested(NESTING + 1)), Err(XmlProblem::TooDeep));
        assert_eq!(text(&format!("<b>{}</b>", nested(1).repeat(2_000))), Ok(String::new()));
        let attributes = |count: usize| {
            format!("<a{}/>", (0..count).map(|number| format!(" a{number}=''")).collect::<String>())
        };
        assert_eq!(text(&attributes(ATTRIBUTES)), Ok(String::new()));
        assert_eq!(text(&attributes(ATTRIBUTES + 1)), Err(XmlProblem::TooManyAttributes));
    }

    #[test]
    fn references_are_resolved_and_what_is_no_xml_is_an_error() {
        assert_eq!(text("<a>&lt;&#x72AC;<b/>&#29356;<![CDATA[&]]></a>").unwrap(), "<犬犬&");
        assert_eq!(text("<a>&nbsp;</a>"), Err(XmlProblem::UnknownEntity("nbsp".into())));
        for xml in ["<a><b></a>", "<a", "<a>", "<a><b></b>", "<a>&#xffffffff;</a>", "</a>"] {
            assert!(matches!(text(xml), Err(XmlProblem::Syntax(_))), "{xml}");
        }
    }
}
