//! Reading the results back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hedgerow::tables::TableRecord;
use serde_json::Value;

/// Every file of a run without a comparison, in no particular order.
pub const FILES: [&str; 8] = [
    "documents.csv",
    "categories.csv",
    "markers.csv",
    "concordance.csv",
    "duplicates.csv",
    "columns.csv",
    "datapackage.json",
    "run.json",
];

/// A row: cells by column.
pub type Row = BTreeMap<String, String>;

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

/// The results of a run.
#[derive(Clone)]
pub struct Tables {
    folder: PathBuf,
    pub documents: Table,
    pub categories: Table,
    pub markers: Table,
    pub concordance: Table,
    pub duplicates: Table,
    pub columns: Table,
    pub run: Value,
}

impl Tables {
    /// Reads the folder of a run.
    pub fn read(folder: &Path) -> Self {
        let table = |name| Table::read(&folder.join(name));
        Tables {
            folder: folder.into(),
            documents: table("documents.csv"),
            categories: table("categories.csv"),
            markers: table("markers.csv"),
            concordance: table("concordance.csv"),
            duplicates: table("duplicates.csv"),
            columns: table("columns.csv"),
            run: serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap(),
        }
    }

    /// The bytes of every file, by its path below the folder.
    pub fn bytes(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = walkdir::WalkDir::new(&self.folder).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        let read = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(&self.folder).unwrap();
            (path.to_str().unwrap().to_owned(), fs::read(entry.path()).unwrap())
        };
        files.map(read).collect()
    }
}

impl Table {
    /// Reads a table.
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{path:?} has no byte-order mark"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let row = |record: csv::StringRecord| {
            header.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
        };
        let rows = reader.records().map(|record| row(record.unwrap())).collect();
        Table { header, rows }
    }

    /// The cells of one column.
    pub fn column(&self, name: &str) -> Vec<&str> {
        self.rows.iter().map(|row| row[name].as_str()).collect()
    }
}

/// What the record of the tables in a folder says, if they were written as they are now.
pub fn recorded(folder: &Path) -> Vec<TableRecord> {
    let record = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        let rows = Table::read(&entry.path()).rows.len() as u64;
        TableRecord { name, sha256: sha256(&bytes), rows }
    };
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "csv")).map(record).collect()
}

/// A digest in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The number in a cell.
pub fn number(row: &Row, column: &str) -> usize {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is no number: {:?}", row[column]))
}

/// The strings of a list in `run.json`.
pub fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect()
}
