//! The texts of a corpus as they are counted, one file each.

use std::path::Path;

use super::text_names::TextNames;
use super::{AnalysisError, Progress};
use crate::corpus::{Corpus, CorpusError, DocumentReader, LONG, LongText, ReadOptions};
use crate::messages::Message;
use crate::publishing::Publication;
use crate::tables::{TableError, TextsTable};

/// What was written.
#[derive(Debug, Default)]
pub struct WrittenTexts {
    /// How many texts.
    pub texts: u64,
    /// Documents that can't be read and were left out.
    pub skipped: Vec<CorpusError>,
    /// What else the user should know.
    pub notes: Vec<Message>,
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
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<WrittenTexts, AnalysisError> {
    let publication = Publication::create(destination).map_err(TableError::from)?;
    let mut table = TextsTable::create(publication.path())?;
    let mut names = TextNames::new(".txt");
    let mut written = WrittenTexts { texts: 0, skipped: corpus.unreadable, notes: Vec::new() };
    for input in &corpus.inputs {
        let long = LongText::open(input, options, LONG).and_then(|text| {
            let Some(text) = text else { return Ok(None) };
            text.check().map(|_| Some(text))
        });
        match long {
            Ok(Some(text)) => {
                let name = names.path(text.name());
                write_long(&text, &name, &publication)?;
                table.add(text.name(), &name)?;
                written.texts += 1;
            }
            Ok(None) => {
                for document in DocumentReader::open(input, options) {
                    match document {
                        Ok(document) => {
                            let name = names.path(&document.name);
                            publication.write(&name, &document.text).map_err(TableError::from)?;
                            table.add(&document.name, &name)?;
                            written.texts += 1;
                        }
                        Err(error) => written.skipped.push(error),
                    }
                }
            }
            Err(error) => written.skipped.push(error),
        }
        progress(Progress::Text(input.bytes()));
    }
    if !written.skipped.is_empty() && (!skip_unreadable || written.texts == 0) {
        return Err(AnalysisError::Unreadable(written.skipped));
    }
    table.finish()?;
    written.notes = publication.publish(&[]).map_err(TableError::from)?;
    Ok(written)
}

/// Writes a text that is too long to be held.
fn write_long(text: &LongText, name: &str, publication: &Publication) -> Result<(), AnalysisError> {
    let failed = |error| AnalysisError::Unreadable(vec![error]);
    let mut reader = text.read().map_err(failed)?;
    let mut piece = String::new();
    publication.write(name, "").map_err(TableError::from)?;
    while !reader.is_at_end {
        piece.clear();
        reader.read(&mut piece, 1).map_err(failed)?;
        publication.append(name, &piece).map_err(TableError::from)?;
    }
    Ok(())
}
