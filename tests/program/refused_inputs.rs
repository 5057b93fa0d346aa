//! Paths that hold nothing to count are refused, and every problem is named.

use crate::place::Place;

#[test]
fn a_path_that_is_not_there() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.assert_refused(&["count", "nowhere", "--out", "out"], &[&["nowhere", "check the spelling"]]);
    place.assert_refused(&["count", "a.txt", "no/where.txt", "--out", "out"], &[&["no/where.txt"]]);
}

#[test]
fn several_paths_that_are_not_there_are_all_named() {
    let place = Place::with(&[("a.txt", "犬")]);
    let problems: &[&[&str]] = &[&["nowhere"], &["nothing"], &["nobody.txt"]];
    place.assert_refused(&["count", "nowhere", "a.txt", "nothing", "nobody.txt", "--out", "out"], problems);
}

#[test]
fn a_file_of_another_kind_that_is_named() {
    let place = Place::with(&[("a.jpg", "犬")]);
    place.assert_refused(&["count", "a.jpg", "--out", "out"], &[&["a.jpg", ".txt", "save it as plain text"]]);
}

#[test]
fn a_folder_without_a_file() {
    let place = Place::with(&[("in/.keep", "")]);
    place.assert_refused(&["count", "in", "--out", "out"], &[&["no document in in", ".txt"]]);
}

#[test]
fn a_folder_with_files_of_other_kinds_only() {
    let place = Place::with(&[("in/a.jpg", "犬"), ("in/b.jpg", "犬"), ("in/c.gif", "犬")]);
    let words = ["no document in in", ".txt", "1 .gif, 2 .jpg"];
    place.assert_refused(&["count", "in", "--out", "out"], &[&words]);
}

#[test]
fn two_documents_of_one_name() {
    let place = Place::with(&[("one/a.txt", "犬"), ("two/a.txt", "猫"), ("two/b.txt", "猫")]);
    let words = ["one/a.txt", "two/a.txt", "would both be the document a.txt", "rename one"];
    place.assert_refused(&["count", "one", "two", "--out", "out"], &[&words]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_no_table_can_hold() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::with(&[("in/a.txt", "犬")]);
    let name = std::ffi::OsStr::from_bytes(b"in/\xff.txt");
    std::fs::write(place.path("").join(name), "犬").unwrap();
    place.assert_refused(&["count", "in", "--out", "out"], &[&["not Unicode", "rename the file"]]);
}
