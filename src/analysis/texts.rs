//! The texts of a corpus as they are counted, one file each.

use std::fs;
use std::io;
use std::path::Path;

use super::AnalysisError;
use super::text_names::TextNames;
use crate::corpus::{Corpus, CorpusError, Document, DocumentReader, ReadOptions};
use crate::publishing::{Publication, PublishError};
use crate::tables::{TableError, TextsTable};

/// What was written.
#[derive(Debug, Default)]
pub struct WrittenTexts {
    /// How many texts.
    pub texts: u64,
    /// Documents that can't be read and were left out.
    pub skipped: Vec<CorpusError>,
}

/// Writes the text of each document to a file in the folder `destination`, called after the document with `.txt` behind
/// it where that can be, and `texts.csv`, which says of each document in which file its text is: offsets in the concordance
/// count characters of these texts. All of them are written, or nothing; with `skip_unreadable`, all that can be read.
///
/// # Errors
/// Documents that can't be read, a destination that exists, or a file that can't be written.
pub fn write_texts(
    corpus: Corpus,
    options: &ReadOptions,
    skip_unreadable: bool,
    destination: &Path,
) -> Result<WrittenTexts, AnalysisError> {
    let publication = Publication::create(destination, false).map_err(TableError::from)?;
    let mut table = TextsTable::create(publication.path())?;
    let mut names = TextNames::default();
    let mut written = WrittenTexts { texts: 0, skipped: corpus.unreadable };
    for document in corpus.inputs.iter().flat_map(|input| DocumentReader::open(input, options)) {
        match document {
            Ok(document) => {
                let name = names.path(&document.name);
                write(&publication.path().join(&name), &document).map_err(|source| {
                    TableError::from(PublishError::Write { path: destination.join(&name), source })
                })?;
                table.add(&document.name, &name)?;
                written.texts += 1;
            }
            Err(error) => written.skipped.push(error),
        }
    }
    if !written.skipped.is_empty() && (!skip_unreadable || written.texts == 0) {
        return Err(AnalysisError::Unreadable(written.skipped));
    }
    table.finish()?;
    publication.publish().map_err(TableError::from)?;
    Ok(written)
}

fn write(path: &Path, document: &Document) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, &document.text)
}
