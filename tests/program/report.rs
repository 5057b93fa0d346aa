//! The report of a run: written with it, made anew, left out, replaced with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::place::{Place, corpus};

const FEW: [&str; 4] = ["--by", "genre", "--resamples", "100"];

/// The files below a folder, by their names.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|file| (name(file.path()), fs::read(file.path()).unwrap())).collect()
}

/// Runs a command that must succeed without a word of complaint; gives what it prints.
fn succeed(place: &Place, arguments: &[&str]) -> String {
    let run = place.run(arguments);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

fn counted(place: &Place, out: &str, options: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let corpus = corpus();
    succeed(place, &[&["count", corpus.to_str().unwrap(), "--out", out], options].concat());
    files(&place.path(out))
}

#[test]
fn a_run_ends_in_a_report_that_can_be_left_out_and_made_later() {
    let place = Place::with::<&str>(&[]);
    let with = counted(&place, "with", &FEW);
    assert!(with.contains_key("figures/forest.svg"), "{:?}", with.keys());
    let without = counted(&place, "without", &[&FEW[..], &["--no-report"]].concat());
    assert!(without.keys().all(|name| !name.starts_with("figures/") && name != "report.html"));
    for (name, bytes) in without.iter().filter(|(name, _)| *name != "run.json") {
        assert!(with[name] == *bytes, "{name}");
    }
    succeed(&place, &["report", "without"]);
    assert!(files(&place.path("without")) == with, "a report made later is the same");
    succeed(&place, &["report", "without"]);
    assert!(files(&place.path("without")) == with, "and so is one made twice");
    assert!(!place.path(".hedgerow-without").exists());
}

#[test]
fn a_comparison_renews_the_report_where_there_is_one() {
    let place = Place::with::<&str>(&[]);
    let at_once = counted(&place, "at-once", &FEW);
    counted(&place, "later", &["--by", "year", "--resamples", "100"]);
    succeed(&place, &[&["compare", "later", "--force"], &FEW[..]].concat());
    assert!(files(&place.path("later")) == at_once);
    let without = counted(&place, "without", &[&FEW[..], &["--no-report"]].concat());
    counted(&place, "none", &["--no-report"]);
    succeed(&place, &[&["compare", "none"], &FEW[..]].concat());
    assert!(files(&place.path("none")) == without);
}

#[test]
fn the_record_knows_the_report() {
    let place = Place::with::<&str>(&[]);
    counted(&place, "out", &FEW);
    let corpus = corpus();
    let corpus = corpus.to_str().unwrap();
    succeed(&place, &["verify", "out", corpus]);
    succeed(&place, &["count", corpus, "--from", "out", "--out", "again"]);
    assert!(files(&place.path("out")) == files(&place.path("again")));
    for (name, words) in [("figures/forest.svg", "forest.svg"), ("figures/forest.csv", "forest.csv")] {
        let whole = fs::read(place.path("out").join(name)).unwrap();
        fs::write(place.path("out").join(name), [&whole[..], b" "].concat()).unwrap();
        let run = place.run(&["verify", "out"]);
        assert!(run.status == Some(1) && run.err.contains(words), "{}", run.err);
        fs::write(place.path("out").join(name), whole).unwrap();
    }
    fs::write(place.path("out/figures/mine.svg"), "mine").unwrap();
    let run = place.run(&["verify", "out"]);
    assert!(run.status == Some(1) && run.err.contains("mine.svg"), "{}", run.err);
    // What is the user's is kept when the run is replaced.
    let run = place.run(&["count", corpus, "--out", "out", "--force"]);
    assert!(run.status == Some(0) && run.out.contains("figures.edited"), "{run:?}");
    assert_eq!(fs::read(place.path("out/figures.edited/mine.svg")).unwrap(), b"mine");
}

#[test]
fn a_report_is_refused_where_a_table_was_changed() {
    let place = Place::with::<&str>(&[]);
    counted(&place, "out", &["--no-report"]);
    let table = fs::read_to_string(place.path("out/categories.csv")).unwrap();
    place.write("out/categories.csv", table.replacen(",1,", ",2,", 1));
    place.assert_refused(&["report", "out"], &[&["categories.csv"]]);
    place.assert_refused(&["report", "nowhere"], &[&["nowhere"]]);
}

#[test]
fn a_workbook_is_written_with_a_run_or_later_and_renewed_with_a_comparison() {
    let place = Place::with::<&str>(&[]);
    let with = counted(&place, "with", &[&FEW[..], &["--xlsx"]].concat());
    assert!(with["tables.xlsx"].starts_with(b"PK"));
    let without = counted(&place, "without", &FEW);
    assert!(!without.contains_key("tables.xlsx"));
    succeed(&place, &["report", "without", "--xlsx"]);
    assert!(files(&place.path("without")) == with, "a workbook made later is the same");
    succeed(&place, &["report", "without"]);
    assert!(files(&place.path("without")) == with, "one that is there stays");
    succeed(&place, &["verify", "without"]);
    counted(&place, "compared", &["--xlsx"]);
    succeed(&place, &["compare", "compared", "--by", "genre", "--resamples", "100"]);
    assert!(files(&place.path("compared"))["tables.xlsx"] == with["tables.xlsx"], "a comparison renews it");
}
