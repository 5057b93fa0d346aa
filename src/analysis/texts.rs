//! The texts of a corpus as they are counted, one file each.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::AnalysisError;
use crate::corpus::{Corpus, Document, DocumentReader, ReadOptions};
use crate::publishing::{Publication, PublishError};
use crate::tables::TableError;

/// Writes the text of each document to a file of its name and `.txt` in the folder `destination`: offsets in the
/// concordance count characters of these texts. All of them are written, or nothing. Returns their number.
///
/// # Errors
/// Documents that can't be read, a destination that exists, or a file that can't be written.
pub fn write_texts(corpus: Corpus, options: &ReadOptions, destination: &Path) -> Result<u64, AnalysisError> {
    let publication = Publication::create(destination, false).map_err(TableError::from)?;
    let (mut written, mut unreadable) = (0, corpus.unreadable);
    for document in corpus.inputs.iter().flat_map(|input| DocumentReader::open(input, options)) {
        match document {
            Ok(document) => {
                let path = publication.path().join(path_of(&document.name));
                write(&path, &document).map_err(|source| {
                    let path = destination.join(path_of(&document.name));
                    TableError::from(PublishError::Write { path, source })
                })?;
                written += 1;
            }
            Err(error) => unreadable.push(error),
        }
    }
    if !unreadable.is_empty() {
        return Err(AnalysisError::Unreadable(unreadable));
    }
    publication.publish().map_err(TableError::from)?;
    Ok(written)
}

fn write(path: &Path, document: &Document) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, &document.text)
}

/// The path of a text in its folder, from the name of its document.
fn path_of(document: &str) -> PathBuf {
    let mut path: PathBuf = document.split('/').map(file_name).collect();
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".txt");
    path.set_file_name(name);
    path
}

/// A part of a document's name as the name of a file: the id of a row may have characters that no file name may.
fn file_name(part: &str) -> String {
    let is_allowed = |c: char| !(c.is_control() || r#"\:*?"<>|%"#.contains(c));
    let encoded = |c: char| if is_allowed(c) { c.to_string() } else { format!("%{:02X}", u32::from(c)) };
    match part {
        "" | "." | ".." => format!("%{part}"),
        part => part.chars().map(encoded).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_document_leads_out_of_the_folder() {
        for (document, path) in [
            ("a/b.html", "a/b.html.txt"),
            ("../a", "%../a.txt"),
            ("a//.", "a/%/%..txt"),
            ("table.csv:x\\y", "table.csv%3Ax%5Cy.txt"),
        ] {
            assert_eq!(path_of(document), Path::new(path), "{document}");
        }
    }
}
