//! The kinds of files, and extracting their text: one small file a format.

mod aozora;
mod archive;
mod bounded_search;
mod compression;
mod directory;
mod docx;
mod epub;
mod equal_names;
mod front_matter;
mod html;
mod json_cells;
mod json_lines;
mod lines;
mod markdown;
mod member_names;
mod members;
#[cfg(feature = "pdf")]
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "the segments of a page are indexed throughout; a panic is caught, and names the document"
)]
mod pdf;
mod subtitles;
mod table;
mod tei;
#[cfg(feature = "xlsx")]
mod xlsx;
#[cfg(feature = "xlsx")]
mod xlsx_bounds;
#[cfg(feature = "xlsx")]
mod xlsx_dates;
mod xml;
#[cfg(feature = "xlsx")]
mod xml_scanner;

use std::ffi::OsStr;
use std::path::Path;

use super::decoding::decode_whole;
use super::limits::Limits;
use super::long_text::LONG;
use super::{CorpusError, Damage, Encoding, ReadOptions};

pub(super) use archive::{Archive, UnpackedMember};
pub use compression::Compression;
pub use html::{HtmlPart, next_to_nothing};
pub(super) use table::{CellError, Columns, Header, RowDocuments, Table, columns};
pub(super) use tei::{HEAD, is_read as is_read_xml};

/// What a file is, by the extension of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Plain text; that of Aozora Bunko is known by its contents.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// A web page in XML.
    Xhtml,
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
    /// A book.
    Epub,
    /// XML of the Text Encoding Initiative.
    Tei,
    /// Subtitles.
    Subtitles,
    /// A PDF.
    Pdf,
    /// An archive of documents.
    Zip,
}

/// What a file is, and how it is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form {
    /// What it is, decompressed.
    pub kind: Kind,
    /// How it is compressed, if it is.
    pub compression: Option<Compression>,
}

/// The known extensions, without the dot, in lower case.
const EXTENSIONS: [(&str, Kind); 23] = [
    ("txt", Kind::Text),
    ("text", Kind::Text),
    ("md", Kind::Markdown),
    ("markdown", Kind::Markdown),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("xhtml", Kind::Xhtml),
    ("xht", Kind::Xhtml),
    ("csv", Kind::Csv),
    ("tsv", Kind::Tsv),
    ("tab", Kind::Tsv),
    ("jsonl", Kind::JsonLines),
    ("ndjson", Kind::JsonLines),
    ("xlsx", Kind::Xlsx),
    ("docx", Kind::Docx),
    ("docm", Kind::Docx),
    ("epub", Kind::Epub),
    ("xml", Kind::Tei),
    ("tei", Kind::Tei),
    ("srt", Kind::Subtitles),
    ("vtt", Kind::Subtitles),
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
            Kind::Html | Kind::Xhtml => "html",
            Kind::Csv => "csv",
            Kind::Tsv => "tsv",
            Kind::JsonLines => "jsonl",
            Kind::Xlsx => "xlsx",
            Kind::Docx => "docx",
            Kind::Epub => "epub",
            Kind::Tei => "tei",
            Kind::Subtitles => "subtitles",
            Kind::Pdf => "pdf",
            Kind::Zip => "zip",
        }
    }

    /// Whether each row of it is a document.
    pub fn is_table(self) -> bool {
        matches!(self, Kind::Csv | Kind::Tsv | Kind::JsonLines | Kind::Xlsx)
    }

    /// Whether it is one of Office's, which keeps an owner file beside a document that is open.
    pub(super) fn is_offices(self) -> bool {
        matches!(self, Kind::Docx | Kind::Xlsx)
    }

    /// Whether the crate was compiled with the feature that reads it.
    fn is_built_in(self) -> bool {
        (self != Kind::Xlsx || cfg!(feature = "xlsx")) && (self != Kind::Pdf || cfg!(feature = "pdf"))
    }
}

impl Form {
    /// Plain text as it is.
    pub const TEXT: Form = Form { kind: Kind::Text, compression: None };

    /// What a file at this path is, by its extension; none if it is of a kind that is not read.
    pub fn of(path: &Path) -> Option<Self> {
        let (compression, inner) = match Compression::of(path) {
            Some((compression, inner)) => (Some(compression), inner),
            None => (None, path),
        };
        let kind = Kind::of(inner).filter(|kind| kind.is_built_in())?;
        // An archive needs seeking.
        (compression.is_none() || kind != Kind::Zip).then_some(Form { kind, compression })
    }

    /// Whether it may hold many documents.
    pub fn holds_many(self) -> bool {
        self.kind.is_table() || self.kind == Kind::Zip
    }
}

/// The text of a file that is one document, and how it was read.
#[derive(Debug, Default)]
pub(super) struct Extract {
    pub text: String,
    /// The format's name in the record of a run.
    pub format: &'static str,
    pub encoding: Option<Encoding>,
    /// How many bytes are not of the encoding.
    pub malformed: u64,
    /// Which part of a web page it is.
    pub html: Option<String>,
    /// The share of a web page's Japanese characters that is in the text.
    pub read_share: Option<f64>,
    /// The offsets of its line ends that end no sentence, in bytes, in order.
    pub joined: Vec<usize>,
}

/// Extracts the text of a file that is one document.
pub(super) fn extract(
    kind: Kind,
    document: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<Extract, CorpusError> {
    match kind {
        Kind::Html | Kind::Xhtml => return html::extract(document, bytes, kind == Kind::Xhtml, options),
        Kind::Docx => return docx::extract(document, &bytes, Limits::of(options)),
        Kind::Epub => return epub::extract(document, &bytes, Limits::of(options)),
        Kind::Tei => return tei::extract(document, bytes, options),
        #[cfg(feature = "pdf")]
        Kind::Pdf => return pdf::extract(document, bytes),
        _ => {}
    }
    let is_long = bytes.len() as u64 > LONG;
    let decoded = decode_whole(document, bytes, None, options)?;
    let (encoding, malformed) = (Some(decoded.encoding), decoded.malformed);
    let (text, format) = match kind {
        Kind::Markdown => {
            let text = markdown::text(&decoded.text, Limits::of(options));
            (text.map_err(|damage| CorpusError::damaged(document, kind, damage))?, "markdown")
        }
        Kind::Subtitles => {
            let no_times =
                || CorpusError::Damaged { document: document.into(), kind, damage: Damage::NoTimes };
            (subtitles::text(&decoded.text).ok_or_else(no_times)?, "subtitles")
        }
        // A longer one is not held as a whole, and no work is as long.
        Kind::Text if !is_long => match aozora::text(&decoded.text) {
            Some(work) => (work, "aozora"),
            None => (decoded.text, "text"),
        },
        _ => (decoded.text, "text"),
    };
    Ok(Extract { text, format, encoding, malformed, ..Extract::default() })
}

/// The extension of a file with its dot, as it is in the name.
pub(super) fn extension(path: &Path) -> String {
    let extension = path.extension().map(OsStr::to_string_lossy).unwrap_or_default();
    format!(".{extension}")
}
