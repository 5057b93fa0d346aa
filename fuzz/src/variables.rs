//! Tables of variables and codings by readers.

use std::fs;

use hedgerow::corpus::{Corpus, Gold, ReadOptions};
use tempfile::TempDir;

use super::documents::{check_error, check_message};
use super::input::{head, options};

/// The first byte says what the table is and how it is read, the others are the table.
pub fn variables(bytes: &[u8]) {
    thread_local! {
        static FOLDER: TempDir = tempfile::tempdir().expect("a temporary folder");
    }
    let (byte, table) = head(bytes);
    let name = ["a.csv", "a.tsv", "a.jsonl", "a.xlsx"][usize::from(byte >> 6)];
    let options = options(byte & 0x27);
    FOLDER.with(|folder| {
        let path = folder.path().join(name);
        fs::write(&path, table).expect("a file that can be written");
        match Gold::read(&path, &options) {
            Ok(gold) => assert!(gold.markers.len() <= table.len()),
            Err(error) => check_error(&error),
        }
        let documents = folder.path().join("documents");
        fs::create_dir_all(&documents).expect("a folder");
        fs::write(documents.join("a.txt"), "犬。").expect("a file that can be written");
        let options = ReadOptions { variables: Some(path), reserved: vec!["tokens".into()], ..options };
        match Corpus::open(&[documents], &options) {
            Ok(corpus) => {
                let variables = &corpus.variables;
                assert_eq!(variables.of_name("a.txt").count(), variables.names.len());
                assert!(!variables.names.iter().any(|name| name.is_empty() || name == "tokens"));
            }
            Err(errors) => errors.iter().for_each(|error| check_message(&error.to_string())),
        }
    });
}
