//! Markers where they occur, as named tuples.

use hedgerow::Marker;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyType};

/// Markers of a text as a list of `hedgerow.Marker`, whose fields are columns of `concordance.csv`.
pub fn to_python<'py>(py: Python<'py>, text: &str, markers: Vec<Marker>) -> PyResult<Bound<'py, PyList>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "hedgerow.marker", "Marker")?;
    let list = PyList::empty(py);
    for marker in markers {
        let flags = (marker.negated, marker.interrogative, marker.quoted);
        let node = text.get(marker.bytes.clone()).unwrap_or_default();
        list.append(class.call1((
            marker.line + 1,
            marker.sentence + 1,
            marker.characters.start,
            marker.characters.end,
            node,
            &*marker.id,
            marker.stance.to_string(),
            &*marker.category,
            &*marker.category_ja,
            flags.0,
            flags.1,
            flags.2,
            marker.position.to_string(),
        ))?)?;
    }
    Ok(list)
}
