//! A table of variables that can't be used is refused with its file and line.

use crate::place::Place;

/// Asserts what is said of a table of variables, found in the folder or named.
fn assert_refused(table: &[u8], words: &[&str]) {
    let place =
        Place::with(&[("in/a.txt", "犬".as_bytes()), ("in/variables.csv", table), ("own.csv", table)]);
    let found = [&["variables.csv, line "], words].concat();
    place.assert_refused(&["count", "in", "--out", "out"], &[&found]);
    let named = [&["own.csv, line "], words].concat();
    place.assert_refused(&["count", "in", "--out", "out", "--variables", "own.csv"], &[&named]);
}

#[test]
fn no_column_for_the_document() {
    assert_refused(b"file,genre\na.txt,x\n", &["line 1: ", "expected a column `document`", "file, genre"]);
    assert_refused(b"", &["line 1: ", "expected a column `document`"]);
}

#[test]
fn a_document_that_stands_twice() {
    let words = ["line 4: ", "the document a.txt stands twice", "keep one row"];
    assert_refused(b"document,x\na.txt,1\nb.txt,2\na.txt,3\n", &words);
}

#[test]
fn a_document_that_stands_twice_without_a_variable() {
    let words = ["line 4: ", "the document a.txt stands twice", "keep one row"];
    assert_refused(b"document\na.txt\nb.txt\na.txt\n", &words);
}

#[test]
fn the_line_is_right_with_line_ends_of_every_kind() {
    for end in ["\n", "\r\n", "\r"] {
        let table = "document,x|a.txt,\"1|2\"||b.txt,2|a.txt,3|".replace('|', end);
        assert_refused(table.as_bytes(), &["line 6: ", "the document a.txt stands twice"]);
    }
}

#[test]
fn a_variable_with_the_name_of_a_column_of_the_results() {
    for name in ["hedge", "tokens", "hedge_share", "line", "category", "relative_position"] {
        let words = ["line 1: ", &format!("`{name}` has the name of a column of the results"), "rename it"];
        assert_refused(format!("document,{name}\na.txt,1\n").as_bytes(), &words);
    }
}

#[test]
fn a_variable_that_stands_twice_or_has_no_name() {
    assert_refused(b"document,x,x\na.txt,1,2\n", &["line 1: ", "`x` stands twice", "rename one"]);
    assert_refused(b"document,x,\na.txt,1,2\n", &["line 1: ", "column 3 has no name"]);
}

#[test]
fn a_row_of_another_length() {
    let words = ["line 3: ", "3 cells, but the header has 2", "quote cells that hold a comma"];
    assert_refused(b"document,x\na.txt,1\nb.txt,2,3\n", &words);
}

#[test]
fn bytes_of_no_encoding() {
    let table: &[u8] = b"document,x\na.txt,\xff\xff\n";
    let place = Place::with(&[("in/a.txt", "犬".as_bytes()), ("in/variables.csv", table)]);
    let words = ["variables.csv: not UTF-8, Shift_JIS, EUC-JP or ISO-2022-JP", "save it as UTF-8"];
    place.assert_refused(&["count", "in", "--out", "out"], &[&words]);
}

#[test]
fn a_table_that_is_not_there() {
    let place = Place::with(&[("a.txt", "犬")]);
    let arguments = ["count", "a.txt", "--out", "out", "--variables", "nowhere.csv"];
    place.assert_refused(&arguments, &[&["nowhere.csv", "check the path"]]);
}
