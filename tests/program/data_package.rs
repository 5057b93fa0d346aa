//! `datapackage.json` describes the tables as they are. That it is one, frictionless says: see tests/loading.

use std::fs;
use std::path::Path;

use hedgerow::tables::RunRecord;
use serde_json::{Value, json};

use crate::place::Place;
use crate::tables::{Table, sha256};

fn place() -> Place {
    let place = Place::with(&[
        ("in/a.txt", "必ず雨だ。"),
        ("in/b.txt", "たぶん雨だろう。"),
        ("in/variables.csv", "document,g,=x\na.txt,NA,1\nb.txt,001,2\n"),
    ]);
    place.count(&["in"]);
    place
}

fn read(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap()
}

fn compare(place: &Place) {
    let run = place.run(&["compare", "out", "--by", "g", "--resamples", "100"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
}

#[test]
fn every_table_and_every_column_of_it_is_described() {
    let place = place();
    for is_compared in [false, true] {
        if is_compared {
            compare(&place);
        }
        let package = read(&place.path("out"));
        assert_eq!(package["profile"], "tabular-data-package");
        let resources = package["resources"].as_array().unwrap();
        let run = RunRecord::read(&place.path("out")).unwrap();
        let paths: Vec<&str> = resources.iter().map(|resource| resource["path"].as_str().unwrap()).collect();
        assert_eq!(paths, run.tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>());
        assert_eq!(paths.contains(&"groups.csv"), is_compared);
        for (resource, path) in resources.iter().zip(paths) {
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(names, Table::read(&place.path("out").join(path)).header, "{path}");
            let missing = &resource["schema"]["missingValues"];
            assert_eq!((missing, &resource["encoding"]), (&json!([""]), &json!("utf-8")));
        }
        let schema = &resources[3]["schema"];
        assert_eq!(schema["primaryKey"], json!(["document", "start"]));
        let field = |name: &str| {
            schema["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap()
        };
        assert_eq!((&field("'=x")["type"], &field("g")["type"]), (&json!("string"), &json!("string")));
        assert_eq!(
            (&field("negated")["type"], &field("start")["type"]),
            (&json!("boolean"), &json!("integer"))
        );
        let position = field("relative_position");
        assert_eq!(
            (&position["type"], &position["constraints"]),
            (&json!("number"), &json!({"minimum": 0, "maximum": 1}))
        );
    }
}

#[test]
fn a_change_of_it_is_noticed() {
    let place = place();
    let path = place.path("out/datapackage.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"integer\"", "\"number\"", 1)).unwrap();
    let run = place.run(&["verify", "out"]);
    assert_eq!(run.status, Some(1));
    assert!(run.err.contains("datapackage.json: it was changed since it was written"), "{}", run.err);
    // The record says that it is as it should be.
    let mut record = RunRecord::read(&place.path("out")).unwrap();
    record.files[0].sha256 = sha256(&fs::read(&path).unwrap());
    record.write(&place.path("out")).unwrap();
    let run = place.run(&["verify", "out"]);
    assert_eq!(run.status, Some(1));
    assert!(run.err.contains("datapackage.json, line") && run.err.contains("\"number\""), "{}", run.err);
    fs::remove_file(&path).unwrap();
    let run = place.run(&["verify", "out"]);
    assert!(run.status == Some(1) && run.err.contains("datapackage.json"), "{}", run.err);
}

#[test]
fn one_that_no_record_names_is_not_the_programs() {
    let place = place();
    let mut record = RunRecord::read(&place.path("out")).unwrap();
    record.files.retain(|file| file.name != "datapackage.json");
    record.write(&place.path("out")).unwrap();
    let run = place.run(&["verify", "out"]);
    assert!(run.status == Some(1) && run.err.contains("run.json names no such"), "{}", run.err);
    place.write("out/datapackage.json", "{}");
    compare(&place);
    assert_eq!(read(&place.path("out"))["name"], "hedgerow-run");
    assert_eq!(fs::read_to_string(place.path("out/datapackage.edited.json")).unwrap(), "{}");
    let run = place.run(&["verify", "out"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
}
