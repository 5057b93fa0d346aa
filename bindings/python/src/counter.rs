//! `hedgerow.Counter`.

use std::path::PathBuf;

use hedgerow::cli::said;
use hedgerow::{Counter, Counts};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString, PyType};
use pyo3_arrow::input::AnyArray;

use crate::batches::{Batches, table_of};
use crate::counts::PyCounts;
use crate::errors::{HedgerowError, failed};
use crate::markers;
use crate::partial::PyPartialRun;
use crate::pool::{batch_bytes, on_pool, pool};
use crate::progress::tell;
use crate::results::Shape;
use crate::selection::{By, Selection};
use crate::strings::{self, Encoded};
use crate::text_column::TextColumn;

/// Counts the markers of texts with one dictionary and one lexicon.
///
/// ``lexicon`` is a file, or a list of files, whose entries are added to the default ones or take the place of those with the same id;
/// ``dictionary`` is a folder that ``hedgerow dictionary build`` has written, in the place of the dictionary inside. A file that can't be read or has
/// a mistake is a :class:`HedgerowError`.
///
/// One counter serves any number of threads, and releases the interpreter's lock while it counts. It is pickled as its arguments;
/// where these mean something else, or the version is another, unpickling fails.
///
/// >>> import hedgerow
/// >>> counter = hedgerow.Counter()
/// >>> counter.count("効果が期待されています。")["hedge"]
/// 1
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
pub struct Paths(Vec<PathBuf>);

impl<'py> FromPyObject<'_, 'py> for Paths {
    type Error = PyErr;

    fn extract(paths: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let one = paths.extract().map(|path| vec![path]);
        let paths = one.or_else(|_| paths.extract());
        let refused = |_| PyTypeError::new_err("lexicon is a path, or a list of paths");
        paths.map(Paths).map_err(refused)
    }
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
        let build = || on_pool(py, || builder.build())?.map_err(|error| failed(said(&error.message())));
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
        PyCounter::load(py, lexicon.map_or_else(Vec::new, |Paths(paths)| paths), dictionary)
    }

    /// The version of Hedgerow.
    #[classattr]
    #[pyo3(name = "version")]
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    /// The categories by name, hedges first: the ``stance`` of each, and its name in Japanese, ``category_ja``.
    ///
    /// >>> import hedgerow
    /// >>> hedgerow.Counter().categories["certainty"]
    /// {'stance': 'assertive', 'category_ja': '確信・断定'}
    #[getter]
    fn categories<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let categories = PyDict::new(py);
        for category in self.counter.categories() {
            let one = PyDict::new(py);
            one.set_item("stance", category.stance.to_string())?;
            one.set_item("category_ja", &*category.term)?;
            categories.set_item(&*category.name, one)?;
        }
        Ok(categories)
    }

    /// The counts of a text: integers of markers, sentences, tokens and characters (see :class:`Counts`).
    ///
    /// >>> import hedgerow
    /// >>> counts = hedgerow.Counter().count("まだ証明されていません。")
    /// >>> counts["assertive"], counts["assertive_negated"], counts["tokens"]
    /// (0, 1, 8)
    fn count(&self, py: Python, text: &Bound<PyString>) -> PyResult<PyCounts> {
        let encoded = Encoded::new(text, String::new)?;
        let text = encoded.text()?;
        Ok(PyCounts(py.detach(|| self.counter.count(text))))
    }

    /// The markers of a text, in its order, as a list of :class:`Marker`.
    ///
    /// ``start`` and ``end`` are indices of the ``str``; ``line`` and ``sentence`` count from 1.
    ///
    /// >>> import hedgerow
    /// >>> text = "効果は証明されていません。"
    /// >>> for marker in hedgerow.Counter().find(text):
    /// ...     print(marker.marker, marker.category, marker.negated, text[marker.start:marker.end])
    /// 証明する demonstration True 証明され
    fn find<'py>(&self, py: Python<'py>, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyList>> {
        let encoded = Encoded::new(text, String::new)?;
        let text = encoded.text()?;
        let found = py.detach(|| self.counter.find(text));
        markers::to_python(py, text, found)
    }

    /// The counts of many texts, on all cores: a list as long as ``texts``, in their order.
    ///
    /// ``texts`` is an iterable of ``str`` or ``None``, or a column with Arrow's interface (a Series of polars or pandas 3, an array of
    /// pyarrow). There is ``None`` where there is no text (``None``, NaN, null). ``progress`` is called with the number of texts that have been counted since
    /// the last call, several times a second, such as ``tqdm.tqdm(total=len(texts)).update``. Ctrl-C is heeded as often. ``RAYON_NUM_THREADS`` says how many threads
    /// are used, if it is set before the first call.
    ///
    /// >>> import hedgerow
    /// >>> counts = hedgerow.Counter().count_all(["必ず効きます。", None, "効くでしょう。"])
    /// >>> [one and one["assertive"] for one in counts]
    /// [1, None, 0]
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

    /// As :meth:`count_table`, batch by batch: a ``pyarrow.RecordBatchReader`` that reads ``data`` as it is read itself.
    ///
    /// Memory is bounded by the batches of ``data``, however many there are. A batch of the result has at most 32,768 texts.
    ///
    /// >>> import hedgerow, pyarrow
    /// >>> table = pyarrow.table({"id": [1, 2], "text": ["必ず効きます。", "効くでしょう。"]})
    /// >>> for batch in hedgerow.Counter().count_batches(table.to_reader()):
    /// ...     print(batch.num_rows, batch.num_columns)
    /// 2 25
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

    /// Counts the texts of a table, on all cores: a ``pyarrow.Table``.
    ///
    /// ``data`` is anything with Arrow's interface: a Table, RecordBatch or RecordBatchReader of pyarrow, a DataFrame of polars or pandas, a result of
    /// DuckDB. ``text`` names the column of texts; ``id`` (or ``None``) and ``by`` those that go on into the result as they are.
    ///
    /// Wide: a row for each row of ``data``, with ``id``, ``by``, the integer columns of ``documents.csv`` and a column for each category (markers that
    /// are not negated). Long: a row for each row of ``data`` and category, with ``id``, ``by``, ``stance``, ``category``, ``category_ja``, ``count`` and ``negated``. All counts are int64,
    /// and null where there is no text. For a rate per 1,000 tokens: ``1000 * hedge / tokens``.
    ///
    /// >>> import hedgerow, pyarrow
    /// >>> table = pyarrow.table({"id": [1, 2], "text": ["必ず効きます。", None], "site": ["a", "b"]})
    /// >>> counts = hedgerow.Counter().count_table(table, by="site")
    /// >>> counts.select(["id", "site", "assertive", "certainty"]).to_pylist()
    /// [{'id': 1, 'site': 'a', 'assertive': 1, 'certainty': 1}, {'id': 2, 'site': 'b', 'assertive': None, 'certainty': None}]
    /// >>> hedgerow.Counter().count_table(table, shape="long").num_rows
    /// 22
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

    /// The markers of the texts of a table, on all cores: a ``pyarrow.Table`` with a row for each hit, in the order of the texts.
    ///
    /// The columns are ``id``, ``by``, and those of ``concordance.csv`` from ``line`` to ``next``. The arguments are those of :meth:`count_table`.
    ///
    /// >>> import hedgerow, pyarrow
    /// >>> table = pyarrow.table({"id": [1, 2], "text": ["必ず効きます。", "効くでしょう。"]})
    /// >>> hits = hedgerow.Counter().find_table(table)
    /// >>> hits.select(["id", "start", "left", "node", "right"]).to_pylist()[1]
    /// {'id': 2, 'start': 2, 'left': '効く', 'node': 'でしょう', 'right': '。'}
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

    /// A partial run with this counter (see :class:`PartialRun`); without ``hits``, a merge writes no ``concordance.csv``.
    #[pyo3(signature = (hits=true))]
    fn partial(&self, hits: bool) -> PyPartialRun {
        PyPartialRun::new(&self.counter, hits)
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
