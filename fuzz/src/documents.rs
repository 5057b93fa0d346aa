//! Documents of the formats that are plain text: the first byte says how they are read, the others are the file.

use hedgerow::corpus::{CorpusError, Document, ReadOptions};
use hedgerow::text::{Folding, WrapPolicy, sentences_in};

use super::input::{head, options};

pub fn html(bytes: &[u8]) {
    read_with_head("a.html", "a.xhtml", bytes);
}

pub fn csv(bytes: &[u8]) {
    read_with_head("a.csv", "a.tsv", bytes);
}

pub fn jsonl(bytes: &[u8]) {
    read_with_head("a.jsonl", "a.ndjson", bytes);
}

pub fn aozora(bytes: &[u8]) {
    read_with_head("a.txt", "a.txt", bytes);
}

pub fn markdown(bytes: &[u8]) {
    read_with_head("a.md", "a.md", bytes);
}

pub fn tei(bytes: &[u8]) {
    read_with_head("a.xml", "a.tei", bytes);
}

pub fn subtitles(bytes: &[u8]) {
    read_with_head("a.srt", "a.vtt", bytes);
}

/// The extension is the second one where the size of the file is odd.
fn read_with_head(even: &str, odd: &str, bytes: &[u8]) {
    let (byte, file) = head(bytes);
    let name = if file.len() % 2 == 0 { even } else { odd };
    // An element of a few bytes gives line ends, and an escape a character.
    let most = 1_000 + 20 * file.len();
    for document in read(name, file, &options(byte)) {
        assert!(document.text.len() <= most, "{} bytes of {}", document.text.len(), file.len());
    }
}

/// Reads a file and goes on with what was read as a count does. An error is one line, and no documents.
pub fn read(name: &str, file: &[u8], options: &ReadOptions) -> Vec<Document> {
    let documents = match Document::from_bytes(name, file.to_vec(), options) {
        Ok(documents) => documents,
        Err(error) => {
            check_error(&error);
            return Vec::new();
        }
    };
    documents.iter().for_each(check);
    documents
}

pub fn check_error(error: &CorpusError) {
    check_message(&error.to_string());
}

/// A message is one line that a terminal can print.
pub fn check_message(message: &str) {
    assert!(!message.is_empty() && !message.contains(char::is_control), "{message:?}");
}

fn check(document: &Document) {
    let text = &document.text;
    assert!(!text.contains('\0'), "{text:?}");
    for policy in [WrapPolicy::Auto, WrapPolicy::Always] {
        check_sentences(text, policy);
    }
}

/// Sentences follow each other within the text, and each folded character leads back to its own.
pub fn check_sentences(text: &str, policy: WrapPolicy) {
    let wrapping = policy.wrapping(text);
    let (mut folding, mut again) = (Folding::default(), Folding::default());
    let (mut end, mut line) = (0, 0);
    for sentence in sentences_in(text, wrapping) {
        assert!(sentence.span.start >= end && sentence.span.end > sentence.span.start, "{text:?}");
        assert!(sentence.line >= line, "{text:?}");
        (end, line) = (sentence.span.end, sentence.line);
        let original = &text[sentence.span.clone()];
        folding.fold(original, wrapping);
        let folded = folding.text(original);
        let mut behind = 0;
        for (at, character) in folded.char_indices() {
            let span = folding.original(at..at + character.len_utf8());
            assert!(span.end >= behind, "{original:?}");
            behind = span.end;
            assert!(original.get(span).is_some_and(|text| !text.is_empty()), "{original:?}");
        }
        if !folding.is_folded() {
            assert_eq!(folded, original);
        }
        sentence.fold(text, wrapping, &mut again);
        assert_eq!(again.text(original), folded, "{text:?}");
    }
}
