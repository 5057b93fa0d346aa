//! What a file is, and how its text is taken from it: one small file for each format.

mod aozora;
mod html;
mod lines;
mod markdown;

use std::ffi::OsStr;
use std::path::Path;

use super::decoding::decode_whole;
use super::{CorpusError, Encoding, Reading};

pub use html::{HtmlPart, NEXT_TO_NOTHING};

/// What a file is, by the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Plain text; Aozora Bunko's is known by its marks.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
}

/// The extensions that are known, without the dot and in small letters.
const EXTENSIONS: [(&str, Kind); 7] = [
    ("txt", Kind::Text),
    ("text", Kind::Text),
    ("md", Kind::Markdown),
    ("markdown", Kind::Markdown),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("xhtml", Kind::Html),
];

impl Kind {
    /// What a file of this name is; none if it is of no kind that can be read.
    pub fn of_name(name: &str) -> Option<Self> {
        Kind::of(Path::new(name))
    }

    /// What a file at this path is. One without an extension is plain text.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let Some(extension) = path.extension() else { return Some(Kind::Text) };
        let extension = extension.to_str().map(str::to_ascii_lowercase)?;
        EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|(_, kind)| *kind)
    }
}

/// What was taken from a file.
#[derive(Debug)]
pub(super) struct Extract {
    pub text: String,
    pub format: &'static str,
    pub encoding: Option<Encoding>,
    pub malformed: u64,
    pub html: Option<&'static str>,
}

/// Takes the text from a file that is one document.
pub(super) fn extract(
    kind: Kind,
    document: &str,
    bytes: Vec<u8>,
    reading: &Reading,
) -> Result<Extract, CorpusError> {
    if kind == Kind::Html {
        return html::extract(document, bytes, reading);
    }
    let read = decode_whole(document, bytes, None, reading)?;
    let (text, format) = match kind {
        Kind::Markdown => (markdown::text(&read.text), "markdown"),
        _ if aozora::is_aozora(&read.text) => (aozora::text(&read.text), "aozora"),
        _ => (read.text, "text"),
    };
    Ok(Extract { text, format, encoding: Some(read.encoding), malformed: read.malformed, html: None })
}

/// The extension of a file as it is told to the user.
pub(super) fn extension(path: &Path) -> String {
    let extension = path.extension().map(OsStr::to_string_lossy).unwrap_or_default();
    format!(".{extension}")
}
