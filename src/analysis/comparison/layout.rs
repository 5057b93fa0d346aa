//! Where the documents of each group stand, for measures of one base.

use crate::counts::{Base, Measure, Observations};
use crate::statistics::{Design, Sample};

/// The documents of each group that have something of the base: only these have a rate.
pub(super) struct Layout {
    base: Base,
    /// By group: the sizes of its documents, in order.
    sizes: Vec<Vec<u64>>,
    /// By group: the numbers of these documents.
    documents: Vec<Vec<u32>>,
    /// By document: its group and its place there.
    places: Vec<Option<(usize, usize)>>,
    /// By group: the number of its first document, with a rate or not.
    firsts: Vec<usize>,
}

impl Layout {
    pub fn new(observations: &Observations, base: Base) -> Self {
        let groups = observations.groups.len();
        let mut layout = Layout {
            base,
            sizes: vec![Vec::new(); groups],
            documents: vec![Vec::new(); groups],
            places: Vec::with_capacity(observations.documents.len()),
            firsts: vec![usize::MAX; groups],
        };
        for (number, document) in observations.documents.iter().enumerate() {
            let group = document.group;
            layout.firsts[group] = layout.firsts[group].min(number);
            let size = document.sizes[base as usize];
            let place = (size > 0).then(|| (group, layout.sizes[group].len()));
            layout.places.push(place);
            if place.is_some() {
                layout.sizes[group].push(size);
                layout.documents[group].push(number as u32);
            }
        }
        layout
    }

    /// A measure in each group.
    pub fn samples(&self, measure: &Measure) -> Vec<Sample<'_>> {
        let empty = |sizes| Sample { sizes, counts: Vec::new(), scale: self.base.scale() };
        let mut samples: Vec<Sample> = self.sizes.iter().map(|sizes| empty(sizes.as_slice())).collect();
        for (document, count) in &measure.counts {
            if let Some((group, place)) = self.places[*document as usize] {
                samples[group].counts.push((place as u32, *count));
            }
        }
        samples
    }

    /// The random numbers of a group's bootstrap. They hang on where its first document stands among all, and not
    /// on the group's name or the names of others.
    pub fn design(&self, seed: u64, group: usize) -> Design {
        Design { seed, key: [1, self.base as u64, self.firsts[group] as u64, 0] }
    }

    /// The random numbers of the permutations of two groups, the same in either order.
    pub fn design_of_pair(&self, seed: u64, (a, b): (usize, usize)) -> Design {
        let (a, b) = (self.firsts[a] as u64, self.firsts[b] as u64);
        Design { seed, key: [2, self.base as u64, a.min(b), a.max(b)] }
    }

    /// The smaller group of two and the other; of two equal ones, the one whose first document stands first.
    pub fn smaller_first(&self, (a, b): (usize, usize)) -> (usize, usize) {
        let key = |group: usize| (self.documents[group].len(), self.firsts[group]);
        if key(a) <= key(b) { (a, b) } else { (b, a) }
    }

    /// The places of the documents of two groups among both, in the order of the documents.
    pub fn pooled(&self, (a, b): (usize, usize)) -> [Vec<u32>; 2] {
        let [first, second] = [&self.documents[a], &self.documents[b]];
        let places = |own: &[u32], other: &[u32]| {
            let place = |(at, document): (usize, &u32)| {
                (at + other.partition_point(|number| number < document)) as u32
            };
            own.iter().enumerate().map(place).collect()
        };
        [places(first, second), places(second, first)]
    }
}
