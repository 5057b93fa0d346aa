//! What is counted in a text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::{Labels, Lexicon, SentenceType, Stance};
use crate::markers::Hit;

/// The kinds of sentences by their affirmed markers, in the order of the tables; each sentence is of exactly one kind.
pub const SENTENCE_KINDS: [&str; 5] = ["hedged", "assertive", "mixed", "unmarked", "other"];

/// How often a marker occurs, or the markers of a category or stance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrences {
    /// Hits that are not negated.
    pub affirmed: u64,
    /// Hits that are negated.
    pub negated: u64,
}

impl Occurrences {
    /// Adds others.
    pub fn merge(&mut self, other: Occurrences) {
        self.affirmed += other.affirmed;
        self.negated += other.negated;
    }

    /// The sum with others; none where no integer holds it.
    pub(super) fn checked_add(self, other: Occurrences) -> Option<Self> {
        Some(Occurrences {
            affirmed: self.affirmed.checked_add(other.affirmed)?,
            negated: self.negated.checked_add(other.negated)?,
        })
    }

    fn add(&mut self, hit: &Hit) {
        if hit.negated { self.negated += 1 } else { self.affirmed += 1 }
    }
}

/// The counts of a text; [`Tally::default`] is that of no text, and [`Tally::merge`] is associative.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Unicode scalar values, line ends included.
    pub characters: u64,
    /// Sentences.
    pub sentences: u64,
    /// Morphemes of all kinds.
    pub morphemes: u64,
    /// Morphemes that are neither punctuation, symbols nor blanks.
    pub tokens: u64,
    /// Sentences with an affirmed hedge and no affirmed assertive marker.
    pub sentences_hedged: u64,
    /// Sentences with an affirmed assertive marker and no affirmed hedge.
    pub sentences_assertive: u64,
    /// Sentences with affirmed markers of both stances.
    pub sentences_mixed: u64,
    /// Sentences without an affirmed marker that no declarative predicate closes: questions, requests,
    /// headings, fragments.
    pub sentences_other: u64,
    /// By index of the lexicon's entry; entries that don't occur are left out. Not written: an index means nothing without its
    /// lexicon.
    #[serde(skip)]
    pub markers: BTreeMap<usize, Occurrences>,
}

impl Tally {
    /// Adds the counts of another text.
    pub fn merge(&mut self, other: &Tally) {
        self.characters += other.characters;
        self.sentences += other.sentences;
        self.morphemes += other.morphemes;
        self.tokens += other.tokens;
        self.sentences_hedged += other.sentences_hedged;
        self.sentences_assertive += other.sentences_assertive;
        self.sentences_mixed += other.sentences_mixed;
        self.sentences_other += other.sentences_other;
        for (entry, occurrences) in &other.markers {
            self.markers.entry(*entry).or_default().merge(*occurrences);
        }
    }

    /// Adds one sentence with its hits; how it is closed is asked only where no hit is affirmed.
    pub fn add_sentence(
        &mut self,
        lexicon: &Lexicon,
        morphemes: usize,
        tokens: usize,
        hits: &[Hit],
        sentence_type: impl FnOnce() -> SentenceType,
    ) {
        self.sentences += 1;
        self.morphemes += morphemes as u64;
        self.tokens += tokens as u64;
        let (mut hedged, mut assertive) = (false, false);
        for hit in hits {
            self.add_hit(hit);
            if !hit.negated {
                match lexicon.stance_of(hit.entry) {
                    Stance::Hedge => hedged = true,
                    Stance::Assertive => assertive = true,
                }
            }
        }
        match (hedged, assertive) {
            (true, true) => self.sentences_mixed += 1,
            (true, false) => self.sentences_hedged += 1,
            (false, true) => self.sentences_assertive += 1,
            (false, false) => self.sentences_other += u64::from(sentence_type() == SentenceType::Other),
        }
    }

    /// Adds a hit to the markers alone.
    pub(crate) fn add_hit(&mut self, hit: &Hit) {
        self.markers.entry(hit.entry).or_default().add(hit);
    }

    /// Sentences with a declarative predicate and without an affirmed marker.
    pub fn sentences_unmarked(&self) -> u64 {
        let others =
            self.sentences_hedged + self.sentences_assertive + self.sentences_mixed + self.sentences_other;
        self.sentences - others
    }

    /// Sentences by kind, by index in [`SENTENCE_KINDS`]; their sum is that of all sentences.
    pub fn sentence_kinds(&self) -> [u64; SENTENCE_KINDS.len()] {
        [
            self.sentences_hedged,
            self.sentences_assertive,
            self.sentences_mixed,
            self.sentences_unmarked(),
            self.sentences_other,
        ]
    }

    /// The occurrences of one stance.
    pub fn of_stance(&self, labels: &Labels, stance: Stance) -> Occurrences {
        self.sum(|entry| labels.category_of(entry).stance == stance)
    }

    /// The occurrences of one category, by its index.
    pub fn of_category(&self, labels: &Labels, category: usize) -> Occurrences {
        self.sum(|entry| labels.entries[entry].category == category)
    }

    fn sum(&self, belongs: impl Fn(usize) -> bool) -> Occurrences {
        let mut sum = Occurrences::default();
        self.markers.iter().filter(|(entry, _)| belongs(**entry)).for_each(|(_, n)| sum.merge(*n));
        sum
    }
}
