//! PDF, in the optional feature `pdf`. A page knows where its characters stand and nothing of paragraphs: these are found
//! again by geometry, so that a sentence is whole.

mod columns;
mod furniture;
mod paragraphs;
mod segments;

use pdf_oxide::PdfDocument;

use self::segments::Segment;
use super::{Extract, Kind};
use crate::corpus::{CorpusError, Damage, NoText};
use crate::text::characters::is_japanese;

/// Extracts the text of a PDF, a line for each paragraph, heading, list item or table cell. One with pages and without a
/// Japanese character is refused: it is most often a scan, or its fonts lack the mapping to Unicode.
pub(super) fn extract(document: &str, bytes: Vec<u8>) -> Result<Extract, CorpusError> {
    let damaged = |error: pdf_oxide::Error| CorpusError::Damaged {
        document: document.into(),
        kind: Kind::Pdf,
        damage: Damage::Parser(error.to_string()),
    };
    let pdf = PdfDocument::from_bytes(bytes).map_err(damaged)?;
    let count = pdf.page_count().map_err(damaged)?;
    let mut pages = Vec::new();
    for page in 0..count {
        pages.push(segments::segments(&pdf.extract_spans(page).map_err(damaged)?));
    }
    furniture::remove(&mut pages);
    let pages: Vec<_> = pages.into_iter().map(columns::in_order).collect();
    let text = paragraphs::text(&pages);
    if !text.chars().any(is_japanese) {
        return Err(CorpusError::NoText { document: document.into(), what: NoText::Pdf { pages: count } });
    }
    Ok(Extract { text, format: "pdf", ..Extract::default() })
}
