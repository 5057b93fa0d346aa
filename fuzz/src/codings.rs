//! Codings of other programs.

use std::fs;

use hedgerow::analysis::Coding;
use hedgerow::corpus::ReadOptions;
use hedgerow::{Counter, Document, evaluate};
use tempfile::TempDir;

use super::documents::check_error;
use super::input::{head, parts};

/// The first byte says of which program the coding is; the first part behind it is the document, the second the coding. What is
/// read fits the document, and agrees with itself.
pub fn codings(bytes: &[u8]) {
    thread_local! {
        static FOLDER: TempDir = tempfile::tempdir().expect("a temporary folder");
        static COUNTER: Counter = Counter::new().expect("the default lexicon");
    }
    let (byte, rest) = head(bytes);
    let [text, coding] = parts::<2>(rest);
    let name = ["a.ann", "a.jsonl", "a.tsv"][usize::from(byte % 3)];
    let text = String::from_utf8_lossy(text).replace('\0', "");
    let document = Document { name: "a.txt".into(), text, ..Document::default() };
    let documents = std::slice::from_ref(&document);
    FOLDER.with(|folder| {
        let path = folder.path().join(name);
        fs::write(&path, coding).expect("a file that can be written");
        COUNTER.with(|counter| {
            let read = Coding::read(&path, &counter.setup().lexicon, &ReadOptions::default());
            let gold = match read.and_then(|coding| coding.fitted(documents)) {
                Ok(gold) => gold,
                Err(error) => return check_error(&error),
            };
            let evaluation = evaluate(counter, documents, &gold, Some(&gold), &|_| ());
            match evaluation {
                Ok(evaluation) => assert!(evaluation.differences.len() <= gold.markers.len()),
                // Of a table, nothing was compared with the document so far.
                Err(error) => check_error(&error),
            }
        });
    });
}
