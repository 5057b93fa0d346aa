//! The documents say what the program does.

use std::fs;

use serde::Deserialize;

use crate::files::top;

/// A row of `src/tables/columns.csv`. It is read here, so that the house rules are not linked with the library.
#[derive(Deserialize)]
struct Column {
    table: String,
    column: String,
    #[serde(rename = "type")]
    kind: String,
    unit: String,
    definition: String,
}

fn columns() -> Vec<Column> {
    let mut rows = csv::Reader::from_path(top().join("src/tables/columns.csv")).unwrap();
    rows.deserialize().map(Result::unwrap).collect()
}

#[test]
fn every_column_stands_in_docs_columns_md_as_it_is_defined() {
    let text = fs::read_to_string(top().join("docs/columns.md")).unwrap();
    for column in columns() {
        let heading = format!("\n## {}.csv\n", column.table);
        let section =
            text.split_once(&heading).unwrap_or_else(|| panic!("docs/columns.md lacks {heading}")).1;
        let section = section.split("\n## ").next().unwrap_or_default();
        let unit = if column.unit.is_empty() { "–" } else { &column.unit };
        let row = format!("| `{}` | {} | {unit} | {} |", column.column, column.kind, column.definition);
        assert!(section.lines().any(|line| line == row), "docs/columns.md lacks under{heading}{row}");
    }
}

#[test]
fn docs_columns_md_defines_no_column_that_is_gone() {
    let text = fs::read_to_string(top().join("docs/columns.md")).unwrap();
    let columns = columns();
    for section in text.split("\n## ").skip(1) {
        let Some(table) = section.lines().next().and_then(|heading| heading.strip_suffix(".csv")) else {
            continue;
        };
        for line in section.lines().filter(|line| line.starts_with("| `")) {
            let name = line.split('`').nth(1).unwrap_or_default();
            let known = columns.iter().any(|column| column.table == table && column.column == name);
            assert!(known, "docs/columns.md: {table}.csv has no column {name}");
        }
    }
}
