//! From coded passages to the lines of documents.

use sha2::{Digest, Sha256};

use super::id::Id;
use super::row::{HitRow, Pairs, Row};
use crate::analysis::windows::{Before, CodedPassage, Window};
use crate::corpus::{Document, Variables};
use crate::digest::hexadecimal;
use crate::lexicon::Labels;

/// The document whose passages come, so far.
pub(super) struct Rows<'a> {
    labels: &'a Labels,
    variables: &'a Variables,
    has_hits: bool,
    digest: Sha256,
    before: Before,
    hits: Vec<HitRow>,
}

impl<'a> Rows<'a> {
    pub fn new(labels: &'a Labels, variables: &'a Variables, has_hits: bool) -> Self {
        Rows {
            labels,
            variables,
            has_hits,
            digest: Sha256::new(),
            before: Before::default(),
            hits: Vec::new(),
        }
    }

    /// The rows of the documents that end in a window.
    pub fn add(&mut self, window: &Window) -> Vec<Row> {
        let mut rows = Vec::new();
        for coded in &window.passages {
            let document = &window.documents[coded.document];
            self.digest.update(&document.text[coded.span.clone()]);
            if self.has_hits {
                self.add_hits(document, coded);
            }
            self.before.add(coded, document);
            if coded.is_last {
                let survey = &window.surveys[coded.document];
                let Before { tally, .. } = std::mem::take(&mut self.before);
                let sha256 = hexadecimal(std::mem::take(&mut self.digest));
                let row = Row::new(Id::of(document), sha256, survey, &document.text, &tally, self.labels);
                rows.push(Row {
                    variables: Pairs(self.variables.own(document)),
                    hits: self.has_hits.then(|| std::mem::take(&mut self.hits)),
                    without_variables: self.variables.is_missing(document),
                    ..row
                });
            }
        }
        rows
    }

    fn add_hits(&mut self, document: &Document, coded: &CodedPassage) {
        for found in &coded.passage.hits {
            let row = coded.row(document, &self.before, found).kept();
            let hit = found.hit;
            self.hits.push(HitRow {
                line: row.line,
                sentence: row.sentence,
                start: row.start,
                end: row.end,
                left: row.left.into(),
                node: row.node.into(),
                right: row.right.into(),
                previous: row.previous.into(),
                next: row.next.into(),
                marker: self.labels.entries[hit.entry].id.to_string(),
                negated: hit.negated,
                interrogative: hit.interrogative,
                quoted: hit.quoted,
                position: hit.position,
            });
        }
    }
}
