//! The files of a run, read back.

use std::fs;
use std::path::Path;

use hedgerow::Design;
use hedgerow::tables::{
    ReadBackError, ReadTable, RunRecord, RunTables, TableRecord, TextsTable, check_hits, check_sums,
    observations, sums,
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::documents::check_message;
use super::input::parts;

const TABLES: [&str; 4] = ["documents", "categories", "markers", "concordance"];

/// The parts of the input are the record of a run and its tables, with the digests that the record would have.
pub fn tables(bytes: &[u8]) {
    thread_local! {
        static FOLDER: TempDir = tempfile::tempdir().expect("a temporary folder");
    }
    FOLDER.with(|folder| {
        let folder = folder.path();
        let [record, tables @ ..] = parts::<5>(bytes);
        let tables: Vec<TableRecord> =
            TABLES.into_iter().zip(tables).map(|(name, table)| written(folder, name, table)).collect();
        let tables = RunTables::new(folder, &tables);
        let record = read_record(folder, record);
        expect_line(sums(tables, ["sentences", "tokens"]));
        expect_line(observations(tables, &Design::by("genre")));
        if let Some(record) = record {
            record.documents();
            expect_line(check_sums(tables, &record));
            expect_line(check_hits(tables, &record));
        }
        round_trip(folder, &String::from_utf8_lossy(bytes));
    });
}

/// Writes a table, and gives what its record would say of it.
pub fn written(folder: &Path, name: &str, table: &[u8]) -> TableRecord {
    let file = format!("{name}.csv");
    fs::write(folder.join(&file), table).expect("a file that can be written");
    let sha256 = Sha256::digest(table).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut record = TableRecord { name: file, sha256, rows: u64::MAX };
    // Reading it tells how many rows it has.
    if let Err(ReadBackError::Rows { rows, .. }) =
        RunTables::new(folder, std::slice::from_ref(&record)).check([name])
    {
        record.rows = rows;
    }
    record
}

/// A record that is one stays as it is when it is written and read back.
fn read_record(folder: &Path, bytes: &[u8]) -> Option<RunRecord> {
    let path = folder.join("run.json");
    fs::write(&path, bytes).expect("a file that can be written");
    expect_line(RunRecord::read(folder));
    let record: RunRecord = serde_json::from_slice(bytes).ok()?;
    record.write(folder).expect("a file that can be written");
    match RunRecord::read(folder) {
        Ok(read) => assert_eq!(read, record),
        Err(error @ (ReadBackError::Version { .. } | ReadBackError::Schema { .. })) => {
            check_message(&error.to_string());
        }
        Err(error) => panic!("{error}"),
    }
    Some(record)
}

/// Any text stays as it is when it is written to a table and read back.
fn round_trip(folder: &Path, text: &str) {
    let mut table = TextsTable::create(folder).expect("a table that can be written");
    table.add(text, "a").expect("a table that can be written");
    let record = [table.finish().expect("a table that can be written")];
    let table = ReadTable::read(RunTables::new(folder, &record), "texts").expect("a table of ours");
    let row = table.rows().next().expect("a row");
    assert_eq!(table.cells(row, ["document", "file"]).expect("its columns"), [text, "a"]);
}

fn expect_line<T>(result: Result<T, ReadBackError>) {
    if let Err(error) = result {
        check_message(&error.to_string());
    }
}
