//! The same documents give the same bytes, whatever the number of threads and wherever the files stand.

use std::collections::BTreeMap;
use std::fs;

use crate::place::{Place, corpus};
use crate::tables::{Tables, number};

/// The files of a count with so many threads.
fn with_threads(place: &Place, path: &str, threads: &str) -> BTreeMap<String, Vec<u8>> {
    let out = format!("out-{threads}");
    let run = place.run_with(&["count", path, "--out", &out], "", &[("RAYON_NUM_THREADS", threads)]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    Tables::read(&place.path(&out)).bytes()
}

#[test]
fn one_thread_and_four_write_the_same() {
    let place = Place::with::<&str>(&[]);
    let path = corpus();
    let path = path.to_str().unwrap();
    assert_eq!(with_threads(&place, path, "1"), with_threads(&place, path, "4"));
}

#[test]
fn a_long_document_cut_into_passages_is_counted_as_a_whole() {
    let name = "clinic/cell-therapy.txt";
    let text = fs::read_to_string(corpus().join(name)).unwrap();
    let text = text.trim_end().to_owned() + "\r\n";
    let times = 300_000 / text.len() + 1;
    let place = Place::with(&[("long.txt", text.repeat(times)), ("short.txt", text.clone())]);
    assert_eq!(with_threads(&place, "long.txt", "1"), with_threads(&place, "long.txt", "4"));

    let long = Tables::read(&place.path("out-4"));
    let (short, _) = place.count(&["short.txt"]);
    for column in ["characters", "sentences", "tokens", "hedge", "assertive", "sentences_mixed"] {
        let [long, short] = [&long, &short].map(|tables| number(&tables.documents.rows[0], column));
        assert_eq!(long, times * short, "{column}");
    }
    let hits = &short.concordance.rows;
    assert_eq!(long.concordance.rows.len(), times * hits.len());
    let lines = text.lines().count();
    let characters = text.chars().count();
    for (at, row) in long.concordance.rows.iter().enumerate() {
        let (round, hit) = (at / hits.len(), &hits[at % hits.len()]);
        assert_eq!(row["marker"], hit["marker"]);
        assert_eq!(number(row, "line"), number(hit, "line") + round * lines);
        assert_eq!(number(row, "start"), number(hit, "start") + round * characters);
        assert_eq!(number(row, "end"), number(hit, "end") + round * characters);
    }
}

#[test]
fn files_written_in_another_order_and_another_place_give_the_same() {
    let place = Place::with::<&str>(&[]);
    let (original, _) = place.count(&[corpus().to_str().unwrap()]);
    let mut names: Vec<String> =
        original.documents.column("document").into_iter().rev().map(str::to_owned).collect();
    names.push("variables.csv".into());
    let copy = Place::with::<&str>(&[]);
    for name in &names {
        copy.write(&format!("deep/er/copy/{name}"), fs::read(corpus().join(name)).unwrap());
    }
    assert_eq!(copy.count(&["./deep/er/copy/"]).0.bytes(), original.bytes());
}

#[test]
fn the_order_of_the_arguments_changes_nothing() {
    let files = [("a.txt", "必ず効く。"), ("b.txt", "効くかもしれない。"), ("c.txt", "犬")];
    let [one, other] = [["a.txt", "b.txt", "c.txt"], ["c.txt", "a.txt", "b.txt"]]
        .map(|arguments| Place::with(&files).count(&arguments).0.bytes());
    assert_eq!(one, other);
}
