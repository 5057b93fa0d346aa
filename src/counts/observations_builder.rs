//! Observations from the counts of documents.

use std::collections::{BTreeMap, HashMap};

use super::{
    Base, GroupingError, Level, Measure, Observations, ObservedDocument, SENTENCE_KINDS, Tally, group_of,
    groups,
};
use crate::lexicon::{Lexicon, Stance};

/// Collects the counts of documents, in any order, for [`Observations`].
#[derive(Debug, Clone, Default)]
pub struct ObservationsBuilder {
    variable: String,
    /// By index: the order of adding.
    documents: Vec<AddedDocument>,
    indices: HashMap<String, u32>,
    categories: BTreeMap<LexicalKey, Counts>,
    markers: BTreeMap<LexicalKey, Counts>,
}

/// By stance, category, and name of the measure: the order of the tables.
type LexicalKey = (Stance, String, String);

/// Index of a document, and the count there.
type Counts = Vec<(u32, u64)>;

#[derive(Debug, Clone)]
struct AddedDocument {
    group: String,
    totals: DocumentTotals,
}

/// The counts of a document that name no category and no marker.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DocumentTotals {
    /// Tokens.
    pub tokens: u64,
    /// Sentences.
    pub sentences: u64,
    /// Affirmed markers, by index in [`Stance::ALL`].
    pub stances: [u64; Stance::ALL.len()],
    /// Sentences by kind, by index in [`SENTENCE_KINDS`].
    pub sentence_kinds: [u64; SENTENCE_KINDS.len()],
}

impl Observations {
    /// Begins observations of documents that are grouped by a variable.
    pub fn builder(variable: &str) -> ObservationsBuilder {
        ObservationsBuilder { variable: variable.into(), ..ObservationsBuilder::default() }
    }
}

impl ObservationsBuilder {
    /// Adds a document: its name, its value of the variable (blank where it has none), its counts.
    ///
    /// # Errors
    /// A name that another document has.
    pub fn add(
        &mut self,
        name: &str,
        group: &str,
        tally: &Tally,
        lexicon: &Lexicon,
    ) -> Result<(), GroupingError> {
        let totals = DocumentTotals {
            tokens: tally.tokens,
            sentences: tally.sentences,
            stances: Stance::ALL.map(|stance| tally.of_stance(lexicon, stance).affirmed),
            sentence_kinds: tally.sentence_kinds(),
        };
        let document = self.add_document(name, group, totals)?;
        for (index, category) in lexicon.categories.iter().enumerate() {
            let count = tally.of_category(lexicon, index).affirmed;
            self.add_category(document, category.stance, &category.name, count);
        }
        for (entry, occurrences) in &tally.markers {
            let entry = &lexicon.entries[*entry];
            let category = lexicon.category(entry);
            self.add_marker(document, category.stance, &category.name, &entry.id, occurrences.affirmed);
        }
        Ok(())
    }

    /// Adds a document without its categories and markers, and returns its index.
    ///
    /// # Errors
    /// A name that another document has.
    pub(crate) fn add_document(
        &mut self,
        name: &str,
        group: &str,
        totals: DocumentTotals,
    ) -> Result<u32, GroupingError> {
        let index = self.documents.len() as u32;
        if self.indices.insert(name.into(), index).is_some() {
            return Err(GroupingError::DuplicateDocument(name.into()));
        }
        self.documents.push(AddedDocument { group: group.into(), totals });
        Ok(index)
    }

    /// The index of a document.
    pub(crate) fn document(&self, name: &str) -> Option<u32> {
        self.indices.get(name).copied()
    }

    /// Adds the count of a category in a document. A category is a measure even where it occurs in no document.
    pub(crate) fn add_category(&mut self, document: u32, stance: Stance, category: &str, count: u64) {
        let counts = self.categories.entry((stance, category.into(), category.into())).or_default();
        if count > 0 {
            counts.push((document, count));
        }
    }

    /// Adds the count of a marker in a document. A marker is a measure where it occurs in a document with a group.
    pub(crate) fn add_marker(
        &mut self,
        document: u32,
        stance: Stance,
        category: &str,
        marker: &str,
        count: u64,
    ) {
        if count > 0 {
            let counts = self.markers.entry((stance, category.into(), marker.into())).or_default();
            counts.push((document, count));
        }
    }

    /// The observations: groups by code point, documents by name, measures in the order of the tables.
    ///
    /// # Errors
    /// Fewer than two groups, or more than can be compared.
    pub fn finish(self) -> Result<Observations, GroupingError> {
        let ObservationsBuilder { variable, documents: added, indices, categories, markers } = self;
        let groups = groups(&variable, added.iter().map(|document| document.group.as_str()))?;
        let mut names: Vec<(String, u32)> = indices.into_iter().collect();
        names.sort_unstable();
        let (mut documents, mut left_out) = (Vec::new(), Vec::new());
        let mut measures = measures_of_totals();
        // By index in the order of adding: the index in the order of the names.
        let mut observed = vec![None; added.len()];
        for (name, index) in names {
            let AddedDocument { group, totals } = &added[index as usize];
            let group = group_of(group).and_then(|group| groups.iter().position(|known| known == group));
            let Some(group) = group else {
                left_out.push(name);
                continue;
            };
            let document = documents.len() as u32;
            observed[index as usize] = Some(document);
            documents.push(ObservedDocument { group, sizes: totals.sizes() });
            for (measure, count) in measures.iter_mut().zip(totals.counts()) {
                if count > 0 {
                    measure.counts.push((document, count));
                }
            }
        }
        let lexical = |level: Level, (key, counts): (LexicalKey, Counts)| {
            let (stance, category, name) = key;
            let with_group = |(index, count): (u32, u64)| Some((observed[index as usize]?, count));
            let mut counts: Counts = counts.into_iter().filter_map(with_group).collect();
            counts.sort_unstable();
            let (stance, category) = (Some(stance), Some(category));
            Measure { level, name, stance, category, base: Base::Tokens, counts }
        };
        measures.extend(categories.into_iter().map(|category| lexical(Level::Category, category)));
        let markers = markers.into_iter().map(|marker| lexical(Level::Marker, marker));
        measures.extend(markers.filter(|measure| !measure.counts.is_empty()));
        Ok(Observations { variable, groups, documents, measures, left_out })
    }
}

impl DocumentTotals {
    /// By index of the base.
    fn sizes(&self) -> [u64; Base::ALL.len()] {
        [self.tokens, self.stances.iter().sum(), self.sentences]
    }

    /// In the order of [`measures_of_totals`].
    fn counts(&self) -> impl Iterator<Item = u64> {
        let [hedge, _] = self.stances;
        self.stances.into_iter().chain([hedge]).chain(self.sentence_kinds)
    }
}

/// The measures that are counted by [`DocumentTotals`], without their counts.
fn measures_of_totals() -> Vec<Measure> {
    let measure = |level, name: String, stance, base| Measure {
        level,
        name,
        stance,
        category: None,
        base,
        counts: Vec::new(),
    };
    let stances =
        Stance::ALL.map(|stance| measure(Level::Stance, stance.name().into(), Some(stance), Base::Tokens));
    let hedge_share = measure(Level::Share, "hedge_share".into(), None, Base::Markers);
    let kinds = SENTENCE_KINDS.map(|kind| {
        let name = format!("sentences_{kind}_share");
        measure(Level::Share, name, None, Base::Sentences)
    });
    stances.into_iter().chain([hedge_share]).chain(kinds).collect()
}
