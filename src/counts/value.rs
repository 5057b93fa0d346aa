//! The counts of texts as a value: it names what it counts, knows with what it was counted, adds up, and can be stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Occurrences, Tally};
use crate::lexicon::{Labels, Stance};
use crate::messages::Message;

/// Integer counts of one text, or of several added up.
///
/// Markers and categories go by their ids, and every category of the lexicon is there, with zero if need be. So counts
/// mean the same in another process, next year; [`Counts::try_merge`] is associative and commutative, and refuses counts
/// that another lexicon or dictionary made.
///
/// ```
/// let counter = hedgerow::Counter::new()?;
/// let mut counts = counter.count("効果が期待されています。必ず実現します。");
/// assert_eq!(counts.sentences, 2);
/// assert_eq!(counts.categories["expectation"].occurrences.affirmed, 1);
/// assert_eq!(counts.markers["必ず"].occurrences.affirmed, 1);
/// counts.try_merge(&counter.count("まだ証明されていません。"))?;
/// assert_eq!(counts.categories["demonstration"].occurrences.negated, 1);
/// assert_eq!((counts.hedges().affirmed, counts.assertives().affirmed), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// SHA-256 of the lexicon, in hexadecimal.
    pub lexicon: String,
    /// SHA-256 of the dictionary, in hexadecimal.
    pub dictionary: String,
    /// Unicode scalar values, line ends included.
    pub characters: u64,
    /// Sentences.
    pub sentences: u64,
    /// Morphemes of all kinds.
    pub morphemes: u64,
    /// Morphemes that are neither punctuation, symbols nor blanks: what rates are usually per 1,000 of.
    pub tokens: u64,
    /// Sentences with an affirmed hedge and no affirmed assertive marker.
    pub sentences_hedged: u64,
    /// Sentences with an affirmed assertive marker and no affirmed hedge.
    pub sentences_assertive: u64,
    /// Sentences with affirmed markers of both stances.
    pub sentences_mixed: u64,
    /// Sentences without an affirmed marker that a declarative predicate closes.
    pub sentences_unmarked: u64,
    /// Sentences without an affirmed marker that none closes: questions, requests, headings, fragments.
    pub sentences_other: u64,
    /// Every category of the lexicon, by name.
    pub categories: BTreeMap<String, CategoryCount>,
    /// The markers that occur, by id.
    pub markers: BTreeMap<String, MarkerCount>,
}

/// How often the markers of a category occur.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryCount {
    /// The stance of the category.
    pub stance: Stance,
    /// How often.
    #[serde(flatten)]
    pub occurrences: Occurrences,
}

/// How often a marker occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkerCount {
    /// The name of its category.
    pub category: String,
    /// How often.
    #[serde(flatten)]
    pub occurrences: Occurrences,
}

/// Counts that can't be added up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("{}", self.message())]
pub enum MergeError {
    /// They were made with different lexicons, these being their SHA-256.
    Lexicon {
        /// Of the counts that were to be added to.
        own: String,
        /// Of the others.
        other: String,
    },
    /// They were made with different dictionaries, these being their SHA-256.
    Dictionary {
        /// Of the counts that were to be added to.
        own: String,
        /// Of the others.
        other: String,
    },
    /// A sum is above 2⁶⁴ − 1, as no text's is.
    Overflow,
}

impl MergeError {
    /// Its words.
    #[doc(hidden)]
    pub fn message(&self) -> Message {
        match self {
            MergeError::Lexicon { own, other } => {
                Message::new("counts.lexicon", &[("own", own), ("other", other)])
            }
            MergeError::Dictionary { own, other } => {
                Message::new("counts.dictionary", &[("own", own), ("other", other)])
            }
            MergeError::Overflow => Message::new("counts.overflow", &[]),
        }
    }
}

impl Counts {
    /// The counts of a tally, by the names of its lexicon.
    pub(crate) fn new(labels: &Labels, lexicon_digest: &str, dictionary: &str, tally: &Tally) -> Self {
        let mut categories: BTreeMap<String, CategoryCount> = labels
            .categories
            .iter()
            .map(|category| {
                let count = CategoryCount { stance: category.stance, occurrences: Occurrences::default() };
                (category.name.to_string(), count)
            })
            .collect();
        let mut markers = BTreeMap::new();
        for (entry, occurrences) in &tally.markers {
            let (id, category) = (&labels.entries[*entry].id, &labels.category_of(*entry).name);
            if let Some(count) = categories.get_mut(&**category) {
                count.occurrences.merge(*occurrences);
            }
            markers.insert(
                id.to_string(),
                MarkerCount { category: category.to_string(), occurrences: *occurrences },
            );
        }
        Counts {
            lexicon: lexicon_digest.into(),
            dictionary: dictionary.into(),
            characters: tally.characters,
            sentences: tally.sentences,
            morphemes: tally.morphemes,
            tokens: tally.tokens,
            sentences_hedged: tally.sentences_hedged,
            sentences_assertive: tally.sentences_assertive,
            sentences_mixed: tally.sentences_mixed,
            sentences_unmarked: tally.sentences_unmarked(),
            sentences_other: tally.sentences_other,
            categories,
            markers,
        }
    }

    /// The markers of hedging of all categories.
    pub fn hedges(&self) -> Occurrences {
        self.of_stance(Stance::Hedge)
    }

    /// The assertive markers of all categories.
    pub fn assertives(&self) -> Occurrences {
        self.of_stance(Stance::Assertive)
    }

    fn of_stance(&self, stance: Stance) -> Occurrences {
        let mut sum = Occurrences::default();
        let categories = self.categories.values().filter(|category| category.stance == stance);
        categories.for_each(|category| sum.merge(category.occurrences));
        sum
    }

    /// Adds the counts of another text.
    ///
    /// # Errors
    /// Counts of another lexicon or dictionary, or a sum that no integer holds; nothing is added then.
    pub fn try_merge(&mut self, other: &Counts) -> Result<(), MergeError> {
        self.check_same_setup(other)?;
        if !self.has_room_for(other) {
            return Err(MergeError::Overflow);
        }
        for (own, other) in self.totals_mut().into_iter().zip(other.totals()) {
            *own += other;
        }
        for (name, count) in &other.categories {
            let own = self.categories.entry(name.clone());
            own.and_modify(|own| own.occurrences.merge(count.occurrences)).or_insert_with(|| count.clone());
        }
        for (id, count) in &other.markers {
            let own = self.markers.entry(id.clone());
            own.and_modify(|own| own.occurrences.merge(count.occurrences)).or_insert_with(|| count.clone());
        }
        Ok(())
    }

    /// Refuses counts of another lexicon or dictionary.
    pub(super) fn check_same_setup(&self, other: &Counts) -> Result<(), MergeError> {
        if self.lexicon != other.lexicon {
            return Err(MergeError::Lexicon { own: self.lexicon.clone(), other: other.lexicon.clone() });
        }
        if self.dictionary != other.dictionary {
            let (own, other) = (self.dictionary.clone(), other.dictionary.clone());
            return Err(MergeError::Dictionary { own, other });
        }
        Ok(())
    }

    /// Whether every sum with others is within the range of its integer.
    fn has_room_for(&self, other: &Counts) -> bool {
        let fits = |own: Option<Occurrences>, other: Occurrences| {
            own.is_none_or(|own| own.checked_add(other).is_some())
        };
        self.totals().into_iter().zip(other.totals()).all(|(own, other)| own.checked_add(other).is_some())
            && other.categories.iter().all(|(name, count)| {
                fits(self.categories.get(name).map(|own| own.occurrences), count.occurrences)
            })
            && other
                .markers
                .iter()
                .all(|(id, count)| fits(self.markers.get(id).map(|own| own.occurrences), count.occurrences))
    }

    fn totals(&self) -> [u64; 9] {
        [
            self.characters,
            self.sentences,
            self.morphemes,
            self.tokens,
            self.sentences_hedged,
            self.sentences_assertive,
            self.sentences_mixed,
            self.sentences_unmarked,
            self.sentences_other,
        ]
    }

    fn totals_mut(&mut self) -> [&mut u64; 9] {
        [
            &mut self.characters,
            &mut self.sentences,
            &mut self.morphemes,
            &mut self.tokens,
            &mut self.sentences_hedged,
            &mut self.sentences_assertive,
            &mut self.sentences_mixed,
            &mut self.sentences_unmarked,
            &mut self.sentences_other,
        ]
    }
}
