//! The columns of every table, from a data file.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;

use super::table_writer::BYTE_ORDER_MARK;
use super::{TableError, TableRecord};
use crate::digest::sha256;
use crate::messages::Language;

/// The data file, which is also the table `columns.csv` of each run in English.
const COLUMNS: &str = include_str!("columns.csv");

/// The same rows in Japanese, for runs in Japanese.
const JAPANESE: &str = include_str!("columns.ja.csv");

/// Placeholder in the data file for the columns of a user's variables.
pub(super) const VARIABLES: &str = "(variables)";

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Column {
    /// The table, without `.csv`.
    pub table: String,
    /// Its name.
    pub column: String,
    /// text, integer, decimal, or true or false.
    #[serde(rename = "type")]
    pub kind: String,
    /// What its figures count; empty where there is no unit.
    pub unit: String,
    /// What it means.
    pub definition: String,
}

/// The columns of every table, in the order of the tables, in English.
pub fn columns() -> &'static [Column] {
    columns_in(Language::English)
}

/// The columns of every table, in the same order, with type, unit and definition in a language.
pub fn columns_in(language: Language) -> &'static [Column] {
    static ENGLISH: LazyLock<Vec<Column>> = LazyLock::new(|| parsed(COLUMNS));
    static JAPANESE_COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| parsed(JAPANESE));
    match language {
        Language::English => &ENGLISH,
        Language::Japanese => &JAPANESE_COLUMNS,
    }
}

fn parsed(file: &str) -> Vec<Column> {
    let rows = csv::Reader::from_reader(file.as_bytes()).into_deserialize();
    rows.collect::<Result<_, _>>().expect("the tests read the data files")
}

/// The table of `hedgerow diff`, which no run has.
const DIFFERENCES: &str = "differences";

/// The tables of `hedgerow search`, `hedgerow frequencies` and `hedgerow sample`, each a file by itself.
const BY_THEMSELVES: [&str; 5] = ["search", "values", "frequencies", "keyness", "sheet"];

/// The tables of `hedgerow evaluate`. The second is the file `differences.csv`, as that of `hedgerow diff` is.
pub(super) const EVALUATION: [&str; 2] = ["evaluation", "evaluation_differences"];

/// Writes `columns.csv`, which is the same in every run of a language.
///
/// # Errors
/// A file that can't be written.
pub fn write_columns(folder: &Path, language: Language) -> Result<TableRecord, TableError> {
    write_columns_of(folder, language, |table| {
        table != DIFFERENCES && !BY_THEMSELVES.contains(&table) && !EVALUATION.contains(&table)
    })
}

/// Writes the `columns.csv` of a folder that holds `differences.csv`.
///
/// # Errors
/// A file that can't be written.
pub fn write_columns_of_differences(folder: &Path, language: Language) -> Result<TableRecord, TableError> {
    write_columns_of(folder, language, |table| [DIFFERENCES, "columns"].contains(&table))
}

/// Writes the `columns.csv` of a folder that holds `evaluation.csv` and its `differences.csv`.
///
/// # Errors
/// A file that can't be written.
pub fn write_columns_of_evaluation(folder: &Path, language: Language) -> Result<TableRecord, TableError> {
    write_columns_of(folder, language, |table| table == "columns" || EVALUATION.contains(&table))
}

/// Writes the rows of some tables. Every row of the data file is one line.
fn write_columns_of(
    folder: &Path,
    language: Language,
    is_in: impl Fn(&str) -> bool,
) -> Result<TableRecord, TableError> {
    let name = "columns.csv";
    let file = match language {
        Language::English => COLUMNS,
        Language::Japanese => JAPANESE,
    };
    let (header, rows) = file.split_once('\n').unwrap_or((file, ""));
    let rows: Vec<&str> = rows.lines().filter(|row| row.split(',').next().is_some_and(&is_in)).collect();
    let number = rows.len() as u64;
    let mut table = [BYTE_ORDER_MARK, header.as_bytes(), b"\n"].concat();
    for row in rows {
        // By the name of its file.
        let row = row.strip_prefix("evaluation_").filter(|_| row.starts_with(EVALUATION[1])).unwrap_or(row);
        table.extend([row.as_bytes(), b"\n"].concat());
    }
    let path = folder.join(name);
    fs::write(&path, &table).map_err(|error| TableError::new(&path, error))?;
    Ok(TableRecord { name: name.into(), sha256: sha256(table), rows: number })
}

/// Where the variables stand in a header of a table: the columns that are none of the program's own.
pub(super) fn variable_columns(table: &str, header: &[String]) -> Vec<usize> {
    let is_own = |name: &String| columns().iter().any(|own| own.table == table && own.column == *name);
    let variables = header.iter().enumerate().filter(|(_, name)| !is_own(name));
    variables.map(|(index, _)| index).collect()
}

/// The header of a table, with the variables in place of [`VARIABLES`].
pub(super) fn header(table: &str, variables: &[String]) -> Vec<String> {
    columns()
        .iter()
        .filter(|column| column.table == table)
        .flat_map(|column| match column.column.as_str() {
            VARIABLES => variables.to_vec(),
            _ => vec![column.column.clone()],
        })
        .collect()
}
