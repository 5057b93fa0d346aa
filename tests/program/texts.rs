//! The texts that offsets count in.

use std::fs;

use crate::place::Place;
use crate::tables::number;

#[test]
fn every_node_stands_in_the_text_of_its_document() {
    let place = Place::with(&[
        ("in/a.html", "<h1>犬</h1><p>😀犬が<ruby>走<rt>はし</rt></ruby>る。</p>"),
        ("in/b/c.md", "# 犬\n\n犬が**走**\nる。"),
        ("in/d.csv", "text,id\n犬が走る,1/x\n猫と犬,..\n"),
        ("in/e.txt", "犬\r\n犬"),
    ]);
    let (tables, _) = place.count_dogs(&["in", "--id-column", "id"]);
    let run = place.run(&["texts", "in", "--out", "texts", "--id-column", "id"]);
    assert_eq!((run.status, run.err.as_str(), run.out.as_str()), (Some(0), "", "5 texts: texts\n"));
    assert_eq!(tables.concordance.rows.len(), 8);
    for row in &tables.concordance.rows {
        let path = place.path("texts").join(format!("{}.txt", row["document"]));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (start, end) = (number(row, "start"), number(row, "end"));
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), row["node"], "{row:?}");
    }
}

#[test]
fn a_folder_that_exists_and_documents_that_cannot_be_read_are_refused() {
    let place = Place::with(&[("a.txt", &b"a\0"[..]), ("texts/mine", b"")]);
    place.assert_refused(&["texts", "a.txt", "--out", "texts"], &[&["texts", "exists already"]]);
    place.assert_refused(&["texts", "a.txt", "--out", "new"], &[&["a.txt", "NUL"]]);
}
