//! Which tests form a family: those that could reach significance at all.

/// The tests that form a family, and the factor that Tarone's bound multiplies p by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TestableFamily {
    /// The smallest K for which no more than K tests can reach `alpha` / K; 0 without tests.
    pub factor: usize,
    /// By test, in the order of the input: whether it can reach `alpha` / K.
    pub members: Vec<bool>,
}

/// Tarone's family (Tarone 1990, *Biometrics* 46): with `least`, the smallest p-value that each test can reach, K is the smallest number
/// with #{least ≤ α/K} ≤ K, and the tests with least ≤ α/K are the family. The others can't be significant, whatever the data, and
/// need no correction. As `least` depends on the margins alone and not on the grouping of the documents, the family-wise error rate stays below α
/// if the family alone is adjusted, by Holm's method too.
pub fn tarone_family(least: &[f64], alpha: f64) -> TestableFamily {
    let mut sorted = least.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let reaching = |k: usize| sorted.partition_point(|p| *p <= alpha / k as f64);
    let factor = (1..=least.len()).find(|k| reaching(*k) <= *k).unwrap_or(0);
    let members = least.iter().map(|p| factor > 0 && *p <= alpha / factor as f64).collect();
    TestableFamily { factor, members }
}

/// The smallest two-sided p-value that a permutation test of two groups of documents can reach, for a measure that occurs in `range` of
/// the `first` + `second` documents, whatever its rates there; 1 where no documents or no occurrences are there to be exchanged.
///
/// Documents without an occurrence have the same rate, 0, so arrangements that differ in them alone have the same statistic. The smallest such class
/// has as many documents with an occurrence as can be in the smaller group, of s documents, and is of the share
///
/// ```text
/// C(N − m, s − m) / C(N, s) where m ≤ s, else 1 / C(N, s)
/// ```
///
/// (hypergeometric). Where both groups are of one size, the mirror image of an arrangement is as extreme, and the share counts twice.
///
/// It holds for every statistic that depends on the documents' rates alone and whose value without its sign does not change with the names of the
/// groups. For pooled rates, in which documents without an occurrence differ by their tokens, it is only near to the smallest; as a rule that leaves out
/// tests by their margins alone, it does no harm there.
pub fn least_p_of_range(first: usize, second: usize, range: usize) -> f64 {
    let (smaller, all) = (first.min(second), first + second);
    if range == 0 {
        return 1.0;
    }
    let factors = (0..smaller.min(range)).map(|i| (smaller - i) as f64 / (all - i) as f64);
    let mirrored = if first == second { 2.0 } else { 1.0 };
    (mirrored * factors.product::<f64>()).min(1.0)
}

/// The smallest two-sided p-value that exchanging the documents of pairs can give, if it occurs in so many of the pairs: 2 / 2^m, as each of them can
/// be exchanged, and the mirror image is as extreme.
pub fn least_p_of_pairs(range: usize) -> f64 {
    libm::exp2(1.0 - range as f64).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest share of arrangements that are as extreme as one of them, over many rates of `range` documents.
    fn enumerated(first: usize, second: usize, range: usize) -> f64 {
        let all = first + second;
        let arrangements: Vec<u32> =
            (0..1u32 << all).filter(|set| set.count_ones() as usize == first).collect();
        let mut least: f64 = 1.0;
        for base in [1.0f64, 1.3, 2.0, 10.0] {
            let rates: Vec<f64> =
                (0..all).map(|at| if at < range { base.powi(at as i32) } else { 0.0 }).collect();
            let difference = |set: &u32| {
                let sum = |own: bool| {
                    let members = (0..all).filter(|at| (set >> at & 1 == 1) == own);
                    members.map(|at| rates[at]).sum::<f64>()
                };
                (sum(true) / first as f64 - sum(false) / second as f64).abs()
            };
            let differences: Vec<f64> = arrangements.iter().map(difference).collect();
            let largest = differences.iter().copied().fold(0.0, f64::max);
            let extreme = differences.iter().filter(|other| **other >= largest - 1e-9 * largest).count();
            least = least.min(extreme as f64 / arrangements.len() as f64);
        }
        least
    }

    #[test]
    fn the_least_p_is_that_of_all_arrangements() {
        for first in 1..=6 {
            for second in first..=6 {
                for range in 0..=first + second {
                    let given = least_p_of_range(first, second, range);
                    let expected = enumerated(first, second, range);
                    assert!((given - expected).abs() < 1e-12, "{first} {second} {range}: {given} {expected}");
                    assert_eq!(given, least_p_of_range(second, first, range));
                }
            }
        }
        assert_eq!((least_p_of_range(0, 9, 4), least_p_of_range(0, 0, 0)), (1.0, 1.0));
        assert_eq!([0, 1, 2, 6].map(least_p_of_pairs), [1.0, 1.0, 0.5, 1.0 / 32.0]);
    }

    #[test]
    fn tests_that_cannot_be_significant_are_not_in_the_family() {
        let least = [0.5, 0.001, 0.04, 1.0, 0.012, 0.016];
        // Four reach 0.05, three 0.025, and three 0.0167.
        let family = tarone_family(&least, 0.05);
        assert_eq!((family.factor, family.members), (3, vec![false, true, false, false, true, true]));
        assert_eq!(tarone_family(&[0.06], 0.05), TestableFamily { factor: 1, members: vec![false] });
        assert_eq!(tarone_family(&[], 0.05), TestableFamily::default());
    }
}
