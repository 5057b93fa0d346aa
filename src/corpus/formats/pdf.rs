//! PDF, in the optional feature `pdf`: the text of each page, a line for each line on it.

use pdf_oxide::PdfDocument;

use super::Extract;
use crate::corpus::CorpusError;
use crate::text::characters::is_japanese;

/// Takes the text from a PDF. One with pages and without a character of Japanese is most often a scan, or its
/// fonts don't say what they show: it is an error, and no document without hedges.
pub(super) fn extract(document: &str, bytes: Vec<u8>) -> Result<Extract, CorpusError> {
    let damaged = |message: String| CorpusError::Damaged {
        document: document.into(),
        message: format!("the PDF can't be read ({message}); save its text as .txt"),
    };
    let pdf = PdfDocument::from_bytes(bytes).map_err(|error| damaged(error.to_string()))?;
    let pages = pdf.page_count().map_err(|error| damaged(error.to_string()))?;
    let mut text = String::new();
    for page in 0..pages {
        let page = pdf.extract_text(page).map_err(|error| damaged(error.to_string()))?;
        text.push_str(&page.replace('\0', ""));
        text.push('\n');
    }
    if !text.chars().any(is_japanese) {
        let why = format!("though it has {pages} pages: perhaps they are pictures; save its text as .txt");
        return Err(CorpusError::NoText { document: document.into(), what: "PDF in Japanese", why });
    }
    Ok(Extract { text, format: "pdf", encoding: None, malformed: 0, html: None })
}
