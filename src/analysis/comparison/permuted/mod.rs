//! What permutation tests share: blocks of arrangements, and the largest scores of a family.

mod global;
mod pair;

use std::ops::Range;

pub(super) use global::{Global, GlobalTested, GlobalTests};
pub(super) use pair::{PairTests, permute_pair};

use super::layout::Column;
use crate::counts::Level;
use crate::statistics::{Arrangements, Studentised, is_as_extreme};

/// How many arrangements are drawn at a time: enough that a loop over them is long, few enough that the sums of a measure stay in
/// the processor's cache.
const BLOCK: usize = 64;

fn blocks(arrangements: usize) -> Vec<Range<usize>> {
    (0..arrangements).step_by(BLOCK).map(|start| start..(start + BLOCK).min(arrangements)).collect()
}

/// The largest score of a family in each arrangement (Westfall & Young 1993, single-step max-T).
#[derive(Debug, Clone, Default)]
pub(super) struct Maxima {
    /// Sorted.
    scores: Vec<f64>,
    exact: bool,
}

impl Maxima {
    fn new(mut scores: Vec<f64>, arrangements: &Arrangements) -> Self {
        scores.sort_unstable_by(f64::total_cmp);
        Maxima { scores, exact: arrangements.is_exact() }
    }

    /// The p-value of a score, adjusted for all in the family: how often the largest is as extreme.
    pub fn p(&self, score: f64) -> f64 {
        let extreme = self.scores.len() - self.scores.partition_point(|known| !is_as_extreme(*known, score));
        match self.exact {
            true => extreme as f64 / self.scores.len() as f64,
            false => (extreme + 1) as f64 / (self.scores.len() + 1) as f64,
        }
    }
}

/// By level: the largest scores.
type MaximaOfLevels = [Maxima; Level::ALL.len()];

/// A measure to be tested.
pub(super) struct Tested<'c> {
    pub column: &'c Column,
    pub level: Level,
    /// Whether it is one of the family: whether any arrangement could be significant.
    pub in_family: bool,
}

/// Takes a score into the largest. A score is never above |t|, which costs less.
fn raise(largest: &mut f64, studentised: &Studentised) {
    if studentised.t.abs() > *largest {
        *largest = largest.max(studentised.score());
    }
}
