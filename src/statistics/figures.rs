//! The figures of a measure in one group, in two groups, and in all groups.

use std::sync::Arc;

use super::{
    Frequency, KruskalWallis, MannWhitney, Welch, bic, dp, dp_norm, g2_four_cell, g2_two_cell, hedges_g,
    interval, juilland_d, kruskal_wallis, log_ratio, log_ratio_of, mann_whitney, mean, median,
    percent_difference, permutation_p, standard_deviation, welch,
};

/// The lower and the upper end of an interval.
pub type Interval = (f64, f64);

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

    fn rate(&self, count: u64, size: u64) -> f64 {
        count as f64 * self.scale / size as f64
    }

    /// The rate of the sums, in which a long document weighs more.
    fn pooled(&self) -> Option<f64> {
        let total = self.total();
        (total.size > 0).then(|| self.rate(total.count, total.size))
    }

    fn parts(&self) -> Vec<Frequency> {
        let mut parts: Vec<_> = self.sizes.iter().map(|size| Frequency { count: 0, size: *size }).collect();
        self.counts.iter().for_each(|(index, count)| parts[*index as usize].count = *count);
        parts
    }

    fn rates(&self) -> Vec<f64> {
        let mut rates = vec![0.0; self.sizes.len()];
        self.nonzero_rates().for_each(|(index, rate)| rates[index as usize] = rate);
        rates
    }

    /// The rate that all documents have, if they have the same.
    fn common_rate(&self) -> Option<f64> {
        let first = self.nonzero_rates().next().map_or(0.0, |(_, rate)| rate);
        let all =
            self.counts.len() == self.sizes.len() && self.nonzero_rates().all(|(_, rate)| rate == first);
        if self.counts.is_empty() { Some(0.0) } else { all.then_some(first) }
    }
}

/// The sums of a measure over bootstrap resamples of a group.
#[derive(Debug, Clone)]
pub struct BootstrapSums {
    /// The sum of the counts, by resample.
    pub counts: Vec<f64>,
    /// The sum of the sizes, by resample: the same for all measures of one base.
    pub sizes: Arc<[f64]>,
}

/// A measure in a group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroupStatistics {
    /// Documents with a rate.
    pub documents: usize,
    /// The sums of the counts and of the sizes.
    pub total: Frequency,
    /// The pooled rate.
    pub rate: Option<f64>,
    /// Its bootstrap interval.
    pub rate_interval: Option<Interval>,
    /// The mean of the documents' rates.
    pub mean: Option<f64>,
    /// Its bootstrap interval.
    pub mean_interval: Option<Interval>,
    /// The median of the documents' rates.
    pub median: Option<f64>,
    /// The standard deviation of the documents' rates.
    pub standard_deviation: Option<f64>,
    /// Documents in which it occurs.
    pub range: usize,
    /// [`dp`]: 0 even, towards 1 clumped.
    pub dp: Option<f64>,
    /// [`dp_norm`]: 0 even, 1 clumped.
    pub dp_norm: Option<f64>,
    /// [`juilland_d`]: 1 even, 0 clumped.
    pub juilland_d: Option<f64>,
    /// Why cells are empty.
    pub note: &'static str,
}

impl GroupStatistics {
    /// The figures of a sample. `mean_sums` are the sums of the rates over the same resamples.
    pub fn new(sample: &Sample, resampled: &BootstrapSums, mean_sums: &mut [f64]) -> Self {
        let (documents, total) = (sample.documents(), sample.total());
        let note = match (documents, total.count) {
            (0, _) => "no document has a rate",
            (1, _) => "one document: no standard deviation, interval or dispersion",
            (_, 0) => "no occurrence: no interval or dispersion",
            _ => "",
        };
        let has_interval = documents > 1 && total.count > 0;
        let sums = resampled.counts.iter().zip(resampled.sizes.iter());
        let mut pooled: Vec<f64> = sums.map(|(count, size)| count * sample.scale / size).collect();
        mean_sums.iter_mut().for_each(|sum| *sum /= documents as f64);
        let (parts, rates) = (sample.parts(), sample.rates());
        GroupStatistics {
            documents,
            total,
            rate: sample.pooled(),
            rate_interval: if has_interval { interval(&mut pooled) } else { None },
            mean: mean(&rates),
            mean_interval: if has_interval { interval(mean_sums) } else { None },
            median: median(&rates),
            standard_deviation: standard_deviation(&rates),
            range: sample.counts.len(),
            dp: dp(&parts),
            dp_norm: dp_norm(&parts),
            juilland_d: juilland_d(&parts),
            note,
        }
    }
}

/// A p-value and its adjustments within its family.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PValue {
    /// Unadjusted.
    pub raw: Option<f64>,
    /// Adjusted by Holm's method.
    pub holm: Option<f64>,
    /// Adjusted by Benjamini and Hochberg's method.
    pub benjamini_hochberg: Option<f64>,
}

impl PValue {
    pub(super) fn new(raw: Option<f64>) -> Self {
        PValue { raw, ..PValue::default() }
    }
}

/// A measure in two groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PairStatistics {
    /// Documents with a rate.
    pub documents: [usize; 2],
    /// The sums of the counts and of the sizes.
    pub totals: [Frequency; 2],
    /// The pooled rates.
    pub rates: [Option<f64>; 2],
    /// The means of the documents' rates.
    pub means: [Option<f64>; 2],
    /// [`log_ratio`] of the pooled rates.
    pub log_ratio: Option<f64>,
    /// Its bootstrap interval.
    pub log_ratio_interval: Option<Interval>,
    /// [`percent_difference`] of the pooled rates.
    pub percent_difference: Option<f64>,
    /// Its bootstrap interval.
    pub percent_difference_interval: Option<Interval>,
    /// [`g2_two_cell`] of the pooled counts.
    pub g2_two_cell: Option<f64>,
    /// Its [`bic`].
    pub bic_two_cell: Option<f64>,
    /// [`g2_four_cell`] of the pooled counts.
    pub g2_four_cell: Option<f64>,
    /// Its [`bic`].
    pub bic_four_cell: Option<f64>,
    /// The permutation test of the difference of the means.
    pub permutation: PValue,
    /// [`mann_whitney`] of the documents' rates.
    pub mann_whitney: Option<MannWhitney>,
    /// Its p-value.
    pub mann_whitney_p: PValue,
    /// [`welch`] of the documents' rates.
    pub welch: Option<Welch>,
    /// Its p-value.
    pub welch_p: PValue,
    /// [`hedges_g`] of the documents' rates.
    pub hedges_g: Option<f64>,
    /// Why cells are empty.
    pub note: String,
}

impl PairStatistics {
    /// The figures of two samples; the permutation test is added by [`PairStatistics::add_permutation_test`].
    pub fn new(samples: [&Sample; 2], resampled: [&BootstrapSums; 2]) -> Self {
        let [first, second] = samples.map(Sample::total);
        let [two, four] = [g2_two_cell(first, second), g2_four_cell(first, second)];
        let [a, b] = samples.map(Sample::rates);
        let mut pair = PairStatistics {
            documents: samples.map(Sample::documents),
            totals: [first, second],
            rates: samples.map(Sample::pooled),
            means: [mean(&a), mean(&b)],
            log_ratio: log_ratio(first, second),
            percent_difference: percent_difference(first, second),
            g2_two_cell: two,
            bic_two_cell: two.map(|g2| bic(g2, first, second)),
            g2_four_cell: four,
            bic_four_cell: four.map(|g2| bic(g2, first, second)),
            ..PairStatistics::default()
        };
        if has_documents(samples) && first.count + second.count > 0 {
            pair.add_intervals(resampled);
        }
        if is_testable(samples) {
            pair.mann_whitney = mann_whitney(&a, &b);
            pair.mann_whitney_p = PValue::new(pair.mann_whitney.and_then(|test| test.p));
            pair.welch = welch(&a, &b);
            pair.welch_p = PValue::new(pair.welch.map(|welch| welch.p));
            pair.hedges_g = hedges_g(&a, &b);
        }
        pair.note = pair.note_on(samples);
        pair
    }

    fn add_intervals(&mut self, [first, second]: [&BootstrapSums; 2]) {
        let sums = || {
            let firsts = first.counts.iter().zip(first.sizes.iter());
            firsts.zip(second.counts.iter().zip(second.sizes.iter())).map(|((a, m), (b, n))| (*a, *m, *b, *n))
        };
        let mut ratios: Vec<f64> = sums().map(|(a, m, b, n)| log_ratio_of(a, m, b, n)).collect();
        self.log_ratio_interval = interval(&mut ratios);
        if sums().all(|(_, _, b, _)| b > 0.0) {
            let mut percents: Vec<f64> =
                sums().map(|(a, m, b, n)| (a / m - b / n) * 100.0 / (b / n)).collect();
            self.percent_difference_interval = interval(&mut percents);
        }
    }

    /// Adds the permutation test, by the number of permutations that are as extreme as what was observed.
    pub fn add_permutation_test(&mut self, extreme: Option<u64>, permutations: usize) {
        self.permutation = PValue::new(extreme.map(|extreme| permutation_p(extreme, permutations)));
    }

    fn note_on(&self, samples: [&Sample; 2]) -> String {
        let mut notes = Vec::new();
        for (sample, name) in samples.iter().zip(["group_a", "group_b"]) {
            match sample.documents() {
                0 => notes.push(format!("no document of {name} has a rate")),
                1 => notes.push(format!("one document in {name}: no interval, no test over documents")),
                _ => {}
            }
        }
        let [first, second] = samples.map(|sample| sample.total().count);
        if first + second == 0 {
            notes.push("no occurrence in either".into());
            return notes.join("; ");
        }
        if first == 0 {
            notes.push("no occurrence in group_a: log_ratio takes 0.5".into());
        }
        if second == 0 {
            notes.push("no occurrence in group_b: log_ratio takes 0.5, no percent_diff".into());
        } else if self.log_ratio_interval.is_some() && self.percent_difference_interval.is_none() {
            notes.push("no occurrence in some resamples of group_b: no interval of percent_diff".into());
        }
        if has_documents(samples) && !is_testable(samples) {
            notes.push("all documents have the same rate: no test".into());
        } else if is_testable(samples) && self.welch.is_none() {
            notes.push("the rates don't vary within either group: no welch, no hedges_g".into());
        }
        notes.join("; ")
    }
}

/// Whether tests over documents are defined: two documents or more in each group, and rates that differ.
pub fn is_testable(samples: [&Sample; 2]) -> bool {
    let [first, second] = samples.map(Sample::common_rate);
    has_documents(samples) && (first.is_none() || first != second)
}

fn has_documents(samples: [&Sample; 2]) -> bool {
    samples.iter().all(|sample| sample.documents() > 1)
}

/// A measure in all groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllGroupsStatistics {
    /// The test over all groups that have documents with a rate.
    pub kruskal_wallis: Option<KruskalWallis>,
    /// Its p-value.
    pub p: PValue,
    /// Why cells are empty.
    pub note: &'static str,
}

impl AllGroupsStatistics {
    /// The figures of the samples of all groups.
    pub fn new(samples: &[Sample]) -> Self {
        let rates: Vec<Vec<f64>> = samples.iter().map(Sample::rates).collect();
        let with_rates: Vec<&[f64]> =
            rates.iter().map(Vec::as_slice).filter(|rates| !rates.is_empty()).collect();
        let test = kruskal_wallis(&with_rates);
        let left_out = with_rates.len() < samples.len();
        let note = match test {
            None if with_rates.len() < 2 => "fewer than two groups have documents with a rate",
            None => "all documents have the same rate: no test",
            Some(_) if left_out => "groups without a document that has a rate are left out",
            Some(_) => "",
        };
        AllGroupsStatistics { kruskal_wallis: test, p: PValue::new(test.map(|test| test.p)), note }
    }
}
