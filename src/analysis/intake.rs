//! What is noted of a document before it is counted, and whether it is counted at all.

use super::CountOptions;
use super::duplicates::{DuplicateIndex, Sketch};
use crate::tables::{Duplicate, OtherLanguageRecord};
use crate::text::OtherLanguage;

/// What has been noted of the documents so far, which come in their order.
pub(super) struct Intake {
    skip_other_languages: bool,
    drop_duplicates: bool,
    /// What later documents are compared with.
    pub index: DuplicateIndex,
    /// What has been found and not yet been taken.
    pub duplicates: Vec<Duplicate>,
    /// Documents with next to no Japanese in them.
    pub other_languages: Vec<(OtherLanguage, OtherLanguageRecord)>,
    /// Names of documents that were read and are not counted.
    pub left_out: Vec<String>,
    /// Names of the documents whose lines were joined.
    pub joined: Vec<String>,
    /// Names of the documents with ruby in a notation of its own.
    pub ruby: Vec<String>,
}

/// A document that has been read.
pub(super) struct Arrival<'a> {
    pub document: &'a str,
    /// What it is in, if there is next to no Japanese in it.
    pub language: Option<(OtherLanguage, OtherLanguageRecord)>,
    pub sketch: &'a Sketch,
    /// Whether its lines are joined.
    pub is_joined: bool,
    /// Whether it has ruby in a notation of its own.
    pub has_ruby: bool,
}

impl Intake {
    pub fn new(options: &CountOptions) -> Self {
        Intake {
            skip_other_languages: options.skip_other_languages,
            drop_duplicates: options.drop_duplicates,
            index: DuplicateIndex::default(),
            duplicates: Vec::new(),
            other_languages: Vec::new(),
            left_out: Vec::new(),
            joined: Vec::new(),
            ruby: Vec::new(),
        }
    }

    /// Notes a document. Whether it is a duplicate, if it is counted at all.
    pub fn note(&mut self, arrival: Arrival) -> Option<bool> {
        let noted = self.is_counted(&arrival);
        let document = arrival.document;
        match noted {
            None => self.left_out.push(document.into()),
            Some(_) => {
                if arrival.is_joined {
                    self.joined.push(document.into());
                }
                if arrival.has_ruby {
                    self.ruby.push(document.into());
                }
            }
        }
        noted
    }

    fn is_counted(&mut self, arrival: &Arrival) -> Option<bool> {
        if let Some(language) = &arrival.language {
            self.other_languages.push(language.clone());
            if self.skip_other_languages {
                return None;
            }
        }
        let duplicate = self.index.add(arrival.document, arrival.sketch);
        let is_duplicate = duplicate.is_some();
        self.duplicates.extend(duplicate);
        (!is_duplicate || !self.drop_duplicates).then_some(is_duplicate)
    }
}
