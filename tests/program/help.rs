//! The help of every command: its examples do what they show.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::place::{Place, corpus};

/// The commands, those below others too, as they are typed; `help` is not among them.
pub fn commands(place: &Place) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![Vec::new()];
    while let Some(command) = waiting.pop() {
        let below = list(&help(place, &command)).into_iter().filter(|name| name != "help");
        let mut below: Vec<Vec<String>> = below.map(|name| [command.clone(), vec![name]].concat()).collect();
        below.reverse();
        waiting.extend(below);
        found.push(command);
    }
    found
}

/// The help of a command.
pub fn help(place: &Place, command: &[String]) -> String {
    let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
    arguments.push("--help");
    let run = place.run(&arguments);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

/// The names in a list of commands: with two blanks before them and more behind.
fn list(help: &str) -> Vec<String> {
    let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names =
        lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty()));
    names.map(str::to_owned).collect()
}

/// A reader's coding of the sample corpus.
const CODING: &str = "document,line,start,end,node,stance,category,negated\nclinic/knee-care.txt,1,0,3,階段が,hedge,possibility,false\n";

/// What the examples work on.
fn place() -> Place {
    let place = Place::with(&[
        ("texts.jsonl", "{\"id\": \"a\", \"text\": \"効果が期待される。\"}\n"),
        ("mine.toml", crate::place::DOGS),
        ("gold.csv", CODING),
        ("second.csv", CODING),
        ("coded/a.txt", "効果が期待される。"),
        ("coded/a.ann", "T1\tpossibility 3 8\t期待される\n"),
    ]);
    let unidic = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unidic");
    for (from, to) in [(corpus(), "texts"), (unidic, "unidic-cwj")] {
        for entry in walkdir::WalkDir::new(&from) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(&from).unwrap().to_str().unwrap();
                place.write(&format!("{to}/{name}"), fs::read(entry.path()).unwrap());
            }
        }
    }
    place
}

/// Draws a sheet from `stats`, and fills it: everything is right.
fn judge(place: &Place) {
    assert_eq!(place.run(&["sample", "stats", "texts", "--out", "drawn.csv"]).status, Some(0));
    let mut drawn = csv::Reader::from_path(place.path("drawn.csv")).unwrap();
    let mut judged = csv::Writer::from_path(place.path("judged.csv")).unwrap();
    let header = drawn.headers().unwrap().clone();
    judged.write_record(&header).unwrap();
    let column = |name| header.iter().position(|known| known == name).unwrap();
    for row in drawn.records() {
        let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        let is_hit = cells[column("kind")] == "hit";
        cells[column("judgement")] = if is_hit { "right" } else { "done" }.into();
        judged.write_record(&cells).unwrap();
    }
}

/// In the order of the commands: what one writes, later ones read.
#[test]
fn every_command_has_examples_and_they_do_what_they_show() {
    let place = place();
    let program = Path::new(env!("CARGO_BIN_EXE_hedgerow")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    for command in commands(&place) {
        if command == ["correct"] {
            judge(&place);
        }
        let help = help(&place, &command);
        let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  hedgerow ")).collect();
        assert!(!examples.is_empty(), "{command:?} has no example:\n{help}");
        for example in examples {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("hedgerow {example}")]).current_dir(place.path("")).env("PATH", &path);
            let output = shell.env("CI", "1").output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{command:?}: hedgerow {example}: {said}");
        }
    }
}

#[test]
fn help_is_a_command_and_says_the_same() {
    let place = Place::with::<&str>(&[]);
    for command in commands(&place) {
        let arguments: Vec<&str> = ["help"].into_iter().chain(command.iter().map(String::as_str)).collect();
        let run = place.run(&arguments);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert_eq!(run.out, help(&place, &command), "{arguments:?}");
    }
    let run = place.run(&["help", "cuont"]);
    assert_eq!(run.status, Some(2), "{run:?}");
}

#[test]
fn options_stand_under_what_they_are_about() {
    let place = Place::with::<&str>(&[]);
    let help = help(&place, &["count".into()]);
    let heading = |option: &str| {
        let before = help.split_once(&format!(" {option}")).unwrap_or_else(|| panic!("{option}")).0;
        before.lines().rfind(|line| line.ends_with(':') && !line.starts_with(' ')).unwrap().to_owned()
    };
    for (option, expected) in [
        ("--out", "Output:"),
        ("--encoding", "Reading:"),
        ("--lexicon", "Coding:"),
        ("--by", "Groups:"),
        ("--from", "Reading:"),
    ] {
        assert_eq!(heading(option), expected, "{option}");
    }
}
