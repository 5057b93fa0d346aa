//! Columns of ids and variables, as the program has them in its tables: as text.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, downcast_integer_array};
use arrow_schema::DataType;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::text_column::TextColumn;

/// A column of text, whole numbers or logical values.
pub struct Cells {
    kind: Kind,
    /// Whether they are whole numbers.
    pub are_integers: bool,
}

enum Kind {
    Text(TextColumn),
    Written(Vec<Option<String>>),
}

impl Cells {
    /// A column by its name, which errors have.
    ///
    /// # Errors
    /// A column of another type: decimals and dates are written in more than one way.
    pub fn new(column: &ArrayRef, name: &str) -> PyResult<Self> {
        let are_integers = column.data_type().is_integer();
        let kind = match column.data_type() {
            DataType::Boolean => {
                let values = column.as_boolean().iter();
                Kind::Written(values.map(|value| Some(value?.to_string())).collect())
            }
            kind if kind.is_integer() => Kind::Written(integers(column)),
            kind => Kind::Text(TextColumn::new(column, name).map_err(|_| {
                PyTypeError::new_err(format!(
                    "column {name:?} is of the type {kind}; ids and variables are text or whole numbers: cast it"
                ))
            })?),
        };
        Ok(Cells { kind, are_integers })
    }

    /// The cell of a row, empty where there is none; `before` is the number of rows before the column, for errors.
    ///
    /// # Errors
    /// Bytes that are no text.
    pub fn get(&self, row: usize, before: usize) -> PyResult<&str> {
        match &self.kind {
            Kind::Text(column) => Ok(column.text(row, before)?.unwrap_or_default()),
            Kind::Written(cells) => Ok(cells.get(row).and_then(Option::as_deref).unwrap_or_default()),
        }
    }
}

fn integers(column: &ArrayRef) -> Vec<Option<String>> {
    downcast_integer_array!(
        column => column.iter().map(|value| Some(value?.to_string())).collect(),
        _ => Vec::new(),
    )
}
