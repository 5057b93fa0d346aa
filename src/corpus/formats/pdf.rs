//! PDF, in the optional feature `pdf`: the text of each page, a line for each line on it.

use pdf_oxide::PdfDocument;

use super::{Extract, Kind};
use crate::corpus::{CorpusError, Damage, NoText};
use crate::text::characters::is_japanese;

/// Extracts the text of a PDF. One with pages and without a Japanese character is refused: it is most often a scan, or
/// its fonts lack the mapping to Unicode.
pub(super) fn extract(document: &str, bytes: Vec<u8>) -> Result<Extract, CorpusError> {
    let damaged = |error: pdf_oxide::Error| CorpusError::Damaged {
        document: document.into(),
        kind: Kind::Pdf,
        damage: Damage::Parser(error.to_string()),
    };
    let pdf = PdfDocument::from_bytes(bytes).map_err(damaged)?;
    let pages = pdf.page_count().map_err(damaged)?;
    let mut text = String::new();
    for page in 0..pages {
        text.push_str(&pdf.extract_text(page).map_err(damaged)?.replace('\0', ""));
        text.push('\n');
    }
    if !text.chars().any(is_japanese) {
        return Err(CorpusError::NoText { document: document.into(), what: NoText::Pdf { pages } });
    }
    Ok(Extract { text, format: "pdf", ..Extract::default() })
}
