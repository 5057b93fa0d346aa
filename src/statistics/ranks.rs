//! Tests on ranks: two groups of documents, and several.

use super::distributions::{chi_square_upper_tail, normal_upper_tail};

/// The largest smaller sample for which the exact distribution is used, if no values are tied.
const MAX_EXACT_SMALLER: usize = 8;

/// With more values in both samples, the coefficients of the exact distribution might not fit into 128 bits.
const MAX_EXACT_TOTAL: usize = 100_000;

/// The outcome of the Mann–Whitney test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// U of the first sample: pairs in which its value is the larger, ties as halves.
    pub u: f64,
    /// The p-value, two-sided; not defined where all values are equal.
    pub p: Option<f64>,
    /// Whether p is exact rather than from the normal approximation.
    pub exact: bool,
    /// Cliff's delta, −1 to 1.
    pub delta: f64,
}

/// The Mann–Whitney U test (Mann & Whitney 1947) with Cliff's delta, 2U / (n₁n₂) − 1: the share of pairs in which the
/// first value is the larger less the share in which the second is (Cliff 1993).
///
/// p is two-sided: exact where the smaller sample has at most 8 values and no values are tied, otherwise by the
/// normal approximation with a correction for ties and one for continuity (`scipy.stats.mannwhitneyu` with
/// `method="auto"`). Not defined for an empty sample.
pub fn mann_whitney(first: &[f64], second: &[f64]) -> Option<MannWhitney> {
    let (n1, n2) = (first.len(), second.len());
    if n1 == 0 || n2 == 0 {
        return None;
    }
    let ranked = Ranked::new(&[first, second]);
    let pairs = n1 as f64 * n2 as f64;
    // Twice a sum of ranks is an integer.
    let u = (ranked.doubled_sums[0] - n1 as u64 * (n1 as u64 + 1)) as f64 / 2.0;
    let delta = 2.0 * u / pairs - 1.0;
    let larger = u.max(pairs - u);
    if n1.min(n2) <= MAX_EXACT_SMALLER && n1 + n2 <= MAX_EXACT_TOTAL && ranked.ties == 0.0 {
        let p = (2.0 * exact_upper_tail(larger as usize, n1, n2)).min(1.0);
        return Some(MannWhitney { u, p: Some(p), exact: true, delta });
    }
    let n = (n1 + n2) as f64;
    let variance = pairs / 12.0 * (n + 1.0 - ranked.ties / (n * (n - 1.0)));
    let p = (variance > 0.0).then(|| {
        let z = (larger - pairs / 2.0 - 0.5) / variance.sqrt();
        (2.0 * normal_upper_tail(z)).min(1.0)
    });
    Some(MannWhitney { u, p, exact: false, delta })
}

/// The outcome of the Kruskal–Wallis test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KruskalWallis {
    /// H, corrected for ties.
    pub h: f64,
    /// Its degrees of freedom: the number of samples less one.
    pub degrees: usize,
    /// The p-value, from the χ² approximation.
    pub p: f64,
    /// ε², 0 to 1.
    pub epsilon_squared: f64,
}

/// The Kruskal–Wallis test over two samples or more (Kruskal & Wallis 1952), H corrected for ties, with
/// ε² = H / (n − 1): 0 where the samples don't differ in rank, 1 at most (Tomczak & Tomczak 2014).
/// Not defined where a sample is empty, there are fewer than two, or all values are equal.
pub fn kruskal_wallis(samples: &[&[f64]]) -> Option<KruskalWallis> {
    if samples.len() < 2 || samples.iter().any(|sample| sample.is_empty()) {
        return None;
    }
    let ranked = Ranked::new(samples);
    let n = samples.iter().map(|sample| sample.len()).sum::<usize>() as f64;
    let correction = 1.0 - ranked.ties / (n * (n * n - 1.0));
    // The correction is 0 where all values are equal.
    if ranked.distinct < 2 {
        return None;
    }
    let middle = (n + 1.0) / 2.0;
    let spread = samples.iter().zip(&ranked.doubled_sums).map(|(sample, doubled)| {
        let size = sample.len() as f64;
        size * (*doubled as f64 / 2.0 / size - middle).powi(2)
    });
    let h = 12.0 / (n * (n + 1.0)) * spread.sum::<f64>() / correction;
    let degrees = samples.len() - 1;
    let p = chi_square_upper_tail(h, degrees as f64);
    Some(KruskalWallis { h, degrees, p, epsilon_squared: h / (n - 1.0) })
}

/// The ranks of the documents' rates by unit, so that the sums of any arrangement of the units can be computed.
#[derive(Debug, Clone, PartialEq)]
pub struct RankSums {
    /// By unit that has an occurrence: the sum of its documents' ranks, less that of as many documents without one.
    pub excess: Vec<(u32, f64)>,
    /// The rank of a document without an occurrence.
    none: f64,
    /// How many documents there are.
    documents: f64,
    /// What ties correct H by.
    correction: f64,
}

impl RankSums {
    /// Ranks the rates, which are not 0, of units' documents among those of so many documents.
    /// Not defined where all have the same.
    pub fn new(mut rates: Vec<(u32, f64)>, documents: usize) -> Option<Self> {
        rates.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)));
        let zeros = documents.checked_sub(rates.len())? as f64;
        let (none, mut before) = ((zeros + 1.0) / 2.0, zeros);
        let mut ties = zeros * (zeros * zeros - 1.0);
        let mut excess = Vec::with_capacity(rates.len());
        for run in rates.chunk_by(|one, other| one.1 == other.1) {
            let t = run.len() as f64;
            let rank = before + (t + 1.0) / 2.0;
            excess.extend(run.iter().map(|(unit, _)| (*unit, rank - none)));
            ties += t * (t * t - 1.0);
            before += t;
        }
        let n = documents as f64;
        let all = n * (n * n - 1.0);
        (ties < all).then(|| RankSums { excess, none, documents: n, correction: 1.0 - ties / all })
    }
}

/// H of [`kruskal_wallis`] from the sum of [`RankSums::excess`] in each group and its documents; groups without one are left aside.
pub fn kruskal_wallis_h(groups: impl Iterator<Item = (f64, f64)>, ranks: &RankSums) -> f64 {
    let n = ranks.documents;
    let middle = (n + 1.0) / 2.0;
    let spread = groups
        .filter(|(_, documents)| *documents > 0.0)
        .map(|(excess, documents)| documents * (excess / documents + ranks.none - middle).powi(2));
    12.0 / (n * (n + 1.0)) * spread.sum::<f64>() / ranks.correction
}

/// Samples ranked together, ties with the mean of their ranks.
struct Ranked {
    /// By sample: twice the sum of its ranks.
    doubled_sums: Vec<u64>,
    /// Σ (t³ − t) over the runs of t equal values.
    ties: f64,
    /// How many different values there are.
    distinct: usize,
}

impl Ranked {
    fn new(samples: &[&[f64]]) -> Self {
        let numbered = samples.iter().enumerate();
        let mut values: Vec<(f64, usize)> =
            numbered.flat_map(|(sample, values)| values.iter().map(move |value| (*value, sample))).collect();
        values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut ranked = Ranked { doubled_sums: vec![0; samples.len()], ties: 0.0, distinct: 0 };
        let mut before = 0;
        for run in values.chunk_by(|a, b| a.0 == b.0) {
            // Ranks before + 1 to before + t: twice their mean is 2 · before + t + 1.
            let doubled = 2 * before as u64 + run.len() as u64 + 1;
            run.iter().for_each(|(_, sample)| ranked.doubled_sums[*sample] += doubled);
            let t = run.len() as f64;
            ranked.ties += t * (t * t - 1.0);
            ranked.distinct += 1;
            before += run.len();
        }
        ranked
    }
}

/// P(U ≥ `least`) under the null hypothesis, if no values are tied.
///
/// U is distributed as the coefficients of the Gaussian binomial, the product of (1 − q^(n₂+i)) / (1 − q^i) for i
/// from 1 to n₁. They are computed modulo 2¹²⁸, where multiplying and dividing lose nothing, and fit in the end.
fn exact_upper_tail(least: usize, n1: usize, n2: usize) -> f64 {
    let (small, large) = (n1.min(n2), n1.max(n2));
    let most = small * large;
    let mut coefficients = vec![0u128; most + 1];
    coefficients[0] = 1;
    for i in 1..=small {
        for u in (large + i..=most).rev() {
            coefficients[u] = coefficients[u].wrapping_sub(coefficients[u - large - i]);
        }
        for u in i..=most {
            coefficients[u] = coefficients[u].wrapping_add(coefficients[u - i]);
        }
    }
    let all: u128 = coefficients.iter().sum();
    let above: u128 = coefficients[least.min(most)..].iter().sum();
    above as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_distribution_is_that_of_all_arrangements() {
        // Of the 20 ways to choose 3 of 6 ranks, U = 9 comes of one, 8 of one, 7 of two.
        for (least, ways) in [(9, 1.0), (8, 2.0), (7, 4.0), (0, 20.0)] {
            assert_eq!(exact_upper_tail(least, 3, 3), ways / 20.0);
        }
    }

    #[test]
    fn a_large_sample_against_a_small_one_is_still_exact() {
        let (few, many) = ([0.5], (1..1000).map(f64::from).collect::<Vec<_>>());
        let test = mann_whitney(&few, &many).unwrap();
        assert!(test.exact && (test.p.unwrap() - 2.0 / 1000.0).abs() < 1e-15 && test.delta == -1.0);
    }

    #[test]
    fn h_from_sums_of_ranks_is_that_of_the_samples() {
        let samples = [&[0.0, 3.0, 0.0, 1.0][..], &[2.0, 3.0], &[0.0, 5.0, 1.0]];
        let rates = samples.iter().zip(0..).flat_map(|(sample, unit)| {
            sample.iter().filter(|rate| **rate > 0.0).map(move |rate| (unit, *rate))
        });
        let ranks = RankSums::new(rates.collect(), 9).unwrap();
        let of_group = |unit: u32| {
            ranks.excess.iter().filter(|(own, _)| *own == unit).map(|(_, excess)| excess).sum::<f64>()
        };
        let h = kruskal_wallis_h(
            [(of_group(0), 4.0), (of_group(1), 2.0), (of_group(2), 3.0)].into_iter(),
            &ranks,
        );
        assert!((h - kruskal_wallis(&samples).unwrap().h).abs() < 1e-12);
        assert_eq!((RankSums::new(Vec::new(), 4), RankSums::new(vec![(0, 1.0); 3], 3)), (None, None));
    }

    #[test]
    fn equal_values_have_no_p() {
        let test = mann_whitney(&[1.0, 1.0], &[1.0; 3]).unwrap();
        assert_eq!((test.p, test.delta, test.exact), (None, 0.0, false));
        assert_eq!(kruskal_wallis(&[&[1.0, 1.0], &[1.0]]), None);
        assert_eq!(mann_whitney(&[], &[1.0]), None);
        assert_eq!((kruskal_wallis(&[&[1.0, 2.0], &[]]), kruskal_wallis(&[&[1.0, 2.0]])), (None, None));
    }
}
