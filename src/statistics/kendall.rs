//! Kendall's rank correlation.

use super::Interval;
use super::distributions::normal_quantile;

/// Kendall's τ-b with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kendall {
    /// τ-b, −1 to 1: positive where the one rises with the other.
    pub tau_b: f64,
    /// Its 95 % interval. Not defined for fewer than four pairs, or where τ-b is ±1.
    pub interval: Option<Interval>,
}

/// Kendall's τ-b (Kendall 1945, *Biometrika* 33), Σt / √(Σa Σb) over all pairs i < j, where t is the product of the signs of both
/// differences, and a and b are 1 where the first or the second values differ, 0 where they are tied.
///
/// The interval is made on Fisher's scale, tanh(artanh τ ± z s / (1 − τ²)), from the consistent variance of a U-statistic
/// (Samara & Randles 1988, *Communications in Statistics – Theory and Methods* 17; Cliff & Charlin 1991, *Multivariate Behavioral Research* 26),
///
/// ```text
/// s² = (4 (n − 2) Σhᵢ.²/n + 2 h²) / (n (n − 1))
/// ```
///
/// where hᵢⱼ = tᵢⱼ/√(AB) − τ/2 · (aᵢⱼ/A + bᵢⱼ/B) is what the pair adds to the linearised τ-b, with A and B the means of a and b; hᵢ. is
/// its mean over the other documents, and h² the mean of its square. Without ties, h = t − τ, and s² is Samara and Randles's.
/// Not defined where the values of either are all the same, or their numbers differ. In O(n log n).
pub fn kendall(first: &[f64], second: &[f64]) -> Option<Kendall> {
    if first.len() != second.len() {
        return None;
    }
    let (concordance, pairs) = concordances(first, second);
    let untied = |equal: &[usize]| equal.iter().map(|equal| (first.len() - equal) as f64).collect::<Vec<_>>();
    let (a, b) = (untied(&pairs.first), untied(&pairs.second));
    let n = first.len() as f64;
    // Over ordered pairs.
    let (sum_a, sum_b): (f64, f64) = (a.iter().sum(), b.iter().sum());
    if sum_a == 0.0 || sum_b == 0.0 {
        return None;
    }
    let root = (sum_a * sum_b).sqrt();
    let sum = concordance.iter().sum::<i64>() as f64;
    let tau = (sum / root).clamp(-1.0, 1.0);
    if n < 4.0 || tau.abs() == 1.0 {
        return Some(Kendall { tau_b: tau, interval: None });
    }
    // h with the sums in the place of the means: n (n − 1) times too small.
    let deviations = concordance.iter().zip(a.iter().zip(&b));
    let deviations = deviations.map(|(t, (a, b))| *t as f64 / root - tau / 2.0 * (a / sum_a + b / sum_b));
    let between = deviations.map(|deviation| deviation * deviation).sum::<f64>();
    let both: f64 = pairs.both.iter().map(|equal| (first.len() - equal) as f64).sum();
    // Pairs that differ in both: those that differ in one or the other are all but `both`.
    let untied_in_both = sum_a + sum_b - both;
    let half = tau / 2.0;
    let squares = untied_in_both / (root * root) - 2.0 * half * sum / root * (1.0 / sum_a + 1.0 / sum_b)
        + half * half * (1.0 / sum_a + 1.0 / sum_b + 2.0 * untied_in_both / (root * root));
    // Σhᵢ.² = n² Σ(deviation)², and Σh² over ordered pairs = (n (n − 1))² `squares`.
    let variance = (4.0 * (n - 2.0) * n * between + 2.0 * n * (n - 1.0) * squares) / (n * (n - 1.0));
    let error = normal_quantile(0.975)? * variance.max(0.0).sqrt() / (1.0 - tau * tau);
    let centre = libm::atanh(tau);
    let interval = (variance > 0.0).then(|| (libm::tanh(centre - error), libm::tanh(centre + error)));
    Some(Kendall { tau_b: tau, interval })
}

/// For each pair of values, how many have the same first, second, and both, itself included.
struct Ties {
    first: Vec<usize>,
    second: Vec<usize>,
    both: Vec<usize>,
}

/// For each pair of values, with how many others it is concordant, less with how many it is discordant; and the ties.
fn concordances(first: &[f64], second: &[f64]) -> (Vec<i64>, Ties) {
    let n = first.len();
    let mut ties = Ties { first: vec![0; n], second: vec![0; n], both: vec![0; n] };
    let mut ranks = vec![0; n];
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_unstable_by(|i, j| second[*i].total_cmp(&second[*j]));
    for (rank, run) in order.chunk_by(|i, j| second[*i] == second[*j]).enumerate() {
        for i in run {
            (ranks[*i], ties.second[*i]) = (rank, run.len());
        }
    }
    order.sort_unstable_by(|i, j| first[*i].total_cmp(&first[*j]).then(ranks[*i].cmp(&ranks[*j])));
    let runs: Vec<&[usize]> = order.chunk_by(|i, j| first[*i] == first[*j]).collect();
    for run in &runs {
        run.iter().for_each(|i| ties.first[*i] = run.len());
        for same in run.chunk_by(|i, j| ranks[*i] == ranks[*j]) {
            same.iter().for_each(|i| ties.both[*i] = same.len());
        }
    }
    let mut sums = vec![0; n];
    let mut add = |run: &[usize], seen: &mut Tally, sign: i64| {
        for i in run {
            let below = seen.up_to(ranks[*i]);
            let above = seen.all - seen.up_to(ranks[*i] + 1);
            sums[*i] += sign * (below - above);
        }
        run.iter().for_each(|i| seen.add(ranks[*i]));
    };
    let mut lower = Tally::new(n);
    runs.iter().for_each(|run| add(run, &mut lower, 1));
    let mut higher = Tally::new(n);
    runs.iter().rev().for_each(|run| add(run, &mut higher, -1));
    (sums, ties)
}

/// How many of each rank there are, as a binary indexed tree (Fenwick 1994).
struct Tally {
    nodes: Vec<i64>,
    all: i64,
}

impl Tally {
    fn new(ranks: usize) -> Self {
        Tally { nodes: vec![0; ranks + 1], all: 0 }
    }

    fn add(&mut self, rank: usize) {
        self.all += 1;
        let mut node = rank + 1;
        while node < self.nodes.len() {
            self.nodes[node] += 1;
            node += node & node.wrapping_neg();
        }
    }

    /// How many are of a rank below this.
    fn up_to(&self, rank: usize) -> i64 {
        let (mut node, mut sum) = (rank, 0);
        while node > 0 {
            sum += self.nodes[node];
            node &= node - 1;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use rand_pcg::Pcg64;
    use rand_pcg::rand_core::SeedableRng;

    use super::*;
    use crate::statistics::bootstrap::random_below;

    /// The interval from all pairs.
    fn naive(first: &[f64], second: &[f64]) -> Option<(f64, Option<Interval>)> {
        let n = first.len();
        let sign = |a: f64, b: f64| f64::from(i8::from(a > b) - i8::from(a < b));
        let t = |i: usize, j: usize| sign(first[i], first[j]) * sign(second[i], second[j]);
        let a = |i: usize, j: usize| sign(first[i], first[j]).abs();
        let b = |i: usize, j: usize| sign(second[i], second[j]).abs();
        let ordered: Vec<(usize, usize)> =
            (0..n).flat_map(|i| (0..n).filter(move |j| *j != i).map(move |j| (i, j))).collect();
        let mean = |of: &dyn Fn(usize, usize) -> f64| {
            ordered.iter().map(|(i, j)| of(*i, *j)).sum::<f64>() / ordered.len() as f64
        };
        let (mean_a, mean_b) = (mean(&a), mean(&b));
        if mean_a.is_nan() || mean_a * mean_b == 0.0 {
            return None;
        }
        let tau = mean(&t) / (mean_a * mean_b).sqrt();
        let h = |i: usize, j: usize| {
            t(i, j) / (mean_a * mean_b).sqrt() - tau / 2.0 * (a(i, j) / mean_a + b(i, j) / mean_b)
        };
        let own = |i: usize| (0..n).filter(|j| *j != i).map(|j| h(i, j)).sum::<f64>() / (n - 1) as f64;
        let between: f64 = (0..n).map(|i| own(i).powi(2)).sum::<f64>() / n as f64;
        let n = n as f64;
        let variance = (4.0 * (n - 2.0) * between + 2.0 * mean(&|i, j| h(i, j).powi(2))) / (n * (n - 1.0));
        let half = normal_quantile(0.975)? * variance.sqrt() / (1.0 - tau * tau);
        let interval = ((tau.atanh() - half).tanh(), (tau.atanh() + half).tanh());
        Some((tau, (n > 3.0 && tau.abs() < 1.0 - 1e-12).then_some(interval)))
    }

    #[test]
    fn tau_and_its_interval_are_those_of_all_pairs() {
        let mut random = Pcg64::seed_from_u64(11);
        let mut with_interval = 0;
        for _ in 0..500 {
            let n = random_below(&mut random, 14);
            let mut values = || -> Vec<f64> {
                let different = 2 + random_below(&mut random, 30);
                (0..n).map(|_| random_below(&mut random, different) as f64).collect()
            };
            let (first, second) = (values(), values());
            let given = kendall(&first, &second);
            let expected = naive(&first, &second);
            assert_eq!(given.is_some(), expected.is_some(), "{first:?} {second:?}");
            let Some((given, (tau, interval))) = given.zip(expected) else { continue };
            let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
            assert!(near(given.tau_b, tau), "{first:?} {second:?}");
            assert_eq!(given.interval.is_some(), interval.is_some(), "{first:?} {second:?}");
            let Some((given, expected)) = given.interval.zip(interval) else { continue };
            assert!(near(given.0, expected.0) && near(given.1, expected.1), "{first:?} {second:?}");
            with_interval += 1;
        }
        assert!(with_interval > 300, "{with_interval}");
    }

    #[test]
    fn order_is_one_and_no_order_is_not_defined() {
        let rising = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(kendall(&rising, &rising), Some(Kendall { tau_b: 1.0, interval: None }));
        assert_eq!(kendall(&rising, &[0.0; 5]), None);
        assert_eq!((kendall(&[], &[]), kendall(&rising, &[1.0])), (None, None));
    }
}
