//! Python's strings as text.

use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyFloat, PyString};

/// A text that Python has encoded, as long as it is counted: UTF-8 that is asked of a `str` itself would stay in memory
/// as long as the `str` does.
pub struct Encoded<'py>(Bound<'py, PyBytes>);

impl<'py> Encoded<'py> {
    /// Encodes a string; `place` says where it stands, for errors.
    ///
    /// # Errors
    /// Half a surrogate pair, which is no character.
    pub fn new(text: &Bound<'py, PyString>, place: impl Fn() -> String) -> PyResult<Self> {
        text.encode_utf8().map(Encoded).map_err(|error| refused(text.py(), error, &place()))
    }

    /// How many bytes it has.
    pub fn bytes(&self) -> usize {
        self.0.as_bytes().len() + 1
    }

    /// The text.
    pub fn text(&self) -> PyResult<&str> {
        // Python writes nothing else.
        simdutf8::basic::from_utf8(self.0.as_bytes())
            .map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

/// A text of a list of many; none for `None` and for NaN, which pandas gives for an empty cell.
pub fn of_many<'py>(text: &Bound<'py, PyAny>, index: usize) -> PyResult<Option<Encoded<'py>>> {
    if text.is_none() || text.cast::<PyFloat>().is_ok_and(|number| number.value().is_nan()) {
        return Ok(None);
    }
    match text.cast::<PyString>() {
        Ok(text) => Encoded::new(text, || format!("text {index}: ")).map(Some),
        Err(_) => {
            let kind = text.get_type().name()?;
            Err(PyTypeError::new_err(format!("text {index} is of the type {kind}, not str or None")))
        }
    }
}

fn refused(py: Python, error: PyErr, place: &str) -> PyErr {
    if !error.is_instance_of::<PyUnicodeEncodeError>(py) {
        return error;
    }
    let start = error.value(py).getattr("start").and_then(|start| start.extract::<usize>()).unwrap_or(0);
    PyValueError::new_err(format!(
        "{place}the character at {start} is half of a surrogate pair, which is no text; \
         text.encode(\"utf-16\", \"surrogatepass\").decode(\"utf-16\", \"replace\") joins pairs and puts U+FFFD for halves"
    ))
}
