//! What is a document, what it is called, and how it is decoded.

use crate::place::Place;
use crate::tables::{number, strings};

#[test]
fn a_file_without_text_is_no_document_without_hedges() {
    for text in ["", "\u{feff}", "\n\n", " \u{3000}\r\n"] {
        let place = Place::with(&[("a.txt", text), ("b.txt", "犬と猫。")]);
        place.assert_refused(
            &["count", "a.txt", "b.txt", "--out", "out"],
            &[&["a.txt", "no text in the file"]],
        );
        let (tables, _) = place.count(&["a.txt", "b.txt", "--skip-unreadable"]);
        assert_eq!(tables.documents.rows.len(), 1);
        assert!(strings(&tables.run["skipped"])[0].starts_with("a.txt"));
    }
}

#[test]
fn an_empty_cell_has_zeros_and_no_rates() {
    for text in ["", " \u{3000}"] {
        let (tables, out) = Place::with(&[("a.csv", &format!("id,text\n1,{text}\n"))]).count(&["a.csv"]);
        let row = &tables.documents.rows[0];
        for (column, cell) in row {
            let characters = text.chars().count().to_string();
            let expected = match column.as_str() {
                "document" => "a.csv#1",
                "id" => "1",
                "characters" => &characters,
                column if column.contains("_per_1000_") || column.ends_with("_share") => "",
                _ => "0",
            };
            assert_eq!(cell, expected, "{column} of {text:?}");
        }
        assert!(!tables.categories.rows.is_empty());
        for row in &tables.categories.rows {
            assert_eq!((row["count"].as_str(), row["per_1000_tokens"].as_str()), ("0", ""));
        }
        assert!(tables.markers.rows.is_empty() && tables.concordance.rows.is_empty());
        assert!(out.contains("without a token"), "{out}");
    }
}

#[test]
fn a_text_without_markers_has_a_rate_of_zero_and_no_share() {
    let (tables, _) = Place::with(&[("a.txt", "犬と猫。")]).count(&["a.txt"]);
    let row = &tables.documents.rows[0];
    let cells = ["hedge", "hedge_per_1000_tokens", "hedge_share"].map(|column| row[column].as_str());
    assert_eq!(cells, ["0", "0", ""]);
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_document() {
    let place = Place::with(&[("with.txt", "\u{feff}犬と猫"), ("without.txt", "犬と猫")]);
    let (tables, _) = place.count_dogs(&["with.txt", "without.txt"]);
    assert_eq!(tables.documents.column("characters"), ["3", "3"]);
    assert_eq!(tables.concordance.column("start"), ["0", "0"]);
    assert_eq!(tables.concordance.column("left"), ["", ""]);
}

#[test]
fn line_ends_of_every_kind_count_as_they_stand_in_the_file() {
    for (line_end, starts) in [("\n", ["0", "2"]), ("\r\n", ["0", "3"]), ("\r", ["0", "2"])] {
        let place = Place::with(&[("a.txt", format!("犬{line_end}犬{line_end}"))]);
        let (tables, _) = place.count_dogs(&["a.txt"]);
        assert_eq!(tables.concordance.column("line"), ["1", "2"], "{line_end:?}");
        assert_eq!(tables.concordance.column("sentence"), ["1", "2"], "{line_end:?}");
        assert_eq!(tables.concordance.column("start"), starts, "{line_end:?}");
        assert_eq!(tables.documents.column("sentences"), ["2"], "{line_end:?}");
    }
}

#[test]
fn offsets_count_characters_and_not_bytes_or_marks_on_screen() {
    let (tables, _) = Place::with(&[("a.txt", "😀か\u{3099}、犬")]).count_dogs(&["a.txt"]);
    let row = &tables.concordance.rows[0];
    assert_eq!((number(row, "start"), number(row, "end")), (4, 5));
    assert_eq!(row["left"], "😀か\u{3099}、");
}

#[test]
fn standard_input_is_the_document_stdin() {
    let place = Place::with::<&str>(&[]);
    place.write("dogs.toml", crate::place::DOGS);
    let arguments = ["count", "-", "--out", "out", "--lexicon", "dogs.toml"];
    let run = place.run_with(&arguments, "猫と犬", &[]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let tables = crate::tables::Tables::read(&place.path("out"));
    assert_eq!(tables.documents.column("document"), ["stdin"]);
    assert_eq!(tables.concordance.column("start"), ["2"]);
}

#[test]
fn a_document_is_named_by_its_path_below_the_folder() {
    let place =
        Place::with(&[("top/b.txt", "犬"), ("top/a/c.txt", "犬"), ("top/a/d/e.md", "犬"), ("f.txt", "犬")]);
    let (tables, _) = place.count(&["top", "f.txt"]);
    assert_eq!(tables.documents.column("document"), ["a/c.txt", "a/d/e.md", "b.txt", "f.txt"]);
}

#[test]
fn hidden_files_and_readmes_are_no_documents() {
    let names = [".a.txt", ".b/c.txt", "README", "README.txt", "README.md", "d/README.ja.md", "e.txt"];
    let place =
        Place::with(&names.map(|name| (format!("in/{name}"), "犬")).each_ref().map(|(n, b)| (&**n, *b)));
    let (tables, out) = place.count(&["in"]);
    assert_eq!(tables.documents.column("document"), ["e.txt"]);
    assert_eq!(tables.run["passed_over"], serde_json::json!({}));
    assert!(!out.contains("not read"), "{out}");
}

#[test]
fn a_file_is_known_by_its_extension_or_by_having_none() {
    let names = [
        "in/a.txt",
        "in/B.TXT",
        "in/c.text",
        "in/d.md",
        "in/e",
        "in/f.html",
        "in/g.HTM",
        "in/h.jpg",
        "in/i.JPG",
    ];
    let place = Place::with(&names.map(|name| (name, "犬")));
    let (tables, out) = place.count(&["in"]);
    let documents = ["B.TXT", "a.txt", "c.text", "d.md", "e", "f.html", "g.HTM"];
    assert_eq!(tables.documents.column("document"), documents);
    let formats: Vec<&str> = tables.run["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| input["format"].as_str().unwrap())
        .collect();
    assert_eq!(formats, ["text", "text", "text", "markdown", "text", "html", "html"]);
    assert_eq!(tables.run["passed_over"], serde_json::json!({".JPG": 1, ".jpg": 1}));
    for kind in ["1 .jpg", "1 .JPG"] {
        assert!(out.contains(kind), "{kind} is not said: {out}");
    }
}

#[test]
fn only_the_table_of_variables_at_the_top_is_none_of_the_documents() {
    let files =
        [("in/a.txt", "犬"), ("in/variables.csv", "document,x\na.txt,1\n"), ("in/b/variables.csv", "")];
    let (tables, _) = Place::with(&files).count(&["in"]);
    assert_eq!(strings(&tables.run["tables_passed_over"]), ["b/variables.csv"]);
    assert!(strings(&tables.run["without_variables"]).is_empty());
}

#[test]
fn one_file_on_two_paths_is_counted_once() {
    let place = Place::with(&[("in/a/b.txt", "犬"), ("in/c.txt", "犬")]);
    for paths in [["in", "in/a"], ["in/a", "in"], ["in", "in/a/b.txt"], ["in", "./in"], ["in/../in", "in"]] {
        let (tables, out) = place.count(&[paths[0], paths[1], "--force"]);
        assert_eq!(tables.documents.column("document"), ["a/b.txt", "c.txt"], "{paths:?}");
        assert!(out.contains("found again"), "{out}");
    }
}

#[test]
#[cfg(unix)]
fn several_links_to_one_file_count_once() {
    let place = Place::with(&[("in/a.txt", "犬"), ("else/b.txt", "犬")]);
    std::os::unix::fs::symlink(place.path("in/a.txt"), place.path("in/c.txt")).unwrap();
    std::os::unix::fs::symlink(place.path("else"), place.path("in/one")).unwrap();
    std::os::unix::fs::symlink(place.path("else"), place.path("in/two")).unwrap();
    let (tables, out) = place.count(&["in"]);
    assert_eq!(tables.documents.column("document"), ["a.txt", "one/b.txt"]);
    assert!(out.contains("2 files found again"), "{out}");
}

#[test]
fn what_version_control_ignores_is_counted() {
    let files =
        [("in/.gitignore", "*.txt\n"), ("in/.git/x.txt", "犬"), ("in/a.txt", "犬"), (".ignore", "in\n")];
    let (tables, _) = Place::with(&files).count(&["in"]);
    assert_eq!(tables.documents.column("document"), ["a.txt"]);
}
