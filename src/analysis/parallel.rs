//! Work on all cores: the only file that knows rayon.

use std::thread;

use rayon::prelude::*;

/// More threads than cores gain nothing, and thousands of them take minutes to begin.
const THREADS_A_CORE: usize = 4;

/// Takes no more threads than the cores can use, whatever rayon's `RAYON_NUM_THREADS` asks for. Figures do not depend on
/// their number.
pub fn limit_threads() {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let asked = std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok()).unwrap_or(0);
    let threads = usize::min(asked, (THREADS_A_CORE * cores).max(16));
    // A pool that exists already has been given its threads by whoever made it.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}

/// Does two things at once, if there are two cores.
pub fn join<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Maps each item on one of the cores; results in the order of the items.
pub fn map<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    // Items are large and of unequal size. In chunks of several, those that wait behind a long one could not be stolen.
    items.into_par_iter().with_max_len(1).map(work).collect()
}
