//! `hedgerow.Counter`.

use std::path::PathBuf;

use hedgerow::{Counter, Counts};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyString, PyType};
use pyo3_arrow::input::AnyArray;

use crate::batches::{Batches, table_of};
use crate::counts::PyCounts;
use crate::errors::{HedgerowError, failed};
use crate::markers;
use crate::pool::{batch_bytes, on_pool, pool};
use crate::progress::tell;
use crate::results::Shape;
use crate::selection::{By, Selection};
use crate::strings::{self, Encoded};
use crate::text_column::TextColumn;

/// Counts the markers of texts with one dictionary and one lexicon.
#[pyclass(name = "Counter", module = "hedgerow", frozen)]
pub struct PyCounter {
    counter: Counter,
    lexicons: Vec<PathBuf>,
    dictionary: Option<PathBuf>,
    /// SHA-256 of the lexicon, in hexadecimal.
    #[pyo3(get)]
    lexicon_digest: String,
    /// SHA-256 of the dictionary, in hexadecimal.
    #[pyo3(get)]
    dictionary_digest: String,
}

/// A file, or several.
#[derive(FromPyObject)]
pub enum Paths {
    One(PathBuf),
    Many(Vec<PathBuf>),
}

impl PyCounter {
    fn load(py: Python, lexicons: Vec<PathBuf>, dictionary: Option<PathBuf>) -> PyResult<Self> {
        // What is embedded is the same for all, and is loaded once.
        static DEFAULT: PyOnceLock<Counter> = PyOnceLock::new();
        let mut builder = Counter::builder();
        for path in &lexicons {
            builder = builder.lexicon_file(path);
        }
        if let Some(folder) = &dictionary {
            builder = builder.dictionary(folder);
        }
        let build = || on_pool(py, || builder.build())?.map_err(failed);
        let counter = match (lexicons.is_empty(), &dictionary) {
            (true, None) => DEFAULT.get_or_try_init(py, build)?.clone(),
            _ => build()?,
        };
        let Counts { lexicon, dictionary: digest, .. } = counter.count("");
        Ok(PyCounter { counter, lexicons, dictionary, lexicon_digest: lexicon, dictionary_digest: digest })
    }

    /// Counts the texts of an Arrow array or stream of arrays.
    fn count_arrow(
        &self,
        py: Python,
        texts: AnyArray,
        progress: Option<&Bound<PyAny>>,
    ) -> PyResult<Vec<Option<Counts>>> {
        let mut reader = texts.into_reader()?;
        let most = batch_bytes(pool(py)?);
        let mut counted = Vec::new();
        while let Some(chunk) = py.detach(|| reader.next()) {
            let column = TextColumn::new(&chunk.map_err(failed)?, "texts")?;
            let mut from = 0;
            while from < column.len() {
                let texts = column.texts(from, most, counted.len() - from)?;
                from += texts.len();
                let done = texts.len();
                counted.extend(on_pool(py, || self.counter.count_all(texts))?);
                tell(progress, py, done)?;
            }
        }
        Ok(counted)
    }

    /// Counts the strings of an iterable; some are taken from it while those before are counted.
    fn count_strings(
        &self,
        py: Python,
        texts: &Bound<PyAny>,
        progress: Option<&Bound<PyAny>>,
    ) -> PyResult<Vec<Option<Counts>>> {
        let pool = pool(py)?;
        let most = batch_bytes(pool);
        let mut texts = texts.try_iter()?.enumerate();
        let mut counted = Vec::new();
        let mut batch = take(&mut texts, most)?;
        while !batch.is_empty() {
            let refs: Vec<Option<&str>> = batch
                .iter()
                .map(|text| text.as_ref().map(Encoded::text).transpose())
                .collect::<PyResult<_>>()?;
            let counter = &self.counter;
            let (counts, next) = std::thread::scope(|scope| {
                let counting = scope.spawn(|| pool.install(|| counter.count_all(refs)));
                let next = take(&mut texts, most);
                (py.detach(|| counting.join()), next)
            });
            counted.extend(counts.map_err(|_| HedgerowError::new_err("a thread that counted has panicked"))?);
            tell(progress, py, batch.len())?;
            batch = next?;
        }
        Ok(counted)
    }
}

/// The next texts, up to so many bytes. One that is missing counts as a byte.
fn take<'py>(
    texts: &mut impl Iterator<Item = (usize, PyResult<Bound<'py, PyAny>>)>,
    most: usize,
) -> PyResult<Vec<Option<Encoded<'py>>>> {
    let mut taken = Vec::new();
    let mut bytes = 0;
    while bytes < most
        && let Some((index, text)) = texts.next()
    {
        let text = strings::of_many(&text?, index)?;
        bytes += text.as_ref().map_or(1, Encoded::bytes);
        taken.push(text);
    }
    Ok(taken)
}

#[pymethods]
impl PyCounter {
    #[new]
    #[pyo3(signature = (lexicon=None, dictionary=None))]
    fn new(py: Python, lexicon: Option<Paths>, dictionary: Option<PathBuf>) -> PyResult<Self> {
        let lexicons = match lexicon {
            None => Vec::new(),
            Some(Paths::One(path)) => vec![path],
            Some(Paths::Many(paths)) => paths,
        };
        PyCounter::load(py, lexicons, dictionary)
    }

    /// The version of Hedgerow.
    #[classattr]
    #[pyo3(name = "version")]
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    /// The counts of a text.
    fn count(&self, py: Python, text: &Bound<PyString>) -> PyResult<PyCounts> {
        let encoded = Encoded::new(text, String::new)?;
        let text = encoded.text()?;
        Ok(PyCounts(py.detach(|| self.counter.count(text))))
    }

    /// The markers of a text, in its order.
    fn find<'py>(&self, py: Python<'py>, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyList>> {
        let encoded = Encoded::new(text, String::new)?;
        let text = encoded.text()?;
        let found = py.detach(|| self.counter.find(text));
        markers::to_python(py, text, found)
    }

    /// The counts of many texts, on all cores.
    #[pyo3(signature = (texts, progress=None))]
    fn count_all<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        if texts.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err(
                "texts is one str; count() counts one, and count_all() a list of them",
            ));
        }
        let counts = match texts.hasattr("__arrow_c_array__")? || texts.hasattr("__arrow_c_stream__")? {
            true => self.count_arrow(py, texts.extract()?, progress)?,
            false => self.count_strings(py, texts, progress)?,
        };
        PyList::new(py, counts.into_iter().map(|counts| counts.map(PyCounts)))
    }

    /// Counts the texts of a table batch by batch.
    #[pyo3(signature = (data, text="text", id=Some("id".into()), by=By::default(), shape=Shape::Wide, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "they are named in Python")]
    fn count_batches<'py>(
        &self,
        py: Python<'py>,
        data: &Bound<'py, PyAny>,
        text: &str,
        id: Option<String>,
        by: By,
        shape: Shape,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let selection = Selection::new(text, id, by);
        Batches::of(py, self.counter.clone(), data, selection, shape, progress)?.reader(py)
    }

    /// Counts the texts of a table.
    #[pyo3(signature = (data, text="text", id=Some("id".into()), by=By::default(), shape=Shape::Wide, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "they are named in Python")]
    fn count_table<'py>(
        &self,
        py: Python<'py>,
        data: &Bound<'py, PyAny>,
        text: &str,
        id: Option<String>,
        by: By,
        shape: Shape,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        table_of(&self.count_batches(py, data, text, id, by, shape, progress)?)
    }

    /// The markers of the texts of a table.
    #[pyo3(signature = (data, text="text", id=Some("id".into()), by=By::default(), progress=None))]
    fn find_table<'py>(
        &self,
        py: Python<'py>,
        data: &Bound<'py, PyAny>,
        text: &str,
        id: Option<String>,
        by: By,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let selection = Selection::new(text, id, by);
        table_of(&Batches::of(py, self.counter.clone(), data, selection, Shape::Hits, progress)?.reader(py)?)
    }

    /// A counter is pickled as its arguments, and refused where these no longer mean the same.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Pickled)> {
        let own = slf.get();
        let digests = (PyCounter::VERSION.into(), own.lexicon_digest.clone(), own.dictionary_digest.clone());
        let pickled = (own.lexicons.clone(), own.dictionary.clone(), digests);
        Ok((slf.get_type().getattr("_unpickled")?, pickled))
    }

    #[classmethod]
    fn _unpickled(
        _class: &Bound<PyType>,
        py: Python,
        lexicons: Vec<PathBuf>,
        dictionary: Option<PathBuf>,
        digests: (String, String, String),
    ) -> PyResult<Self> {
        let counter = PyCounter::load(py, lexicons, dictionary)?;
        let own =
            (PyCounter::VERSION.into(), counter.lexicon_digest.clone(), counter.dictionary_digest.clone());
        if own != digests {
            let said = |(version, lexicon, dictionary): &(String, String, String)| {
                format!("version {version}, lexicon {lexicon}, dictionary {dictionary}")
            };
            let (there, here) = (said(&digests), said(&own));
            return Err(failed(format_args!(
                "a counter that was pickled would count otherwise here: {there} there, {here} here; \
                 give both the same version of hedgerow and the same files"
            )));
        }
        Ok(counter)
    }

    fn __repr__(&self) -> String {
        let digest = |digest: &str| digest.get(..8).unwrap_or(digest).to_owned();
        let (lexicon, dictionary) = (digest(&self.lexicon_digest), digest(&self.dictionary_digest));
        format!("<hedgerow.Counter {}, lexicon {lexicon}…, dictionary {dictionary}…>", PyCounter::VERSION)
    }
}

/// The arguments, and what they meant: version, digest of the lexicon, digest of the dictionary.
type Pickled = (Vec<PathBuf>, Option<PathBuf>, (String, String, String));
