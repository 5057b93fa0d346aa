//! `hedgerow verify` and `hedgerow count --from`.

use std::fs;

use hedgerow::tables::RunRecord;

use crate::place::{DOGS, Place, Run};
use crate::tables::Tables;

fn place() -> Place {
    let place = Place::with(&[
        ("in/a.txt", "犬が走る。犬かもしれない。\n"),
        ("in/b.csv", "id,text\nx,必ず勝つ犬。\ny,効果が期待される。\n"),
        ("in/c.html", "<p>犬が<br>走る。</p>"),
        ("in/variables.csv", "document,g\na.txt,1\nb.csv#x,2\nb.csv#y,1\nc.html,2\n"),
    ]);
    place.write("dogs.toml", DOGS);
    place
}

const COUNT: [&str; 12] = [
    "in",
    "--lexicon",
    "dogs.toml",
    "--id-column",
    "id",
    "--html",
    "all",
    "--by",
    "g",
    "--seed",
    "7",
    "--resamples=100",
];

fn assert_well(run: &Run) {
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
}

/// Asserts that a check fails with these lines, in order.
fn assert_differs(run: &Run, lines: &[&str]) {
    assert_eq!(run.status, Some(1), "{run:?}");
    assert_eq!(run.err.lines().count(), lines.len(), "{}", run.err);
    for (said, words) in run.err.lines().zip(lines) {
        assert!(said.starts_with("error: ") && said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_run_that_was_left_alone_agrees_with_its_record() {
    let place = place();
    place.count(&COUNT);
    let run = place.run(&["verify", "out", "in", "--lexicon", "dogs.toml"]);
    assert_well(&run);
    let lines: Vec<&str> = run.out.lines().collect();
    let expected = [
        "run.json: as it was written",
        "documents.csv: as it was written, 4 rows",
        "datapackage.json: as it was written",
        "the tables agree with each other",
        "program, dictionary and lexicon: those of the run",
        "3 files: as they were read",
    ];
    for line in expected {
        assert!(lines.contains(&line), "{line} is not in {}", run.out);
    }
    assert_eq!(lines.len(), 1 + 9 + 2 + 3, "{}", run.out);
    let run = place.run(&["verify", "out", "--lexicon", "dogs.toml"]);
    assert_well(&run);
    assert!(!run.out.contains("as they were read"), "{}", run.out);
}

#[test]
fn figures_have_one_line_and_those_that_differ_their_own() {
    let place = place();
    place.count(&COUNT);
    let check = ["verify", "out", "--lexicon", "dogs.toml"];
    let number = fs::read_dir(place.path("out/figures")).unwrap().count();
    let said = |run: &Run, number: usize| {
        let figures: Vec<&str> = run.out.lines().filter(|line| line.contains("figures/")).collect();
        assert_eq!(figures, [format!("figures/: {number} files, as they were written")]);
    };
    let run = place.run(&check);
    assert_well(&run);
    said(&run, number);
    place.write("out/figures/forest.svg", "<svg/>");
    fs::remove_file(place.path("out/figures/sentences.csv")).unwrap();
    let run = place.run(&check);
    assert_differs(&run, &["forest.svg", "sentences.csv"]);
    said(&run, number - 2);
}

#[test]
fn what_is_not_as_it_was_has_a_line_each() {
    let place = place();
    place.count(&COUNT);
    let check = ["verify", "out", "in", "--lexicon", "dogs.toml"];
    let concordance = fs::read_to_string(place.path("out/concordance.csv")).unwrap();
    place.write("out/concordance.csv", concordance.replacen("true", "false", 1) + "x\n");
    let duplicates = fs::read(place.path("out/duplicates.csv")).unwrap();
    fs::remove_file(place.path("out/duplicates.csv")).unwrap();
    place.write("in/a.txt", "犬が走った。\n");
    fs::remove_file(place.path("in/c.html")).unwrap();
    place.write("in/d.txt", "犬");
    place.write("in/variables.csv", "document,g\na.txt,2\n");
    assert_differs(
        &place.run(&check),
        &[
            "concordance.csv, line",
            "duplicates.csv",
            "a.txt: it was changed since the run",
            "d.txt: the run did not read it",
            "c.html: the run read it, and it is not there",
            "variables.csv: the run read this table of variables",
            "variables.csv: the run did not read this table",
        ],
    );
    place.write("out/duplicates.csv", duplicates);
    place.write("out/concordance.csv", concordance);
    place.write("dogs.toml", DOGS.replace("dog", "hound"));
    let run = place.run(&["verify", "out", "--lexicon", "dogs.toml"]);
    assert_differs(&run, &["lexicon: dogs.toml has the SHA-256"]);
    let run = place.run(&["verify", "out"]);
    assert_differs(
        &run,
        &["lexicon: dogs.toml is in out/run.json, and not in this program; name it with --lexicon"],
    );
    let run = place.run(&["verify", "nowhere"]);
    assert_differs(&run, &["nowhere: no finished run here"]);
}

/// Figures that don't agree though the record says that the tables are as they should be.
#[test]
fn hits_that_do_not_agree_with_the_counts_are_found() {
    let place = place();
    place.count(&COUNT);
    let folder = place.path("out");
    let path = folder.join("concordance.csv");
    let whole = fs::read_to_string(&path).unwrap();
    let record = RunRecord::read(&folder).unwrap();
    let row = whole.lines().nth(1).unwrap();
    let cells: Vec<&str> = row.split(',').collect();
    assert_eq!(cells[..5], ["a.txt", "1", "1", "0", "1"]);
    let changed = |from: &str, to: &str| whole.replacen(row, &row.replacen(from, to, 1), 1);
    for (table, words) in [
        (whole.replacen(&format!("{row}\n"), "", 1), "dog, a.txt` is 1 hits and 0 negated"),
        (changed("a.txt,1,1,0,1", "a.txt,0,1,0,1"), "`line` is 0"),
        (changed("a.txt,1,1,0,1", "a.txt,1,3,0,1"), "`sentence` is 3, and the other figures make it 1 to 2"),
        (changed("a.txt,1,1,0,1", "a.txt,1,1,0,2"), "`end` is 2, and the other figures make it 1"),
        (changed("a.txt,1,1,0,1", "a.txt,1,1,90,91"), "`end` is 91"),
        (changed("a.txt,1,1,0,1", "b.txt,1,1,0,1"), "dog, a.txt` is 0 hits and 0 negated"),
        (changed(",dog,", ",cat,"), "`marker` is cat"),
        (changed(",hedge,", ",assertive,"), "`stance` is assertive, and the other figures make it hedge"),
        (changed(",false,", ",no,"), "expected true or false"),
        (changed(",false,false,false,", ",true,false,false,"), "dog, a.txt` is 1 hits and 1 negated"),
    ] {
        assert_ne!(table, whole, "{words}");
        fs::write(&path, &table).unwrap();
        let mut forged = record.clone();
        forged.add_tables(crate::tables::recorded(&folder));
        forged.write(&folder).unwrap();
        assert_differs(&place.run(&["verify", "out", "--lexicon", "dogs.toml"]), &[words]);
    }
}

#[test]
fn a_run_is_repeated_by_its_record() {
    let place = place();
    place.count(&COUNT);
    let again = ["count", "in", "--from", "out/run.json", "--out", "again", "--lexicon", "dogs.toml"];
    let run = place.run(&again);
    assert_well(&run);
    assert!(run.out.contains("every byte is the same as in the run of out/run.json\n"), "{}", run.out);
    let [old, new] = ["out", "again"].map(|folder| Tables::read(&place.path(folder)).bytes());
    assert!(old == new);
    // The folder of the run does as well, and the tables are not looked at: a record is enough.
    fs::remove_file(place.path("again/markers.csv")).unwrap();
    let run = place.run(&["count", "in", "--from", "again", "--out", "third", "--lexicon", "dogs.toml"]);
    assert_well(&run);
}

#[test]
fn every_option_is_that_of_the_record() {
    let texts = "効果が期待される。\n".repeat(3);
    let long = format!("{}\n", "犬が走るのは犬であるからに違いないと思われ".repeat(2));
    for options in [
        &["--skip-unreadable"][..],
        &["--skip-other-languages", "--drop-duplicates"],
        &["--wrapped"],
        &["--encoding", "Shift_JIS", "--allow-malformed"],
        &["--max-document", "1MB", "--html", "css:p"],
        &["--variables", "v.csv"],
    ] {
        let place = Place::with(&[
            ("in/a.txt", texts.as_bytes()),
            ("in/b.txt", texts.as_bytes()),
            ("in/c.txt", long.as_bytes()),
            ("in/d.txt", b"No Japanese at all, but a sentence of English. And another one."),
            ("in/e.html", "<p>犬が走る。</p><div>必ず</div>".as_bytes()),
            ("in/f.docx", b"broken"),
            ("v.csv", b"document,x\na.txt,1\n"),
        ]);
        if !options.contains(&"--skip-unreadable") {
            fs::remove_file(place.path("in/f.docx")).unwrap();
        }
        let run = place.run(&[&["count", "in", "--out", "out"], options].concat());
        assert_eq!(run.status, Some(0), "{options:?}: {}", run.err);
        let given = if options.contains(&"--variables") { &["--variables", "v.csv"][..] } else { &[] };
        let run = place.run(&[&["count", "in", "--from", "out", "--out", "again"], given].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{options:?}");
        assert!(run.out.contains("every byte is the same"), "{options:?}: {}", run.out);
        assert_well(&place.run(&[&["verify", "out", "in"], given].concat()));
    }
}

#[test]
fn what_is_not_that_of_the_record_is_refused_before_anything_is_counted() {
    let place = place();
    place.count(&COUNT);
    let again = ["count", "in", "--from", "out", "--out", "again"];
    place.assert_refused(&again, &[&["lexicon: dogs.toml is in out/run.json", "--lexicon"]]);
    let with_lexicon = [&again[..], &["--lexicon", "dogs.toml"]].concat();
    place.write("in/a.txt", "犬");
    place.assert_refused(&with_lexicon, &[&["a.txt", "changed since the run"]]);
    for option in [&["--html", "main"][..], &["--by", "g"], &["--skip-unreadable"], &["--wrapped"]] {
        let run = place.run(&[&with_lexicon[..], option].concat());
        assert_eq!(run.status, Some(2), "{option:?}");
        assert!(run.err.contains("cannot be used with") && run.err.contains("--from"), "{}", run.err);
    }
    place.assert_refused(
        &["count", "in", "--from", "nowhere.json", "--out", "again"],
        &[&["no finished run"]],
    );
}

#[test]
fn tables_that_come_out_otherwise_are_named() {
    let place = place();
    place.count(&COUNT);
    let folder = place.path("out");
    let mut record = RunRecord::read(&folder).unwrap();
    let marker = record.tables.iter_mut().find(|table| table.name == "markers.csv").unwrap();
    marker.sha256 = "0".repeat(64);
    record.write(&folder).unwrap();
    let run = place.run(&["count", "in", "--from", "out", "--out", "again", "--lexicon", "dogs.toml"]);
    assert_differs(
        &run,
        &["not the same as in the run of out/run.json: markers.csv; the new files are in again"],
    );
    assert!(place.path("again/markers.csv").exists());
}
