//! Tables that were changed since they were written are refused by all that read them.

use std::fs;

use hedgerow::tables::{RunRecord, TableRecord};

use crate::place::Place;
use crate::tables::recorded;

/// Four documents in two groups, counted and compared.
fn place() -> Place {
    let place = Place::with(&[
        ("in/a.txt", "犬が走る。犬かもしれない。必ず勝つ。"),
        ("in/b.txt", "効果が期待される。たぶん雨だろう。"),
        ("in/c.txt", "必ず効く。明らかである。"),
        ("in/d.txt", "雨。"),
        ("in/variables.csv", "document,g\na.txt,x\nb.txt,x\nc.txt,y\nd.txt,y\n"),
    ]);
    place.count(&["in", "--by", "g", "--resamples", "100"]);
    place
}

type Rows = Vec<Vec<String>>;

/// A change of a table.
type Edit = Box<dyn Fn(&mut Rows)>;

/// Changes a table of `out`.
fn edit(place: &Place, table: &str, change: &dyn Fn(&mut Rows)) {
    let path = place.path("out").join(format!("{table}.csv"));
    let text = fs::read_to_string(&path).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let row = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    let mut rows: Rows = reader.records().map(|record| row(record.unwrap())).collect();
    change(&mut rows);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    fs::write(path, writer.into_inner().unwrap()).unwrap();
}

/// Writes into the record that the tables are as they should be.
fn forge(place: &Place) {
    let folder = place.path("out");
    let mut record = RunRecord::read(&folder).unwrap();
    record.add_tables(recorded(&folder));
    record.write(&folder).unwrap();
}

fn column(rows: &Rows, name: &str) -> usize {
    rows[0].iter().position(|cell| cell == name).unwrap()
}

/// Changes a cell of the first row of a table.
fn set(name: &'static str, cell: &'static str) -> Edit {
    Box::new(move |rows| {
        let column = column(rows, name);
        rows[1][column] = cell.into();
    })
}

const COMPARE: [&str; 6] = ["compare", "out", "--by", "g", "--resamples", "100"];

/// Everything that reads the tables of a count.
fn readers_of(table: &str) -> Vec<Vec<&'static str>> {
    let compare = [&COMPARE[..], &["--force"]].concat();
    match table {
        "documents" => vec![compare, vec!["cite", "out"]],
        "categories" | "markers" | "concordance" => vec![compare],
        "groups" | "comparisons" => vec![vec!["cite", "out", "--latex"]],
        _ => vec![],
    }
}

#[test]
fn a_table_that_was_changed_is_refused_by_all_that_read_it() {
    let place = place();
    let whole: Vec<(String, Vec<u8>)> = fs::read_dir(place.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    let swap = |one: &'static str, other: &'static str| -> Edit {
        Box::new(move |rows| {
            let (one, other) = (column(rows, one), column(rows, other));
            rows[0].swap(one, other);
        })
    };
    let cut = || -> Edit { Box::new(|rows| rows.truncate(rows.len() / 2 + 1)) };
    let twice = || -> Edit { Box::new(|rows| rows.push(rows[1].clone())) };
    let without_last = || -> Edit { Box::new(|rows| drop(rows.pop())) };
    let header_only = || -> Edit { Box::new(|rows| rows.truncate(1)) };
    let mut changes: Vec<(&str, Edit)> = vec![
        ("documents", set("tokens", "18446744073709551615")),
        ("documents", set("tokens", "0")),
        ("documents", set("tokens", "+12")),
        ("documents", set("tokens", "007")),
        ("documents", set("tokens", "1e3")),
        ("documents", set("tokens", "NaN")),
        ("documents", set("tokens", "")),
        ("documents", set("hedge", "100000")),
        ("documents", set("sentences_hedged", "9999")),
        ("documents", set("document", "zzz")),
        ("documents", set("g", "y")),
        ("documents", swap("hedge", "assertive")),
        ("documents", swap("document", "g")),
        ("categories", set("count", "9999")),
        ("categories", set("stance", "assertive")),
        ("markers", set("count", "18446744073709551615")),
        ("markers", set("count", "77")),
        ("markers", swap("count", "negated")),
        ("concordance", set("start", "7")),
        ("concordance", set("relative_position", "0.5")),
        ("concordance", swap("start", "end")),
        ("groups", set("rate", "NaN")),
        ("groups", set("rate", "123456")),
        ("groups", set("rate", "\\input{x}")),
        ("groups", set("group", "z")),
        ("comparisons", set("measure", "\\input{x}")),
        ("comparisons", set("permutation_p_holm", "inf")),
    ];
    for table in ["documents", "categories", "markers", "concordance", "groups", "comparisons"] {
        changes.extend([(table, cut()), (table, twice()), (table, without_last()), (table, header_only())]);
    }
    for (number, (table, change)) in changes.iter().enumerate() {
        edit(&place, table, change);
        let file = format!("{table}.csv");
        for reader in readers_of(table) {
            let run = place.run(&reader);
            assert_eq!((run.status, run.out.as_str()), (Some(1), ""), "{number} {table} {reader:?}");
            assert_eq!(run.err.lines().count(), 1, "{}", run.err);
            assert!(
                run.err.contains(&file) && run.err.contains("count again"),
                "{number} {table}: {}",
                run.err
            );
        }
        for (name, bytes) in &whole {
            fs::write(place.path("out").join(name), bytes).unwrap();
        }
    }
}

/// A record that says that the changed tables are as they should be: what the tables promise of each other is
/// checked all the same.
#[test]
fn sums_that_do_not_agree_are_refused_whatever_the_record_says() {
    let compare = [&COMPARE[..], &["--force"]].concat();
    let last = |rows: &mut Rows| drop(rows.pop());
    let first_twice = |rows: &mut Rows| rows.push(rows[1].clone());
    let swapped = |rows: &mut Rows| rows.swap(1, 2);
    let first_marker_gone = |rows: &mut Rows| drop(rows.remove(1));
    let changes: [(&str, Edit, &[&str]); 20] = [
        (
            "documents",
            set("tokens", "18446744073709551615"),
            &["documents.csv, line 2", "`tokens` is 18446744073709551615"],
        ),
        (
            "documents",
            set("sentences_other", "18446744073709551615"),
            &["documents.csv, line 2", "sentences_other", "too large"],
        ),
        ("documents", set("hedge", "5"), &["documents.csv, line 2", "`hedge_per_1000_tokens` is"]),
        (
            "documents",
            set("hedge_negated", "5"),
            &["documents.csv, line 2", "`hedge_negated` is 5", "make it 0"],
        ),
        ("documents", set("hedge", "100000"), &["documents.csv, line 2", "`hedge` is 100000", "or less"]),
        ("documents", set("sentences", "4"), &["documents.csv, line 2", "`sentences` is 4", "make it 3"]),
        ("documents", set("hedge_share", ""), &["`hedge_share` is empty"]),
        ("documents", Box::new(last), &["categories.csv, line", "d.txt", "not in documents.csv"]),
        ("documents", Box::new(first_twice), &["categories.csv", "expected a row of a.txt"]),
        ("documents", Box::new(swapped), &["expected a row of b.txt", "found one of a.txt"]),
        ("categories", Box::new(last), &["categories.csv", "expected a row of d.txt"]),
        ("categories", Box::new(first_twice), &["categories.csv", "a.txt is not in documents.csv"]),
        ("categories", Box::new(swapped), &["categories.csv, line 3", "expected a row of the next category"]),
        (
            "categories",
            set("per_1000_tokens", "0.5"),
            &["categories.csv, line 2", "`per_1000_tokens` is 0.5"],
        ),
        ("categories", set("count", "18446744073709551615"), &["categories.csv, line 2"]),
        ("markers", Box::new(last), &["documents.csv, line 4"]),
        ("markers", Box::new(first_marker_gone), &["documents.csv, line 2"]),
        ("markers", Box::new(first_twice), &["markers.csv", "a.txt is not in documents.csv"]),
        ("markers", set("count", "0"), &["markers.csv, line 2", "a marker that occurs"]),
        ("markers", set("stance", "none"), &["markers.csv, line 2", "expected hedge or assertive"]),
    ];
    let place = place();
    let restore = copies(&place);
    for (number, (table, change, words)) in changes.iter().enumerate() {
        edit(&place, table, change);
        forge(&place);
        let run = place.run(&compare);
        assert_eq!((run.status, run.out.as_str()), (Some(1), ""), "{number} {table}");
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        for word in *words {
            assert!(run.err.contains(word), "{number} {word}: {}", run.err);
        }
        restore();
    }
}

/// A function that puts the files of `out` back as they are.
fn copies(place: &Place) -> impl Fn() {
    let folder = place.path("out");
    let files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    move || {
        for (path, bytes) in &files {
            fs::write(path, bytes).unwrap();
        }
    }
}

#[test]
fn a_record_of_another_run_is_refused() {
    let place = place();
    let run = place.run(&["count", "in/a.txt", "in/b.txt", "--out", "other"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    fs::copy(place.path("other/run.json"), place.path("out/run.json")).unwrap();
    for arguments in [&["cite", "out"][..], &COMPARE] {
        let arguments = [arguments, if arguments[0] == "compare" { &["--force"] } else { &[] }].concat();
        let run = place.run(&arguments);
        assert_eq!((run.status, run.out.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(run.err.contains("documents.csv"), "{}", run.err);
    }
}

#[test]
fn an_empty_table_is_told_from_one_without_variables() {
    let place = place();
    place.write("out/documents.csv", "");
    let compare = [&COMPARE[..], &["--force"]].concat();
    place.assert_refused(&compare, &[&["documents.csv, line 1", "`document` is missing"]]);
}

#[test]
fn a_table_that_the_record_does_not_name_is_refused() {
    let place = place();
    let folder = place.path("out");
    let mut record = RunRecord::read(&folder).unwrap();
    record.tables.retain(|table: &TableRecord| table.name != "groups.csv");
    record.write(&folder).unwrap();
    place.assert_refused(&["cite", "out", "--latex"], &[&["groups.csv", "run.json names no such table"]]);
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_not_waited_for() {
    let place = place();
    for name in ["run.json", "documents.csv"] {
        let path = place.path("out").join(name);
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        let run = place.run(&["cite", "out"]);
        assert_eq!(run.status, Some(1), "{name}");
        assert!(run.err.contains(name) && run.err.contains("not a file"), "{}", run.err);
        fs::remove_file(&path).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
