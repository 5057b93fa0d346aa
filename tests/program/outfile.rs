//! Commands that write a file in the place of standard output; completions and manual pages.

use std::fs;
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
