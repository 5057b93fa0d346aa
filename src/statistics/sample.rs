//! A measure in the documents of a group.

use super::Frequency;

/// The counts of a measure in the documents of a group that have a rate of it: a sparse vector, as most markers occur in
/// few documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample<'a> {
    /// The size of each document: what is counted among. None is 0.
    pub sizes: &'a [u64],
    /// The count in each document that has it, by index in `sizes`.
    pub counts: Vec<(u32, u64)>,
    /// The factor of a rate: 1,000 for rates per 1,000, 1 for shares.
    pub scale: f64,
}

impl Sample<'_> {
    /// How many documents have a rate.
    pub fn documents(&self) -> usize {
        self.sizes.len()
    }

    /// The sums over the documents.
    pub fn total(&self) -> Frequency {
        Frequency { count: self.counts.iter().map(|(_, count)| count).sum(), size: self.sizes.iter().sum() }
    }

    /// The rate in each document that has it, by index in `sizes`.
    pub fn nonzero_rates(&self) -> impl Iterator<Item = (u32, f64)> {
        self.counts.iter().map(|(index, count)| (*index, self.rate(*count, self.sizes[*index as usize])))
    }

    /// Whether the rates are shares of markers or sentences, rather than rates per 1,000 tokens.
    pub fn is_share(&self) -> bool {
        self.scale == 1.0
    }

    fn rate(&self, count: u64, size: u64) -> f64 {
        count as f64 * self.scale / size as f64
    }

    /// The rate of the sums, in which a long document weighs more.
    pub(super) fn pooled(&self) -> Option<f64> {
        let total = self.total();
        (total.size > 0).then(|| self.rate(total.count, total.size))
    }

    pub(super) fn parts(&self) -> Vec<Frequency> {
        let mut parts: Vec<_> = self.sizes.iter().map(|size| Frequency { count: 0, size: *size }).collect();
        self.counts.iter().for_each(|(index, count)| parts[*index as usize].count = *count);
        parts
    }

    /// The rate in each document.
    pub fn rates(&self) -> Vec<f64> {
        let mut rates = vec![0.0; self.sizes.len()];
        self.nonzero_rates().for_each(|(index, rate)| rates[index as usize] = rate);
        rates
    }

    /// The rate that all documents have, if they have the same.
    pub(super) fn common_rate(&self) -> Option<f64> {
        let first = self.nonzero_rates().next().map_or(0.0, |(_, rate)| rate);
        let all =
            self.counts.len() == self.sizes.len() && self.nonzero_rates().all(|(_, rate)| rate == first);
        if self.counts.is_empty() { Some(0.0) } else { all.then_some(first) }
    }
}

/// Whether tests over documents are defined: two documents or more in each group, and rates that differ.
pub fn is_testable(samples: [&Sample; 2]) -> bool {
    let [first, second] = samples.map(Sample::common_rate);
    has_documents(samples) && (first.is_none() || first != second)
}

pub(super) fn has_documents(samples: [&Sample; 2]) -> bool {
    samples.iter().all(|sample| sample.documents() > 1)
}
