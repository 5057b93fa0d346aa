//! Which columns of a table are read, and which go on into the result.

use arrow_schema::{FieldRef, Schema};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// Names of columns: one, or several.
#[derive(FromPyObject)]
pub enum By {
    One(String),
    Several(Vec<String>),
}

impl Default for By {
    fn default() -> Self {
        By::Several(Vec::new())
    }
}

/// Columns by their names.
pub struct Selection {
    text: String,
    /// The id and the variables.
    kept: Vec<String>,
}

/// Columns by their places in a table.
pub struct Columns {
    /// The text.
    pub text: usize,
    /// The id and the variables.
    pub kept: Vec<usize>,
}

impl Selection {
    /// The columns with the text, the id, if there is one, and the variables.
    pub fn new(text: &str, id: Option<String>, by: By) -> Self {
        let by = match by {
            By::One(name) => vec![name],
            By::Several(names) => names,
        };
        Selection { text: text.into(), kept: id.into_iter().chain(by).collect() }
    }

    /// The name of the column with the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Finds the columns in a table, and gives those that are kept for its result.
    ///
    /// # Errors
    /// A column that is not there, or is there twice.
    pub fn find(&self, schema: &Schema) -> PyResult<(Columns, Vec<FieldRef>)> {
        let text = place(schema, &self.text)?;
        let kept = self.kept.iter().map(|name| place(schema, name)).collect::<PyResult<Vec<_>>>()?;
        let fields = schema.fields();
        let kept_fields = kept.iter().filter_map(|at| fields.get(*at)).cloned().collect();
        Ok((Columns { text, kept }, kept_fields))
    }
}

fn place(schema: &Schema, name: &str) -> PyResult<usize> {
    let mut places = schema.fields().iter().enumerate().filter(|(_, field)| field.name() == name);
    match (places.next(), places.next()) {
        (Some((at, _)), None) => Ok(at),
        (Some(_), Some(_)) => Err(PyValueError::new_err(format!("two columns are called {name:?}"))),
        (None, _) => {
            let names: Vec<String> =
                schema.fields().iter().map(|field| format!("{:?}", field.name())).collect();
            let without = if name == "id" { "; id=None leaves it out" } else { "" };
            Err(PyValueError::new_err(format!(
                "there is no column {name:?} among {}{without}",
                if names.is_empty() { "none".into() } else { names.join(", ") }
            )))
        }
    }
}

/// Refuses a result with two columns of one name.
pub fn check_names<'a>(fields: impl Iterator<Item = &'a FieldRef>) -> PyResult<()> {
    let mut seen: Vec<&str> = Vec::new();
    for field in fields {
        if seen.contains(&field.name().as_str()) {
            return Err(PyValueError::new_err(format!(
                "the result would have two columns {:?}; rename yours",
                field.name()
            )));
        }
        seen.push(field.name());
    }
    Ok(())
}

/// Anything with Arrow's interface.
pub fn refuse_without_arrow(data: &Bound<PyAny>) -> PyResult<()> {
    if data.hasattr("__arrow_c_array__")? || data.hasattr("__arrow_c_stream__")? {
        return Ok(());
    }
    Err(PyTypeError::new_err(format!(
        "a {} has no Arrow interface; tables of pyarrow, polars, pandas (2.2 or newer) and DuckDB have one, and \
         pyarrow.table({{\"id\": …, \"text\": …}}) makes one of lists",
        data.get_type().name()?
    )))
}
