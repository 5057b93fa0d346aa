//! A run that was interrupted goes on from where it was, and ends as if nothing had happened.

use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, UNIX_EPOCH};

#[cfg(unix)]
use crate::place::is_ignored;
use crate::place::{Place, Run, corpus, program};
use crate::spreadsheets::zipped;
use crate::tables::Tables;

const JOURNAL: &str = "out.partial/.hedgerow.journal";

/// Runs `count` with `--resume` and more.
fn resume(place: &Place, more: &[&str]) -> Run {
    place.run(&[&["count", "texts", "--out", "out", "--resume"], more].concat())
}

/// Writes a file, which was modified long ago.
fn write_old(place: &Place, name: &str, text: impl AsRef<[u8]>) {
    place.write(name, text);
    let file = fs::File::options().write(true).open(place.path(name)).unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
}

/// A run that coded the rows of a table, then met a file that it could not read; it has been mended since, and the file
/// system does not show it.
fn interrupted() -> Place {
    let place = Place::with::<&str>(&[]);
    write_old(&place, "texts/a.csv", "text\n効くだろう。\n必ず効く。\n");
    write_old(&place, "texts/m.txt", "犬。");
    write_old(&place, "texts/z.txt", b"\xff\xff\xff");
    let run = resume(&place, &[]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.err.contains("z.txt") && run.err.contains("is kept in out.partial"), "{run:?}");
    write_old(&place, "texts/z.txt", "猫");
    place
}

/// Asserts that going on gives what an undisturbed run gives, and leaves nothing else.
fn assert_ends_as_undisturbed(place: &Place, more: &[&str]) -> String {
    let run = resume(place, more);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{run:?}");
    assert!(!place.path("out.partial").exists());
    let undisturbed = place.run(&[&["count", "texts", "--out", "undisturbed"], more].concat());
    assert_eq!(undisturbed.status, Some(0), "{undisturbed:?}");
    let [tables, expected] = ["out", "undisturbed"].map(|out| Tables::read(&place.path(out)).bytes());
    assert_eq!(tables, expected);
    run.out
}

fn names(place: &Place) -> Vec<OsString> {
    let entries = fs::read_dir(place.path("")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

/// Numbers at random: xorshift (Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// Texts of all kinds: enough of each that it is coded in several windows.
fn many_texts() -> Place {
    let sample = fs::read_to_string(corpus().join("health/pollen.txt")).unwrap();
    let lines: Vec<&str> = sample.lines().filter(|line| !line.is_empty()).collect();
    let line = |at: usize| lines[at % lines.len()];
    let place = Place::with(&[("texts/long.txt", sample.repeat(90))]);
    let rows: String = (0..2_500).map(|at| format!("{at},\"{}\"\n", line(at))).collect();
    place.write("texts/rows.csv", format!("id,text\n{rows}"));
    for at in 0..400 {
        place.write(&format!("texts/{}/{at}.txt", at % 7), format!("{at}。{}\n", line(at)));
    }
    let members: Vec<(String, String)> =
        (0..900).map(|at| (format!("{at}.txt"), format!("{}{at}", line(3 * at)))).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    place.write("texts/members.zip", zipped(&members));
    place
}

#[test]
fn fifty_kills_in_one_chain_change_no_byte() {
    let place = many_texts();
    let undisturbed = place.run(&["count", "texts", "--out", "undisturbed"]);
    assert_eq!(undisturbed.status, Some(0), "{undisturbed:?}");
    let size = || fs::metadata(place.path(JOURNAL)).map_or(0, |journal| journal.len());
    let mut random = Random(20_261_127);
    let (mut kills, mut sizes, mut told) = (0, vec![0], String::new());
    while told.is_empty() {
        let mut command = program();
        command.args(["count", "texts", "--out", "out", "--resume"]).current_dir(place.path(""));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Some are killed when a little more has been written, whenever that is, and most soon. So much is coded in one
        // window that a fast machine would be at the end before fifty kills otherwise.
        let grown = size() + random.below(12_000);
        let anywhere = kills % 3 < 2;
        let mut ended = None;
        if anywhere {
            sleep(Duration::from_millis(random.below(300)));
        }
        while kills >= 50 || !anywhere && size() < grown {
            ended = child.try_wait().unwrap();
            if ended.is_some() {
                break;
            }
            sleep(Duration::from_millis(1));
        }
        if ended.is_none() {
            sleep(Duration::from_micros(random.below(3_000)));
            child.kill().unwrap();
            kills += 1;
        }
        let status = child.wait().unwrap();
        if status.success() {
            child.stdout.take().unwrap().read_to_string(&mut told).unwrap();
            let [tables, expected] = ["out", "undisturbed"].map(|out| Tables::read(&place.path(out)).bytes());
            assert_eq!(tables, expected);
            if kills < 50 {
                // A machine so fast begins a second chain.
                fs::remove_dir_all(place.path("out")).unwrap();
                told.clear();
            }
        } else {
            let mut complaint = String::new();
            child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
            assert_eq!(complaint, "");
            assert!(!place.path("out").exists() || fs::exists(place.path("out/run.json")).unwrap());
            sizes.push(size());
        }
    }
    assert!(sizes.windows(2).filter(|pair| pair[0] < pair[1]).count() > 10, "{sizes:?}");
    if sizes.last().is_some_and(|size| *size > 0) {
        assert!(told.contains("were taken as the interrupted run had counted them"), "{told}");
    }
    assert_eq!(names(&place), ["out", "texts", "undisturbed"]);
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_what_was_coded_and_nothing_else() {
    let place = many_texts();
    let size = || fs::metadata(place.path(JOURNAL)).map_or(0, |journal| journal.len());
    for signal in ["INT", "TERM", "HUP"] {
        if is_ignored(signal) {
            continue;
        }
        let before = size();
        let mut command = program();
        command.args(["count", "texts", "--out", "out", "--resume"]).current_dir(place.path(""));
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        while size() <= before.max(40_000) {
            sleep(Duration::from_millis(1));
        }
        let sent = std::process::Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(sent.unwrap().success());
        let ended = child.wait_with_output().unwrap();
        assert!(!ended.status.success());
        let told = String::from_utf8(ended.stderr).unwrap();
        assert!(told.contains("kept in out.partial; the same command goes on"), "{told}");
        assert_eq!(names(&place), ["out.partial", "texts"]);
    }
    assert_ends_as_undisturbed(&place, &[]);
}

#[test]
fn a_run_that_nothing_interrupts_is_as_any_other() {
    let place = Place::with(&[("texts/a.txt", "効くだろう。"), ("texts/b/c.txt", "必ず効く。")]);
    assert!(!assert_ends_as_undisturbed(&place, &[]).contains("interrupted"));
}

#[test]
fn what_was_coded_is_taken_from_there() {
    let told = assert_ends_as_undisturbed(&interrupted(), &[]);
    assert!(told.contains("of text were taken as the interrupted run had counted them"), "{told}");
}

#[test]
fn an_interrupted_run_is_in_the_way_until_it_is_resumed_or_removed() {
    let place = interrupted();
    let words = ["out.partial", "interrupted", "--resume", "--force"];
    place.assert_refused(&["count", "texts", "--out", "out"], &[&words]);
    let run = place.run(&["count", "texts", "--out", "out", "--force"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(!place.path("out.partial").exists());
}

#[test]
fn what_the_run_was_begun_with_must_be_the_same() {
    let place = interrupted();
    let begun = ["count", "texts", "--out", "out", "--resume"];
    place.write("dogs.toml", crate::place::DOGS);
    for (more, words) in [
        (&["--lexicon", "dogs.toml"][..], ["lexicon", "--force"]),
        (&["--html", "all"], ["html", "\"main\""]),
        (&["--skip-unreadable"], ["skip_unreadable", "`false`, and now `true`"]),
        (&["--drop-duplicates"], ["drop_duplicates", "`false`, and now `true`"]),
        (&["--wrapped=never"], ["wrapped", "never"]),
    ] {
        place.assert_refused(&[&begun, more].concat(), &[&[&["out.partial"][..], &words].concat()]);
    }
    place.write("v.csv", "document,g\na.csv#1,x\na.csv#2,y\n");
    place.assert_refused(&[&begun[..], &["--variables", "v.csv"]].concat(), &[&["variables", "v.csv"]]);
    assert_ends_as_undisturbed(&place, &[]);
}

#[test]
fn inputs_must_be_the_same() {
    let begun = ["count", "texts", "--out", "out", "--resume"];
    let place = interrupted();
    place.write("texts/b.txt", "犬");
    place.assert_refused(&begun, &[&["out.partial", "b.txt is new", "--force"]]);
    fs::remove_file(place.path("texts/b.txt")).unwrap();
    fs::remove_file(place.path("texts/m.txt")).unwrap();
    place.assert_refused(&begun, &[&["out.partial", "m.txt is gone", "--force"]]);
    place.write("texts/m.txt", "犬と犬。");
    place.assert_refused(&begun, &[&["out.partial", "m.txt has changed", "--force"]]);
    write_old(&place, "texts/m.txt", "犬。");
    // Of the same size, and not coded yet.
    place.write("texts/z.txt", "犬");
    place.assert_refused(&begun, &[&["out.partial", "z.txt has changed", "--force"]]);
    write_old(&place, "texts/z.txt", "猫");
    // Coded, and modified at the same time.
    write_old(&place, "texts/a.csv", "text\n効くだろう。\n必ず走る。\n");
    place.assert_refused(&begun, &[&["out.partial", "a.csv#2 has changed", "--force"]]);
    let told = assert_ends_as_undisturbed(&place, &["--force"]);
    assert!(told.contains("interrupted run"), "{told}");
}

#[test]
fn with_force_what_is_still_the_same_is_taken() {
    let place = interrupted();
    place.write("texts/m.txt", "猫と犬。");
    place.write("texts/z.txt", "犬だろう。");
    let told = assert_ends_as_undisturbed(&place, &["--force"]);
    assert!(told.contains("interrupted run"), "{told}");
}

#[test]
fn with_force_a_run_begun_with_something_else_is_begun_anew() {
    let place = interrupted();
    let told = assert_ends_as_undisturbed(&place, &["--force", "--html", "all"]);
    assert!(!told.contains("interrupted run"), "{told}");
}

#[test]
fn a_journal_torn_or_damaged_anywhere_gives_the_same_tables() {
    let place = interrupted();
    let journal = fs::read(place.path(JOURNAL)).unwrap();
    let passages = journal.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    // The header, and a line for each of three files.
    let start = passages.collect::<Vec<_>>()[3];
    assert!(start < journal.len());
    let again = |journal: &[u8]| {
        let _ = fs::remove_dir_all(place.path("out"));
        let _ = fs::remove_dir_all(place.path("undisturbed"));
        place.write("out.partial/.hedgerow.lock", "");
        place.write(JOURNAL, journal);
    };
    for end in [0, 1, start - 1, start, start + 1, journal.len() - 1] {
        again(&journal[..end]);
        assert_ends_as_undisturbed(&place, &[]);
    }
    let mut damaged = journal.clone();
    damaged[start + 40] ^= 1;
    again(&damaged);
    assert_ends_as_undisturbed(&place, &[]);
    // What the run was begun with is no longer known.
    let mut damaged = journal.clone();
    damaged[40] ^= 1;
    again(&damaged);
    let begun = ["count", "texts", "--out", "out", "--resume"];
    place.assert_refused(&begun, &[&["out.partial", "journal", "--force"]]);
}

#[test]
fn a_second_run_is_refused_while_the_first_is_at_work() {
    let place = interrupted();
    let lock = fs::File::options().write(true).open(place.path("out.partial/.hedgerow.lock")).unwrap();
    lock.lock().unwrap();
    let begun = ["count", "texts", "--out", "out", "--resume"];
    place.assert_refused(&begun, &[&["out.partial", "another run is at work"]]);
    place.assert_refused(&begun[..4], &[&["out.partial", "another run is at work"]]);
    place.assert_refused(&["count", "texts", "--out", "out", "--force"], &[&["another run is at work"]]);
    drop(lock);
    assert_ends_as_undisturbed(&place, &[]);
}

#[test]
fn a_run_killed_behind_its_last_rename_ends_well() {
    let place = interrupted();
    let partial = || -> Vec<(PathBuf, Vec<u8>)> {
        let files = fs::read_dir(place.path("out.partial")).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    };
    let files = partial();
    assert_ends_as_undisturbed(&place, &[]);
    fs::remove_dir_all(place.path("undisturbed")).unwrap();
    fs::create_dir(place.path("out.partial")).unwrap();
    files.iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    // The journal does not say that the tables are its own.
    let begun = ["count", "texts", "--out", "out", "--resume"];
    place.assert_refused(&begun, &[&["out", "exists already", "--force"]]);
    let digest = |bytes: &[u8]| -> String {
        use sha2::{Digest, Sha256};
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let complete = format!("complete {}", digest(&fs::read(place.path("out/run.json")).unwrap()));
    let checksum = &digest(complete.as_bytes())[..16];
    let mut journal = fs::read(place.path(JOURNAL)).unwrap();
    journal.extend(format!("{checksum} {complete}\n").bytes());
    place.write(JOURNAL, journal);
    assert_ends_as_undisturbed(&place, &[]);
}

#[test]
fn a_folder_of_somebody_else_is_not_touched() {
    let place = Place::with(&[("texts/a.txt", "犬"), ("out.partial/notes.txt", "mine")]);
    let begun = ["count", "texts", "--out", "out", "--resume"];
    place.assert_refused(&begun, &[&["out.partial", "no interrupted run"]]);
    place.assert_refused(&[&begun[..], &["--force"]].concat(), &[&["out.partial", "no interrupted run"]]);
    let run = place.run(&["count", "texts", "--out", "out"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let run = place.run(&["count", "texts", "--out", "out", "--force"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(fs::read(place.path("out.partial/notes.txt")).unwrap(), b"mine");
}

#[test]
fn a_folder_counted_into_itself_is_the_same_when_resumed() {
    let place = Place::with(&[("texts/a.csv", "text\n効くだろう。\n")]);
    write_old(&place, "texts/z.txt", b"\xff\xff\xff");
    let arguments = ["count", "texts", "--out", "texts/out", "--resume"];
    assert_eq!(place.run(&arguments).status, Some(1));
    write_old(&place, "texts/z.txt", "猫");
    let run = place.run(&arguments);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{run:?}");
    let tables = Tables::read(&place.path("texts/out"));
    assert_eq!(tables.run["passed_over"], serde_json::json!({}));
    assert_eq!(tables.run["tables_passed_over"], serde_json::json!([]));
}

#[test]
fn standard_input_is_refused() {
    let place = Place::with::<&str>(&[]);
    place.assert_refused(&["count", "-", "--out", "out", "--resume"], &[&["standard input", "--resume"]]);
}

#[test]
fn what_fails_before_anything_is_coded_leaves_nothing() {
    let place = Place::with(&[("texts/a.txt", &b"\xff"[..]), ("texts/b.txt", b"ok")]);
    for out in ["out", "deep/er/out"] {
        place.assert_refused(&["count", "texts", "--out", out, "--resume"], &[&["a.txt", "UTF-8"]]);
    }
}
