//! Where two codings of a document differ.

use super::coded::{CodedDocument, Mark};
use crate::span::Span;

/// A place where the codings differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The document.
    pub document: String,
    /// The line that its sentence begins on, from 1, as in the concordance.
    pub line: u64,
    /// The character offsets of the node, half-open; those of the gold coding where both have one.
    pub start: u64,
    /// The end of it.
    pub end: u64,
    /// In what they differ.
    pub kind: DifferenceKind,
    /// What stands before the node in its sentence.
    pub left: String,
    /// The node.
    pub node: String,
    /// What stands behind it.
    pub right: String,
}

/// In what two codings differ. `marker` is the id of the program's entry, and empty where the other coding is a reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The gold coding has a marker of this category, the other none.
    Miss { category: String },
    /// The other coding has one of this category, and the gold coding none.
    Extra { marker: String, category: String },
    /// Both have one, of different categories.
    Category { gold: String, marker: String, found: String },
    /// Both have one, and differ on whether it is denied.
    Negated { gold: bool, marker: String, category: String },
}

impl CodedDocument<'_> {
    /// The differences, in the order of the text.
    pub fn differences(&self) -> Vec<Difference> {
        let mut differences = Vec::new();
        for (g, gold) in self.gold.iter().enumerate() {
            let found =
                self.pairs.iter().find(|(paired, _)| *paired == g).and_then(|(_, f)| self.found.get(*f));
            let Some(found) = found else {
                let kind = DifferenceKind::Miss { category: gold.category.clone() };
                differences.push(self.difference(&gold.span, kind));
                continue;
            };
            if gold.category != found.category {
                let kind = DifferenceKind::Category {
                    gold: gold.category.clone(),
                    marker: found.marker.clone(),
                    found: found.category.clone(),
                };
                differences.push(self.difference(&gold.span, kind));
            }
            if gold.negated != found.negated {
                let Mark { marker, category, .. } = found;
                let (marker, category) = (marker.clone(), category.clone());
                let kind = DifferenceKind::Negated { gold: gold.negated, marker, category };
                differences.push(self.difference(&gold.span, kind));
            }
        }
        for (f, found) in self.found.iter().enumerate() {
            if !self.pairs.iter().any(|(_, paired)| *paired == f) {
                let Mark { marker, category, .. } = found;
                let kind = DifferenceKind::Extra { marker: marker.clone(), category: category.clone() };
                differences.push(self.difference(&found.span, kind));
            }
        }
        differences.sort_by_key(|difference| difference.start);
        differences
    }

    fn difference(&self, span: &Span, kind: DifferenceKind) -> Difference {
        let text = &self.document.text;
        let whole = || (0..text.len(), 0);
        let found = self.sentences.get(self.sentence(span.start));
        let (sentence, line) = found.map_or_else(whole, |found| (found.span.clone(), found.line));
        let part = |range: Span| text.get(range).unwrap_or_default().to_owned();
        Difference {
            document: self.document.name.clone(),
            line: (line as u64).saturating_add(1),
            start: self.character(span.start),
            end: self.character(span.end),
            kind,
            left: part(sentence.start.min(span.start)..span.start),
            node: part(span.clone()),
            right: part(span.end..sentence.end.max(span.end)),
        }
    }
}
