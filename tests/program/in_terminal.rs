//! What a person sees: lines that fit, colours, and neither in a file or a pipe.

use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr;

use crate::place::{Place, Run, corpus};

/// Runs the program in a terminal of so many columns; `keys` are typed at once.
pub fn in_terminal(
    place: &Place,
    columns: usize,
    keys: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Run {
    let mut command = Command::new("python3");
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/program/in_terminal.py"));
    command.args([&columns.to_string(), keys, env!("CARGO_BIN_EXE_hedgerow")]).args(arguments);
    for name in ["NO_COLOR", "CLICOLOR", "CI", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color").envs(environment.iter().copied()).current_dir(place.path(""));
    let output = command.stdin(Stdio::null()).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(err, "", "python3 runs it");
    Run { status: output.status.code(), out: out.replace("\r\n", "\n"), err }
}

/// Text without what changes its colour, and without bars that were drawn over.
fn plain(printed: &str) -> String {
    let mut plain = String::new();
    let mut pieces = printed.split('\u{1b}');
    plain += pieces.next().unwrap_or_default();
    for piece in pieces {
        plain += piece.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest);
    }
    plain.lines().map(|line| line.rsplit('\r').next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The sample corpus, runs of it, and what some commands ask for; with long names in Japanese.
fn place() -> Place {
    let place = Place::with(&[(
        "gold.csv",
        "document,line,start,end,node,stance,category,negated\nclinic/knee-care.txt,1,0,3,階段が,hedge,possibility,false\n",
    )]);
    let long = "独立行政法人国立病院機構東京医療センター整形外科外来";
    let corpus = corpus();
    let corpus = corpus.to_str().unwrap();
    let variables = std::fs::read_to_string(corpus.to_owned() + "/variables.csv").unwrap();
    let mut rows = variables.lines();
    let mut own = format!("{},長い変数の名前をもつ変数,half\n", rows.next().unwrap());
    for (number, row) in rows.enumerate() {
        own += &format!("{row},{long}{number:02}のグループ,{long}{}\n", number % 2);
    }
    own += &format!("{long}{long}{long}.txt,a,,,\n");
    place.write("variables.csv", own);
    place.write(
        &format!("長い/{long}{long}.txt"),
        "効果が期待される。可能性があるかもしれない。必ず実現します。",
    );
    place.write("長い/b.txt", "効果が期待される。");
    place.write("長い/variables.csv", format!("document,群\n{long}{long}.txt,{long}\nb.txt,b\n"));
    for arguments in [
        &["count", corpus, "--by", "genre", "--out", "several", "--variables", "variables.csv"][..],
        &["count", corpus, "--by", "half", "--out", "pair", "--variables", "variables.csv"],
        &["count", "長い", "--by", "群", "--out", "long"],
    ] {
        let run = place.run(&[arguments, &["--resamples", "100"]].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
    place
}

/// Every command with what it prints for the sample corpus, in 80 columns.
#[test]
fn eighty_columns_suffice() {
    let place = place();
    let corpus = corpus();
    let corpus = corpus.to_str().unwrap();
    for arguments in [
        &[
            "count",
            corpus,
            "--variables",
            "variables.csv",
            "--by",
            "half",
            "--out",
            "s1",
            "--resamples",
            "100",
        ][..],
        &["count", "長い", "--by", "群", "--out", "s2"],
        &["compare", "several", "--by", "year", "--ordered", "--force", "--resamples", "100"],
        &["compare", "pair", "--by", "half", "--force", "--resamples", "100"],
        &["compare", "several", "--by", "長い変数の名前をもつ変数", "--force", "--resamples", "100"],
        &["compare", "several", "--by", "genre", "--force", "--resamples", "100"],
        &["evaluate", "--gold", "gold.csv", corpus],
        &["diff", "pair", "several"],
        &["verify", "pair"],
        &["verify", "long", "長い"],
        &["lexicon", "list"],
        &["lexicon", "check"],
        &["lexicon", "coverage"],
        &["lexicon", "explain", "効果が期待される。"],
        &["texts", "長い", "--out", "texts"],
        &["--help"],
        &["help", "count"],
        &["help", "lexicon", "explain"],
    ] {
        let run = in_terminal(&place, 80, "", arguments, &[]);
        assert_eq!(run.status, Some(0), "{arguments:?}: {}", run.out);
        for line in plain(&run.out).lines() {
            assert!(line.width() <= 80, "{arguments:?}: {} columns:\n{line}", line.width());
        }
    }
    for arguments in [
        &["compare", "pair", "--by", "half", "--force", "--resamples", "100"][..],
        &["--help"],
        &["evaluate", "--help"],
    ] {
        let run = place.run(arguments);
        for line in run.out.lines().filter(|line| !line.starts_with("note: ")) {
            assert!(line.width() <= 80, "{arguments:?}: {} columns:\n{line}", line.width());
        }
    }
}

#[test]
fn a_wide_terminal_is_used() {
    let place = place();
    let run = in_terminal(
        &place,
        160,
        "",
        &["compare", "pair", "--by", "half", "--force", "--resamples", "100"],
        &[],
    );
    let row = plain(&run.out).lines().find(|line| line.starts_with("hedge ")).unwrap().to_owned();
    assert_eq!(row.matches('[').count(), 3, "{row}");
}

#[test]
fn there_are_colours_in_a_terminal_unless_they_are_refused_and_never_in_a_pipe() {
    let place = place();
    let compare = ["compare", "several", "--by", "genre", "--force", "--resamples", "100"];
    let run = in_terminal(&place, 80, "", &compare, &[]);
    for painted in
        ["\u{1b}[38;5;32mhedge\u{1b}[0m", "\u{1b}[38;5;166massertive\u{1b}[0m", "\u{1b}[1;36mnote:\u{1b}[0m"]
    {
        assert!(run.out.contains(painted), "{painted:?}: {:?}", run.out);
    }
    let wrong = in_terminal(&place, 80, "", &["compare", "none", "--by", "x"], &[]);
    assert!(wrong.out.contains("\u{1b}[1;31merror:\u{1b}[0m"), "{:?}", wrong.out);
    for refused in [[("NO_COLOR", "1")], [("CLICOLOR", "0")], [("TERM", "dumb")]] {
        let run = in_terminal(&place, 80, "", &compare, &refused);
        assert!(run.out.contains("note: "), "{refused:?}: {}", run.out);
        for colour in ["\u{1b}[1", "\u{1b}[3", "\u{1b}[0m"] {
            assert!(!run.out.contains(colour), "{refused:?}: {:?}", run.out);
        }
    }
    for environment in [[("CLICOLOR_FORCE", "1")], [("TERM", "xterm-256color")]] {
        let run = place.run_with(&compare, "", &environment);
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{run:?}");
    }
}

/// What takes long with a large corpus shows how far it is, and how long it will take.
#[test]
fn long_jobs_show_how_far_they_are_in_a_terminal_alone() {
    let place = place();
    let (corpus, unidic) = (corpus(), concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unidic"));
    let corpus = corpus.to_str().unwrap();
    let few = ["--resamples", "100"];
    let (rows, text) = ("rows of tables", "KiB of ");
    for (arguments, shown) in [
        (&["count", corpus, "--out", "a"][..], &[text, rows][..]),
        (&[&["compare", "several", "--by", "year", "--force"][..], &few].concat(), &[rows, "resamples"]),
        (&["report", "several"], &[rows]),
        (&["verify", "several", corpus, "--variables", "variables.csv"], &[rows, text]),
        (&["texts", corpus, "--out", "b"], &[text]),
        (&["evaluate", "--gold", "gold.csv", corpus], &[text]),
        (&["dictionary", "build", unidic, "c"], &["of about 00:00:01"]),
    ] {
        let run = in_terminal(&place, 80, "", arguments, &[]);
        assert_eq!(run.status, Some(0), "{arguments:?}: {}", run.out);
        for words in shown {
            assert!(run.out.contains(words), "{arguments:?}: no {words:?} in {:?}", run.out);
        }
        for line in run.out.split(['\r', '\n', '\u{1b}']).filter(|line| line.contains(" left")) {
            // A bar stands behind a sequence that clears its line.
            let bar = line.find(['█', '░']).map_or(line, |at| &line[at..]).trim_end();
            assert!(bar.width() <= 80 && (bar.contains("/s, ") || bar.contains("resamples, ")), "{bar}");
        }
        let left = plain(&run.out);
        assert!(!left.contains(rows) && !left.contains("KiB"), "bars are taken away: {left}");
        for folder in ["a", "b", "c"] {
            let _ = std::fs::remove_dir_all(place.path(folder));
        }
        let run = place.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        for folder in ["a", "b", "c"] {
            let _ = std::fs::remove_dir_all(place.path(folder));
        }
    }
    let run = in_terminal(&place, 80, "", &["--lang", "ja", "report", "several"], &[]);
    assert!(run.out.contains("行のうち") && !run.out.contains(" left"), "{:?}", run.out);
}
