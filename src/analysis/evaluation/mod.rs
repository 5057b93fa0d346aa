//! Compares the coding of this program, or of a second reader, with that of readers.

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

mod coded;
mod codings;
mod differences;
mod figures;
mod writing;

use std::collections::{BTreeMap, HashSet};

pub use self::codings::Coding;
pub use self::differences::{Difference, DifferenceKind};
pub use self::figures::{EvaluationFigures, ScoreLevel, ScoreRow};
pub use self::writing::write_evaluation;

use self::coded::{CodedDocument, Mark};
use super::Progress;
use crate::corpus::{CorpusError, Document, Gold, GoldMarker, unmatched};
use crate::counter::Counter;
use crate::lexicon::Stance;
use crate::messages::Message;
use crate::statistics::Agreement;
use crate::tables::unprotected;
use crate::text::{composed, sentences_in};

/// The outcome of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// Agreement by document, and within it by sentence.
    pub documents: Vec<Vec<SentenceScores>>,
    /// By category: markers right, found and in the gold coding.
    pub categories: BTreeMap<String, Scores>,
    /// The Japanese term of each category.
    pub terms: BTreeMap<String, String>,
    /// Where the codings differ, in the order of the text.
    pub differences: Vec<Difference>,
}

/// How far the codings of a sentence agree, or of several together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SentenceScores {
    /// Of all markers.
    pub agreement: Agreement,
    /// By category, of those that occur in either coding.
    pub categories: BTreeMap<String, Scores>,
}

impl SentenceScores {
    /// Adds those of other sentences.
    pub fn merge(&mut self, other: &SentenceScores) {
        self.agreement.merge(&other.agreement);
        for (category, scores) in &other.categories {
            match self.categories.get_mut(category) {
                Some(own) => own.merge(*scores),
                None => drop(self.categories.insert(category.clone(), *scores)),
            }
        }
    }
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

impl Scores {
    /// Adds those of another stretch of text.
    pub fn merge(&mut self, other: Scores) {
        self.right = self.right.saturating_add(other.right);
        self.found = self.found.saturating_add(other.found);
        self.gold = self.gold.saturating_add(other.gold);
    }
}

/// Codes documents, or reads another coding `against`, and compares it with that of readers. Markers are matched one to one by overlap: pairs of the
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
/// let gold = Gold { path: "gold.csv".into(), markers: vec![marker], read: Vec::new() };
/// let evaluation = evaluate(&Counter::new()?, &documents, &gold, None, &|_| ())?;
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
    against: Option<&Gold>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Evaluation, CorpusError> {
    let mut evaluation = Evaluation::default();
    for category in &counter.setup().lexicon.categories {
        evaluation.categories.insert(category.name.clone(), Scores::default());
        evaluation.terms.insert(category.name.clone(), category.term.clone());
    }
    let mut of_document = by_document(gold);
    let mut of_other = against.map(by_document);
    for document in documents {
        let name = name_of(&document.name);
        let wrapping = counter.wrapping().wrapping(&document.text);
        let sentences = sentences_in(&document.text, wrapping).collect();
        let mut coded = CodedDocument::new(counter.setup(), document, sentences);
        let marks = |coded: &CodedDocument<'_>, of: &mut OfDocument<'_>, coding: &Gold| {
            let markers = of.remove(&name).unwrap_or_default();
            coded.read_marks(&markers).map_err(|(row, message)| coding.error(row, message))
        };
        coded.gold = marks(&coded, &mut of_document, gold)?;
        coded.found = match (&mut of_other, against) {
            (Some(of_other), Some(against)) => marks(&coded, of_other, against)?,
            _ => {
                let hits = counter.with_coder(|coder| coder.code(&document.text, wrapping)).hits;
                hits.iter().map(|found| Mark::found(counter.setup(), found)).collect()
            }
        };
        coded.pair();
        evaluation.add(&coded);
        progress(Progress::Text(document.text.len() as u64));
    }
    [Some(gold), against].into_iter().flatten().try_for_each(|coding| all_among(coding, documents))?;
    Ok(evaluation)
}

/// Whether all documents of a coding are among some.
///
/// # Errors
/// The first row of which the document is not there, with the nearest name.
pub fn all_among(coding: &Gold, documents: &[Document]) -> Result<(), CorpusError> {
    let names: HashSet<String> = documents.iter().map(|document| name_of(&document.name)).collect();
    let rows = coding.markers.iter().map(|marker| (&marker.document, marker.row));
    let rows = rows.chain(coding.read.iter().map(|(document, row)| (document, *row)));
    let missing = rows.filter(|(document, _)| !names.contains(&name_of(document)));
    let Some((document, row)) = missing.min_by_key(|(_, row)| *row) else { return Ok(()) };
    let others = documents.iter().map(|document| document.name.as_str());
    let nearest = unmatched([document.as_str()], others).pop().and_then(|name| name.nearest);
    let message = match nearest {
        Some((nearest, _)) => {
            Message::new("evaluation.no_document_near", &[("document", document), ("nearest", &nearest)])
        }
        None => Message::new("evaluation.no_document", &[("document", document)]),
    };
    Err(coding.error(row, message))
}

/// The names of the documents that a coding has a row of.
pub struct CodedDocuments(HashSet<String>);

impl CodedDocuments {
    /// Those of a coding.
    pub fn of(coding: &Gold) -> Self {
        let of_markers = coding.markers.iter().map(|marker| &marker.document);
        let names = of_markers.chain(coding.read.iter().map(|(document, _)| document));
        CodedDocuments(names.map(|name| name_of(name)).collect())
    }

    /// Whether a document is one of them.
    pub fn contains(&self, document: &str) -> bool {
        self.0.contains(&name_of(document))
    }
}

/// The markers of a coding by document.
type OfDocument<'a> = BTreeMap<String, Vec<&'a GoldMarker>>;

fn by_document(gold: &Gold) -> OfDocument<'_> {
    let mut of_document = OfDocument::new();
    for marker in &gold.markers {
        of_document.entry(name_of(&marker.document)).or_default().push(marker);
    }
    of_document
}

/// The name of a document in a coding as it is compared: one of the program's own tables may have disarmed it.
fn name_of(document: &str) -> String {
    composed(unprotected(document))
}

impl Evaluation {
    #[allow(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "sentences, pairs and classes are indices into the lists beside them; the counts are of items in memory"
    )]
    fn add(&mut self, coded: &CodedDocument) {
        // What readers have coded in a text of blanks, which has no sentence, counts as one.
        let marked = !coded.gold.is_empty() || !coded.found.is_empty();
        let sentences = coded.sentences.len().max(usize::from(marked));
        let mut scores = vec![SentenceScores::default(); sentences];
        let mut classes = vec![[[false; 2]; 2]; sentences];
        let is_assertive = |mark: &Mark| usize::from(mark.stance == Stance::Assertive);
        for mark in &coded.gold {
            let sentence = coded.sentence(mark.span.start);
            scores[sentence].agreement.gold += 1;
            scores[sentence].categories.entry(mark.category.clone()).or_default().gold += 1;
            classes[sentence][0][is_assertive(mark)] |= !mark.negated;
        }
        for mark in &coded.found {
            let sentence = coded.sentence(mark.span.start);
            scores[sentence].agreement.found += 1;
            scores[sentence].categories.entry(mark.category.clone()).or_default().found += 1;
            classes[sentence][1][is_assertive(mark)] |= !mark.negated;
        }
        for (g, f) in &coded.pairs {
            let (gold, found) = (&coded.gold[*g], &coded.found[*f]);
            let SentenceScores { agreement, categories } = &mut scores[coded.sentence(gold.span.start)];
            agreement.matched += 1;
            agreement.same_span += u64::from(gold.span == found.span);
            agreement.same_stance += u64::from(gold.stance == found.stance);
            agreement.same_negated += u64::from(gold.negated == found.negated);
            if gold.category == found.category {
                agreement.same_category += 1;
                categories.entry(gold.category.clone()).or_default().right += 1;
            }
        }
        for (scores, [gold, found]) in scores.iter_mut().zip(classes) {
            let class = |[hedged, assertive]: [bool; 2]| match (hedged, assertive) {
                (true, false) => 0,
                (false, true) => 1,
                (true, true) => 2,
                (false, false) => 3,
            };
            scores.agreement.sentences[class(gold)][class(found)] += 1;
            for (category, scores) in &scores.categories {
                self.categories.entry(category.clone()).or_default().merge(*scores);
            }
        }
        self.documents.push(scores);
        self.differences.extend(coded.differences());
    }
}
