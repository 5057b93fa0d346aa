//! What the program says, and how it ends.

use std::process::Stdio;

use crate::place::{Place, corpus, program};
use crate::tables::number;

#[test]
fn the_summary_shows_the_figures_of_the_tables() {
    let place = Place::with::<&str>(&[]);
    let (tables, out) = place.count(&[corpus().to_str().unwrap()]);
    // Commas only make large figures easier to read; those between figures are no part of them.
    let out = out.replace(',', "");
    let sum = |column: &str| tables.documents.rows.iter().map(|row| number(row, column)).sum::<usize>();
    let documents = tables.documents.rows.len();
    let head = format!("{documents} documents {} sentences {} tokens", sum("sentences"), sum("tokens"));
    assert!(out.starts_with(&head), "{out}");
    let (hedge, assertive) = (sum("hedge"), sum("assertive"));
    let share = hedge as f64 / (hedge + assertive) as f64;
    let foot = format!("hedge {hedge} assertive {assertive} hedge share {share:.3}");
    assert!(out.contains(&foot), "{foot} is not in {out}");
    let categories: std::collections::BTreeSet<&str> =
        tables.categories.column("category").into_iter().collect();
    for category in categories {
        let rows = tables.categories.rows.iter().filter(|row| row["category"] == category);
        let count: usize = rows.clone().map(|row| number(row, "count")).sum();
        let range = rows.filter(|row| number(row, "count") > 0).count();
        let line = out.lines().find(|line| line.split_whitespace().nth(1) == Some(category)).unwrap();
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((cells[2], cells[5]), (&*count.to_string(), &*range.to_string()), "{line}");
    }
}

#[test]
fn the_licences_name_the_dictionary() {
    let run = Place::with::<&str>(&[]).run(&["--licenses"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    for words in ["MIT OR Apache-2.0", "mecab-ipadic", "Nara Institute of Science and Technology"] {
        assert!(run.out.to_lowercase().contains(&words.to_lowercase()), "{words}: {}", run.out);
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let place = Place::with(&[("a.txt", "犬")]);
    let path = place.path("a.txt");
    let out = place.path("out");
    let count = ["count", path.to_str().unwrap(), "--out", out.to_str().unwrap()];
    for arguments in [&["lexicon", "list"][..], &["--licenses"], &count] {
        let mut child =
            program().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*said), (Some(0), ""), "{arguments:?}");
    }
    assert!(out.join("run.json").exists(), "the tables are whole all the same");
}

#[test]
fn a_slip_on_the_command_line_ends_with_status_2_and_says_how_it_is_used() {
    let place = Place::with(&[("a.txt", "犬")]);
    for arguments in [
        &[][..],
        &["cuont"],
        &["count"],
        &["count", "a.txt"],
        &["count", "--out", "out"],
        &["count", "a.txt", "--out", "out", "--bogus"],
        &["lexicon"],
    ] {
        let run = place.run(arguments);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.err.contains("Usage: ") || run.err.contains("--help"), "{arguments:?}: {}", run.err);
        assert!(!place.path("out").exists(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_answers() {
    let place = Place::with::<&str>(&[]);
    for arguments in [&["--help"][..], &["count", "--help"], &["lexicon", "--help"], &["--version"]] {
        let run = place.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(run.out.contains("hedgerow"), "{arguments:?}: {}", run.out);
    }
}
