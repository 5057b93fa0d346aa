//! `hedgerow.PartialRun`: the lines of a part of a corpus.

use std::sync::{Arc, Mutex};

use arrow_array::RecordBatch;
use hedgerow::cli::said;
use hedgerow::{CountOptions, Counter, Document, PartialRun};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use crate::cells::Cells;
use crate::errors::failed;
use crate::pool::{batch_bytes, on_pool, pool};
use crate::progress::tell;
use crate::selection::{By, Selection, refuse_without_arrow};
use crate::text_column::TextColumn;

/// Counts documents in portions and gives the lines that ``hedgerow count - --partial`` writes for them.
///
/// ``begin()`` gives the first line, ``add()`` a line for each document, ``finish()`` the last; :func:`hedgerow.merge` makes tables of
/// files with such lines. :meth:`Counter.partial` makes one.
///
/// >>> import hedgerow, pyarrow
/// >>> run = hedgerow.Counter().partial()
/// >>> lines = [run.begin()]
/// >>> lines += run.add(pyarrow.table({"id": ["a", "b"], "text": ["必ず効きます。", "効くでしょう。"]}))
/// >>> lines.append(run.finish())
/// >>> len(lines)
/// 4
#[pyclass(name = "PartialRun", module = "hedgerow", frozen)]
pub struct PyPartialRun(Mutex<Run>);

struct Run {
    /// None when it is finished.
    run: Option<PartialRun>,
    /// How many rows it has been given.
    rows: usize,
}

impl PyPartialRun {
    /// A run with a counter.
    pub fn new(counter: &Counter, hits: bool) -> Self {
        let run = PartialRun::new(counter, CountOptions::default(), hits);
        PyPartialRun(Mutex::new(Run { run: Some(run), rows: 0 }))
    }

    /// Does something with the run, which belongs to one thread at a time.
    fn with<R>(&self, work: impl FnOnce(&mut Run) -> PyResult<R>) -> PyResult<R> {
        let busy = |_| PyRuntimeError::new_err("another thread is adding to this run");
        work(&mut *self.0.try_lock().map_err(busy)?)
    }
}

impl Run {
    fn open(&mut self) -> PyResult<&mut PartialRun> {
        self.run.as_mut().ok_or_else(|| PyValueError::new_err("this run is finished; begin another"))
    }

    fn add(&mut self, py: Python, batch: &RecordBatch, selection: &Selection) -> PyResult<Vec<String>> {
        let (columns, fields) = selection.find(&batch.schema())?;
        let texts = TextColumn::new(batch.column(columns.text), selection.text())?;
        let cells =
            columns.kept.iter().zip(&fields).map(|(at, field)| Cells::new(batch.column(*at), field.name()));
        let cells = cells.collect::<PyResult<Vec<_>>>()?;
        let names: Vec<Arc<str>> = fields.iter().map(|field| field.name().as_str().into()).collect();
        let Some(((id, variables), names)) = cells.split_first().zip(names.get(1..)) else {
            return Err(PyValueError::new_err("a partial run needs an id for each text"));
        };
        let most = batch_bytes(pool(py)?);
        let mut lines = Vec::new();
        let mut done = 0;
        while done < texts.len() {
            let portion = texts.texts(done, most, self.rows)?;
            let number = portion.len();
            let document = |(row, text): (usize, Option<&str>)| {
                let value = |(name, cells): (&Arc<str>, &Cells)| {
                    Ok((Arc::clone(name), cells.get(row, self.rows)?.to_owned()))
                };
                let values = names.iter().zip(variables).map(value).collect::<PyResult<Vec<_>>>()?;
                // A text that is missing is an empty cell, as in JSON Lines.
                let text = text.unwrap_or_default();
                let document = Document::of_row(id.get(row, self.rows)?, text, values)
                    .map_err(|error| failed(said(&error.message())))?;
                Ok(Document { has_integer_id: id.are_integers, ..document })
            };
            let documents = (done..).zip(portion).map(document).collect::<PyResult<Vec<_>>>()?;
            let run = self.open()?;
            lines.extend(on_pool(py, || run.add(documents))?);
            done += number;
            tell(None, py, number)?;
        }
        self.rows += done;
        Ok(lines)
    }
}

#[pymethods]
impl PyPartialRun {
    /// The first line, without a line end.
    fn begin(&self) -> PyResult<String> {
        self.with(|run| Ok(run.open()?.begin()))
    }

    /// The lines of documents, one for each row, without line ends; they are counted on all cores.
    ///
    /// ``data`` is a table or record batch with Arrow's interface, ``text`` and ``id`` are the names of its columns with the texts and the ids,
    /// and ``by`` names its variables. Ids and variables are text or whole numbers. An exception leaves a run that can't go on.
    #[pyo3(signature = (data, text="text", id="id", by=By::default()))]
    fn add(&self, py: Python, data: &Bound<PyAny>, text: &str, id: &str, by: By) -> PyResult<Vec<String>> {
        refuse_without_arrow(data)?;
        let mut reader = data.extract::<AnyRecordBatch>()?.into_reader()?;
        let selection = Selection::new(text, Some(id.into()), by);
        selection.find(&reader.schema())?;
        self.with(|run| {
            run.open()?;
            let mut lines = Vec::new();
            while let Some(batch) = py.detach(|| reader.next()) {
                lines.extend(run.add(py, &batch.map_err(failed)?, &selection)?);
            }
            Ok(lines)
        })
    }

    /// The last line, without a line end; the run ends with it.
    fn finish(&self) -> PyResult<String> {
        self.with(|run| {
            run.open()?;
            Ok(run.run.take().map(PartialRun::finish).unwrap_or_default())
        })
    }
}
