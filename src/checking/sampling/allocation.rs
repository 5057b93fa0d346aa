//! How many are drawn from each stratum.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// What is drawn from a stratum at least, so that its variance can be estimated.
const LEAST: u64 = 2;

/// A stratum that may get one more.
#[derive(PartialEq, Eq)]
struct Claim {
    size: u64,
    drawn: u64,
    index: Reverse<usize>,
}

impl Claim {
    /// The square of the size over the geometric mean of what is drawn and one more, as a fraction.
    fn priority(&self) -> (u128, u128) {
        let drawn = u128::from(self.drawn);
        let size = u128::from(self.size);
        (size.saturating_mul(size), drawn.saturating_mul(drawn.saturating_add(1)).max(1))
    }
}

impl Ord for Claim {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((own, below), (theirs, below_theirs)) = (self.priority(), other.priority());
        let by_priority = own.saturating_mul(below_theirs).cmp(&theirs.saturating_mul(below));
        by_priority.then_with(|| self.index.cmp(&other.index))
    }
}

impl PartialOrd for Claim {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Shares `wanted` out over strata of some sizes: two to each that has as many, even if that comes to more, and the others one
/// by one, so that in the end each has a share proportional to its size (Neyman's allocation in whole numbers, for equal
/// variances: Wright 2012, The American Statistician 66(4)).
pub(super) fn allocate(wanted: u64, sizes: &[u64]) -> Vec<u64> {
    if wanted == 0 {
        return vec![0; sizes.len()];
    }
    let mut drawn: Vec<u64> = sizes.iter().map(|size| LEAST.min(*size)).collect();
    let mut left = wanted.saturating_sub(drawn.iter().sum());
    let claims = sizes.iter().zip(&drawn).enumerate();
    let mut claims: BinaryHeap<Claim> = claims
        .filter(|(_, (size, drawn))| drawn < size)
        .map(|(index, (size, drawn))| Claim { size: *size, drawn: *drawn, index: Reverse(index) })
        .collect();
    while left > 0
        && let Some(mut claim) = claims.pop()
    {
        left = left.saturating_sub(1);
        claim.drawn = claim.drawn.saturating_add(1);
        if let Some(drawn) = drawn.get_mut(claim.index.0) {
            *drawn = claim.drawn;
        }
        if claim.drawn < claim.size {
            claims.push(claim);
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stratum_gets_two_and_the_rest_is_proportional() {
        for (wanted, sizes, drawn) in [
            (10, &[100, 300, 600][..], &[2, 3, 5][..]),
            (100, &[100, 300, 600], &[10, 30, 60]),
            (100, &[1, 0, 2, 1_000_000], &[1, 0, 2, 97]),
            (5, &[9, 9, 9, 1], &[2, 2, 2, 1]),
            (50, &[3, 4], &[3, 4]),
            (0, &[3, 4], &[0, 0]),
            (3, &[5, 5], &[2, 2]),
            (7, &[], &[]),
            (200, &[1 << 40, 1 << 40], &[100, 100]),
        ] {
            assert_eq!(allocate(wanted, sizes), drawn, "{wanted} of {sizes:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn as_many_are_drawn_as_are_wanted_and_there_are(
            wanted in 0_u64..500,
            sizes in proptest::collection::vec(0_u64..2000, 0..40),
        ) {
            let drawn = allocate(wanted, &sizes);
            let (total, all): (u64, u64) = (drawn.iter().sum(), sizes.iter().sum());
            let least: u64 = sizes.iter().map(|size| LEAST.min(*size)).sum();
            let expected = if wanted == 0 { 0 } else { wanted.max(least).min(all) };
            proptest::prop_assert_eq!(total, expected);
            for (drawn, size) in drawn.iter().zip(&sizes) {
                proptest::prop_assert!(drawn <= size && (wanted == 0 || *drawn >= LEAST.min(*size)));
            }
        }
    }
}
