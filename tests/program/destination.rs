//! Where the tables go: whole or not at all, and over nobody's work.

use std::fs;

use crate::place::Place;
use crate::tables::Tables;

#[test]
fn a_folder_that_exists_is_refused() {
    let place = Place::with(&[("a.txt", "犬"), ("out/notes.txt", "mine")]);
    place.assert_refused(&["count", "a.txt", "--out", "out"], &[&["out", "exists already", "--force"]]);
}

#[test]
fn a_folder_that_exists_is_refused_even_if_it_is_empty() {
    let place = Place::with(&[("a.txt", "犬")]);
    fs::create_dir(place.path("out")).unwrap();
    place.assert_refused(&["count", "a.txt", "--out", "out"], &[&["out", "exists already", "--force"]]);
}

#[test]
fn a_file_is_refused_even_with_force() {
    let place = Place::with(&[("a.txt", "犬"), ("out", "mine")]);
    for arguments in [&["count", "a.txt", "--out", "out"][..], &["count", "a.txt", "--out", "out", "--force"]]
    {
        place.assert_refused(arguments, &[&["out", "it is a file", "name a folder"]]);
    }
}

#[test]
fn a_place_below_a_file_is_refused() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.assert_refused(&["count", "a.txt", "--out", "a.txt/out"], &[&["a.txt/out: a.txt is a file"]]);
}

#[test]
fn force_replaces_the_tables_and_keeps_what_is_not_ours() {
    let place = Place::with(&[("one.txt", "犬と犬"), ("two.txt", "犬"), ("out/notes.txt", "mine")]);
    place.write("dogs.toml", crate::place::DOGS);
    let count = |document, out| {
        let run = place.run(&["count", document, "--out", out, "--force", "--lexicon", "dogs.toml"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        Tables::read(&place.path(out)).bytes()
    };
    assert_eq!(count("one.txt", "out")["notes.txt"], b"mine");
    let mut replaced = count("two.txt", "out");
    assert_eq!(replaced.remove("notes.txt").as_deref(), Some(&b"mine"[..]));
    assert_eq!(replaced, count("two.txt", "fresh"));
}

#[test]
fn a_run_that_fails_leaves_the_tables_of_an_earlier_one() {
    let place = Place::with(&[("a.txt", &b"ok"[..]), ("b.txt", b"\xff")]);
    place.count(&["a.txt"]);
    place.assert_refused(&["count", "b.txt", "--out", "out", "--force"], &[&["b.txt", "UTF-8"]]);
}

#[test]
fn folders_above_are_made() {
    let place = Place::with(&[("a.txt", "犬")]);
    let run = place.run(&["count", "a.txt", "--out", "deep/er/out"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(!Tables::read(&place.path("deep/er/out")).documents.rows.is_empty());
}

#[test]
fn nothing_is_left_beside_the_tables() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.count(&["a.txt"]);
    place.run(&["count", "a.txt", "--out", "out", "--force"]);
    let mut names: Vec<_> =
        fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.txt", "out"]);
}

#[test]
fn where_a_table_cannot_be_replaced_no_record_says_that_the_run_is_whole() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.count(&["a.txt"]);
    // A folder in the place of the table that is replaced last of all.
    std::fs::remove_file(place.path("out/documents.csv")).unwrap();
    place.write("out/documents.csv/in-the-way", "");
    let run = place.run(&["count", "a.txt", "--out", "out", "--force"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.err.contains("documents.csv"), "{}", run.err);
    assert!(!place.path("out/run.json").exists(), "the record must be removed first");
    assert!(place.path("out/documents.csv/in-the-way").exists());
}
