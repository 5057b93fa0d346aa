//! Commands that write a file in the place of standard output; completions and manual pages.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::help::commands;
use crate::place::{Place, corpus};

#[test]
fn a_file_holds_what_is_printed_and_is_replaced_with_force_alone() {
    let place = Place::with::<&str>(&[]);
    place.count(&[corpus().to_str().unwrap()]);
    for arguments in [&["cite", "out"][..], &["lexicon", "list"]] {
        let printed = place.run(arguments).out;
        let to_file = [arguments, &["--out", "file.txt"]].concat();
        let run = place.run(&to_file);
        assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
        assert_eq!(fs::read_to_string(place.path("file.txt")).unwrap(), printed);
        fs::write(place.path("file.txt"), "mine").unwrap();
        place.assert_refused(&to_file, &[&["file.txt", "--force"]]);
        assert_eq!(place.run(&[&to_file[..], &["--force"]].concat()).status, Some(0));
        assert_eq!(fs::read_to_string(place.path("file.txt")).unwrap(), printed);
        fs::remove_file(place.path("file.txt")).unwrap();
        place.assert_refused(&[arguments, &["--out", "none/file.txt"]].concat(), &[&["none/file.txt"]]);
    }
}

#[test]
fn shells_take_their_completions() {
    let place = Place::with::<&str>(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = place.run(&["completions", shell]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{shell}");
        assert!(run.out.contains("hedgerow") && run.out.contains("without-text"), "{shell}");
    }
    place.write("hedgerow.bash", place.run(&["completions", "bash"]).out);
    let check = "set -e; bash -n hedgerow.bash; . ./hedgerow.bash; COMP_WORDS=(hedgerow com) COMP_CWORD=1; _hedgerow hedgerow com hedgerow; echo \"${COMPREPLY[@]}\"";
    let output = Command::new("bash").args(["-c", check]).current_dir(place.path("")).output().unwrap();
    let completed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && completed.contains("compare completions"), "{output:?}");
    assert_eq!(place.run(&["completions", "tcsh"]).status, Some(2));
}

#[test]
fn every_command_has_a_manual_page() {
    let place = Place::with::<&str>(&[]);
    let run = place.run(&["man", "--out", "man1"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    for command in commands(&place) {
        let name = [vec!["hedgerow".to_owned()], command].concat().join("-");
        let page = fs::read_to_string(place.path(&format!("man1/{name}.1"))).unwrap();
        assert!(
            page.contains(".TH ") && page.contains(".SH NAME") && page.contains("hedgerow"),
            "{name}: {page}"
        );
        // A line that begins with a dot is a request of roff, of which these are all.
        let requests = page.lines().filter(|line| line.starts_with('.'));
        for request in requests.map(|line| line.split(' ').next().unwrap()) {
            assert!(
                [".TH", ".SH", ".SS", ".TP", ".PP", ".IP", ".RS", ".RE", ".br", ".ie", ".el", ".ds"]
                    .contains(&request),
                "{name}: {request}"
            );
        }
    }
    assert_eq!(place.run(&["man"]).out, fs::read_to_string(place.path("man1/hedgerow.1")).unwrap());
    place.assert_refused(&["man", "--out", "man1"], &[&["man1"]]);
}

/// The files below a folder, by their paths.
fn files(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|file| file.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn packages_bring_manual_pages_and_completions() {
    let place = Place::with::<&str>(&[]);
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut script = Command::new(top.join("packaging/extras"));
    let output = script.args([env!("CARGO_BIN_EXE_hedgerow"), "made"]).current_dir(place.path("")).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
    let made = files(&place.path("made"));
    assert!(made.iter().any(|path| path == "share/man/man1/hedgerow-count.1"), "{made:?}");
    for path in &made {
        assert!(fs::metadata(place.path(&format!("made/{path}"))).unwrap().len() > 500, "{path}");
    }
    // The .deb takes each of them, manual pages compressed.
    let manifest: toml::Table = fs::read_to_string(top.join("Cargo.toml")).unwrap().parse().unwrap();
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array().unwrap();
    let patterns = assets.iter().filter_map(|asset| {
        let path = asset[0].as_str().unwrap().strip_prefix("target/release/packaging/program/")?;
        let path = path.trim_end_matches(".gz");
        path.starts_with("share/").then(|| path.split_once('*').unwrap_or((path, "")))
    });
    let patterns: Vec<(&str, &str)> = patterns.collect();
    let is_of = |path: &str, (begin, end): &(&str, &str)| path.starts_with(begin) && path.ends_with(end);
    for path in &made {
        assert!(patterns.iter().any(|pattern| is_of(path, pattern)), "no asset in Cargo.toml takes {path}");
    }
    for pattern in &patterns {
        assert!(made.iter().any(|path| is_of(path, pattern)), "nothing is as an asset says: {pattern:?}");
    }
}
