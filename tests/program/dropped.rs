//! Files and folders dropped on the program: `hedgerow PATH`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use crate::in_terminal::in_terminal;
use crate::place::{Place, Run, program};

const TEXT: &str = "効果が期待される。";

/// Runs the program with a stand-in for `xdg-open`, which notes what it is given in the file `opened`.
fn drop_on(place: &Place, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let stand_in = place.path("bin/xdg-open");
    place.write(
        "bin/xdg-open",
        "#!/bin/sh\nprintf '%s' \"$1\" >\"$NOTED.new\" && mv \"$NOTED.new\" \"$NOTED\"\n",
    );
    fs::set_permissions(&stand_in, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", place.path("bin").display(), std::env::var("PATH").unwrap());
    let mut command = program();
    command.args(arguments).current_dir(place.path("")).env("PATH", path).env("NOTED", place.path("opened"));
    for name in ["CI", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"] {
        command.env_remove(name);
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Run { status: output.status.code(), out, err }
}

#[test]
fn what_is_dropped_is_counted_beside_it_and_nothing_is_written_over() {
    let place = Place::with(&[
        ("私の テキスト/a.txt", TEXT),
        ("私の テキスト/壊れ.docx", "no Word"),
        ("b.txt", TEXT),
    ]);
    for (typed, expected) in [
        ("私の テキスト", "私の テキスト-hedgerow"),
        ("私の テキスト/", "私の テキスト-hedgerow-2"),
        ("./私の テキスト", "私の テキスト-hedgerow-3"),
        ("b.txt", "b.txt-hedgerow"),
    ] {
        let run = drop_on(&place, &[typed], &[]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{typed}");
        assert!(place.path(expected).join("run.json").exists(), "{typed}: {}", run.out);
        assert!(run.out.contains(expected), "{}", run.out);
    }
    fs::write(place.path("b.txt-hedgerow-2"), "mine").unwrap();
    assert_eq!(drop_on(&place, &["b.txt", "私の テキスト"], &[]).status, Some(0));
    let documents = fs::read_to_string(place.path("b.txt-hedgerow-3/documents.csv")).unwrap();
    assert!(documents.contains("b.txt") && documents.contains("a.txt"), "{documents}");
    assert_eq!(fs::read_to_string(place.path("b.txt-hedgerow-2")).unwrap(), "mine");
}

#[test]
fn two_at_once_have_folders_of_their_own() {
    let place = Place::with(&[("pages/a.txt", TEXT)]);
    let spawn = || program().arg("pages").current_dir(place.path("")).env("CI", "1").output().unwrap();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(spawn)).collect();
        for run in runs {
            let run = run.join().unwrap();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        }
    });
    let entries = fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().path());
    let results: Vec<_> = entries.filter(|path| path.join("run.json").exists()).collect();
    assert_eq!(results.len(), 4, "{results:?}");
}

#[test]
fn the_report_is_opened_where_there_is_a_screen_and_named_elsewhere() {
    let place = Place::with(&[("pages/a.txt", TEXT)]);
    let run = drop_on(&place, &["pages"], &[("DISPLAY", ":0")]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let report = place.path("pages-hedgerow/report.html");
    // Where the program makes none, there is nothing to open.
    if report.exists() {
        let noted = place.path("opened");
        (0..500).take_while(|_| !noted.exists()).for_each(|_| std::thread::sleep(Duration::from_millis(20)));
        assert_eq!(fs::read_to_string(noted).unwrap(), report.to_str().unwrap());
        for environment in [&[][..], &[("DISPLAY", ":0"), ("CI", "1")]] {
            fs::remove_file(place.path("opened")).ok();
            let run = drop_on(&place, &["pages"], environment);
            std::thread::sleep(Duration::from_millis(200));
            assert!(run.out.contains("report.html") && !place.path("opened").exists(), "{}", run.out);
        }
    }
}

#[test]
fn a_command_wins_and_what_is_no_path_is_a_slip() {
    let place = Place::with(&[("count/a.txt", TEXT), ("pages/a.txt", TEXT)]);
    let run = place.run(&["count"]);
    assert_eq!((run.status, run.err.contains("<PATH>")), (Some(2), true), "{run:?}");
    assert_eq!(place.run(&["./count"]).status, Some(0));
    assert!(place.path("count-hedgerow/run.json").exists());
    let run = place.run(&["cuont"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.err.contains("unrecognized subcommand 'cuont'") && run.err.contains("did you mean count?"),
        "{}",
        run.err
    );
    place.assert_refused(&["nowhere/pages"], &[&["nowhere/pages", "no such file"]]);
    place.assert_refused(&["pages", "gone"], &[&["gone", "no such file"]]);
    place.assert_refused(&["/"], &[&["--out"]]);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_one_line_with_the_remedy() {
    // Nobody, not even root, makes a folder there.
    let place = Place::with::<&str>(&[]);
    place.assert_refused(
        &["/proc/version"],
        &[&["/proc/version-hedgerow", "hedgerow count /proc/version --out DIR"]],
    );
}

#[test]
fn a_window_of_its_own_waits_for_a_key_and_a_shell_does_not() {
    let place = Place::with(&[("pages/a.txt", TEXT)]);
    assert_eq!(drop_on(&place, &["pages"], &[]).status, Some(0));
    let path = format!("{}:{}", place.path("bin").display(), std::env::var("PATH").unwrap());
    let noted = place.path("opened");
    let screen = [("DISPLAY", ":0"), ("PATH", &path), ("NOTED", noted.to_str().unwrap())];
    for (arguments, status) in [(&["pages"][..], 0), (&["pages", "gone"], 1), (&[], 2)] {
        let run = in_terminal(&place, 80, "\n", arguments, &screen);
        assert_eq!(run.status, Some(status), "{}", run.out);
        assert!(run.out.contains("Press Enter"), "{arguments:?}: {}", run.out);
        let run = in_terminal(&place, 80, "", arguments, &[("DISPLAY", ":0"), ("CI", "1")]);
        assert!(run.status == Some(status) && !run.out.contains("Press Enter"), "{}", run.out);
    }
}
