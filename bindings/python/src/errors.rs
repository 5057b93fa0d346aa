//! Exceptions.

use pyo3::PyErr;
use pyo3::create_exception;
use pyo3::exceptions::PyException;

create_exception!(
    hedgerow,
    HedgerowError,
    PyException,
    "What Hedgerow can't do; its text is the message of the program."
);

/// Anything that says what is wrong.
pub fn failed(error: impl std::fmt::Display) -> PyErr {
    HedgerowError::new_err(error.to_string())
}
