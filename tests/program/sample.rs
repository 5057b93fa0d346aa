//! `hedgerow sample`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use crate::place::{Place, corpus};
use crate::tables::{Row, Table, Tables, number};

/// The sample corpus, counted.
fn counted() -> (Place, Tables, String) {
    let place = Place::with::<&str>(&[]);
    let path = corpus().to_str().unwrap().to_owned();
    let (tables, _) = place.count(&[&path, "--no-report"]);
    (place, tables, path)
}

fn succeeded(place: &Place, arguments: &[&str]) -> String {
    let run = place.run(&[&["sample"], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

/// The cells of a row in some columns.
fn cells<const N: usize>(row: &Row, columns: [&str; N]) -> [String; N] {
    columns.map(|column| row[column].clone())
}

/// Checks that a sentence of a sheet is where it says, in its text.
fn assert_is_in_its_place(text: &str, row: &Row) {
    let (start, end) = (number(row, "start"), number(row, "end"));
    let characters: Vec<char> = text.chars().collect();
    let stretch = |from: usize, to: usize| characters[from..to].iter().collect::<String>();
    assert_eq!(stretch(start, end), row["left"]);
    let before = stretch(0, start);
    assert_eq!(number(row, "line"), 1 + before.matches('\n').count(), "{row:?}");
    assert!(before.trim_end().ends_with(&row["before"]), "{row:?}");
    assert!(stretch(end, characters.len()).trim_start().starts_with(&row["after"]), "{row:?}");
    assert_eq!(row["before"].is_empty(), before.trim().is_empty(), "{row:?}");
}

#[test]
fn a_sheet_has_hits_of_the_concordance_and_sentences_without_a_hit() {
    let (place, tables, path) = counted();
    let out = succeeded(
        &place,
        &["out", &path, "--hits", "150", "--sentences", "60", "--by", "genre", "--out", "sheet.csv"],
    );
    assert!(out.contains("60 of ") && out.contains("written: sheet.csv"), "{out}");
    let sheet = Table::read(&place.path("sheet.csv"));
    let place_of = |row: &Row| cells(row, ["document", "sentence"]);
    let mut in_sentence: BTreeMap<[String; 2], usize> = BTreeMap::new();
    let mut of_strata: BTreeMap<String, usize> = BTreeMap::new();
    for row in &tables.concordance.rows {
        *in_sentence.entry(place_of(row)).or_default() += 1;
        *of_strata.entry(format!("{} / {}", row["category"], row["genre"])).or_default() += 1;
    }
    for row in &tables.documents.rows {
        let with_hits = in_sentence.keys().filter(|[document, _]| *document == row["document"]).count();
        *of_strata.entry(format!("sentences / {}", row["genre"])).or_default() +=
            number(row, "sentences") - with_hits;
    }
    let mut drawn: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for (row, item) in sheet.rows.iter().zip(1..) {
        assert_eq!(number(row, "item"), item);
        assert!(ids.insert((&row["kind"], &row["id"])));
        assert_eq!(row["id"], format!("{}#{}-{}", row["document"], row["start"], row["end"]));
        *drawn.entry(&row["stratum"]).or_default() += 1;
        assert_eq!(number(row, "stratum_size"), of_strata[&row["stratum"]], "{row:?}");
        let chance = number(row, "stratum_drawn") as f64 / number(row, "stratum_size") as f64;
        assert_eq!(row["chance"].parse::<f64>().unwrap(), chance);
        assert_eq!(number(row, "hits_in_sentence"), in_sentence.get(&place_of(row)).copied().unwrap_or(0));
        assert!(row["stratum"].ends_with(&format!(" / {}", row["genre"])));
        for column in ["judgement", "correct_category", "correct_negated", "missed", "note"] {
            assert_eq!(row[column], "");
        }
        if row["kind"] == "hit" {
            let columns =
                ["document", "line", "sentence", "start", "end", "left", "node", "right", "marker", "stance"];
            let more = ["category", "category_ja", "negated", "genre"];
            let is_same = |hit: &&Row| {
                cells(hit, columns) == cells(row, columns)
                    && cells(hit, more) == cells(row, more)
                    && cells(hit, ["previous", "next"]) == cells(row, ["before", "after"])
            };
            assert_eq!(tables.concordance.rows.iter().filter(is_same).count(), 1, "{row:?}");
        } else {
            assert_eq!(
                cells(row, ["kind", "node", "right", "category", "negated"]),
                ["sentence", "", "", "", ""]
            );
            assert_is_in_its_place(&fs::read_to_string(corpus().join(&row["document"])).unwrap(), row);
        }
    }
    for row in &sheet.rows {
        assert_eq!(number(row, "stratum_drawn"), drawn[&*row["stratum"]]);
        assert!(number(row, "stratum_drawn") >= number(row, "stratum_size").min(2));
    }
    assert_eq!(drawn.len(), of_strata.len());
}

#[test]
fn every_sentence_of_a_long_text_is_in_its_place() {
    let text = fs::read_to_string(corpus().join("clinic/cell-therapy.txt")).unwrap();
    let text = text.trim_end().to_owned() + "\n";
    let text = text.repeat(200_000 / text.len() + 1);
    let place = Place::with(&[("long.txt", &text)]);
    let (tables, _) = place.count(&["long.txt", "--no-report"]);
    succeeded(&place, &["out", "--hits", "0", "--sentences", "100000", "--out", "sheet.csv"]);
    let sheet = Table::read(&place.path("sheet.csv"));
    let with_hits: BTreeSet<usize> =
        tables.concordance.rows.iter().map(|row| number(row, "sentence")).collect();
    let mut without: BTreeMap<usize, &Row> = BTreeMap::new();
    for row in &sheet.rows {
        assert!(without.insert(number(row, "sentence"), row).is_none());
        assert_eq!(row["chance"], "1");
    }
    let all = number(&tables.documents.rows[0], "sentences");
    assert!((1..=all).all(|sentence| with_hits.contains(&sentence) != without.contains_key(&sentence)));
    // A text is long in characters: some of the rows will do, and all around the ends of passages.
    for (index, row) in without.values().enumerate() {
        if index % 40 == 0 || number(row, "start") % 20_000 < 400 {
            assert_is_in_its_place(&text, row);
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_bytes_and_another_one_others() {
    let (place, _, path) = counted();
    let drawn = |seed: &str, threads: &str, name: &str| {
        let arguments =
            ["sample", "out", &path, "--hits", "50", "--sentences", "50", "--seed", seed, "--out", name];
        let run = place.run_with(&arguments, "", &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        fs::read(place.path(name)).unwrap()
    };
    for extension in ["csv", "xlsx"] {
        let name = |number: u32| format!("{number}.{extension}");
        assert!(drawn("1", "1", &name(1)) == drawn("1", "4", &name(2)), "{extension}");
    }
    assert_ne!(drawn("1", "4", "3.csv"), drawn("2", "4", "4.csv"));
}

#[test]
fn two_coders_have_a_sheet_each_and_share_some_items() {
    let (place, _, path) = counted();
    let arguments =
        ["out", &path, "--hits", "80", "--sentences", "40", "--coders", "2", "--out", "sheet.csv"];
    let out = succeeded(&place, &arguments);
    assert!(out.contains("30 rows are in all sheets"), "{out}");
    let ids = |coder: u32| -> BTreeSet<String> {
        let sheet = Table::read(&place.path(&format!("sheet-{coder}.csv")));
        sheet.rows.iter().map(|row| format!("{} {}", row["kind"], row["id"])).collect()
    };
    let (first, second) = (ids(1), ids(2));
    assert_eq!((first.len(), second.len(), first.intersection(&second).count()), (75, 75, 30));
    assert!(!place.path("sheet.csv").exists());
    place.assert_refused(&[&["sample"], &arguments[..]].concat(), &[&["sheet-1.csv", "--force"]]);
    let overlap = [&arguments[..], &["--overlap", "120", "--force"]].concat();
    succeeded(&place, &overlap);
    assert_eq!(ids(1), ids(2));
}

/// A member of a workbook.
fn member(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_workbook_has_lists_to_choose_from_and_notes_in_the_language_of_the_run() {
    let place = Place::with(&[("in/a.txt", "犬が走る。猫が寝る。犬だ。\n")]);
    place.count_dogs(&["in", "--lang", "ja", "--no-report"]);
    let arguments = ["sample", "out", "in", "--lexicon", "dogs.toml", "--out", "sheet.xlsx"];
    let run = place.run(&arguments);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(run.out.contains("there are no more than 2 hits; 200 were asked for"), "{}", run.out);
    let sheet = member(&place.path("sheet.xlsx"), "xl/worksheets/sheet1.xml");
    for list in ["\"right,wrong\"", "\"done\"", "\"true,false\"", "categories!$A$2:$A$"] {
        assert!(sheet.contains(list), "{list}: {sheet}");
    }
    assert!(sheet.contains("state=\"frozen\""));
    let notes = member(&place.path("sheet.xlsx"), "xl/comments1.xml");
    assert!(notes.contains("ヒットは right（正しい）または wrong（誤り）"), "{notes}");
    assert!(member(&place.path("sheet.xlsx"), "xl/sharedStrings.xml").contains("猫が寝る。"));
}

#[test]
fn texts_are_found_beside_a_run_that_is_called_after_them() {
    let place =
        Place::with(&[("in/b/a.txt", "犬が走る。猫が寝る。\n"), ("in/.hidden", "x"), ("c.txt", "犬。鳥。")]);
    place.count_dogs(&["in", "--no-report"]);
    fs::rename(place.path("out"), place.path("in-hedgerow")).unwrap();
    let sample = |folder: &str, out: &str| {
        succeeded(&place, &[folder, "--lexicon", "dogs.toml", "--out", out]);
        Table::read(&place.path(out)).column("left").into_iter().map(str::to_owned).collect::<BTreeSet<_>>()
    };
    assert!(sample("in-hedgerow", "a.csv").contains("猫が寝る。"));
    // Files that were named are looked for here, and what stands beside them does not matter.
    place.count_dogs(&["c.txt", "--no-report"]);
    assert!(sample("out", "b.csv").contains("鳥。"));
}

#[test]
fn what_can_t_be_drawn_is_refused_in_one_line() {
    let place = Place::with(&[
        ("in/a.txt", "犬が走る。猫が寝る。\n"),
        ("in/variables.csv", "document,genre,note\na.txt,x,y\n"),
    ]);
    place.count_dogs(&["in", "--without-text", "--no-report"]);
    fs::rename(place.path("out"), place.path("without")).unwrap();
    place.count_dogs(&["in", "--no-report"]);
    let refused = |arguments: &[&str], words: &[&str]| {
        let arguments = [&["sample"], arguments, &["--lexicon", "dogs.toml"]].concat();
        place.assert_refused(&arguments, &[words]);
    };
    refused(&["without", "in", "--out", "s.csv"], &["without", "have no text"]);
    refused(&["out", "--out", "s.csv"], &["out: ", "need the texts", "--sentences 0"]);
    refused(&["out", "in", "--out", "s.ods"], &["s.ods", ".csv or .xlsx"]);
    refused(&["out", "in", "--by", "gerne", "--out", "s.csv"], &["gerne", "genre"]);
    refused(&["out", "in", "--by", "note", "--out", "s.csv"], &["`note`", "another name"]);
    refused(&["out", "in", "--hits", "0", "--sentences", "0", "--out", "s.csv"], &["nothing to draw"]);
    refused(&["in", "in", "--out", "s.csv"], &["in"]);
    place.write("s.csv", "filled in");
    refused(&["out", "in", "--out", "s.csv"], &["s.csv", "--force"]);
    fs::remove_file(place.path("s.csv")).unwrap();
    place.write("in/a.txt", "犬が走る。猫も寝る。\n");
    refused(&["out", "in", "--out", "s.csv"], &["a.txt"]);
    // Hits ask for no text.
    succeeded(&place, &["out", "--sentences", "0", "--out", "s.csv"]);
    let run = place.run(&["sample", "out", "in", "--out", "t.csv"]);
    assert!(run.status == Some(1) && run.err.contains("lexicon"), "{run:?}");
}
