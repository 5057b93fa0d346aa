//! p-values adjusted for the number of tests in their family.

/// Holm's adjustment, which controls the family-wise error rate, the probability of any false rejection: the k-th smallest of m is
/// multiplied by m − k + 1, and none may be below a smaller one's (Holm 1979). In the order of the input.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![0.0; p.len()];
    let mut largest: f64 = 0.0;
    for (rank, index) in ascending(p).into_iter().enumerate() {
        largest = largest.max((p[index] * (p.len() - rank) as f64).min(1.0));
        adjusted[index] = largest;
    }
    adjusted
}

/// Benjamini and Hochberg's adjustment, which controls the false discovery rate, the expected share of false rejections: the
/// k-th smallest of m is multiplied by m / k, and none may be above a larger one's (Benjamini & Hochberg 1995).
/// In the order of the input.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![0.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (rank, index) in ascending(p).into_iter().enumerate().rev() {
        smallest = smallest.min(p[index] * p.len() as f64 / (rank + 1) as f64);
        adjusted[index] = smallest;
    }
    adjusted
}

/// The indices of the p-values, the smallest first.
fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adjusted_p_is_at_most_one_and_never_below_the_raw() {
        let p = [0.9, 0.01, 0.04, 0.04, 1.0];
        for adjusted in [holm(&p), benjamini_hochberg(&p)] {
            assert!(adjusted.iter().zip(p).all(|(adjusted, raw)| raw <= *adjusted && *adjusted <= 1.0));
        }
        assert_eq!((holm(&[0.3]), benjamini_hochberg(&[])), (vec![0.3], vec![]));
    }
}
