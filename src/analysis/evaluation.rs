//! Compares the coding of this program with that of readers.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

use std::collections::BTreeMap;
use std::fmt::Display;

use super::Progress;
use super::{Found, Setup};
use crate::corpus::{CorpusError, Document, Gold, GoldMarker, unmatched};
use crate::counter::Counter;
use crate::lexicon::Stance;
use crate::messages::Message;
use crate::span::Span;
use crate::statistics::Agreement;
use crate::text::{Sentence, composed, line_of, sentences_in};

/// The outcome of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// Agreement by document, and within it by sentence.
    pub documents: Vec<Vec<Agreement>>,
    /// By category: markers right, found and in the gold coding.
    pub categories: BTreeMap<String, Scores>,
    /// Where the codings differ, in the order of the text.
    pub differences: Vec<Difference>,
}

/// How often a category was right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// Found, and of this category in the gold coding.
    pub right: u64,
    /// Found.
    pub found: u64,
    /// In the gold coding.
    pub gold: u64,
}

/// A place where the codings differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The document.
    pub document: String,
    /// The line that its sentence begins on, from 1, as in the concordance.
    pub line: u64,
    /// In what they differ.
    pub kind: DifferenceKind,
    /// What stands before the node in its sentence.
    pub left: String,
    /// The node; that of the gold coding where both have one.
    pub node: String,
    /// What stands behind it.
    pub right: String,
}

/// In what two codings differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The gold coding has a marker of this category, the program none.
    Miss { category: String },
    /// The program has found this entry, of this category, and the gold coding has none.
    Extra { marker: String, category: String },
    /// Both have one, of different categories.
    Category { gold: String, marker: String, found: String },
    /// Both have one, and differ on whether it is denied.
    Negated { gold: bool, marker: String },
}

/// Codes documents and compares the coding with that of readers. Markers are matched one to one by overlap: pairs of the
/// same category first, then those of the same stance, then those that overlap most.
///
/// ```
/// use hedgerow::{Counter, Document, Gold, GoldMarker, ReadOptions, evaluate};
///
/// let documents = Document::from_bytes("a.txt", "効果が期待される。".into(), &ReadOptions::default())?;
/// let marker = GoldMarker {
///     document: "a.txt".into(),
///     line: 1,
///     start: 3,
///     end: 6,
///     node: "期待さ".into(),
///     stance: "hedge".into(),
///     category: "expectation".into(),
///     negated: false,
///     row: 2,
/// };
/// let gold = Gold { path: "gold.csv".into(), markers: vec![marker] };
/// let evaluation = evaluate(&Counter::new()?, &documents, &gold, &|_| ())?;
/// assert_eq!(evaluation.categories["expectation"].right, 1);
/// assert!(evaluation.differences.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The first row of the gold coding that does not fit the documents.
pub fn evaluate(
    counter: &Counter,
    documents: &[Document],
    gold: &Gold,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Evaluation, CorpusError> {
    let mut evaluation = Evaluation::default();
    for category in &counter.setup().lexicon.categories {
        evaluation.categories.insert(category.name.clone(), Scores::default());
    }
    let mut of_document: BTreeMap<&str, Vec<&GoldMarker>> = BTreeMap::new();
    for marker in &gold.markers {
        of_document.entry(&marker.document).or_default().push(marker);
    }
    for document in documents {
        let markers = of_document.remove(composed(&document.name).as_str()).unwrap_or_default();
        let coded = CodedDocument::new(counter, document, &markers)
            .map_err(|(marker, message)| gold.error(marker, message))?;
        evaluation.add(&coded);
        progress(Progress::Text(document.text.len() as u64));
    }
    match of_document.into_values().flatten().min_by_key(|marker| marker.row) {
        None => Ok(evaluation),
        Some(marker) => {
            let names = documents.iter().map(|document| document.name.as_str());
            let nearest = unmatched([marker.document.as_str()], names).pop().and_then(|name| name.nearest);
            let message = match nearest {
                Some((nearest, _)) => Message::new(
                    "evaluation.no_document_near",
                    &[("document", &marker.document), ("nearest", &nearest)],
                ),
                None => Message::new("evaluation.no_document", &[("document", &marker.document)]),
            };
            Err(gold.error(marker, message))
        }
    }
}

/// A document with both codings.
struct CodedDocument<'a> {
    setup: &'a Setup,
    document: &'a Document,
    sentences: Vec<Sentence>,
    gold: Vec<(&'a GoldMarker, Span)>,
    found: Vec<Found>,
    /// Pairs of a gold marker and a hit.
    pairs: Vec<(usize, usize)>,
}

impl<'a> CodedDocument<'a> {
    fn new(
        counter: &'a Counter,
        document: &'a Document,
        markers: &[&'a GoldMarker],
    ) -> Result<Self, (&'a GoldMarker, Message)> {
        let setup = counter.setup();
        let starts: Vec<usize> = document.text.char_indices().map(|(byte, _)| byte).collect();
        let byte = |character: u64| match usize::try_from(character) {
            Ok(at) if at == starts.len() => Some(document.text.len()),
            Ok(at) => starts.get(at).copied(),
            Err(_) => None,
        };
        let mut gold = Vec::new();
        for marker in markers {
            let span = byte(marker.start).zip(byte(marker.end)).filter(|(start, end)| start < end);
            let span = span.map(|(start, end)| start..end);
            let node = span.clone().and_then(|span| document.text.get(span));
            match span {
                Some(span) if node.map(composed) == Some(composed(&marker.node)) => {
                    gold.push((*marker, span))
                }
                _ => {
                    let key = if node.is_some() { "evaluation.node" } else { "evaluation.no_node" };
                    let found = node.unwrap_or_default();
                    let values: [(&str, &dyn Display); 5] = [
                        ("document", &document.name),
                        ("start", &marker.start),
                        ("end", &marker.end),
                        ("found", &found),
                        ("node", &marker.node),
                    ];
                    return Err((marker, Message::new(key, &values)));
                }
            }
            if !setup.lexicon.categories.iter().any(|category| category.name == marker.category) {
                let message = Message::new("evaluation.category", &[("category", &marker.category)]);
                return Err((marker, message));
            }
            if !Stance::ALL.iter().any(|stance| stance.name() == marker.stance) {
                let message = Message::new("evaluation.stance", &[("stance", &marker.stance)]);
                return Err((marker, message));
            }
        }
        gold.sort_by_key(|(_, span)| (span.start, span.end));
        let wrapping = counter.wrapping().wrapping(&document.text);
        let sentences = sentences_in(&document.text, wrapping).collect();
        let found = counter.with_coder(|coder| coder.code(&document.text, wrapping)).hits;
        let mut coded = CodedDocument { setup, document, sentences, gold, found, pairs: Vec::new() };
        coded.check_lines()?;
        coded.pair();
        Ok(coded)
    }

    fn category(&self, found: &Found) -> &'a str {
        &self.setup.lexicon.category(self.entry(found)).name
    }

    fn stance(&self, found: &Found) -> &'a str {
        self.setup.lexicon.category(self.entry(found)).stance.name()
    }

    #[allow(clippy::indexing_slicing, reason = "a hit has the index of an entry of this lexicon")]
    fn entry(&self, found: &Found) -> &'a crate::lexicon::Entry {
        &self.setup.lexicon.entries[found.hit.entry]
    }

    fn pair(&mut self) {
        let mut overlaps = Vec::new();
        for (g, (marker, span)) in self.gold.iter().enumerate() {
            for (f, found) in self.found.iter().enumerate() {
                let shared = span.end.min(found.node.end).saturating_sub(span.start.max(found.node.start));
                if shared > 0 {
                    let category = marker.category == self.category(found);
                    let stance = marker.stance == self.stance(found);
                    overlaps.push((!category, !stance, std::cmp::Reverse(shared), g, f));
                }
            }
        }
        overlaps.sort_unstable();
        let (mut gold_taken, mut found_taken) = (vec![false; self.gold.len()], vec![false; self.found.len()]);
        for (.., g, f) in overlaps {
            let (Some(gold), Some(found)) = (gold_taken.get_mut(g), found_taken.get_mut(f)) else { continue };
            if !*gold && !*found {
                (*gold, *found) = (true, true);
                self.pairs.push((g, f));
            }
        }
    }

    /// Checks the lines of the gold coding: from that on which the sentence begins, as in the concordance, to that of the
    /// node itself, as an editor shows it.
    fn check_lines(&self) -> Result<(), (&'a GoldMarker, Message)> {
        for (marker, span) in &self.gold {
            let own = (line_of(&self.document.text, span.start) as u64).saturating_add(1);
            let first = self.sentences.get(self.sentence(span.start));
            let first = first.map_or(own, |found| (found.line as u64).saturating_add(1));
            if !(first.min(own)..=own).contains(&marker.line) {
                let values: [(&str, &dyn Display); 4] = [
                    ("node", &marker.node),
                    ("own", &own),
                    ("document", &self.document.name),
                    ("line", &marker.line),
                ];
                return Err((marker, Message::new("evaluation.line", &values)));
            }
        }
        Ok(())
    }

    /// The index of the sentence that a byte belongs to: the last that begins before it.
    fn sentence(&self, byte: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.span.start <= byte).saturating_sub(1)
    }

    fn difference(&self, span: &Span, kind: DifferenceKind) -> (usize, Difference) {
        let text = &self.document.text;
        let whole = || (0..text.len(), 0);
        let found = self.sentences.get(self.sentence(span.start));
        let (sentence, line) = found.map_or_else(whole, |found| (found.span.clone(), found.line));
        let part = |range: Span| text.get(range).unwrap_or_default().to_owned();
        let difference = Difference {
            document: self.document.name.clone(),
            line: (line as u64).saturating_add(1),
            kind,
            left: part(sentence.start.min(span.start)..span.start),
            node: part(span.clone()),
            right: part(span.end..sentence.end.max(span.end)),
        };
        (span.start, difference)
    }
}

impl Evaluation {
    #[allow(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "sentences, pairs and classes are indices into the lists beside them; the counts are of items in memory"
    )]
    fn add(&mut self, coded: &CodedDocument) {
        // What readers have coded in a text of blanks, which has no sentence, counts as one.
        let sentences = coded.sentences.len().max(usize::from(!coded.gold.is_empty()));
        let mut agreements = vec![Agreement::default(); sentences];
        let mut classes = vec![[[false; 2]; 2]; sentences];
        let is_assertive = |stance: &str| usize::from(stance == Stance::Assertive.name());
        for (marker, span) in &coded.gold {
            let sentence = coded.sentence(span.start);
            agreements[sentence].gold += 1;
            classes[sentence][0][is_assertive(&marker.stance)] |= !marker.negated;
            self.categories.entry(marker.category.clone()).or_default().gold += 1;
        }
        for found in &coded.found {
            let sentence = coded.sentence(found.node.start);
            agreements[sentence].found += 1;
            classes[sentence][1][is_assertive(coded.stance(found))] |= !found.hit.negated;
            self.categories.entry(coded.category(found).into()).or_default().found += 1;
        }
        for (g, f) in &coded.pairs {
            let ((marker, span), found) = (&coded.gold[*g], &coded.found[*f]);
            let agreement = &mut agreements[coded.sentence(span.start)];
            agreement.matched += 1;
            agreement.same_stance += u64::from(marker.stance == coded.stance(found));
            agreement.same_negated += u64::from(marker.negated == found.hit.negated);
            if marker.category == coded.category(found) {
                agreement.same_category += 1;
                self.categories.entry(marker.category.clone()).or_default().right += 1;
            }
        }
        for (agreement, [gold, found]) in agreements.iter_mut().zip(classes) {
            let class = |[hedged, assertive]: [bool; 2]| match (hedged, assertive) {
                (true, false) => 0,
                (false, true) => 1,
                (true, true) => 2,
                (false, false) => 3,
            };
            agreement.sentences[class(gold)][class(found)] += 1;
        }
        self.documents.push(agreements);
        self.differences.extend(differences(coded));
    }
}

fn differences(coded: &CodedDocument) -> Vec<Difference> {
    let mut differences = Vec::new();
    let marker = |found: &Found| coded.entry(found).id.clone();
    for (g, (gold, span)) in coded.gold.iter().enumerate() {
        match coded.pairs.iter().find(|(paired, _)| *paired == g) {
            None => {
                let kind = DifferenceKind::Miss { category: gold.category.clone() };
                differences.push(coded.difference(span, kind));
            }
            Some((_, f)) => {
                let Some(found) = coded.found.get(*f) else { continue };
                if gold.category != coded.category(found) {
                    let kind = DifferenceKind::Category {
                        gold: gold.category.clone(),
                        marker: marker(found),
                        found: coded.category(found).into(),
                    };
                    differences.push(coded.difference(span, kind));
                }
                if gold.negated != found.hit.negated {
                    let kind = DifferenceKind::Negated { gold: gold.negated, marker: marker(found) };
                    differences.push(coded.difference(span, kind));
                }
            }
        }
    }
    for (f, found) in coded.found.iter().enumerate() {
        if !coded.pairs.iter().any(|(_, paired)| *paired == f) {
            let category = coded.category(found).into();
            let kind = DifferenceKind::Extra { marker: marker(found), category };
            differences.push(coded.difference(&found.node, kind));
        }
    }
    differences.sort_by_key(|(start, _)| *start);
    differences.into_iter().map(|(_, difference)| difference).collect()
}
