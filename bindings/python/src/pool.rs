//! The threads that count.

use std::process;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::errors::failed;

/// The pool and the process that its threads belong to. A fork has the memory of the pool and none of its threads, so
/// whatever was given to it would wait for ever; it needs a pool of its own.
static POOL: Mutex<Option<(u32, &'static ThreadPool)>> = Mutex::new(None);

/// The pool of this process, as large as `RAYON_NUM_THREADS` says, or with a thread for each core.
///
/// It is asked for with the interpreter's lock held, as forks are made, so that no fork finds the mutex taken.
pub fn pool(_: Python) -> PyResult<&'static ThreadPool> {
    let mut known = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    match *known {
        Some((process, pool)) if process == process::id() => Ok(pool),
        _ => {
            // One that a fork has inherited can't be dropped: its threads are not there to end.
            let pool = &*Box::leak(Box::new(ThreadPoolBuilder::new().build().map_err(failed)?));
            *known = Some((process::id(), pool));
            Ok(pool)
        }
    }
}

/// Does some work on the pool, with the interpreter's lock released.
pub fn on_pool<R: Send>(py: Python, work: impl FnOnce() -> R + Send) -> PyResult<R> {
    let pool = pool(py)?;
    Ok(py.detach(|| pool.install(work)))
}

/// How much text is counted between two looks at signals, in bytes: a quarter of a second's work for each thread, so that
/// those that wait for the last one lose little. What is built without optimisation takes a hundred times as long.
pub fn batch_bytes(pool: &ThreadPool) -> usize {
    const BYTES_A_THREAD: usize = if cfg!(debug_assertions) { 1 << 16 } else { 4 << 20 };
    BYTES_A_THREAD.saturating_mul(pool.current_num_threads())
}
