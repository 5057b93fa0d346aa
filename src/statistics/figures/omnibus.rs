//! A measure over all groups.

use super::{Interval, PValue};
use crate::statistics::{KruskalWallis, Notes, Sample, kruskal_wallis};

/// A measure over all groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OmnibusStatistics {
    /// How many groups have documents with a rate.
    pub groups: usize,
    /// How many documents have a rate.
    pub documents: usize,
    /// The Wald-type statistic of equal pooled rates.
    pub wald: Option<f64>,
    /// Its p-value, by permutation.
    pub wald_p: PValue,
    /// The test on ranks over all groups that have documents with a rate.
    pub kruskal_wallis: Option<KruskalWallis>,
    /// Its p-value by the χ² approximation.
    pub kruskal_wallis_p: PValue,
    /// Its p-value by permutation.
    pub kruskal_wallis_permutation_p: Option<f64>,
    /// The trend, where the groups have an order.
    pub trend: Option<Trend>,
    /// Why cells are empty.
    pub note: Notes,
}

/// A trend over groups that have an order.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Trend {
    /// By how much the rate rises for each unit of the variable, or step of the order.
    pub slope: f64,
    /// Its interval.
    pub slope_interval: Option<Interval>,
    /// Its p-value, by permutation.
    pub slope_p: PValue,
    /// Kendall's τ-b of the value and the documents' rates, −1 to 1.
    pub tau: Option<f64>,
    /// Its interval.
    pub tau_interval: Option<Interval>,
}

impl OmnibusStatistics {
    /// The figures of the samples of all groups, without what permutations give. `are_independent`: whether documents depend on
    /// nothing that the design names; if they do, the test on ranks has no p-value but that by permutation.
    pub fn new(samples: &[Sample], are_independent: bool) -> Self {
        let rates: Vec<Vec<f64>> = samples.iter().map(Sample::rates).collect();
        let with_rates: Vec<&[f64]> =
            rates.iter().map(Vec::as_slice).filter(|rates| !rates.is_empty()).collect();
        let test = kruskal_wallis(&with_rates);
        let left_out = with_rates.len() < samples.len();
        let note = match test {
            None if with_rates.len() < 2 => Notes::one("notes.one_group"),
            None => Notes::one("notes.same_rate"),
            Some(_) if left_out => Notes::one("notes.groups_left_out"),
            Some(_) => Notes::default(),
        };
        OmnibusStatistics {
            groups: with_rates.len(),
            documents: with_rates.iter().map(|rates| rates.len()).sum(),
            kruskal_wallis: test,
            kruskal_wallis_p: PValue::new(test.filter(|_| are_independent).map(|test| test.p)),
            note,
            ..OmnibusStatistics::default()
        }
    }
}
