//! The variables of the documents.

use crate::place::Place;
use crate::tables::strings;

#[test]
fn variables_stand_behind_the_document_in_their_own_order() {
    let files = [
        ("in/a.txt", "犬"),
        ("in/b/c.txt", "犬"),
        ("in/variables.csv", "year,document,genre\n2020,b/c.txt,x\n2021,a.txt,\n"),
    ];
    let (tables, _) = Place::with(&files).count(&["in"]);
    assert_eq!(tables.documents.header[..3], ["document", "year", "genre"]);
    assert_eq!(tables.documents.column("year"), ["2021", "2020"]);
    assert_eq!(tables.documents.column("genre"), ["", "x"]);
    assert_eq!(tables.run["options"]["variables"][0]["name"], "variables.csv");
}

#[test]
fn what_finds_no_partner_is_listed() {
    let files = [
        ("in/a.txt", "犬"),
        ("in/b.txt", "犬"),
        ("in/variables.csv", "document,x\na.txt,1\nc.txt,2\nd.txt,3\n"),
    ];
    let (tables, out) = Place::with(&files).count(&["in"]);
    assert_eq!(tables.documents.column("document"), ["a.txt", "b.txt"]);
    assert_eq!(tables.documents.column("x"), ["1", ""]);
    assert_eq!(strings(&tables.run["without_variables"]), ["b.txt"]);
    assert_eq!(strings(&tables.run["variables_without_document"]), ["c.txt", "d.txt"]);
    let notes: Vec<&str> = out.lines().filter(|line| line.starts_with("note: ")).collect();
    assert!(notes.len() == 2 && notes[0].contains("1 ") && notes[1].contains("2 "), "{out}");
}

#[test]
fn where_all_find_their_partner_nothing_is_said() {
    let (tables, out) =
        Place::with(&[("in/a.txt", "犬"), ("in/variables.csv", "document,x\na.txt,1\n")]).count(&["in"]);
    assert!(strings(&tables.run["without_variables"]).is_empty());
    assert!(strings(&tables.run["variables_without_document"]).is_empty());
    assert!(!out.contains("note:"), "{out}");
}

#[test]
fn a_table_that_is_named_takes_the_place_of_the_one_in_the_folder() {
    let files = [
        ("in/a.txt", "犬"),
        ("in/variables.csv", "document,x\na.txt,1\n"),
        ("other.csv", "document,y\na.txt,2\n"),
    ];
    let (tables, _) = Place::with(&files).count(&["in", "--variables", "other.csv"]);
    assert_eq!(tables.documents.header[..2], ["document", "y"]);
    assert_eq!(tables.documents.column("y"), ["2"]);
    assert_eq!(tables.run["options"]["variables"][0]["name"], "other.csv");
}

#[test]
fn a_table_as_excel_on_windows_writes_it_is_read() {
    let files = [("in/b/a.txt", "犬"), ("in/variables.csv", "\u{feff}document,x\r\nb\\a.txt,1\r\n")];
    let (tables, _) = Place::with(&files).count(&["in"]);
    assert_eq!(tables.documents.column("x"), ["1"]);
}

#[test]
fn the_tables_of_several_folders_are_joined() {
    let files = [
        ("one/a.txt", "犬"),
        ("one/variables.csv", "document,x\na.txt,1\n"),
        ("two/b.txt", "犬"),
        ("two/variables.csv", "document,y\nb.txt,2\n"),
    ];
    let (tables, _) = Place::with(&files).count(&["one", "two"]);
    assert_eq!(tables.documents.column("x"), ["1", ""]);
    assert_eq!(tables.documents.column("y"), ["", "2"]);
}

#[test]
fn what_a_name_without_a_partner_probably_means_is_shown() {
    let files = [
        ("in/x/a.txt", "犬が走る"),
        ("in/b.html", "猫"),
        ("in/c.txt", "鳥"),
        ("in/variables.csv", "document,x\na,1\nB.HTML,2\nother.md,3\n"),
    ];
    let (_, out) = Place::with(&files).count(&["in"]);
    for words in [
        "a (nearest: x/a.txt, of another folder)",
        "B.HTML (nearest: b.html, of another case)",
        "x/a.txt (nearest: a, of another folder)",
        "      other.md\n",
        "      c.txt\n",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
}

#[test]
fn a_comparison_by_a_table_that_names_no_document_shows_the_names() {
    let files = [
        ("in/a.txt", "犬が走る"),
        ("in/b.txt", "猫"),
        ("in/variables.csv", "document,x\ntexts/a,1\ntexts/b,2\n"),
    ];
    let words = ["no document has a value of `x`", "texts/a (nearest: a.txt, of another folder)", "b.txt"];
    Place::with(&files).assert_refused(&["count", "in", "--out", "out", "--by", "x"], &[&words]);
}
