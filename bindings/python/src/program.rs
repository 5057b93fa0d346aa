//! The command `hedgerow`.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the program with its arguments, its own name before them, and gives its exit status.
///
/// It is made for a process of its own: a signal ends the process.
#[pyfunction]
pub fn run_program(py: Python, arguments: Vec<OsString>) -> u8 {
    py.detach(|| hedgerow::cli::main(arguments))
}
