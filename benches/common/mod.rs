//! The text of the benches: the sample corpus, written for this project.

use std::path::{Path, PathBuf};

use hedgerow::corpus::{Corpus, Document, ReadOptions};

/// Where the sample corpus stands.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The documents of the sample corpus.
pub fn documents() -> Vec<Document> {
    let corpus = Corpus::open(&[folder()], &ReadOptions::default()).expect("the sample corpus is there");
    corpus.inputs.iter().map(|input| Document::read(input).expect("it can be read")).collect()
}

/// The bytes of their texts.
#[allow(dead_code, reason = "one bench counts the bytes of files instead")]
pub fn bytes(documents: &[Document]) -> u64 {
    documents.iter().map(|document| document.text.len() as u64).sum()
}
