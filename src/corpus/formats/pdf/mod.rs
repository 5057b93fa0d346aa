//! PDF, in the optional feature `pdf`. A page knows where its characters stand and nothing of paragraphs: these are found
//! again by geometry, so that a sentence is whole.

mod collections;
mod columns;
mod furniture;
mod glyphs;
mod paragraphs;
mod segments;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::collections::Collections;
use self::segments::Segment;
use super::{Extract, Kind};
use crate::corpus::{CorpusError, Damage, NoText};
use crate::text::characters::is_japanese;

/// Extracts the text of a PDF, a line for each paragraph, heading, list item or table cell. One with pages and without a
/// Japanese character is refused: it is most often a scan, or its fonts lack the mapping to Unicode.
pub(super) fn extract(document: &str, bytes: Vec<u8>) -> Result<Extract, CorpusError> {
    let damaged = |damage| CorpusError::Damaged { document: document.into(), kind: Kind::Pdf, damage };
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => damaged(Damage::PdfPassword),
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => damaged(Damage::NoPdf),
    })?;
    let count = pdf.pages().len();
    let collections = Collections::of(&pdf);
    let cache = InterpreterCache::new();
    let mut pages = Vec::with_capacity(count);
    for (index, page) in pdf.pages().iter().enumerate() {
        if !glyphs::is_whole(page) {
            return Err(damaged(Damage::PdfPage(index + 1)));
        }
        pages.push(segments::segments(&glyphs::runs(page, &collections, &cache)));
    }
    furniture::remove(&mut pages);
    let pages: Vec<_> = pages.into_iter().map(columns::in_order).collect();
    let text = paragraphs::text(&pages);
    if !text.chars().any(is_japanese) {
        return Err(CorpusError::NoText { document: document.into(), what: NoText::Pdf { pages: count } });
    }
    Ok(Extract { text, format: "pdf", ..Extract::default() })
}
