//! Rates and shares.

/// Occurrences per 1,000 tokens (Biber, Conrad & Reppen 1998, *Corpus Linguistics*, on normed counts);
/// not defined for a text without tokens.
pub fn per_thousand(count: u64, tokens: u64) -> Option<f64> {
    (tokens > 0).then(|| count as f64 * 1000.0 / tokens as f64)
}

/// The share of a part in a whole, 0 to 1; not defined where the whole is 0.
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_defined_is_not_zero() {
        assert_eq!((per_thousand(0, 0), share(0, 0)), (None, None));
        assert_eq!((per_thousand(0, 8), share(0, 8)), (Some(0.0), Some(0.0)));
        assert_eq!((per_thousand(3, 8), share(6, 8)), (Some(375.0), Some(0.75)));
    }
}
