//! Where the tables go: whole or not at all, and over nobody's work.

use std::fs;

use crate::place::Place;
use crate::tables::Tables;

#[test]
fn a_folder_that_exists_is_refused() {
    let place = Place::with(&[("a.txt", "犬"), ("out/notes.txt", "mine")]);
    place.assert_refused(&["count", "a.txt", "--out", "out"], &[&["out", "exists already", "--force"]]);
}

#[test]
fn a_folder_that_exists_is_refused_even_if_it_is_empty() {
    let place = Place::with(&[("a.txt", "犬")]);
    fs::create_dir(place.path("out")).unwrap();
    place.assert_refused(&["count", "a.txt", "--out", "out"], &[&["out", "exists already", "--force"]]);
}

#[test]
fn a_file_is_refused_even_with_force() {
    let place = Place::with(&[("a.txt", "犬"), ("out", "mine")]);
    for arguments in [&["count", "a.txt", "--out", "out"][..], &["count", "a.txt", "--out", "out", "--force"]]
    {
        place.assert_refused(arguments, &[&["out", "it is a file", "name a folder"]]);
    }
}

#[test]
fn a_place_below_a_file_is_refused() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.assert_refused(&["count", "a.txt", "--out", "a.txt/out"], &[&["a.txt/out: a.txt is a file"]]);
}

#[test]
fn force_replaces_the_tables_and_keeps_what_is_not_ours() {
    let place = Place::with(&[("one.txt", "犬と犬"), ("two.txt", "犬")]);
    place.write("dogs.toml", crate::place::DOGS);
    let count = |document, out| {
        let run = place.run(&["count", document, "--out", out, "--force", "--lexicon", "dogs.toml"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        Tables::read(&place.path(out)).bytes()
    };
    count("one.txt", "out");
    place.write("out/notes.txt", "mine");
    let mut replaced = count("two.txt", "out");
    assert_eq!(replaced.remove("notes.txt").as_deref(), Some(&b"mine"[..]));
    assert_eq!(replaced, count("two.txt", "fresh"));
}

#[test]
fn folders_of_ones_own_stay() {
    let place = Place::with(&[("in/a.txt", "犬"), ("in/b.txt", "猫")]);
    place.write("in/variables.csv", "document,g\na.txt,x\nb.txt,y\n");
    place.count(&["in"]);
    place.write("out/plots/deep/a.R", "mine");
    let runs = [&["count", "in", "--out", "out", "--force"][..], &["compare", "out", "--by", "g"]];
    for arguments in runs {
        let run = place.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        assert_eq!(fs::read(place.path("out/plots/deep/a.R")).unwrap(), b"mine");
        assert!(place.path("out/run.json").exists() && place.path("out/documents.csv").exists());
    }
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 2);
}

#[test]
fn a_run_that_fails_leaves_the_tables_of_an_earlier_one() {
    let place = Place::with(&[("a.txt", &b"ok"[..]), ("b.txt", b"\xff")]);
    place.count(&["a.txt"]);
    place.assert_refused(&["count", "b.txt", "--out", "out", "--force"], &[&["b.txt", "UTF-8"]]);
}

#[test]
fn folders_above_are_made() {
    let place = Place::with(&[("a.txt", "犬")]);
    let run = place.run(&["count", "a.txt", "--out", "deep/er/out"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(!Tables::read(&place.path("deep/er/out")).documents.rows.is_empty());
}

#[test]
fn nothing_is_left_beside_the_tables() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.count(&["a.txt"]);
    place.run(&["count", "a.txt", "--out", "out", "--force"]);
    let mut names: Vec<_> =
        fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.txt", "out"]);
}

#[test]
fn a_folder_that_holds_no_run_is_not_touched_even_with_force() {
    let files =
        [("a.txt", "犬"), ("mine/documents.csv", "mine"), ("other/run.json", "{\"name\": \"build\"}")];
    let place = Place::with(&files);
    fs::create_dir(place.path("empty")).unwrap();
    place.write("broken/run.json", "{\"hedgerow\": ");
    for folder in ["mine", "other", "empty", "broken", "."] {
        let arguments = ["count", "a.txt", "--out", folder, "--force"];
        let words: &[&str] =
            if folder == "." { &["current folder"] } else { &["no results of this program"] };
        place.assert_refused(&arguments, &[words]);
    }
}

#[test]
fn a_table_that_was_edited_is_kept_and_named() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.count(&["a.txt"]);
    let edited = [fs::read(place.path("out/markers.csv")).unwrap(), b"mine\n".to_vec()].concat();
    fs::write(place.path("out/markers.csv"), &edited).unwrap();
    let run = place.run(&["count", "a.txt", "--out", "out", "--force"]);
    assert!(
        run.out.contains("note: a table was changed") && run.out.contains("out/markers.edited.csv"),
        "{run:?}"
    );
    assert_eq!(fs::read(place.path("out/markers.edited.csv")).unwrap(), edited);
    // A folder in the place of a table is none that the program wrote.
    fs::remove_file(place.path("out/documents.csv")).unwrap();
    place.write("out/documents.csv/mine", "mine");
    for edited in ["documents.edited.csv/mine", "documents.edited-2.csv/mine"] {
        let run = place.run(&["count", "a.txt", "--out", "out", "--force"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        let note = format!("kept as out/{}", edited.trim_end_matches("/mine"));
        assert!(run.out.contains(&note), "{}", run.out);
        assert_eq!(fs::read(place.path("out").join(edited)).unwrap(), b"mine");
        fs::rename(place.path("out/documents.csv"), place.path("out/spare.csv")).unwrap();
        place.write("out/documents.csv/mine", "mine");
    }
}

#[test]
fn an_error_names_a_file_as_it_would_be_called() {
    let name = "長".repeat(90);
    let place = Place::with(&[(format!("in/{}.txt", "長".repeat(80)).as_str(), "犬")]);
    let run = place.run(&["count", "in", "--out", &name]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.err.contains(&name) && !run.err.contains(".hedgerow"), "{}", run.err);
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 1);
}
