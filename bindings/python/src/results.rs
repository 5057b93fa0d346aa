//! What comes of the texts of a table, as columns of Arrow.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, FieldRef};
use hedgerow::{CategoryLabel, Counter, Counts, Marker};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;

use crate::counts::TOTALS;

/// The most hits in a batch, so that their contexts are within the 2 GiB of a column of text.
const MAX_HITS: usize = 1 << 20;

/// What a row of the result is.
#[derive(Clone, Copy)]
pub enum Shape {
    /// A text, with its categories as columns.
    Wide,
    /// A text and category.
    Long,
    /// A hit.
    Hits,
}

impl<'py> FromPyObject<'_, 'py> for Shape {
    type Error = PyErr;

    fn extract(shape: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match shape.extract::<String>()?.as_str() {
            "wide" => Ok(Shape::Wide),
            "long" => Ok(Shape::Long),
            other => Err(PyValueError::new_err(format!("shape is \"wide\" or \"long\", not {other:?}"))),
        }
    }
}

/// Counts or finds, and knows the columns of what it gives.
pub struct Counting {
    counter: Counter,
    shape: Shape,
    /// Name, stance and Japanese term of each category, hedges first.
    categories: Vec<[String; 3]>,
}

/// A batch of results.
pub struct Results {
    /// The text of each row; none for a row a text.
    pub rows: Option<UInt64Array>,
    /// The columns.
    pub columns: Vec<ArrayRef>,
}

impl Counting {
    /// With a counter, rows of some shape.
    pub fn new(counter: Counter, shape: Shape) -> Self {
        let words =
            |label: &CategoryLabel| [&*label.name, label.stance.name(), &*label.term].map(str::to_owned);
        let categories = counter.categories().iter().map(words).collect();
        Counting { counter, shape, categories }
    }

    /// The columns of its results.
    pub fn fields(&self) -> Vec<FieldRef> {
        let of = |name: &str, kind| Arc::new(Field::new(name, kind, true));
        let totals = TOTALS.iter().map(|(name, _)| *name);
        let categories = self.categories.iter().map(|[name, ..]| name.as_str());
        match self.shape {
            Shape::Wide => totals.chain(categories).map(|name| of(name, DataType::Int64)).collect(),
            Shape::Long => [
                ("stance", DataType::Utf8),
                ("category", DataType::Utf8),
                ("category_ja", DataType::Utf8),
                ("count", DataType::Int64),
                ("negated", DataType::Int64),
            ]
            .map(|(name, kind)| of(name, kind))
            .into(),
            Shape::Hits => [
                ("line", DataType::Int64),
                ("sentence", DataType::Int64),
                ("start", DataType::Int64),
                ("end", DataType::Int64),
                ("left", DataType::Utf8),
                ("node", DataType::Utf8),
                ("right", DataType::Utf8),
                ("marker", DataType::Utf8),
                ("stance", DataType::Utf8),
                ("category", DataType::Utf8),
                ("category_ja", DataType::Utf8),
                ("negated", DataType::Boolean),
                ("interrogative", DataType::Boolean),
                ("quoted", DataType::Boolean),
                ("position", DataType::Utf8),
                ("relative_position", DataType::Float64),
                ("previous", DataType::Utf8),
                ("next", DataType::Utf8),
            ]
            .map(|(name, kind)| of(name, kind))
            .into(),
        }
    }

    /// The results of some texts, on the threads of the pool that it is called in: at least one batch.
    pub fn results(&self, texts: Vec<Option<&str>>) -> Vec<Results> {
        match self.shape {
            Shape::Wide => vec![self.wide(&self.counter.count_all(texts))],
            Shape::Long => vec![self.long(&self.counter.count_all(texts))],
            Shape::Hits => self.hits(&texts),
        }
    }

    fn wide(&self, counts: &[Option<Counts>]) -> Results {
        let column = |of: &dyn Fn(&Counts) -> u64| -> ArrayRef {
            let column: Int64Array =
                counts.iter().map(|counts| counts.as_ref().map(|counts| integer(of(counts)))).collect();
            Arc::new(column)
        };
        let totals = TOTALS.iter().map(|(_, total)| column(total));
        let categories = self.categories.iter().map(|[name, ..]| {
            column(&|counts| counts.categories.get(name).map_or(0, |category| category.occurrences.affirmed))
        });
        Results { rows: None, columns: totals.chain(categories).collect() }
    }

    fn long(&self, counts: &[Option<Counts>]) -> Results {
        let each = || {
            (0..)
                .zip(counts)
                .flat_map(|(row, counts)| self.categories.iter().map(move |of| (row, counts, of)))
        };
        let of_category = |counts: &Option<Counts>, name: &str| {
            counts.as_ref().map(|counts| {
                counts.categories.get(name).map(|category| category.occurrences).unwrap_or_default()
            })
        };
        let counted =
            |counts, name: &str| of_category(counts, name).map(|occurrences| integer(occurrences.affirmed));
        let negated =
            |counts, name: &str| of_category(counts, name).map(|occurrences| integer(occurrences.negated));
        let columns: Vec<ArrayRef> = vec![
            Arc::new(each().map(|(_, _, [_, stance, _])| Some(stance)).collect::<StringArray>()),
            Arc::new(each().map(|(_, _, [name, ..])| Some(name)).collect::<StringArray>()),
            Arc::new(each().map(|(_, _, [.., term])| Some(term)).collect::<StringArray>()),
            Arc::new(each().map(|(_, counts, [name, ..])| counted(counts, name)).collect::<Int64Array>()),
            Arc::new(each().map(|(_, counts, [name, ..])| negated(counts, name)).collect::<Int64Array>()),
        ];
        Results { rows: Some(each().map(|(row, _, _)| row).collect::<Vec<u64>>().into()), columns }
    }

    fn hits(&self, texts: &[Option<&str>]) -> Vec<Results> {
        let found: Vec<Vec<Hit>> = texts
            .par_iter()
            .enumerate()
            .map(|(row, text)| {
                let text = text.unwrap_or_default();
                let characters = text.chars().count();
                let markers = self.counter.find(text).into_iter();
                markers.map(|marker| Hit { row: row as u64, text, characters, marker }).collect()
            })
            .collect();
        let hits: Vec<Hit> = found.into_iter().flatten().collect();
        match hits.is_empty() {
            true => vec![columns_of(&[])],
            false => hits.chunks(MAX_HITS).map(columns_of).collect(),
        }
    }
}

/// The columns of some hits.
fn columns_of(hits: &[Hit]) -> Results {
    let integers = |of: fn(&Hit) -> usize| -> ArrayRef {
        Arc::new(hits.iter().map(|hit| Some(integer(of(hit) as u64))).collect::<Int64Array>())
    };
    let strings = |of: for<'a> fn(&'a Hit) -> &'a str| -> ArrayRef {
        Arc::new(hits.iter().map(|hit| Some(of(hit))).collect::<StringArray>())
    };
    let flags = |of: fn(&Marker) -> bool| -> ArrayRef {
        Arc::new(hits.iter().map(|hit| Some(of(&hit.marker))).collect::<BooleanArray>())
    };
    let names = |of: fn(&Marker) -> String| -> ArrayRef {
        Arc::new(hits.iter().map(|hit| Some(of(&hit.marker))).collect::<StringArray>())
    };
    let share = |hit: &Hit| Some(hit.marker.characters.start as f64 / hit.characters as f64);
    let columns = vec![
        integers(|hit| hit.marker.line + 1),
        integers(|hit| hit.marker.sentence + 1),
        integers(|hit| hit.marker.characters.start),
        integers(|hit| hit.marker.characters.end),
        strings(|hit| hit.marker.left(hit.text)),
        strings(|hit| hit.text.get(hit.marker.bytes.clone()).unwrap_or_default()),
        strings(|hit| hit.marker.right(hit.text)),
        strings(|hit| &hit.marker.id),
        names(|marker| marker.stance.to_string()),
        strings(|hit| &hit.marker.category),
        strings(|hit| &hit.marker.category_ja),
        flags(|marker| marker.negated),
        flags(|marker| marker.interrogative),
        flags(|marker| marker.quoted),
        names(|marker| marker.position.to_string()),
        Arc::new(hits.iter().map(share).collect::<Float64Array>()),
        strings(|hit| hit.marker.previous(hit.text)),
        strings(|hit| hit.marker.next(hit.text)),
    ];
    Results { rows: Some(hits.iter().map(|hit| hit.row).collect::<Vec<u64>>().into()), columns }
}

/// A marker and where it is from.
struct Hit<'a> {
    /// The index of its text.
    row: u64,
    text: &'a str,
    /// How many characters the text has.
    characters: usize,
    marker: Marker,
}

/// Arrow's usual integer. No text in memory has 2⁶³ of anything.
fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
