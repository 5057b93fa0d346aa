//! `hedgerow.Counts`: the counts of a text as a mapping.

use std::collections::BTreeMap;

use hedgerow::cli::said;
use hedgerow::{Counts, Occurrences};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyType};

use crate::errors::failed;

/// The integers of one text, or of several added up, as a mapping.
///
/// ``characters``, ``sentences``, ``morphemes``, ``tokens``, ``hedge``, ``assertive``, ``hedge_negated``, ``assertive_negated`` and ``sentences_hedged``,
/// ``_assertive``, ``_mixed``, ``_unmarked``, ``_other`` are integers, as in ``documents.csv``. ``categories`` and ``markers`` are dictionaries by name with how often each
/// is ``affirmed`` and ``negated``: all categories, and the markers that occur. ``lexicon`` and ``dictionary`` are SHA-256 digests of what was counted with.
/// ``+`` adds the counts of two texts, and refuses those of another lexicon or dictionary.
///
/// >>> import hedgerow
/// >>> counter = hedgerow.Counter()
/// >>> counts = counter.count("必ず効きます。") + counter.count("効くでしょう。")
/// >>> counts["hedge"], counts["tokens"], counts["categories"]["certainty"]
/// (1, 6, {'stance': 'assertive', 'affirmed': 1, 'negated': 0})
/// >>> counts["markers"]["必ず"]
/// {'category': 'certainty', 'affirmed': 1, 'negated': 0}
#[pyclass(name = "Counts", module = "hedgerow", frozen, mapping, eq)]
#[derive(PartialEq, Eq)]
pub struct PyCounts(pub Counts);

/// A column of `documents.csv` that is an integer.
pub type Total = (&'static str, fn(&Counts) -> u64);

/// The integers of a text by their names in `documents.csv`, in its order.
pub const TOTALS: [Total; 13] = [
    ("characters", |counts| counts.characters),
    ("sentences", |counts| counts.sentences),
    ("morphemes", |counts| counts.morphemes),
    ("tokens", |counts| counts.tokens),
    ("hedge", |counts| counts.hedges().affirmed),
    ("assertive", |counts| counts.assertives().affirmed),
    ("hedge_negated", |counts| counts.hedges().negated),
    ("assertive_negated", |counts| counts.assertives().negated),
    ("sentences_hedged", |counts| counts.sentences_hedged),
    ("sentences_assertive", |counts| counts.sentences_assertive),
    ("sentences_mixed", |counts| counts.sentences_mixed),
    ("sentences_unmarked", |counts| counts.sentences_unmarked),
    ("sentences_other", |counts| counts.sentences_other),
];

/// What else a mapping has.
const OTHERS: [&str; 4] = ["categories", "markers", "lexicon", "dictionary"];

impl PyCounts {
    fn names() -> impl Iterator<Item = &'static str> {
        TOTALS.iter().map(|(name, _)| *name).chain(OTHERS)
    }

    fn value<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let PyCounts(counts) = self;
        if let Some((_, total)) = TOTALS.iter().find(|(known, _)| *known == name) {
            return total(counts).into_bound_py_any(py).map(Some);
        }
        let value = match name {
            "categories" => {
                let categories = counts.categories.iter();
                by_name(
                    py,
                    categories
                        .map(|(name, count)| (name, ("stance", count.stance.to_string()), count.occurrences)),
                )?
            }
            "markers" => {
                let markers = counts.markers.iter();
                by_name(
                    py,
                    markers
                        .map(|(name, count)| (name, ("category", count.category.clone()), count.occurrences)),
                )?
            }
            "lexicon" => counts.lexicon.as_str().into_bound_py_any(py)?,
            "dictionary" => counts.dictionary.as_str().into_bound_py_any(py)?,
            _ => return Ok(None),
        };
        Ok(Some(value))
    }

    fn known<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        self.value(py, name)?.ok_or_else(|| PyKeyError::new_err(name.to_owned()))
    }
}

/// `{name: {"stance" or "category": …, "affirmed": …, "negated": …}}`
fn by_name<'a, 'py>(
    py: Python<'py>,
    rows: impl Iterator<Item = (&'a String, (&'static str, String), Occurrences)>,
) -> PyResult<Bound<'py, PyAny>> {
    let all = PyDict::new(py);
    for (name, (key, of), occurrences) in rows {
        let one = PyDict::new(py);
        one.set_item(key, of)?;
        one.set_item("affirmed", occurrences.affirmed)?;
        one.set_item("negated", occurrences.negated)?;
        all.set_item(name, one)?;
    }
    Ok(all.into_any())
}

#[pymethods]
impl PyCounts {
    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        self.known(py, name)
    }

    fn __len__(&self) -> usize {
        PyCounts::names().count()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.keys(py)?.try_iter().map(Bound::into_any)
    }

    fn __contains__(&self, name: &Bound<PyAny>) -> bool {
        name.extract::<String>().is_ok_and(|name| PyCounts::names().any(|known| known == name))
    }

    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, PyCounts::names().collect::<Vec<_>>())
    }

    fn values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, PyCounts::names().map(|name| self.known(py, name)).collect::<PyResult<Vec<_>>>()?)
    }

    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let items = PyCounts::names().map(|name| Ok((name, self.known(py, name)?)));
        PyList::new(py, items.collect::<PyResult<Vec<_>>>()?)
    }

    #[pyo3(signature = (name, default=None))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(self.value(py, name)?.or(default))
    }

    /// All of it as a `dict`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for name in PyCounts::names() {
            dict.set_item(name, self.known(py, name)?)?;
        }
        Ok(dict)
    }

    /// The sum with the counts of another text.
    fn __add__(&self, other: &PyCounts) -> PyResult<PyCounts> {
        let mut sum = self.0.clone();
        sum.try_merge(&other.0).map_err(|error| failed(said(&error.message())))?;
        Ok(PyCounts(sum))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let json = serde_json::to_string(&slf.get().0).map_err(failed)?;
        Ok((slf.get_type().getattr("_unpickled")?, (json,)))
    }

    #[classmethod]
    fn _unpickled(_class: &Bound<PyType>, json: &str) -> PyResult<PyCounts> {
        serde_json::from_str(json).map(PyCounts).map_err(failed)
    }

    fn __repr__(&self) -> String {
        let totals: BTreeMap<_, _> = TOTALS.iter().map(|(name, total)| (*name, total(&self.0))).collect();
        let shown =
            ["tokens", "hedge", "assertive"].map(|name| format!("{name}={}", totals.get(name).unwrap_or(&0)));
        format!("<hedgerow.Counts {}>", shown.join(", "))
    }
}
