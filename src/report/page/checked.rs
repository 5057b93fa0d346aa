//! What a check by hand says of the program on this corpus, from `corrected.csv`.

use serde::Serialize;

use crate::tables::{CORRECTED, ReadBackError, ReadTable, RunRecord, RunTables};

/// The check of a run.
#[derive(Debug, Serialize)]
pub struct CheckedRun {
    hits: u64,
    sentences: u64,
    rows: Vec<CheckedMeasure>,
}

/// A measure in all documents; figures as they are printed.
#[derive(Debug, Serialize)]
struct CheckedMeasure {
    measure: String,
    precision: String,
    recall: String,
}

impl CheckedRun {
    /// Of a run, if it was checked.
    ///
    /// # Errors
    /// A table that can't be read.
    pub fn read(tables: RunTables, record: &RunRecord) -> Result<Option<Self>, ReadBackError> {
        let name = CORRECTED.trim_end_matches(".csv");
        let Some(check) = record.check.as_ref().filter(|_| tables.has(name)) else { return Ok(None) };
        let table = ReadTable::read(tables, name)?;
        let mut rows = Vec::new();
        for row in table.rows() {
            let [group, against, measure, judged] =
                table.cells(row, ["group", "against", "measure", "judged"])?;
            if group.is_empty() && against.is_empty() && judged != "0" {
                let precision = table.cells(row, ["precision", "precision_low", "precision_high"])?;
                let recall = table.cells(row, ["recall", "recall_low", "recall_high"])?;
                let [precision, recall] = [precision, recall].map(printed);
                rows.push(CheckedMeasure { measure: measure.into(), precision, recall });
            }
        }
        Ok(Some(CheckedRun { hits: check.hits, sentences: check.sentences, rows }))
    }
}

/// A figure with its interval.
fn printed(cells: [&str; 3]) -> String {
    let rounded = |cell: &str| cell.parse().map_or("–".into(), |figure: f64| format!("{figure:.2}"));
    let [value, low, high] = cells.map(rounded);
    format!("{value} [{low}, {high}]")
}
