//! Mean, median and standard deviation.

use super::quantile;

/// The arithmetic mean, Σx / n; not defined without values.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The median: the value in the middle, or half-way between the two in the middle; not defined without values.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile(&sorted, 0.5)
}

/// The variance of a sample, Σ(x − mean)² / (n − 1); not defined for fewer than two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    // Equal values have no variance, whatever the rounding of their mean.
    let (first, rest) = values.split_first()?;
    if !rest.is_empty() && rest.iter().all(|value| value == first) {
        return Some(0.0);
    }
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (values.len() > 1).then(|| squares / (values.len() - 1) as f64)
}

/// The standard deviation of a sample, the root of its [`variance`].
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    variance(values).map(f64::sqrt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_do_not_vary() {
        assert_eq!(variance(&[0.1; 7]), Some(0.0));
        assert_eq!((variance(&[1.0]), variance(&[]), mean(&[]), median(&[])), (None, None, None, None));
    }
}
