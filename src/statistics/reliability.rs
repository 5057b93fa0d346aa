//! How far coders agree beyond chance on items that several of them have coded: nominal codes, any number of coders, gaps allowed.

use super::distributions::student_quantile;
use super::{Estimate, kappa, share, wilson_interval};

/// An item: the code that each coder has given it, by index of the coder; none where the coder has not coded it.
pub type CodedItem = Vec<Option<usize>>;

/// How far coders agree. Intervals of coefficients are by the jackknife over the items; not defined where no item's absence changes the
/// coefficient.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Reliability {
    /// Items that two coders or more have coded.
    pub items: u64,
    /// Items that all of their coders gave the same code.
    pub same: u64,
    /// The share of these items, with Wilson's interval.
    pub agreement: Estimate,
    /// Cohen's kappa; of two coders alone.
    pub kappa: Estimate,
    /// Krippendorff's alpha.
    pub alpha: Estimate,
    /// Gwet's AC1.
    pub ac1: Estimate,
}

impl Reliability {
    /// Of coded items; those that fewer than two coders have coded are left out.
    pub fn new(items: &[CodedItem]) -> Self {
        let items: Vec<&CodedItem> =
            items.iter().filter(|item| item.iter().flatten().nth(1).is_some()).collect();
        let codes = items.iter().flat_map(|item| item.iter().flatten()).max().map_or(0, |code| code + 1);
        let is_same = |item: &&&CodedItem| {
            let mut codes = item.iter().flatten();
            let first = codes.next();
            codes.all(|code| Some(code) == first)
        };
        let (number, same) = (items.len() as u64, items.iter().filter(is_same).count() as u64);
        let used = (0..codes).filter(|code| items.iter().any(|item| item.contains(&Some(*code)))).count();
        let jackknifed = |statistic: &dyn Fn(&[&CodedItem]) -> Option<f64>| jackknife(&items, statistic);
        Reliability {
            items: number,
            same,
            agreement: Estimate { value: share(same, number), interval: wilson_interval(same, number) },
            kappa: jackknifed(&|items| cohens_kappa(items, codes)),
            alpha: jackknifed(&|items| krippendorffs_alpha(items, codes)),
            ac1: jackknifed(&|items| gwets_ac1(items, codes, used)),
        }
    }
}

/// The counts of an item's codes, and their sum.
fn counts(item: &CodedItem, codes: usize) -> (Vec<f64>, f64) {
    let mut counts = vec![0.0; codes];
    item.iter().flatten().for_each(|code| counts[*code] += 1.0);
    let sum = counts.iter().sum();
    (counts, sum)
}

/// Cohen's kappa (1960) of the two coders of all items, with as many classes as there are codes. Not defined for any other number of coders.
fn cohens_kappa(items: &[&CodedItem], codes: usize) -> Option<f64> {
    let mut table = vec![vec![0; codes]; codes];
    for item in items {
        let [Some(first), Some(second)] = item[..] else { return None };
        table[first][second] += 1;
    }
    kappa(&table)
}

/// Krippendorff's alpha for nominal codes, 1 − D_o / D_e (Krippendorff 2019, *Content Analysis*, 4th ed., ch. 12): with n_uc coders who gave
/// the unit u the code c, m_u of them in all, n_c = Σ n_uc and n = Σ m_u,
///
/// ```text
/// D_o = Σ_u Σ_{c ≠ k} n_uc n_uk / (m_u − 1) / n        D_e = Σ_{c ≠ k} n_c n_k / (n (n − 1))
/// ```
///
/// At most 1; 0 is agreement by chance. Not defined where all codes are the same.
fn krippendorffs_alpha(items: &[&CodedItem], codes: usize) -> Option<f64> {
    let unequal = |counts: &[f64], sum: f64| sum * sum - counts.iter().map(|n| n * n).sum::<f64>();
    let (mut observed, mut totals, mut all) = (0.0, vec![0.0; codes], 0.0);
    for item in items {
        let (counts, coders) = counts(item, codes);
        observed += unequal(&counts, coders) / (coders - 1.0);
        totals.iter_mut().zip(&counts).for_each(|(total, count)| *total += count);
        all += coders;
    }
    let expected = unequal(&totals, all) / (all - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// Gwet's AC1, (p_a − p_e) / (1 − p_e) (Gwet 2008, *British Journal of Mathematical and Statistical Psychology* 61): p_a is the mean share of
/// pairs of coders of an item that agree, p_e = Σ π_k (1 − π_k) / (q − 1), with π_k the mean share of an item's coders who gave it the
/// code k, and q the number of codes in use, but two at least.
///
/// Unlike kappa and alpha, it does not fall to 0 where nearly all items have the same code. Not defined without an item.
fn gwets_ac1(items: &[&CodedItem], codes: usize, used: usize) -> Option<f64> {
    let (mut agreed, mut shares) = (0.0, vec![0.0; codes]);
    for item in items {
        let (counts, coders) = counts(item, codes);
        agreed += counts.iter().map(|n| n * (n - 1.0)).sum::<f64>() / (coders * (coders - 1.0));
        shares.iter_mut().zip(&counts).for_each(|(share, count)| *share += count / coders);
    }
    let number = items.len() as f64;
    let by_chance = shares.iter().map(|sum| sum / number * (1.0 - sum / number)).sum::<f64>();
    let by_chance = by_chance / (used.max(2) as f64 - 1.0);
    (number > 0.0).then(|| (agreed / number - by_chance) / (1.0 - by_chance))
}

/// A coefficient with its interval, value ± t · SE and at most 1, by the jackknife over the items (Efron & Tibshirani 1993, *An Introduction
/// to the Bootstrap*, ch. 11): SE² = (n − 1) / n · Σ (θ₍ᵢ₎ − mean)².
fn jackknife(items: &[&CodedItem], statistic: impl Fn(&[&CodedItem]) -> Option<f64>) -> Estimate {
    let Some(value) = statistic(items) else { return Estimate::default() };
    let mut rest: Vec<&CodedItem> = items.to_vec();
    let mut without = |at: usize| {
        let left_out = rest.swap_remove(at);
        let value = (!rest.is_empty()).then(|| statistic(&rest)).flatten();
        // Back to its place.
        rest.push(left_out);
        let last = rest.len() - 1;
        rest.swap(at, last);
        value
    };
    let values: Option<Vec<f64>> = (0..items.len()).map(&mut without).collect();
    let interval = values.and_then(|values| {
        let number = values.len() as f64;
        let mean = values.iter().sum::<f64>() / number;
        let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
        let error = (squares * (number - 1.0) / number).sqrt();
        let reach = student_quantile(0.975, number - 1.0)? * error;
        (error > 1e-12).then_some(((value - reach).max(-1.0), (value + reach).min(1.0)))
    });
    Estimate { value: Some(value), interval }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(coders: [&str; 2]) -> Vec<CodedItem> {
        let code = |letter: u8| (letter != b'.').then(|| usize::from(letter - b'a'));
        let [one, other] = coders.map(str::as_bytes);
        one.iter().zip(other).map(|(one, other)| vec![code(*one), code(*other)]).collect()
    }

    #[test]
    fn where_nearly_all_is_right_ac1_says_so_and_kappa_does_not() {
        // 48 of 50 items are the same, 2 are not, and the second code is never given by both.
        let mut all = items([&"a".repeat(48), &"a".repeat(48)]);
        all.extend(items(["ab", "ba"]));
        let found = Reliability::new(&all);
        assert_eq!((found.items, found.same), (50, 48));
        assert!(found.kappa.value.unwrap() < 0.0 && found.alpha.value.unwrap() < 0.05, "{found:?}");
        assert!(found.ac1.value.unwrap() > 0.95 && found.ac1.interval.unwrap().1 <= 1.0, "{found:?}");
    }

    #[test]
    fn items_of_one_coder_are_left_out() {
        let with = Reliability::new(&items(["abab.a", "abbba."]));
        assert_eq!(with, Reliability::new(&items(["abab", "abbb"])));
    }

    #[test]
    fn what_has_no_value_has_none() {
        let same = Reliability::new(&items(["aaa", "aaa"]));
        assert_eq!((same.kappa.value, same.alpha.value), (None, None));
        // All agree; nothing says by how much it could be less.
        assert_eq!(same.ac1, Estimate { value: Some(1.0), interval: None });
        assert!(same.agreement.interval.unwrap().0 < 0.5);
        assert_eq!(Reliability::new(&[]), Reliability::default());
        let three = vec![vec![Some(0), Some(0), Some(1)], vec![Some(1), Some(1), Some(1)]];
        let three = Reliability::new(&three);
        assert!(three.kappa.value.is_none() && three.alpha.value.is_some() && three.ac1.value.is_some());
    }
}
