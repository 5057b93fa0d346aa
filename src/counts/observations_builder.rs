//! Observations from the counts of documents.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::grouping::{Groups, strata};
use super::{
    Base, Counts, Design, Fifths, GroupingError, Level, Measure, MergeError, Observations, ObservedDocument,
    Placement, SENTENCE_KINDS, group_of,
};
use crate::lexicon::Stance;

/// Collects the counts of documents, in any order, for [`Observations`].
#[derive(Debug, Clone, Default)]
pub struct ObservationsBuilder {
    design: Design,
    /// In the order of adding.
    documents: Vec<AddedDocument>,
    indices: HashMap<String, u32>,
    categories: BTreeMap<LexicalKey, DocumentCounts>,
    markers: BTreeMap<LexicalKey, DocumentCounts>,
    terms: BTreeMap<String, String>,
}

/// By stance, category, and name of the measure: the order of the tables.
type LexicalKey = (Stance, String, String);

/// Index of a document, and the count there.
type DocumentCounts = Vec<(u32, u64)>;

#[derive(Debug, Clone)]
struct AddedDocument {
    group: String,
    stratum: String,
    cluster: String,
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
    /// The observations of documents from their counts: each document has a name, a value of the variable (blank where
    /// it has none), and counts that were made with one lexicon and one dictionary.
    ///
    /// ```
    /// use hedgerow::{Counter, Observations, Plan, compare};
    ///
    /// let counter = Counter::new()?;
    /// let texts = [("1", "ad", "必ず効く。"), ("2", "news", "効くかもしれない。"), ("3", "ad", "効く。")];
    /// let counts = texts.map(|(_, _, text)| counter.count(text));
    /// let documents = texts.iter().zip(&counts).map(|((name, group, _), counts)| (*name, *group, counts));
    /// let observations = Observations::from_counts("genre", documents)?;
    /// let comparison = compare(&observations, Plan::default(), &|_| ());
    /// assert_eq!(observations.groups, ["ad", "news"]);
    /// assert_eq!(observations.measures[1].name, "assertive");
    /// assert_eq!(comparison.groups[0][1].total.count, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Two documents of one name, counts that can't be compared with each other, fewer than two groups, or more than
    /// can be compared.
    pub fn from_counts<'a>(
        variable: &str,
        documents: impl IntoIterator<Item = (&'a str, &'a str, &'a Counts)>,
    ) -> Result<Self, GroupingError> {
        let mut builder = ObservationsBuilder::new(Design::by(variable));
        let mut first: Option<&Counts> = None;
        for (name, group, counts) in documents {
            first.get_or_insert(counts).check_same_setup(counts)?;
            builder.add(name, group, counts)?;
        }
        builder.finish()
    }
}

impl ObservationsBuilder {
    /// Begins observations of documents that are compared by a design.
    pub fn new(design: Design) -> Self {
        ObservationsBuilder { design, ..ObservationsBuilder::default() }
    }

    /// Adds a document with its categories and markers.
    fn add(&mut self, name: &str, group: &str, counts: &Counts) -> Result<(), GroupingError> {
        let document = self.add_document(name, group, DocumentTotals::of(counts))?;
        for (name, category) in &counts.categories {
            self.add_category(document, category.stance, name, category.occurrences.affirmed);
        }
        for (id, marker) in &counts.markers {
            // Counts name the category of each of their markers; those that were stored might not.
            if let Some(category) = counts.categories.get(&marker.category) {
                let count = marker.occurrences.affirmed;
                self.add_marker(document, category.stance, &marker.category, id, count);
            }
        }
        Ok(())
    }

    /// Adds a document without its categories and markers, and returns its index.
    ///
    /// # Errors
    /// A name that another document has.
    pub fn add_document<'p>(
        &mut self,
        name: &str,
        placement: impl Into<Placement<'p>>,
        totals: DocumentTotals,
    ) -> Result<u32, GroupingError> {
        let index = self.documents.len() as u32;
        if self.indices.insert(name.into(), index).is_some() {
            return Err(GroupingError::DuplicateDocument(name.into()));
        }
        let Placement { group, stratum, cluster } = placement.into();
        self.documents.push(AddedDocument {
            group: group.into(),
            stratum: stratum.into(),
            cluster: cluster.into(),
            totals,
        });
        Ok(index)
    }

    /// The index of a document.
    pub fn document(&self, name: &str) -> Option<u32> {
        self.indices.get(name).copied()
    }

    /// Gives the Japanese term of a category.
    pub fn name_category(&mut self, category: &str, term: &str) {
        if !self.terms.contains_key(category) {
            self.terms.insert(category.into(), term.into());
        }
    }

    /// Adds the count of a category in a document. A category is a measure even where it occurs in no document.
    pub fn add_category(&mut self, document: u32, stance: Stance, category: &str, count: u64) {
        let counts = self.categories.entry((stance, category.into(), category.into())).or_default();
        if count > 0 {
            counts.push((document, count));
        }
    }

    /// Adds the count of a marker in a document. A marker is a measure where it occurs in a document with a group.
    pub fn add_marker(&mut self, document: u32, stance: Stance, category: &str, marker: &str, count: u64) {
        if count > 0 {
            let counts = self.markers.entry((stance, category.into(), marker.into())).or_default();
            counts.push((document, count));
        }
    }

    /// The observations: groups in the order of the design, by number, or by code point; documents by name, measures in the order
    /// of the tables.
    ///
    /// # Errors
    /// Fewer than two groups, or more than can be compared; groups that don't fit the order; no whole pair; counts that are too
    /// large to be added up.
    pub fn finish(self) -> Result<Observations, GroupingError> {
        self.finish_with_names().map(|(observations, _)| observations)
    }

    /// As [`ObservationsBuilder::finish`], with the names of the documents that have a value.
    ///
    /// # Errors
    /// As there.
    pub fn finish_with_names(self) -> Result<(Observations, Vec<String>), GroupingError> {
        let ObservationsBuilder { design, documents: added, indices, categories, markers, terms } = self;
        let Groups { names: groups, values } =
            Groups::new(&design, added.iter().map(|document| document.group.as_str()))?;
        let strata = strata(&design, added.iter().map(|document| document.stratum.as_str()));
        let mut names: Vec<(String, u32)> = indices.into_iter().collect();
        names.sort_unstable();
        let place = |document: &AddedDocument| {
            let group = group_of(&document.group)?;
            let group = groups.iter().position(|known| known == group)?;
            let stratum = match &design.within {
                Some(_) => {
                    strata.binary_search_by(|known| known.as_str().cmp(document.stratum.trim())).ok()?
                }
                None => 0,
            };
            Some((group, stratum))
        };
        let whole =
            whole_pairs(&design, groups.len(), added.iter().map(|document| (document, place(document))));
        if whole.as_ref().is_some_and(|whole| whole.len() < 2) {
            return Err(GroupingError::NoPairs(design.pair.unwrap_or_default()));
        }
        let (mut documents, mut observed_names, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        let mut measures = measures_of_totals();
        let mut clusters: HashMap<&str, usize> = HashMap::new();
        // By index in the order of adding: the index in the order of the names.
        let mut observed = vec![None; added.len()];
        for (name, index) in names {
            let document = &added[index as usize];
            let cluster = group_of(&document.cluster);
            let paired =
                whole.as_ref().is_none_or(|whole| cluster.is_some_and(|cluster| whole.contains(cluster)));
            let Some((group, stratum)) = place(document).filter(|_| paired) else {
                left_out.push(name);
                continue;
            };
            let totals = document.totals;
            let own = documents.len();
            observed[index as usize] = Some(own as u32);
            let cluster = cluster.map_or(own, |cluster| *clusters.entry(cluster).or_insert(own));
            documents.push(ObservedDocument { group, stratum, cluster, sizes: totals.sizes() });
            observed_names.push(name);
            for (measure, count) in measures.iter_mut().zip(totals.counts()) {
                if count > 0 {
                    measure.counts.push((own as u32, count));
                }
            }
        }
        let lexical = |level: Level, (key, counts): (LexicalKey, DocumentCounts)| {
            let (stance, category, name) = key;
            let with_group = |(index, count): (u32, u64)| Some((observed[index as usize]?, count));
            let mut counts: DocumentCounts = counts.into_iter().filter_map(with_group).collect();
            counts.sort_unstable();
            let (stance, category) = (Some(stance), Some(category));
            Measure { level, name, stance, category, base: Base::Tokens, counts }
        };
        measures.extend(categories.into_iter().map(|category| lexical(Level::Category, category)));
        let markers = markers.into_iter().map(|marker| lexical(Level::Marker, marker));
        measures.extend(markers.filter(|measure| !measure.counts.is_empty()));
        check_sums(&documents, &measures)?;
        let fifths = Fifths::default();
        let observations =
            Observations { design, groups, values, strata, documents, measures, terms, left_out, fifths };
        Ok((observations, observed_names))
    }
}

/// The pairs that have a document in every group; none where the design has no pairs.
fn whole_pairs<'d>(
    design: &Design,
    groups: usize,
    documents: impl Iterator<Item = (&'d AddedDocument, Option<(usize, usize)>)>,
) -> Option<HashSet<&'d str>> {
    design.pair.as_ref()?;
    let mut members: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for (document, place) in documents {
        if let (Some(pair), Some((group, _))) = (group_of(&document.cluster), place) {
            members.entry(pair).or_default().insert(group);
        }
    }
    let whole = members.into_iter().filter(|(_, members)| members.len() == groups);
    Some(whole.map(|(pair, _)| pair).collect())
}

/// Checks that no sum over documents can be too large for 64 bits.
fn check_sums(documents: &[ObservedDocument], measures: &[Measure]) -> Result<(), MergeError> {
    let sizes = (0..Base::ALL.len()).map(|base| documents.iter().map(|document| document.sizes[base]).max());
    let counts = measures.iter().map(|measure| measure.counts.iter().map(|(_, count)| *count).max());
    let largest = sizes.chain(counts).flatten().max().unwrap_or_default();
    match largest.checked_mul(documents.len() as u64) {
        Some(_) => Ok(()),
        None => Err(MergeError::Overflow),
    }
}

impl DocumentTotals {
    fn of(counts: &Counts) -> Self {
        DocumentTotals {
            tokens: counts.tokens,
            sentences: counts.sentences,
            stances: [counts.hedges().affirmed, counts.assertives().affirmed],
            sentence_kinds: [
                counts.sentences_hedged,
                counts.sentences_assertive,
                counts.sentences_mixed,
                counts.sentences_unmarked,
                counts.sentences_other,
            ],
        }
    }

    /// By index of the base.
    fn sizes(&self) -> [u64; Base::ALL.len()] {
        [self.tokens, self.stances.into_iter().fold(0, u64::saturating_add), self.sentences]
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of a group with a count of one marker.
    fn add(builder: &mut ObservationsBuilder, name: &str, group: &str, count: u64) {
        let totals = DocumentTotals { tokens: 10, ..DocumentTotals::default() };
        let document = builder.add_document(name, group, totals).unwrap();
        builder.add_category(document, Stance::Hedge, "conjecture", count);
        builder.add_marker(document, Stance::Hedge, "conjecture", &format!("of {name}"), count);
    }

    #[test]
    fn groups_and_documents_are_sorted_and_blank_groups_left_out() {
        let mut builder = ObservationsBuilder::new(Design::by("genre"));
        add(&mut builder, "c", "犬", 1);
        add(&mut builder, "b", " ", 2);
        add(&mut builder, "a", " a ", 3);
        add(&mut builder, "d", "a", 0);
        let observations = builder.finish().unwrap();
        assert_eq!(observations.groups, ["a", "犬"]);
        assert_eq!(observations.left_out, ["b"]);
        let groups: Vec<usize> = observations.documents.iter().map(|document| document.group).collect();
        assert_eq!(groups, [0, 1, 0]);
        let lexical: Vec<(&str, &[(u32, u64)])> = observations
            .measures
            .iter()
            .filter(|measure| measure.category.is_some())
            .map(|measure| (measure.name.as_str(), measure.counts.as_slice()))
            .collect();
        // A marker is a measure where it occurs in a document that is compared; a category always.
        assert_eq!(
            lexical,
            [("conjecture", &[(0, 3), (1, 1)][..]), ("of a", &[(0, 3)]), ("of c", &[(1, 1)])]
        );
    }

    #[test]
    fn each_measure_has_its_own_count_and_base() {
        let mut builder = ObservationsBuilder::new(Design::by("genre"));
        for (name, group) in [("1", "a"), ("2", "b")] {
            let totals = DocumentTotals {
                tokens: 100,
                sentences: 50,
                stances: [7, 9],
                sentence_kinds: [11, 12, 13, 14, 15],
            };
            builder.add_document(name, group, totals).unwrap();
        }
        let observations = builder.finish().unwrap();
        assert_eq!(observations.documents[0].sizes, [100, 16, 50]);
        let measures: Vec<(&str, u64, Base)> = observations
            .measures
            .iter()
            .map(|measure| (measure.name.as_str(), measure.counts[0].1, measure.base))
            .collect();
        let expected = [
            ("hedge", 7, Base::Tokens),
            ("assertive", 9, Base::Tokens),
            ("hedge_share", 7, Base::Markers),
            ("sentences_hedged_share", 11, Base::Sentences),
            ("sentences_assertive_share", 12, Base::Sentences),
            ("sentences_mixed_share", 13, Base::Sentences),
            ("sentences_unmarked_share", 14, Base::Sentences),
            ("sentences_other_share", 15, Base::Sentences),
        ];
        assert_eq!(measures, expected);
    }

    #[test]
    fn counts_whose_sums_could_wrap_round_are_refused() {
        for (tokens, hedge) in [(u64::MAX, 0), (u64::MAX / 2 + 1, 0), (10, u64::MAX)] {
            let mut builder = ObservationsBuilder::new(Design::by("genre"));
            for (name, group) in [("1", "a"), ("2", "b")] {
                let totals = DocumentTotals { tokens, stances: [hedge, 1], ..DocumentTotals::default() };
                builder.add_document(name, group, totals).unwrap();
            }
            assert_eq!(builder.finish(), Err(GroupingError::Counts(MergeError::Overflow)));
        }
    }

    #[test]
    fn a_name_is_given_once() {
        let mut builder = ObservationsBuilder::new(Design::by("genre"));
        add(&mut builder, "a", "x", 1);
        let again = builder.add_document("a", "y", DocumentTotals::default());
        assert_eq!(again, Err(GroupingError::DuplicateDocument("a".into())));
    }

    #[test]
    fn at_most_thirty_groups_are_compared() {
        let with = |groups: u32| {
            let mut builder = ObservationsBuilder::new(Design::by("genre"));
            (0..groups).for_each(|group| add(&mut builder, &group.to_string(), &format!("g{group}"), 1));
            builder.finish().map(|observations| observations.groups.len())
        };
        assert_eq!((with(2), with(30)), (Ok(2), Ok(30)));
        assert_eq!(with(31), Err(GroupingError::TooMany { variable: "genre".into(), groups: 31, most: 30 }));
        assert_eq!(with(0), Err(GroupingError::NoValue("genre".into())));
        let one = GroupingError::OneGroup { variable: "genre".into(), value: "g0".into() };
        assert_eq!(with(1), Err(one));
    }
}
