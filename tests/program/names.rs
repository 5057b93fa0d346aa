//! Names are compared composed: macOS writes the voiced mark of ガ as a character of its own.

use crate::place::Place;
use crate::spreadsheets::zipped;

/// ガイド as macOS writes it.
const GUIDE: &str = "カ\u{3099}イト\u{3099}";

#[test]
fn documents_are_called_by_composed_names_and_find_their_variables() {
    for (file, row) in [(GUIDE, "ガイド"), ("ガイド", GUIDE), (GUIDE, GUIDE)] {
        let place = Place::with(&[
            (format!("in/{file}/{file}.txt").as_str(), "犬。".to_owned()),
            ("in/variables.csv", format!("document,ジャンル\n{row}\\{row}.txt,x\n")),
        ]);
        let (tables, out) = place.count_dogs(&["in"]);
        assert_eq!(tables.documents.column("document"), ["ガイド/ガイド.txt"]);
        assert_eq!(tables.documents.column("ジャンル"), ["x"]);
        assert!(!out.contains("note:"), "{out}");
    }
}

#[test]
fn so_are_members_of_an_archive_rows_and_columns() {
    let archive = zipped(&[(&format!("{GUIDE}.txt"), "犬。".as_bytes())]);
    let table = format!("id,text,テ\u{3099}ータ\n{GUIDE},犬。,1\n");
    let variables = format!("document,x\nmac.zip/ガイド.txt,1\nrows.csv#{GUIDE},2\n");
    let place = Place::with(&[("mac.zip", archive), ("rows.csv", table.into()), ("v.csv", variables.into())]);
    let (tables, out) =
        place.count_dogs(&["mac.zip", "rows.csv", "--id-column", "id", "--variables", "v.csv"]);
    assert_eq!(tables.documents.column("document"), ["mac.zip/ガイド.txt", "rows.csv#ガイド"]);
    assert_eq!(tables.documents.column("x"), ["1", "2"]);
    assert_eq!(tables.documents.column("データ"), ["", "1"]);
    assert!(!out.contains("note:"), "{out}");
}

#[test]
fn so_are_documents_of_a_gold_coding_and_ids_of_a_lexicon() {
    let gold = format!(
        "document,line,start,end,node,stance,category,negated\n{GUIDE}.txt,1,3,6,期待さ,hedge,expectation,false\n"
    );
    let place = Place::with(&[("ガイド.txt", "効果が期待される。".to_owned()), ("gold.csv", gold)]);
    let run = place.run(&["evaluate", "--gold", "gold.csv", "ガイド.txt"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let entry = |id: &str| {
        format!(
            "category = \"animals\"\nstance = \"hedge\"\n[[entry]]\nid = \"{id}\"\npattern = '\"犬\"'\nexamples = [\"犬\"]\n"
        )
    };
    let place =
        Place::with(&[("a.txt", "犬。".to_owned()), ("a.toml", entry("ガイド")), ("b.toml", entry(GUIDE))]);
    let words = ["b.toml", "ガイド", "a.toml"];
    place.assert_refused(
        &["count", "a.txt", "--lexicon", "a.toml", "--lexicon", "b.toml", "--out", "none"],
        &[&words],
    );
}

#[test]
fn two_files_of_one_composed_name_are_an_error() {
    let place = Place::with(&[("in/ガイド.txt", "犬。"), (&format!("in/{GUIDE}.txt"), "猫。")]);
    place.assert_refused(
        &["count", "in", "--out", "out"],
        &[&["ガイド.txt", GUIDE, "would both be the document"]],
    );
}
