//! What a file is, and how its text is taken from it: one small file for each format.

mod aozora;
mod archive;
mod docx;
mod html;
mod lines;
mod markdown;
mod packed;
#[cfg(feature = "pdf")]
mod pdf;
mod table;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::ffi::OsStr;
use std::path::Path;

use super::decoding::decode_whole;
use super::{CorpusError, Encoding, ReadOptions};

pub(super) use archive::{Archive, Unpacked};
pub use html::{HtmlPart, NEXT_TO_NOTHING};
pub use packed::Packing;
pub(super) use table::{Columns, RowDocuments, Table};

/// What a file is, by the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Plain text; Aozora Bunko's is known by its marks.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// A table, its cells separated by commas.
    Csv,
    /// A table, its cells separated by tabs.
    Tsv,
    /// A table, an object of JSON on each line.
    JsonLines,
    /// A table of Excel's.
    Xlsx,
    /// A document of Word's.
    Docx,
    /// A PDF, if this program was built to read it.
    Pdf,
    /// An archive of documents.
    Zip,
}

/// What a file is, and how it is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form {
    /// What it is, once it is unpacked.
    pub kind: Kind,
    /// How it is compressed, if it is.
    pub packing: Option<Packing>,
}

/// The extensions that are known, without the dot and in small letters.
const EXTENSIONS: [(&str, Kind); 16] = [
    ("txt", Kind::Text),
    ("text", Kind::Text),
    ("md", Kind::Markdown),
    ("markdown", Kind::Markdown),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("xhtml", Kind::Html),
    ("csv", Kind::Csv),
    ("tsv", Kind::Tsv),
    ("tab", Kind::Tsv),
    ("jsonl", Kind::JsonLines),
    ("ndjson", Kind::JsonLines),
    ("xlsx", Kind::Xlsx),
    ("docx", Kind::Docx),
    ("pdf", Kind::Pdf),
    ("zip", Kind::Zip),
];

impl Kind {
    /// What a file at this path is. One without an extension is plain text.
    fn of(path: &Path) -> Option<Self> {
        let Some(extension) = path.extension() else { return Some(Kind::Text) };
        let extension = extension.to_str().map(str::to_ascii_lowercase)?;
        EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|(_, kind)| *kind)
    }

    /// Its name in the record of a run.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Markdown => "markdown",
            Kind::Html => "html",
            Kind::Csv => "csv",
            Kind::Tsv => "tsv",
            Kind::JsonLines => "jsonl",
            Kind::Xlsx => "xlsx",
            Kind::Docx => "docx",
            Kind::Pdf => "pdf",
            Kind::Zip => "zip",
        }
    }

    /// Whether each row of it is a document.
    pub fn is_table(self) -> bool {
        matches!(self, Kind::Csv | Kind::Tsv | Kind::JsonLines | Kind::Xlsx)
    }

    /// Whether this program was built to read it.
    fn is_built_in(self) -> bool {
        (self != Kind::Xlsx || cfg!(feature = "xlsx")) && (self != Kind::Pdf || cfg!(feature = "pdf"))
    }
}

impl Form {
    /// Plain text as it is.
    pub const TEXT: Form = Form { kind: Kind::Text, packing: None };

    /// What a file at this path is, by the end of its name; none if it is of no kind that can be read.
    pub fn of(path: &Path) -> Option<Self> {
        let (packing, inner) = match Packing::of(path) {
            Some((packing, inner)) => (Some(packing), inner),
            None => (None, path),
        };
        let kind = Kind::of(inner).filter(|kind| kind.is_built_in())?;
        // Archives are packed as they are.
        (packing.is_none() || kind != Kind::Zip).then_some(Form { kind, packing })
    }

    /// Whether it may hold many documents.
    pub fn holds_many(self) -> bool {
        self.kind.is_table() || self.kind == Kind::Zip
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
    options: &ReadOptions,
) -> Result<Extract, CorpusError> {
    match kind {
        Kind::Html => return html::extract(document, bytes, options),
        Kind::Docx => return docx::extract(document, &bytes),
        #[cfg(feature = "pdf")]
        Kind::Pdf => return pdf::extract(document, bytes),
        _ => {}
    }
    let read = decode_whole(document, bytes, None, options)?;
    let (text, format) = match kind {
        Kind::Markdown => (markdown::text(&read.text), "markdown"),
        Kind::Text if aozora::is_aozora(&read.text) => (aozora::text(&read.text), "aozora"),
        _ => (read.text, "text"),
    };
    Ok(Extract { text, format, encoding: Some(read.encoding), malformed: read.malformed, html: None })
}

/// How files can be read whose extension is `.pdf` or another that is known and not read.
pub(super) fn remedy(extension: &str) -> Option<&'static str> {
    match extension.to_ascii_lowercase().as_str() {
        ".pdf" => Some("build with `--features pdf`, or save the text as .txt"),
        ".doc" | ".rtf" | ".odt" => Some("save it as .docx or .txt"),
        ".xls" | ".xlsx" | ".ods" => Some("save it as .csv"),
        ".mht" | ".mhtml" | ".webarchive" => Some("save the page as .html"),
        ".epub" | ".tar" | ".7z" | ".rar" | ".lzh" => Some("unpack it"),
        _ => None,
    }
}

/// The extension of a file as it is told to the user.
pub(super) fn extension(path: &Path) -> String {
    let extension = path.extension().map(OsStr::to_string_lossy).unwrap_or_default();
    format!(".{extension}")
}
