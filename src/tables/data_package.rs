//! `datapackage.json`: what the tables and their columns hold, for programs: a Tabular Data Package of Frictionless Data
//! (specifications, version 1).

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::columns::{Column, VARIABLES, columns, columns_in, variable_columns};
use super::{Identified, ReadBackError, RunTables, TableError, TableRecord};
use crate::counts::Level;
use crate::digest::sha256;
use crate::lexicon::{Position, Stance};
use crate::messages::Language;

/// The name of the file.
pub(super) const DATA_PACKAGE: &str = "datapackage.json";

/// What a row of each table is, and the columns that tell its rows apart.
const TABLES: &str = include_str!("tables.csv");

/// What a row of each is in Japanese.
const JAPANESE: &str = include_str!("tables.ja.csv");

/// The title and the description of the package.
const ENGLISH_TITLE: [&str; 2] = [
    "Tables of a Hedgerow run",
    "Markers of hedging and assertive modality in Japanese documents. run.json says how they were counted, and in what.",
];
const JAPANESE_TITLE: [&str; 2] = [
    "Hedgerow の集計表",
    "日本語の文書におけるヘッジ（緩和表現）と断定の標識。何をどのように数えたかは run.json にある。",
];

/// A row of the data file.
#[derive(Deserialize)]
struct Table {
    table: String,
    description: String,
    /// The names of columns, with blanks between them; empty where a cell of a key may be empty.
    key: String,
}

fn described() -> &'static [Table] {
    static READ: LazyLock<Vec<Table>> = LazyLock::new(|| {
        let rows = csv::Reader::from_reader(TABLES.as_bytes()).into_deserialize();
        rows.collect::<Result<_, _>>().expect("the tests read the data file")
    });
    &READ
}

/// The descriptions of tables in a language, by name.
fn descriptions(language: Language) -> BTreeMap<&'static str, &'static str> {
    #[derive(Deserialize)]
    struct Description {
        table: String,
        description: String,
    }
    static READ: LazyLock<Vec<Description>> = LazyLock::new(|| {
        let rows = csv::Reader::from_reader(JAPANESE.as_bytes()).into_deserialize();
        rows.collect::<Result<_, _>>().expect("the tests read the data file")
    });
    match language {
        Language::English => {
            described().iter().map(|table| (table.table.as_str(), table.description.as_str())).collect()
        }
        Language::Japanese => {
            READ.iter().map(|table| (table.table.as_str(), table.description.as_str())).collect()
        }
    }
}

#[derive(Serialize)]
struct Package<'a> {
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct Resource<'a> {
    profile: &'static str,
    name: &'a str,
    path: &'a str,
    description: &'a str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    dialect: Dialect,
    schema: Schema<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: char,
    line_terminator: char,
    quote_char: char,
    double_quote: bool,
    skip_initial_space: bool,
    header: bool,
    case_sensitive_header: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema<'a> {
    fields: Vec<Field<'a>>,
    missing_values: [&'static str; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<&'a str>,
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'a str,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    constraints: Constraints,
}

#[derive(Default, Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<u8>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<&'static str>,
}

impl Constraints {
    fn is_empty(&self) -> bool {
        self.minimum.is_none() && self.maximum.is_none() && self.words.is_empty()
    }

    /// What the type, the unit and the words of a column promise of its cells. Figures that rounding may carry beyond the
    /// ends of their scale have none.
    fn of(column: &Column) -> Self {
        let (minimum, maximum) = match (column.unit.as_str(), column.kind.as_str()) {
            ("share, 0 to 1" | "p", _) => (Some(0), Some(1)),
            ("per 1,000 tokens", _) | (_, "integer") => (Some(0), None),
            _ => (None, None),
        };
        let words = match column.column.as_str() {
            "stance" => Stance::ALL.map(Stance::name).to_vec(),
            "level" => Level::ALL.map(Level::name).to_vec(),
            "position" => Position::ALL.map(Position::name).to_vec(),
            _ => Vec::new(),
        };
        Constraints { minimum, maximum, words }
    }
}

/// Writes the file into a folder; `run` are the tables that it is about.
///
/// # Errors
/// A file that can't be written, or no `documents.csv`, which names the variables.
pub(super) fn write_data_package(
    folder: &Path,
    run: RunTables,
    records: &[TableRecord],
    language: Language,
) -> Result<Identified, TableError> {
    let path = folder.join(DATA_PACKAGE);
    let text = data_package(run, records, language)
        .map_err(|error| TableError::new(&path, io::Error::other(error)))?;
    fs::write(&path, &text).map_err(|error| TableError::new(&path, error))?;
    Ok(Identified { name: DATA_PACKAGE.into(), sha256: sha256(text) })
}

/// The text of the file.
///
/// # Errors
/// No `documents.csv` that can be read.
pub(super) fn data_package(
    run: RunTables,
    records: &[TableRecord],
    language: Language,
) -> Result<String, ReadBackError> {
    let header = run.header("documents")?;
    let variables: Vec<&str> = variable_columns("documents", &header)
        .into_iter()
        .filter_map(|index| header.get(index))
        .map(String::as_str)
        .collect();
    let resources = records.iter().filter_map(|record| {
        let name = record.name.strip_suffix(".csv")?;
        let table = described().iter().find(|table| table.table == name)?;
        Some(resource(table, &record.name, &variables, language))
    });
    let [title, description] = match language {
        Language::English => ENGLISH_TITLE,
        Language::Japanese => JAPANESE_TITLE,
    };
    let package = Package {
        profile: "tabular-data-package",
        name: "hedgerow-run",
        title,
        description,
        resources: resources.collect(),
    };
    // There is nothing in it that JSON can't hold.
    let text = serde_json::to_string_pretty(&package).unwrap_or_default();
    Ok(text + "\n")
}

fn resource<'a>(table: &'a Table, path: &'a str, variables: &[&'a str], language: Language) -> Resource<'a> {
    let both = columns().iter().zip(columns_in(language));
    let own = both.filter(|(column, _)| column.table == table.table);
    let fields = own.flat_map(|(column, said)| match column.column.as_str() {
        VARIABLES => variables.iter().map(|name| field(name, column, said)).collect(),
        name => vec![field(name, column, said)],
    });
    Resource {
        profile: "tabular-data-resource",
        name: &table.table,
        path,
        description: descriptions(language).get(table.table.as_str()).copied().unwrap_or_default(),
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        dialect: Dialect {
            delimiter: ',',
            line_terminator: '\n',
            quote_char: '"',
            double_quote: true,
            skip_initial_space: false,
            header: true,
            case_sensitive_header: true,
        },
        schema: Schema {
            fields: fields.collect(),
            missing_values: [""],
            primary_key: table.key.split_whitespace().collect(),
        },
    }
}

/// A field; `said` is the column in the language of the run.
fn field<'a>(name: &'a str, column: &Column, said: &'a Column) -> Field<'a> {
    Field {
        name,
        kind: match column.kind.as_str() {
            "integer" => "integer",
            "decimal" => "number",
            "true or false" => "boolean",
            _ => "string",
        },
        description: &said.definition,
        unit: &said.unit,
        constraints: Constraints::of(column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::folder::FILES;

    #[test]
    fn every_table_of_a_run_is_described_and_its_key_is_of_its_columns() {
        let tables: Vec<&str> = described().iter().map(|table| table.table.as_str()).collect();
        let files: Vec<&str> = FILES.iter().filter_map(|name| name.strip_suffix(".csv")).collect();
        assert_eq!(tables, files);
        for table in described() {
            for name in table.key.split_whitespace() {
                let known = |column: &Column| column.table == table.table && column.column == name;
                assert!(columns().iter().any(known), "{}: {name}", table.table);
            }
        }
    }

    #[test]
    fn constraints_are_those_of_unit_and_type() {
        let of = |table: &str, name: &str| {
            let is = |column: &&Column| column.table == table && column.column == name;
            serde_json::to_value(Constraints::of(columns().iter().find(is).unwrap())).unwrap()
        };
        let share = serde_json::json!({"minimum": 0, "maximum": 1});
        assert_eq!((of("groups", "fifth_1"), of("concordance", "relative_position")), (share.clone(), share));
        assert_eq!(of("documents", "tokens"), serde_json::json!({"minimum": 0}));
        assert_eq!(of("comparisons", "mean_difference"), serde_json::json!({}));
        assert_eq!(of("markers", "stance"), serde_json::json!({"enum": ["hedge", "assertive"]}));
    }
}
