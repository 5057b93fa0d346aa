//! How well two codings of the same text agree.

use super::share;

/// The classes of a sentence: hedged, assertive, mixed, unmarked.
pub const SENTENCE_CLASSES: usize = 4;

/// The counts that agreement is computed from; they add up over sentences and documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Markers in the gold coding.
    pub gold: u64,
    /// Markers in the other coding, the one that is judged.
    pub found: u64,
    /// Pairs of overlapping markers, one from each coding.
    pub matched: u64,
    /// Pairs with the same ends.
    pub same_span: u64,
    /// Pairs of the same stance.
    pub same_stance: u64,
    /// Pairs of the same category.
    pub same_category: u64,
    /// Pairs that agree on whether the marker is negated.
    pub same_negated: u64,
    /// Sentences by class: in the gold coding (row) and in the other (column).
    pub sentences: [[u64; SENTENCE_CLASSES]; SENTENCE_CLASSES],
}

impl Agreement {
    /// Adds the counts of another stretch of text.
    pub fn merge(&mut self, other: &Agreement) {
        self.gold += other.gold;
        self.found += other.found;
        self.matched += other.matched;
        self.same_span += other.same_span;
        self.same_stance += other.same_stance;
        self.same_category += other.same_category;
        self.same_negated += other.same_negated;
        for (row, other) in self.sentences.iter_mut().zip(&other.sentences) {
            row.iter_mut().zip(other).for_each(|(cell, other)| *cell += other);
        }
    }
}

/// Precision: the share of what was found that is right (van Rijsbergen 1979, *Information Retrieval*);
/// 0 to 1, higher is better; not defined where nothing was found.
pub fn precision(right: u64, found: u64) -> Option<f64> {
    share(right, found)
}

/// Recall: the share of what is there that was found (van Rijsbergen 1979);
/// 0 to 1, higher is better; not defined where nothing is there.
pub fn recall(right: u64, gold: u64) -> Option<f64> {
    share(right, gold)
}

/// F1: the harmonic mean of precision and recall, 2 · right / (found + gold) (van Rijsbergen 1979, with β = 1);
/// 0 to 1, higher is better; not defined where nothing is there and nothing was found.
pub fn f1(right: u64, found: u64, gold: u64) -> Option<f64> {
    share(2 * right, found + gold)
}

/// Cohen's kappa, (p_o − p_e) / (1 − p_e), over a square table of classes (Cohen 1960, *Educational and
/// Psychological Measurement* 20); at most 1, and 0 where agreement is that of chance.
/// Not defined for an empty table, or where both codings use one and the same class throughout.
pub fn kappa<R: AsRef<[u64]>>(table: &[R]) -> Option<f64> {
    let total: u64 = table.iter().flat_map(R::as_ref).sum();
    let cell = |row: &R, class: usize| row.as_ref().get(class).copied().unwrap_or_default();
    let agreed: u64 = table.iter().enumerate().map(|(class, row)| cell(row, class)).sum();
    let column = |class: usize| table.iter().map(|row| cell(row, class)).sum::<u64>();
    // In integers of twice the width, so that no rounding decides whether chance agreement is complete.
    let of_class =
        |(class, row): (usize, &R)| u128::from(row.as_ref().iter().sum::<u64>()) * u128::from(column(class));
    let by_chance: u128 = table.iter().enumerate().map(of_class).sum();
    let square = u128::from(total) * u128::from(total);
    if by_chance == square {
        return None;
    }
    let observed = u128::from(agreed) * u128::from(total);
    Some((observed as f64 - by_chance as f64) / (square - by_chance) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases with the values that scikit-learn 1.9.1 gives for the same tables (`cohen_kappa_score`).
    #[test]
    fn kappa_is_that_of_an_independent_implementation() {
        let close = |table: [[u64; 2]; 2], expected: f64| {
            let given = kappa(&table).unwrap();
            assert!((given - expected).abs() < 1e-12, "{table:?}: {given}");
        };
        close([[20, 5], [10, 15]], 0.4);
        close([[45, 15], [25, 15]], 0.13043478260869565);
        close([[0, 3], [4, 0]], -0.9599999999999999);
        assert_eq!(kappa(&[[7, 0], [0, 0]]), None);
        assert_eq!(kappa(&[[0, 0], [0, 0]]), None);
        assert_eq!(kappa(&[[3, 0], [0, 4]]), Some(1.0));
    }

    #[test]
    fn f1_is_the_harmonic_mean() {
        let (right, found, gold) = (6, 8, 9);
        let (p, r) = (precision(right, found).unwrap(), recall(right, gold).unwrap());
        assert!((f1(right, found, gold).unwrap() - 2.0 * p * r / (p + r)).abs() < 1e-15);
        assert_eq!((precision(0, 0), recall(0, 0), f1(0, 0, 0)), (None, None, None));
        assert_eq!(f1(0, 0, 3), Some(0.0));
    }
}
