//! A column of texts, whatever type of Arrow's it has: nothing of it is copied.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray};
use arrow_schema::DataType;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::errors::HedgerowError;

/// The most texts that are counted at once: the counts of a text without a word take as much memory as those of others.
const MAX_TEXTS: usize = 1 << 15;

/// A column of texts. They are read as bytes: whoever made the column may have put anything there, and Rust relies on
/// text being UTF-8.
pub struct TextColumn {
    name: String,
    values: Values,
    /// For a column that is encoded with a dictionary: the value of each row.
    keys: Option<Vec<Option<usize>>>,
    len: usize,
}

enum Values {
    Null,
    Bytes(BinaryArray),
    LargeBytes(LargeBinaryArray),
    Views(BinaryViewArray),
}

impl TextColumn {
    /// A column by its name, which errors have.
    ///
    /// # Errors
    /// A column of something else than text.
    pub fn new(column: &ArrayRef, name: &str) -> PyResult<Self> {
        let (values, keys) = match column.as_any_dictionary_opt() {
            None => (values(column, name)?, None),
            Some(dictionary) if dictionary.values().is_empty() => (Values::Null, None),
            Some(dictionary) => {
                let keys = dictionary.keys();
                let normalized = dictionary.normalized_keys().into_iter().enumerate();
                let keys = normalized.map(|(row, key)| (!keys.is_null(row)).then_some(key)).collect();
                (values(dictionary.values(), name)?, Some(keys))
            }
        };
        Ok(TextColumn { name: name.into(), values, keys, len: column.len() })
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Texts from a row on, up to so many bytes; none where there is none. `before` is the number of rows before the
    /// column, for errors.
    ///
    /// # Errors
    /// Bytes that are no text.
    pub fn texts(&self, from: usize, most: usize, before: usize) -> PyResult<Vec<Option<&str>>> {
        let mut texts = Vec::new();
        let mut bytes = 0;
        for row in (from..self.len).take(MAX_TEXTS) {
            if bytes >= most {
                break;
            }
            let text = self.text(row, before)?;
            // A row without a text takes its time, too.
            bytes += text.map_or(1, |text| text.len() + 1);
            texts.push(text);
        }
        Ok(texts)
    }

    /// The text of a row; `before` as for [`TextColumn::texts`].
    ///
    /// # Errors
    /// Bytes that are no text.
    pub fn text(&self, row: usize, before: usize) -> PyResult<Option<&str>> {
        self.bytes(row).map(|bytes| self.decoded(bytes, before + row)).transpose()
    }

    fn bytes(&self, row: usize) -> Option<&[u8]> {
        let row = match &self.keys {
            Some(keys) => (*keys.get(row)?)?,
            None => row,
        };
        match &self.values {
            Values::Null => None,
            Values::Bytes(array) => array.is_valid(row).then(|| array.value(row)),
            Values::LargeBytes(array) => array.is_valid(row).then(|| array.value(row)),
            Values::Views(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }

    fn decoded<'a>(&self, bytes: &'a [u8], row: usize) -> PyResult<&'a str> {
        simdutf8::basic::from_utf8(bytes).map_err(|_| {
            let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
            HedgerowError::new_err(format!(
                "column {:?}, row {row} (from 0): the bytes at {at} are not UTF-8; decode them before, such as with \
                 bytes.decode(\"utf-8\", \"replace\")",
                self.name
            ))
        })
    }
}

fn values(column: &ArrayRef, name: &str) -> PyResult<Values> {
    match column.data_type() {
        DataType::Null => Ok(Values::Null),
        DataType::Utf8 => Ok(Values::Bytes(column.as_string::<i32>().clone().into())),
        DataType::LargeUtf8 => Ok(Values::LargeBytes(column.as_string::<i64>().clone().into())),
        DataType::Utf8View => Ok(Values::Views(column.as_string_view().clone().to_binary_view())),
        other => Err(PyTypeError::new_err(format!("column {name:?} is of the type {other}, not of text"))),
    }
}
