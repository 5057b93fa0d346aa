//! The documents of each group as sparse columns, for measures of one base.

use crate::counts::{Base, Measure, Observations};
use crate::statistics::{RandomStream, Sample};

/// The documents of each group whose size in the base is not zero: only these have a rate.
pub(super) struct Layout {
    base: Base,
    /// By group: the sizes of its documents, in order.
    sizes: Vec<Vec<u64>>,
    /// By group: the indices of these documents among all.
    documents: Vec<Vec<u32>>,
    /// By document: its group and its index within it.
    slots: Vec<Option<(usize, usize)>>,
    /// By group: the index of its first document, with a rate or not.
    first_documents: Vec<usize>,
}

impl Layout {
    pub fn new(observations: &Observations, base: Base) -> Self {
        let groups = observations.groups.len();
        let mut layout = Layout {
            base,
            sizes: vec![Vec::new(); groups],
            documents: vec![Vec::new(); groups],
            slots: Vec::with_capacity(observations.documents.len()),
            first_documents: vec![usize::MAX; groups],
        };
        for (index, document) in observations.documents.iter().enumerate() {
            let group = document.group;
            layout.first_documents[group] = layout.first_documents[group].min(index);
            let size = document.sizes[base as usize];
            let slot = (size > 0).then(|| (group, layout.sizes[group].len()));
            layout.slots.push(slot);
            if slot.is_some() {
                layout.sizes[group].push(size);
                layout.documents[group].push(index as u32);
            }
        }
        layout
    }

    /// A measure in each group.
    pub fn samples(&self, measure: &Measure) -> Vec<Sample<'_>> {
        let empty = |sizes| Sample { sizes, counts: Vec::new(), scale: self.base.scale() };
        let mut samples: Vec<Sample> = self.sizes.iter().map(|sizes| empty(sizes.as_slice())).collect();
        for (document, count) in &measure.counts {
            if let Some((group, index)) = self.slots[*document as usize] {
                samples[group].counts.push((index as u32, *count));
            }
        }
        samples
    }

    /// The random numbers of a group's bootstrap. Their key is the index of its first document, so that they do not depend
    /// on the names of groups.
    pub fn bootstrap_stream(&self, seed: u64, group: usize) -> RandomStream {
        RandomStream { seed, key: [1, self.base as u64, self.first_documents[group] as u64, 0] }
    }

    /// The random numbers of the permutations of two groups, the same in either order.
    pub fn permutation_stream(&self, seed: u64, (a, b): (usize, usize)) -> RandomStream {
        let (a, b) = (self.first_documents[a] as u64, self.first_documents[b] as u64);
        RandomStream { seed, key: [2, self.base as u64, a.min(b), a.max(b)] }
    }

    /// The smaller group of two and the other; of two of the same size, the one with the first document.
    pub fn smaller_first(&self, (a, b): (usize, usize)) -> (usize, usize) {
        let key = |group: usize| (self.documents[group].len(), self.first_documents[group]);
        if key(a) <= key(b) { (a, b) } else { (b, a) }
    }

    /// By group: the indices of its documents in the pooled list of two groups, in the order of the documents.
    pub fn pooled(&self, (a, b): (usize, usize)) -> [Vec<u32>; 2] {
        let [first, second] = [&self.documents[a], &self.documents[b]];
        let indices = |own: &[u32], other: &[u32]| {
            let index =
                |(at, document): (usize, &u32)| (at + other.partition_point(|known| known < document)) as u32;
            own.iter().enumerate().map(index).collect()
        };
        [indices(first, second), indices(second, first)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_two_groups_are_pooled_in_their_order() {
        let layout = Layout {
            base: Base::Tokens,
            sizes: Vec::new(),
            documents: vec![vec![0, 3, 4], vec![2], vec![1, 5]],
            slots: Vec::new(),
            first_documents: Vec::new(),
        };
        assert_eq!(layout.pooled((0, 2)), [vec![0, 2, 3], vec![1, 4]]);
        assert_eq!(layout.pooled((2, 0)), [vec![1, 4], vec![0, 2, 3]]);
        assert_eq!(layout.pooled((1, 2)), [vec![1], vec![0, 2]]);
    }
}
