//! The batches of a result, one by one as they are asked for, so that memory does not grow with the table.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader, UInt64Array};
use arrow_schema::{Schema, SchemaRef};
use arrow_select::take::take;
use hedgerow::Counter;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatch, PySchema};

use crate::errors::failed;
use crate::pool::{batch_bytes, on_pool, pool};
use crate::progress::tell;
use crate::results::{Counting, Results, Shape};
use crate::selection::{Columns, Selection, check_names, refuse_without_arrow};
use crate::text_column::TextColumn;

/// An iterator of record batches.
#[pyclass(module = "hedgerow._hedgerow", frozen)]
pub struct Batches {
    schema: SchemaRef,
    counting: Counting,
    selection: Selection,
    columns: Columns,
    progress: Option<Py<PyAny>>,
    source: Mutex<Source>,
}

/// Where the texts come from.
struct Source {
    reader: Box<dyn RecordBatchReader + Send>,
    /// The batch that is being counted.
    batch: Option<Batch>,
    /// What came of its texts, and has not been asked for yet.
    ready: VecDeque<RecordBatch>,
    /// How many rows the batches before it had.
    rows: usize,
}

struct Batch {
    rows: RecordBatch,
    texts: TextColumn,
    /// How many of its rows are done.
    done: usize,
}

impl Batches {
    /// The results of a table's texts.
    ///
    /// # Errors
    /// Data that are no table, columns that are not there, a result with two columns of a name.
    pub fn of(
        py: Python,
        counter: Counter,
        data: &Bound<PyAny>,
        selection: Selection,
        shape: Shape,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        refuse_without_arrow(data)?;
        let reader = data.extract::<AnyRecordBatch>()?.into_reader()?;
        let (columns, mut fields) = selection.find(&reader.schema())?;
        let counting = py.detach(|| Counting::new(counter, shape));
        fields.extend(counting.fields());
        check_names(fields.iter())?;
        let source = Mutex::new(Source { reader, batch: None, ready: VecDeque::new(), rows: 0 });
        let schema = Arc::new(Schema::new(fields));
        Ok(Batches { schema, counting, selection, columns, progress, source })
    }

    /// It as a `pyarrow.RecordBatchReader`.
    pub fn reader<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let schema = PySchema::new(Arc::clone(&self.schema)).into_pyarrow(py)?;
        py.import("pyarrow")?.getattr("RecordBatchReader")?.call_method1("from_batches", (schema, self))
    }

    fn next(&self, py: Python, source: &mut Source) -> PyResult<Option<RecordBatch>> {
        loop {
            if let Some(ready) = source.ready.pop_front() {
                return Ok(Some(ready));
            }
            if let Some(batch) = source.batch.as_mut().filter(|batch| batch.done < batch.texts.len()) {
                source.ready = self.count(py, batch, source.rows)?;
                continue;
            }
            source.rows += source.batch.take().map_or(0, |batch| batch.texts.len());
            let reader = &mut source.reader;
            let Some(rows) = py.detach(|| reader.next()) else { return Ok(None) };
            let rows = rows.map_err(failed)?;
            let texts = TextColumn::new(rows.column(self.columns.text), self.selection.text())?;
            source.batch = Some(Batch { rows, texts, done: 0 });
        }
    }

    /// Counts the next texts of a batch; there are so many rows before it.
    fn count(&self, py: Python, batch: &mut Batch, before: usize) -> PyResult<VecDeque<RecordBatch>> {
        let texts = batch.texts.texts(batch.done, batch_bytes(pool(py)?), before)?;
        let number = texts.len();
        let results = on_pool(py, || self.counting.results(texts))?;
        let kept = batch.rows.project(&self.columns.kept).map_err(failed)?.slice(batch.done, number);
        batch.done += number;
        let result = |Results { rows, columns }| {
            let kept = kept.columns().iter().map(|column| spread(column, rows.as_ref()));
            let all = kept.chain(columns.into_iter().map(Ok)).collect::<PyResult<_>>()?;
            RecordBatch::try_new(Arc::clone(&self.schema), all).map_err(failed)
        };
        let ready = results.into_iter().map(result).collect::<PyResult<_>>()?;
        tell(self.progress.as_ref().map(|progress| progress.bind(py)), py, number)?;
        Ok(ready)
    }
}

/// A column of the texts for the rows of the result.
fn spread(column: &ArrayRef, rows: Option<&UInt64Array>) -> PyResult<ArrayRef> {
    match rows {
        None => Ok(Arc::clone(column)),
        Some(rows) => take(column, rows, None).map_err(failed),
    }
}

/// All batches of a `pyarrow.RecordBatchReader` as a `pyarrow.Table`.
pub fn table_of<'py>(reader: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    reader.call_method0("read_all")
}

#[pymethods]
impl Batches {
    fn __iter__(slf: PyRef<Self>) -> PyRef<Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        // To wait for it with the interpreter's lock held would be to wait for ever.
        let Ok(mut source) = self.source.try_lock() else {
            return Err(PyRuntimeError::new_err("another thread is reading these batches"));
        };
        self.next(py, &mut source)?.map(|batch| PyRecordBatch::new(batch).into_pyarrow(py)).transpose()
    }
}
