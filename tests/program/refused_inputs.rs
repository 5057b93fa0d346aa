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

#[test]
fn a_folder_of_tables_without_a_column_that_holds_the_text() {
    let place = Place::with(&[("in/a.csv", "id,answer\n1,犬\n"), ("in/b.tsv", "x\ty\n犬\t猫\n")]);
    let words = ["no document in in", "a.csv (id, answer)", "b.tsv (x, y)", "--text-column"];
    place.assert_refused(&["count", "in", "--out", "out"], &[&words]);
    place.assert_refused(&["texts", "in", "--out", "out"], &[&words]);
    place.write("in/c.jpg", "犬");
    place.assert_refused(&["count", "in", "--out", "out"], &[&[&words[..], &["1 .jpg"]].concat()]);
}

#[test]
fn a_pattern_that_no_shell_has_expanded_is_expanded_or_said_to_match_nothing() {
    let place =
        Place::with(&[("in/a.txt", "犬"), ("in/b.txt", "猫だ"), ("in/c.md", "鳥だ"), ("in/[x].txt", "魚だ")]);
    let (tables, _) = place.count(&["in/?.txt", "in/*.md"]);
    assert_eq!(tables.documents.column("document"), ["a.txt", "b.txt", "c.md"]);
    let problems: &[&[&str]] = &[&["in/*.html", "no file has such a name"], &["no/*.txt"]];
    place.assert_refused(&["count", "in/*.html", "no/*.txt", "in/[x].txt", "--out", "new"], problems);
    place.assert_refused(&["texts", "*.html", "--out", "new"], &[&["*.html", "no file has such a name"]]);
}

#[test]
fn a_value_of_an_option_that_stands_for_a_path() {
    let place = Place::with(&[("a.txt", "犬")]);
    for value in ["auto", "no", "never"] {
        let equals = format!("--wrapped={value}");
        place.assert_refused(&["count", "--wrapped", value, "a.txt", "--out", "out"], &[&[value, &equals]]);
        assert_eq!(place.run(&["count", &equals, "a.txt", "--out", value]).status, Some(0));
    }
    let run = place.run(&["count", "--encoding", "shiftjsi", "a.txt", "--out", "out"]);
    assert!(run.status == Some(2) && run.err.contains("did you mean Shift_JIS?"), "{run:?}");
    assert_eq!(place.run(&["count", "--encoding", "shiftjis", "a.txt", "--out", "sjis"]).status, Some(0));
}

#[test]
fn files_of_kinds_that_other_programs_read_are_named_with_these() {
    for (extension, words) in [
        ("doc", &[".docx", "LibreOffice", "*.doc"][..]),
        ("RTF", &[".docx", "LibreOffice"]),
        ("hwp", &[".docx", "Hancom"]),
        ("odt", &[".docx", "LibreOffice"]),
        ("pages", &[".docx", "Pages"]),
        ("jtd", &[".docx", "Ichitaro"]),
        ("xls", &[".xlsx", "LibreOffice"]),
        ("pptx", &[".txt"]),
        ("json", &[".jsonl"]),
    ] {
        let name = format!("in/a.{extension}");
        let place = Place::with(&[(name.as_str(), "犬")]);
        place.assert_refused(&["count", &name, "--out", "out"], &[words]);
        place.assert_refused(&["count", "in", "--out", "out"], &[&[&["no document in in"], words].concat()]);
    }
}
