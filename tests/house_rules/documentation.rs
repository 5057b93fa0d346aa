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
    columns_of("columns.csv")
}

fn columns_of(file: &str) -> Vec<Column> {
    let mut rows = csv::Reader::from_path(top().join("src/tables").join(file)).unwrap();
    rows.deserialize().map(Result::unwrap).collect()
}

#[test]
fn every_column_and_table_is_defined_in_japanese() {
    let is_japanese = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    let [english, japanese] = ["columns.csv", "columns.ja.csv"].map(columns_of);
    let names = |columns: &[Column]| -> Vec<String> {
        columns.iter().map(|column| format!("{}.{}", column.table, column.column)).collect()
    };
    assert_eq!(names(&japanese), names(&english), "src/tables/columns.ja.csv has the rows of columns.csv");
    for (own, other) in japanese.iter().zip(&english) {
        let place = format!("columns.ja.csv: {}.{}", own.table, own.column);
        assert!(own.definition.contains(is_japanese), "{place}: {}", own.definition);
        assert_eq!(own.unit.is_empty(), other.unit.is_empty(), "{place}: its unit");
        let kinds =
            [("文字列", "text"), ("整数", "integer"), ("小数", "decimal"), ("真偽値", "true or false")];
        assert!(kinds.contains(&(own.kind.as_str(), other.kind.as_str())), "{place}: its type");
    }
    let tables = |file: &str| -> Vec<String> {
        let text = fs::read_to_string(top().join("src/tables").join(file)).unwrap();
        text.lines().filter_map(|line| Some(line.split_once(',')?.0.to_owned())).collect()
    };
    assert_eq!(tables("tables.ja.csv"), tables("tables.csv"));
}

#[test]
fn every_column_stands_in_docs_columns_md_as_it_is_defined() {
    assert_documented("docs/columns.md", "columns.csv");
    assert_documented("docs/ja/columns.md", "columns.ja.csv");
}

fn assert_documented(document: &str, file: &str) {
    let text = fs::read_to_string(top().join(document)).unwrap();
    for column in columns_of(file) {
        let heading = format!("\n## {}.csv\n", column.table);
        let section = text.split_once(&heading).unwrap_or_else(|| panic!("{document} lacks {heading}")).1;
        let section = section.split("\n## ").next().unwrap_or_default();
        let unit = if column.unit.is_empty() { "–" } else { &column.unit };
        let row = format!("| `{}` | {} | {unit} | {} |", column.column, column.kind, column.definition);
        assert!(section.lines().any(|line| line == row), "{document} lacks under{heading}{row}");
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
