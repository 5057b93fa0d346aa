//! Markers where they occur, as named tuples.

use hedgerow::Marker;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyTuple, PyType};

/// Markers of a text as a list of `hedgerow.Marker`, whose fields are columns of `concordance.csv`.
pub fn to_python<'py>(py: Python<'py>, text: &str, markers: Vec<Marker>) -> PyResult<Bound<'py, PyList>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "hedgerow.marker", "Marker")?;
    let list = PyList::empty(py);
    for marker in markers {
        let node = text.get(marker.bytes.clone()).unwrap_or_default();
        // PyO3 calls with tuples of up to twelve.
        let fields = [
            (marker.line + 1).into_bound_py_any(py)?,
            (marker.sentence + 1).into_bound_py_any(py)?,
            marker.characters.start.into_bound_py_any(py)?,
            marker.characters.end.into_bound_py_any(py)?,
            node.into_bound_py_any(py)?,
            (&*marker.id).into_bound_py_any(py)?,
            marker.stance.to_string().into_bound_py_any(py)?,
            (&*marker.category).into_bound_py_any(py)?,
            (&*marker.category_ja).into_bound_py_any(py)?,
            marker.negated.into_bound_py_any(py)?,
            marker.interrogative.into_bound_py_any(py)?,
            marker.quoted.into_bound_py_any(py)?,
            marker.position.to_string().into_bound_py_any(py)?,
        ];
        list.append(class.call1(PyTuple::new(py, fields)?)?)?;
    }
    Ok(list)
}
