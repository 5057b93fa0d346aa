//! Tables without the text of the documents, to be shared without it.

use std::fs;

use crate::duplicates::text;
use crate::place::Place;

/// Sentences of which one stands in many documents.
fn place() -> Place {
    let files: Vec<(String, String)> = (0..30)
        .map(|number| {
            let own = text(100 * number, 100 * number + 20);
            (
                format!("in/{number:02}.txt"),
                format!("始めの文。\n秘密の犬が走る。\n{own}どこにでもある犬の決まり文句。\n"),
            )
        })
        .collect();
    let files: Vec<(&str, String)> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    Place::with(&files)
}

const TEXT: [(&str, &[&str]); 2] =
    [("concordance", &["left", "node", "right", "previous", "next"]), ("duplicates", &["sentence"])];

#[test]
fn no_text_is_in_any_file_and_everything_else_is_the_same() {
    let place = place();
    let (with, _) = place.count_dogs(&["in"]);
    fs::rename(place.path("out"), place.path("with")).unwrap();
    let (without, _) = place.count_dogs(&["in", "--without-text"]);
    assert!(with.concordance.rows.len() == 30 * 22 && !with.duplicates.rows.is_empty());
    for ((with, without), (table, columns)) in
        [(&with.concordance, &without.concordance), (&with.duplicates, &without.duplicates)]
            .into_iter()
            .zip(TEXT)
    {
        assert_eq!(with.rows.len(), without.rows.len(), "{table}");
        for column in &with.header {
            if columns.contains(&column.as_str()) {
                assert!(with.column(column).iter().any(|cell| !cell.is_empty()), "{table}: {column}");
                assert!(without.column(column).iter().all(|cell| cell.is_empty()), "{table}: {column}");
            } else {
                assert_eq!(with.column(column), without.column(column), "{table}: {column}");
            }
        }
    }
    for file in walkdir::WalkDir::new(place.path("out")) {
        let path = file.unwrap().into_path();
        let bytes = if path.is_file() { fs::read(&path).unwrap() } else { continue };
        let text = String::from_utf8_lossy(&bytes);
        for secret in ["秘密", "決まり文句", "始めの文"] {
            assert!(!text.contains(secret), "{}: {secret}", path.display());
        }
    }
    let run = place.run(&["verify", "out", "in", "--lexicon", "dogs.toml"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    let run = place.run(&["count", "in", "--lexicon", "dogs.toml", "--from", "out", "--out", "again"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
}

#[test]
fn parts_are_put_together_without_their_text() {
    let place = Place::with(&[("dogs.toml", crate::place::DOGS)]);
    let texts = "{\"id\":\"a\",\"text\":\"秘密の犬。\"}\n{\"id\":\"b\",\"text\":\"犬の秘密。\"}\n";
    let run = place.run_with(&["count", "-", "--partial", "--lexicon", "dogs.toml"], texts, &[]);
    place.write("part.jsonl", &run.out);
    let run = place.run(&["merge", "part.jsonl", "--out", "out", "--without-text"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let tables = crate::tables::Tables::read(&place.path("out"));
    assert_eq!(
        (tables.concordance.column("start"), tables.concordance.column("node")),
        (vec!["3", "0"], vec!["", ""])
    );
    let run = place.run(&["count", "-", "--partial", "--without-text"]);
    assert_eq!(run.status, Some(2));
}
