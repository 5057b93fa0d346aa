//! The texts that offsets count in.

use std::fs;

use crate::place::Place;
use crate::tables::{Table, number};

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
    let texts = Table::read(&place.path("texts/texts.csv"));
    assert_eq!(texts.header, ["document", "file"]);
    assert_eq!(texts.column("document"), tables.documents.column("document"));
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

#[test]
fn names_that_no_disk_can_hold_are_cut_and_the_table_says_where_the_text_is() {
    let id = "長い題名".repeat(40);
    let rows = format!(
        "id,text\n{id},犬が走る\n{id}。,猫と犬\n=犬,犬\nA,犬\na,犬と猫\nhttps://example.jp/?a=1,犬が\n"
    );
    let place = Place::with(&[("in/t.csv", rows), ("in/CON.txt", "犬は".into())]);
    let (tables, _) = place.count_dogs(&["in", "--id-column", "id"]);
    let run = place.run(&["texts", "in", "--out", "texts", "--id-column", "id"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{run:?}");
    let texts = Table::read(&place.path("texts/texts.csv"));
    assert_eq!(texts.column("document"), tables.documents.column("document"));
    let mut files = std::collections::BTreeSet::new();
    for row in &texts.rows {
        let file = row["file"].strip_prefix('\'').unwrap_or(&row["file"]);
        assert!(files.insert(file.to_lowercase()), "{row:?}");
        let text = fs::read_to_string(place.path("texts").join(file)).unwrap();
        let hits = tables.concordance.rows.iter().filter(|hit| hit["document"] == row["document"]);
        for hit in hits {
            let (start, end) = (number(hit, "start"), number(hit, "end"));
            assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), hit["node"]);
        }
    }
    assert_eq!(files.len(), 7);
}

#[test]
fn documents_that_cannot_be_read_are_left_out_on_request_and_said() {
    let place = Place::with(&[("in/a.txt", &b"a\0"[..]), ("in/b.txt", "犬".as_bytes())]);
    place.assert_refused(&["texts", "in", "--out", "texts"], &[&["a.txt", "NUL", "--skip-unreadable"]]);
    let run = place.run(&["texts", "in", "--out", "texts", "--skip-unreadable"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(
        run.out.contains("left out") && run.out.contains("a.txt") && run.out.contains("1 text: "),
        "{}",
        run.out
    );
    assert!(place.path("texts/b.txt.txt").exists() && !place.path("texts/a.txt.txt").exists());
}

#[test]
fn a_text_that_is_not_held_is_written_piece_by_piece() {
    // Longer than any that is held, and most of it blank lines.
    let text = format!("犬がいる。{}必ず効くだろう。\n", "\n".repeat(17 << 20));
    let place = Place::with(&[("in/a.txt", encoding_rs::SHIFT_JIS.encode(&text).0.into_owned())]);
    place.write("in/b.txt.gz", crate::compressed::gzipped(text.as_bytes()));
    place.write("in/c.txt", "猫");
    let run = place.run(&["texts", "in", "--out", "texts"]);
    assert_eq!((run.status, run.err.as_str(), run.out.as_str()), (Some(0), "", "3 texts: texts\n"));
    for name in ["a.txt.txt", "b.txt.gz.txt"] {
        assert!(fs::read_to_string(place.path("texts").join(name)).unwrap() == text, "{name}");
    }
    let mut changed = text.into_bytes();
    // Damaged behind what was read first: nothing of it is left.
    changed.extend(b"\xff");
    place.write("in/b.txt.gz", crate::compressed::gzipped(&changed));
    let arguments = ["texts", "in", "--out", "some", "--encoding", "UTF-8", "--skip-unreadable"];
    fs::remove_file(place.path("in/a.txt")).unwrap();
    assert_eq!(place.run(&arguments).status, Some(0));
    assert!(!place.path("some/b.txt.gz.txt").exists() && place.path("some/c.txt.txt").exists());
}

#[test]
fn what_is_coded_as_a_whole_has_a_limit() {
    let place = Place::with(&[("gold.csv", "document,line,start,end,node,stance,category,negated\n")]);
    fs::File::create(place.path("a.txt")).unwrap().set_len(70 << 20).unwrap();
    let words = ["a.txt", "all of its 73400320 bytes", "--max-document"];
    place.assert_refused(&["evaluate", "a.txt", "--gold", "gold.csv"], &[&words]);
}
