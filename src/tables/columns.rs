//! The columns of every table, from a data file.

use std::sync::LazyLock;

use serde::Deserialize;

/// The data file, which is also the table `columns.csv` of each run.
pub(super) const COLUMNS: &str = include_str!("columns.csv");

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

/// The columns of every table, in the order of the tables.
pub fn columns() -> &'static [Column] {
    static READ: LazyLock<Vec<Column>> = LazyLock::new(|| {
        let rows = csv::Reader::from_reader(COLUMNS.as_bytes()).into_deserialize();
        rows.collect::<Result<_, _>>().expect("the tests read the data file")
    });
    &READ
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
