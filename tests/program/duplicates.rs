//! The same text twice: listed, counted in the summary, and left out on request.

use std::fs;

use crate::place::Place;
use crate::tables::{Tables, number, strings};

/// Sentences that differ, with a dog in each.
pub fn text(from: usize, to: usize) -> String {
    const THINGS: [&str; 7] = ["山", "川", "森の中", "海辺", "町の広場", "駅前", "古い橋の下"];
    let sentence = |number: usize| {
        let [one, other] = [number % 7, number / 7 % 7].map(|thing| THINGS[thing]);
        format!("{number}日目の朝に犬が{one}から{other}まで走り、{}回も吠えた。\n", number * 37 % 101)
    };
    (from..to).map(sentence).collect()
}

fn place() -> Place {
    Place::with(&[
        ("in/a.txt", text(0, 40)),
        ("in/b.txt", text(100, 140)),
        ("in/c/equal.txt", text(0, 40).replace('\n', "\r\n　")),
        ("in/d.txt", text(200, 240)),
        ("in/near.txt", text(100, 138)),
        ("in/other.txt", text(130, 170)),
        ("in/variables.csv", "document,x\na.txt,1\nc/equal.txt,2\n".into()),
    ])
}

#[test]
fn equal_and_near_equal_texts_are_listed_with_the_first_of_them() {
    let (tables, out) = place().count_dogs(&["in"]);
    let duplicates = &tables.duplicates;
    assert_eq!(duplicates.column("document"), ["c/equal.txt", "near.txt"]);
    assert_eq!(duplicates.column("first"), ["a.txt", "b.txt"]);
    assert_eq!(duplicates.column("kind"), ["equal", "near"]);
    assert_eq!(duplicates.column("threshold"), ["1", "0.8"]);
    assert_eq!(duplicates.rows[0]["similarity"], "1");
    let near: f64 = duplicates.rows[1]["similarity"].parse().unwrap();
    assert!((0.9..1.0).contains(&near), "{near}");
    assert_eq!(tables.documents.rows.len(), 6);
    assert_eq!(
        (&tables.run["duplicates"], &tables.run["options"]["drop_duplicates"]),
        (&2.into(), &false.into())
    );
    let hits = tables.concordance.rows.len();
    let share = format!("{:.1} % of the hits", 100.0 * 78.0 / hits as f64);
    for words in ["2 documents", "1 equal, 1 near", &share, "--drop-duplicates", "duplicates.csv"] {
        assert!(out.contains(words), "{words}: {out}");
    }
}

#[test]
fn they_are_left_out_on_request_and_the_others_are_counted_as_before() {
    let place = place();
    let (all, _) = place.count_dogs(&["in"]);
    let (kept, out) = place.count_dogs(&["in", "--drop-duplicates", "--force"]);
    assert_eq!(kept.duplicates.rows, all.duplicates.rows);
    let is_kept = |document: &str| !["c/equal.txt", "near.txt"].contains(&document);
    for (kept, all) in [(&kept.documents, &all.documents), (&kept.concordance, &all.concordance)] {
        let rows: Vec<_> = all.rows.iter().filter(|row| is_kept(&row["document"])).cloned().collect();
        assert_eq!(kept.rows, rows);
    }
    assert!(out.contains("2 documents left out") && !out.contains("of the hits"), "{out}");
    assert_eq!(kept.run["options"]["drop_duplicates"], true);
    // A row for a document that was read and left out names a document.
    assert!(strings(&kept.run["variables_without_document"]).is_empty());
    // The record fits the tables.
    let run = place.run(&["compare", "out", "--by", "x", "--resamples", "100"]);
    assert!(run.status == Some(1) && run.err.contains("the same `x`"), "{run:?}");
}

#[test]
fn neither_threads_nor_forms_of_file_change_a_byte() {
    let place = place();
    let rows = (0..300)
        .map(|row| format!("{},\"{}\"\n", row, text(row / 3 * 50, row / 3 * 50 + 20)))
        .collect::<String>();
    place.write("in/t.csv", format!("id,text\n{rows}"));
    let [one, four] = ["1", "4"].map(|threads| {
        let arguments = ["count", "in", "--out", threads, "--drop-duplicates"];
        let run = place.run_with(&arguments, "", &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        Tables::read(&place.path(threads))
    });
    assert_eq!(one.bytes(), four.bytes());
    let of_rows = one.duplicates.rows.iter().filter(|row| row["document"].starts_with("t.csv#"));
    assert!(of_rows.count() >= 200);
}

#[test]
fn sentences_that_many_documents_have_are_listed() {
    let footer = "=本サービスの効果は必ずしも保証されるものではありません。";
    let files: Vec<(String, String)> = (0..12)
        .map(|number| {
            let footer = if number % 2 == 0 { footer } else { "" };
            (format!("in/{number:02}.txt"), text(number * 50, number * 50 + 5) + footer)
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (tables, out) = Place::with(&files).count(&["in"]);
    let [row] = &tables.duplicates.rows[..] else { panic!("{:?}", tables.duplicates.rows) };
    assert_eq!((row["kind"].as_str(), row["sentence"].as_str()), ("sentence", &*format!("'{footer}")));
    assert_eq!(
        (number(row, "documents"), row["share"].as_str(), row["threshold"].as_str()),
        (6, "0.5", "0.1")
    );
    assert!(out.contains("1 sentence in more than a tenth of the documents"), "{out}");
}

#[test]
fn where_there_are_none_the_table_has_its_header_alone() {
    let place = Place::with(&[
        ("in/a.txt", text(0, 9)),
        ("in/b.txt", text(50, 59)),
        ("in/c.txt", "はい".into()),
        ("in/d.txt", "はい".into()),
    ]);
    let (tables, out) = place.count(&["in"]);
    assert!(tables.duplicates.rows.is_empty() && !out.contains("note:"), "{out}");
    assert_eq!(fs::read_to_string(place.path("out/duplicates.csv")).unwrap().lines().count(), 1);
}
