//! Documents that would fill the memory or be waited for without end.

use std::fs::File;

use crate::place::Place;
use crate::spreadsheets::zipped;
use crate::tables::strings;

/// A folder with a good document in `in`.
fn folder() -> Place {
    Place::with(&[("in/a.txt", "犬がいる。")])
}

/// Checks that what is in the folder `in` besides `a.txt` is refused with these words, and left out on request.
fn assert_left_out(place: &Place, problems: &[&[&str]]) {
    place.assert_refused(&["count", "in", "--out", "out"], problems);
    let (tables, _) = place.count(&["in", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("document"), ["a.txt"]);
    assert_eq!(strings(&tables.run["skipped"]).len(), problems.len());
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_refused_by_name() {
    let place = folder();
    let pipes = ["in/p.txt", "in/p.csv", "in/p.zip", "in/variables.csv", "in/noextension"]
        .map(|name| place.path(name));
    assert!(std::process::Command::new("mkfifo").args(pipes).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(place.path("in/s.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", place.path("in/z.html")).unwrap();
    let words = |name: &'static str| [name, "no regular file", "--skip-unreadable"];
    let names = ["noextension", "p.csv", "p.txt", "p.zip", "s.txt", "variables.csv", "z.html"].map(words);
    let problems: Vec<&[&str]> = names.iter().map(|words| &words[..]).collect();
    // In the order of the folder.
    let run = place.run(&["count", "in", "--out", "out"]);
    assert_eq!((run.status, run.err.lines().count()), (Some(1), names.len()), "{}", run.err);
    for words in problems {
        assert!(
            run.err.lines().any(|line| words.iter().all(|word| line.contains(word))),
            "{words:?}: {}",
            run.err
        );
    }
    let (tables, _) = place.count(&["in", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("document"), ["a.txt"]);
    for path in ["in/p.txt", "in/z.html", "/dev/zero"] {
        place.assert_refused(
            &["count", path, "--out", "other"],
            &[&[path, "no regular file", "`hedgerow … -`"]],
        );
    }
}

#[test]
fn a_page_larger_than_the_memory_is_refused_by_its_size() {
    let place = folder();
    File::create(place.path("in/b.html")).unwrap().set_len(1 << 40).unwrap();
    let words = ["b.html", "1099511627776 bytes", "no more than 67108864", "--max-document"];
    assert_left_out(&place, &[&words]);
}

#[test]
#[cfg(target_os = "linux")]
fn of_a_file_without_bytes_none_is_read() {
    let place = folder();
    std::os::unix::fs::symlink("/proc/self/status", place.path("in/status")).unwrap();
    assert_left_out(&place, &[&["status", "no text"]]);
}

#[test]
fn what_is_held_as_a_whole_has_a_limit() {
    let long = "犬がいる。".repeat(100);
    let page = format!("<p>{long}");
    let xlsx = crate::spreadsheets::xlsx(&[&["\"text\""], &[&format!("\"{long}\"")]]);
    for (name, bytes) in
        [("b.html", page.clone().into_bytes()), ("b.md", long.clone().into_bytes()), ("b.xlsx", xlsx)]
    {
        let place = folder();
        place.write(&format!("in/{name}"), bytes);
        let arguments = ["count", "in", "--out", "out", "--max-document", "1000"];
        place.assert_refused(&arguments, &[&[name, "no more than 1000 may be", "--max-document"]]);
        let (tables, _) = place.count(&["in", "--max-document", "100kB"]);
        assert_eq!(tables.documents.rows.len(), 2, "{name}");
        assert_eq!(tables.run["options"]["max_document"], 100 << 10);
    }
    let place = folder();
    place.write("in/b.zip", zipped(&[("b.txt", long.as_bytes()), ("c.txt", "猫".as_bytes())]));
    let words = ["b.zip/b.txt", "1500 bytes", "no more than 1000 may be"];
    place.assert_refused(&["count", "in", "--out", "out", "--max-document", "1000"], &[&words]);
    let (tables, _) = place.count(&["in", "--max-document", "1000", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("document"), ["a.txt", "b.zip/c.txt"]);
}

#[test]
fn a_size_has_a_unit_that_is_known() {
    let arguments = ["count", "in", "--out", "out", "--max-document", "1 bushel"];
    let run = folder().run(&arguments);
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("expected a size such as 500kB, 64MB or 2GB, not `1 bushel`"), "{}", run.err);
}

#[test]
fn a_row_has_a_limit_and_its_place_is_named() {
    let long = "犬".repeat(400);
    for (name, table) in [
        ("b.csv", format!("text,x\n猫,1\n{long},2\n")),
        ("b.tsv", format!("text\tx\n猫\t1\n{long}\t2\n")),
        ("b.jsonl", format!("{{\"text\": \"猫\"}}\n\n{{\"text\": \"{long}\"}}\n")),
        ("b.csv", format!("text,x\n猫,1\n\"{}", "犬\n".repeat(20_000))),
    ] {
        let place = folder();
        place.write(&format!("in/{name}"), table);
        let words = [name, "line 3", "more than 1000 bytes", "--max-document"];
        place.assert_refused(&["count", "in", "--out", "out", "--max-document", "1000"], &[&words]);
        let (tables, _) = place.count(&["in", "--max-document", "1000", "--skip-unreadable"]);
        assert_eq!(tables.documents.column("document"), ["a.txt", &format!("{name}#1")]);
    }
}

#[test]
fn a_cell_that_is_not_closed_is_an_error_of_its_row() {
    let place = Place::with(&[("a.csv", "text,x\n猫,1\n犬,\"2\n猫,3\n")]);
    place.assert_refused(&["count", "a.csv", "--out", "out"], &[&["a.csv, line 3", "none closes it"]]);
    let place = Place::with(&[("a.csv", "text,x\n猫,1\n犬,\"2\n\"")]);
    let (tables, _) = place.count(&["a.csv"]);
    assert_eq!(tables.documents.column("x"), ["1", "2\n"]);
}

#[test]
fn a_page_nests_no_deeper_than_the_limit() {
    let place = folder();
    place.write("in/deep.html", format!("{}犬{}", "<div>".repeat(25_000), "</div>".repeat(25_000)));
    place.write("in/deep.md", format!("{}犬", ">".repeat(10_000)));
    place.write("in/deep.xml", format!("<TEI><text><body>{}", "<div>".repeat(1_000)));
    place.write(
        "in/wide.html",
        format!("<p {}>犬", (0..50_000).map(|n| format!("a{n} ")).collect::<String>()),
    );
    assert_left_out(
        &place,
        &[
            &["deep.html", "more than 512 elements within one another"],
            &["deep.md", "more than 512 elements within one another"],
            &["deep.xml", "more than 512 elements within one another"],
            &["wide.html", "more than 4096 attributes"],
        ],
    );
}

#[test]
fn workbooks_that_lie_about_themselves_are_refused() {
    let cell = |place: &str| format!("<row><c r=\"{place}\" t=\"inlineStr\"><is><t>犬</t></is></c></row>");
    let header = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>text</t></is></c></row>";
    for (dimension, cells, words) in [
        ("A1", cell("ZZZZZZZ99999999999"), "ZZZZZZZ99999999999 lies beyond the last cell"),
        ("A1", cell("A4294967297"), "A4294967297 lies beyond"),
        ("B7:A2", cell("A2"), "B7:A2 lies beyond"),
        ("A1:XFD1048577", cell("A2"), "XFD1048577 lies beyond"),
    ] {
        let sheet = format!("<dimension ref=\"{dimension}\"/>{header}{cells}");
        let place = folder();
        place.write("in/b.xlsx", crate::spreadsheets::workbook(&[("S", "visible", &sheet)]));
        assert_left_out(&place, &[&["b.xlsx", words]]);
    }
}

#[test]
fn strings_of_a_workbook_are_counted_before_they_are_believed() {
    let header = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    let rows = |last: usize| {
        let row = |number| format!("<row r=\"{number}\"><c r=\"A{number}\" t=\"s\"><v>1</v></c></row>");
        (2..=last).map(row).fold(header.to_owned(), |rows, row| rows + &row)
    };
    let strings = |counted: u64, text: &str| {
        format!("<sst uniqueCount=\"{counted}\"><si><t>text</t></si><si><t>{text}</t></si></sst>")
    };
    let long = "犬がいる。".repeat(20_000);
    for (rows, strings, words) in [
        (rows(2), strings(4_000_000_000, "犬"), "it counts 4000000000 strings"),
        (rows(1_000), strings(2, &long), "more than 67108864 bytes of it would have to be held"),
    ] {
        let place = folder();
        let sheets = [("S", "visible", rows.as_str())];
        place.write("in/b.xlsx", crate::spreadsheets::workbook_with_strings(&sheets, &strings));
        assert_left_out(&place, &[&["b.xlsx", words]]);
    }
    let place = folder();
    let sheet = rows(3);
    let sheets = [("S", "visible", sheet.as_str())];
    place.write("in/b.xlsx", crate::spreadsheets::workbook_with_strings(&sheets, &strings(2, "猫")));
    let (tables, _) = place.count(&["in"]);
    assert_eq!(tables.documents.rows.len(), 3);
}

#[test]
fn a_row_is_not_called_like_a_file() {
    let place = Place::with(&[("in/a.csv", "text\n犬\n"), ("in/a.csv#1.txt", "犬")]);
    place.assert_refused(&["count", "in", "--out", "out"], &[&["a.csv#1.txt", "would both be the document"]]);
}

#[test]
#[cfg(unix)]
fn names_that_differ_by_the_separator_are_one() {
    let place = Place::with(&[("in/b/a.txt", "犬"), ("in/b\\a.txt", "猫")]);
    let words = ["would both be the document b/a.txt"];
    place.assert_refused(&["count", "in", "--out", "out"], &[&words]);
    place.assert_refused(&["texts", "in", "--out", "out"], &[&words]);
}
