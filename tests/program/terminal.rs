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

/// Names, cells and ids with what a terminal obeys: colours, a title, a bell, C1 controls, marks of direction.
#[cfg(unix)]
#[test]
fn nothing_printed_is_obeyed_by_a_terminal() {
    const EVIL: &str = "e\u{1b}[31m\u{1b}]0;t\u{7}\u{9b}2J\u{202e}\u{7f}\r";
    let place = Place::with(&[("ok.txt", "犬がいる。\n".as_bytes())]);
    let name = |extension: &str| format!("{EVIL}{extension}");
    place.write(&name(".txt"), b"x\0y");
    place.write("evil/a.txt", "犬がいる。");
    place.write(&format!("evil/x.{EVIL}"), "");
    place.write(&format!("evil/b{EVIL}.csv"), "犬\n");
    let cell = EVIL.replace('\r', "");
    place.write("v.csv", format!("document,g{cell}\na.txt,{cell}\nno{cell}.txt,\"{cell}\nz\"\n"));
    let gold =
        format!("document,line,start,end,node,stance,category,negated\na.txt,1,0,1,{cell},{cell},c,false\n");
    place.write("gold.csv", gold);
    place.write(&name(".toml"), format!("[[entry]]\nid = {cell:?}\n"));
    place.write("id.toml", "category = \"a\"\nstance = \"hedge\"\n\n[[entry]]\nid = \"e\\u001b[31m\\u009b\"\npattern = '\"犬\"'\nexamples = [\"猫\\u001b[31m\"]\n");
    let by = format!("g{cell}");
    let out = name("out");
    for arguments in [
        &["count", &name(".txt"), "--out", "o1"][..],
        &["count", "evil", "--out", &out, "--variables", "v.csv"],
        &["count", "evil", "--out", &out],
        &["count", "evil", "--out", "o2", "--variables", "v.csv", "--by", &by],
        &["count", "evil", "--out", "o3", "--lexicon", "id.toml"],
        &["count", "evil", "--out", "o4", "--lexicon", &name(".toml")],
        &["count", &name("none.txt"), "--out", "o5"],
        &["count", "evil", "--out", "o6", "--encoding", EVIL],
        &["count", "evil", &format!("--{EVIL}")],
        &["texts", "evil", "--out", &name("texts")],
        &["evaluate", "--gold", "gold.csv", "evil"],
        &["compare", &out, "--by", &by],
        &["cite", &out],
        &["cite", EVIL],
        &["lexicon", "check", "--lexicon", "id.toml"],
        &["lexicon", "list", "--lexicon", "id.toml"],
        &["lexicon", "explain", &format!("犬{EVIL}がいる。")],
        &["dictionary", "build", &name("x"), "o7"],
    ] {
        let run = place.run(arguments);
        let is_obeyed =
            |c: char| (c.is_control() && !"\n\t".contains(c)) || ('\u{202a}'..='\u{202e}').contains(&c);
        let printed = run.out.clone() + &run.err;
        assert!(!printed.is_empty() && !printed.contains(is_obeyed), "{arguments:?}: {printed:?}");
    }
}

/// What can't be printed is not lost: the tables stand there, and the program says so.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_printed_leaves_complete_tables_and_says_so() {
    let place =
        Place::with(&[("a/a.txt", "効果が期待される。"), ("a/variables.csv", "document,g\na.txt,x\n")]);
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for arguments in [&["count", "a", "--out", "out"][..], &["texts", "a", "--out", "texts"]] {
        let run = program()
            .args(arguments)
            .current_dir(place.path(""))
            .stdout(full())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(1), "{said}");
        assert!(said.contains(arguments[3]) && said.contains("is complete"), "{said}");
    }
    assert!(
        place.path("out/run.json").exists() && std::fs::read_dir(place.path("texts")).unwrap().count() > 0
    );
}

#[test]
fn any_number_of_threads_can_be_asked_for() {
    let place = Place::with(&[("a.txt", "効果が期待される。")]);
    for threads in ["0", "1", "20000", "-1", "x", ""] {
        let out = format!("out{threads}");
        let run = place.run_with(&["count", "a.txt", "--out", &out], "", &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{threads}");
    }
}
