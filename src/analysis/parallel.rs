//! Work on all cores: the only file that knows rayon.

use rayon::prelude::*;

/// Does two things at once, if there are two cores.
pub fn join<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Maps each item on one of the cores; results in the order of the items.
pub fn map<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    // Items are large and of unequal size. In chunks of several, those that wait behind a long one could not be stolen.
    items.into_par_iter().with_max_len(1).map(work).collect()
}
