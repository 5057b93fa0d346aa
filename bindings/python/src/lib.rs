//! Hedgerow for Python: a skin over `hedgerow::Counter` and the command line, without logic of its own.

mod batches;
mod cells;
mod counter;
mod counts;
mod errors;
mod markers;
mod partial;
mod pool;
mod program;
mod progress;
mod results;
mod selection;
mod strings;
mod text_column;

use pyo3::prelude::*;

/// The compiled part of the package `hedgerow`.
#[pymodule]
mod _hedgerow {
    #[pymodule_export]
    use super::batches::Batches;
    #[pymodule_export]
    use super::counter::PyCounter;
    #[pymodule_export]
    use super::counts::PyCounts;
    #[pymodule_export]
    use super::errors::HedgerowError;
    #[pymodule_export]
    use super::partial::PyPartialRun;
    #[pymodule_export]
    use super::program::run_program;
}
