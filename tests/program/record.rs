//! The record of a run says what its tables were when they were written.

use std::fs;

use serde_json::Value;

use crate::place::Place;
use crate::tables::{Table, Tables, sha256};

/// Two documents in two groups.
fn place() -> Place {
    Place::with(&[
        ("in/a.txt", "犬が走る。犬かもしれない。"),
        ("in/b.txt", "必ず走る。"),
        ("in/variables.csv", "document,g\na.txt,x\nb.txt,y\n"),
    ])
}

fn run(place: &Place, arguments: &[&str]) {
    let run = place.run(arguments);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
}

/// Asserts that the record in `out` names every table with its digest and its rows, and itself.
fn assert_recorded(place: &Place, names: &[&str]) {
    let run = fs::read_to_string(place.path("out/run.json")).unwrap();
    let record: Value = serde_json::from_str(&run).unwrap();
    assert_eq!(record["schema"], 1);
    let tables = record["tables"].as_array().unwrap();
    assert_eq!(tables.iter().map(|table| table["name"].as_str().unwrap()).collect::<Vec<_>>(), names);
    for table in tables {
        let path = place.path("out").join(table["name"].as_str().unwrap());
        assert_eq!(table["sha256"], sha256(&fs::read(&path).unwrap()), "{table}");
        assert_eq!(table["rows"], Table::read(&path).rows.len(), "{table}");
    }
    let digest = record["sha256"].as_str().unwrap();
    let without = run.replace(&format!(",\n  \"sha256\": \"{digest}\"\n}}"), "\n}");
    assert_eq!(digest, sha256(without.as_bytes()));
}

const TABLES: [&str; 6] =
    ["documents.csv", "categories.csv", "markers.csv", "concordance.csv", "duplicates.csv", "columns.csv"];

const COMPARED: [&str; 8] = [
    "documents.csv",
    "categories.csv",
    "markers.csv",
    "concordance.csv",
    "duplicates.csv",
    "groups.csv",
    "comparisons.csv",
    "columns.csv",
];

#[test]
fn every_table_is_recorded_with_its_digest_and_rows() {
    let place = place();
    place.count(&["in"]);
    assert_recorded(&place, &TABLES);
    let compare = ["compare", "out", "--by", "g", "--resamples", "100"];
    run(&place, &compare);
    assert_recorded(&place, &COMPARED);
    run(&place, &[&compare[..], &["--seed", "2", "--force"]].concat());
    assert_recorded(&place, &COMPARED);
}

#[test]
fn a_comparison_while_counting_is_recorded() {
    let place = place();
    place.count(&["in", "--by", "g", "--resamples", "100"]);
    assert_recorded(&place, &COMPARED);
}

#[test]
fn a_record_of_another_schema_or_version_is_refused_by_name() {
    let place = place();
    place.count(&["in"]);
    let path = place.path("out/run.json");
    let run = fs::read_to_string(&path).unwrap();
    for (old, new, words) in [
        ("\"schema\": 1", "\"schema\": 2", "has version 2 of its schema, and this one reads version 1"),
        ("  \"schema\": 1,\n", "", "has version 0 of its schema, and this one reads version 1"),
        ("\"hedgerow\": \"", "\"hedgerow\": \"9.", "counted by hedgerow 9."),
    ] {
        fs::write(&path, run.replacen(old, new, 1)).unwrap();
        place.assert_refused(&["cite", "out"], &[&["out", words]]);
        place.assert_refused(&["compare", "out", "--by", "g"], &[&["out", words]]);
    }
}

#[test]
fn a_record_that_was_changed_is_refused() {
    let place = place();
    place.count(&["in"]);
    let path = place.path("out/run.json");
    let run = fs::read_to_string(&path).unwrap();
    let tables = Tables::read(&place.path("out"));
    let digest = tables.run["inputs"][0]["sha256"].as_str().unwrap();
    for changed in [
        run.replacen(digest, &"0".repeat(64), 1),
        run.replacen("\"entries\": ", "\"entries\": 9", 1),
        run.replacen("{\n", "{\n  \"more\": 1,\n", 1),
        run.replace("\n}\n", "\n}"),
        tables.run.to_string(),
    ] {
        assert_ne!(changed, run);
        fs::write(&path, changed).unwrap();
        place.assert_refused(&["cite", "out"], &[&["run.json", "is not as it was written", "count again"]]);
    }
}
