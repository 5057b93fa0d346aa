//! The results are whole, old or new, whatever ends a run; and nothing is left beside them.

use std::fs;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

#[cfg(unix)]
use crate::place::is_ignored;
use crate::place::{Place, program};
use crate::tables::Tables;

/// A place with a folder of documents that takes some seconds to count.
fn place_with_much_to_do() -> Place {
    let place = Place::with(&[("a.txt", "犬が走る。"), ("b.txt", "効くかもしれない。")]);
    for number in 0..40 {
        place.write(&format!("much/{number}.txt"), format!("効果{number}が期待される。").repeat(4000));
    }
    place
}

fn start(place: &Place, arguments: &[&str]) -> Child {
    let mut command = program();
    command.args(arguments).current_dir(place.path("")).env("TMPDIR", place.path("temp"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Waits until a run is writing to `out`.
fn wait_for_tables(place: &Place) {
    let began = Instant::now();
    while !place.path(".hedgerow-out/new/documents.csv").exists() {
        assert!(began.elapsed() < Duration::from_secs(60), "no table is written");
        sleep(Duration::from_millis(5));
    }
}

fn names(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let kill = Command::new("kill").args(["-s", name, &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
}

#[test]
#[cfg(unix)]
fn a_signal_ends_a_run_that_leaves_nothing() {
    let place = place_with_much_to_do();
    place.count(&["a.txt"]);
    let earlier = Tables::read(&place.path("out")).bytes();
    let before = names(&place);
    for (name, status) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        if is_ignored(name) {
            continue;
        }
        let run = start(&place, &["count", "much", "--out", "out", "--force"]);
        wait_for_tables(&place);
        signal(&run, name);
        let Output { status: ended, stdout, stderr } = run.wait_with_output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert_eq!((ended.code(), said.lines().count()), (Some(status), 1), "{name}: {said}");
        assert!(said.starts_with("interrupted: ") && stdout.is_empty(), "{said}");
        assert_eq!(names(&place), before, "{name}");
        assert_eq!(Tables::read(&place.path("out")).bytes(), earlier);
    }
}

#[test]
#[cfg(unix)]
fn a_signal_leaves_nothing_of_standard_input() {
    use std::io::Write;
    let place = Place::with::<&str>(&[]);
    fs::create_dir(place.path("temp")).unwrap();
    let mut run = start(&place, &["count", "-", "--out", "out"]);
    let mut input = run.stdin.take().unwrap();
    input.write_all("犬が走る。\n".repeat(100_000).as_bytes()).unwrap();
    signal(&run, "TERM");
    assert_eq!(run.wait_with_output().unwrap().status.code(), Some(143));
    assert_eq!(names(&place), ["temp"]);
    assert_eq!(fs::read_dir(place.path("temp")).unwrap().count(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_that_was_ignored_stays_so() {
    let place = place_with_much_to_do();
    // As `nohup` does.
    let line = "trap '' HUP; exec \"$0\" count much --out out";
    let mut command = Command::new("sh");
    command.args(["-c", line]).arg(program().get_program()).current_dir(place.path(""));
    let run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_for_tables(&place);
    signal(&run, "HUP");
    let Output { status, stderr, .. } = run.wait_with_output().unwrap();
    assert_eq!((status.code(), String::from_utf8(stderr).unwrap().as_str()), (Some(0), ""));
    assert!(place.path("out/run.json").exists());
}

#[test]
fn a_second_run_is_refused_and_what_a_killed_one_leaves_is_removed() {
    let place = place_with_much_to_do();
    let before = names(&place);
    let mut first = start(&place, &["count", "much", "--out", "out"]);
    wait_for_tables(&place);
    for arguments in [&["count", "a.txt", "--out", "out"][..], &["texts", "a.txt", "--out", "out/"]] {
        let run = place.run(arguments);
        assert_eq!((run.status, run.out.as_str()), (Some(1), ""), "{run:?}");
        assert!(run.err.contains("another run is writing") && run.err.lines().count() == 1, "{}", run.err);
    }
    // Another folder is free, and the workplace of a run that lives stays.
    assert_eq!(place.run(&["count", "a.txt", "--out", "other"]).status, Some(0));
    assert!(place.path(".hedgerow-out/new").exists());
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(place.path(".hedgerow-out/new").exists());
    let run = place.run(&["count", "a.txt", "--out", "another"]);
    assert!(run.out.contains("note: what an earlier run left"), "{run:?}");
    fs::remove_dir_all(place.path("other")).unwrap();
    fs::remove_dir_all(place.path("another")).unwrap();
    assert_eq!(names(&place), before);
}

#[test]
fn a_run_that_is_killed_at_any_time_leaves_the_earlier_results_or_the_new_ones() {
    let place = Place::with(&[("a.txt", "犬が走る。"), ("b.txt", "効くかもしれない。")]);
    let began = Instant::now();
    let results: Vec<_> = ["a.txt", "b.txt"]
        .into_iter()
        .map(|document| {
            place.run(&["count", document, "--out", "out", "--force"]);
            Tables::read(&place.path("out")).bytes()
        })
        .collect();
    let length = began.elapsed() / 2;
    const KILLS: u32 = 24;
    let mut documents = ["a.txt", "b.txt"].into_iter().cycle();
    for kill in 0..KILLS {
        let document = documents.next().unwrap();
        let mut run = start(&place, &["count", document, "--out", "out", "--force"]);
        // Most of them when the folder takes its place.
        sleep(length * (KILLS + kill) / (2 * KILLS));
        run.kill().unwrap();
        run.wait().unwrap();
        let found = Tables::read(&place.path("out")).bytes();
        assert!(results.contains(&found), "kill {kill}");
    }
    let run = place.run(&["count", "a.txt", "--out", "out", "--force"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(names(&place), ["a.txt", "b.txt", "out"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_table_that_cannot_be_replaced_is_named_and_the_earlier_results_stay() {
    let place = Place::with(&[("a.txt", "犬が走る。"), ("b.txt", "効くかもしれない。")]);
    place.count(&["a.txt"]);
    let earlier = Tables::read(&place.path("out")).bytes();
    let table = place.path("out/markers.csv");
    // What is mounted can't be renamed, as little as what is open in a program of Windows.
    let mounted = Command::new("mount").arg("--bind").args([&table, &table]).stderr(Stdio::null()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("not tried: this system lets nobody mount a file here");
        return;
    }
    let run = place.run(&["count", "b.txt", "--out", "out", "--force"]);
    assert!(Command::new("umount").arg(&table).status().unwrap().success());
    assert_eq!((run.status, run.out.as_str(), run.err.lines().count()), (Some(1), "", 1), "{run:?}");
    assert!(run.err.contains("out/markers.csv: ") && run.err.contains("complete in out.new"), "{}", run.err);
    assert_eq!(Tables::read(&place.path("out")).bytes(), earlier);
    assert_eq!(names(&place), ["a.txt", "b.txt", "out", "out.new"]);
    place.run(&["count", "b.txt", "--out", "out", "--force"]);
    let bytes = |folder| Tables::read(&place.path(folder)).bytes();
    assert_eq!(bytes("out"), bytes("out.new"));
}
