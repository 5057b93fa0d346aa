//! Documents that can't be read: all are named, and nothing is written, unless they are to be left out.

use crate::place::Place;
use crate::tables::strings;

/// A folder with one good document and one of each bad kind.
fn mixed() -> Place {
    Place::with(&[
        ("in/a-bad.txt", &b"ok\n\xff\xff"[..]),
        ("in/b-good.txt", "犬".as_bytes()),
        ("in/c-short.txt", b"\xc3\xbd"),
        ("in/d-nul.txt", b"a\0b"),
        ("in/e-cut.txt", &"犬がいて、犬が走り、犬が眠る。\n犬".as_bytes()[..48]),
    ])
}

#[test]
fn malformed_bytes_are_named_with_their_place_and_the_remedy() {
    let words =
        ["e-cut.txt", "2 bytes are not UTF-8", "byte 46", "line 2", "--encoding", "--allow-malformed"];
    mixed().assert_refused(&["count", "in/e-cut.txt", "--out", "out"], &[&words]);
}

#[test]
fn bytes_of_no_known_encoding_are_refused() {
    let words = ["a-bad.txt", "not UTF-8, Shift_JIS, EUC-JP or ISO-2022-JP", "--encoding"];
    mixed().assert_refused(&["count", "in/a-bad.txt", "--out", "out"], &[&words]);
}

#[test]
fn bytes_that_may_be_either_of_two_encodings_are_refused() {
    let words = ["c-short.txt", "too short to tell UTF-8 from Shift_JIS", "--encoding"];
    mixed().assert_refused(&["count", "in/c-short.txt", "--out", "out"], &[&words]);
}

#[test]
fn a_nul_is_named_with_its_byte() {
    let words = ["d-nul.txt", "NUL", "byte 1", "as UTF-8"];
    mixed().assert_refused(&["count", "in/d-nul.txt", "--out", "out"], &[&words]);
}

#[test]
fn all_are_named_at_once() {
    let problems: &[&[&str]] =
        &[&["a-bad.txt"], &["c-short.txt"], &["d-nul.txt", "NUL"], &["e-cut.txt", "byte 46"]];
    mixed().assert_refused(&["count", "in", "--out", "out"], problems);
}

#[test]
fn they_are_left_out_on_request_and_listed() {
    let place = mixed();
    let (tables, out) = place.count(&["in", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("document"), ["b-good.txt"]);
    let skipped = strings(&tables.run["skipped"]);
    for (said, name) in skipped.iter().zip(["a-bad.txt", "c-short.txt", "d-nul.txt", "e-cut.txt"]) {
        assert!(said.contains(name), "{said}");
    }
    assert_eq!(skipped.len(), 4);
    assert_eq!(tables.run["options"]["skip_unreadable"], true);
    assert!(out.contains("4 documents") && out.contains("left out"), "{out}");
}

#[test]
fn where_none_is_left_nothing_is_written() {
    let place = mixed();
    let arguments = ["count", "in/a-bad.txt", "in/d-nul.txt", "--out", "out", "--skip-unreadable"];
    place.assert_refused(&arguments, &[&["a-bad.txt"], &["d-nul.txt"]]);
}

#[test]
#[cfg(unix)]
fn a_link_to_nowhere_is_named_together_with_the_others() {
    let place = mixed();
    std::os::unix::fs::symlink(place.path("nowhere"), place.path("in/link.txt")).unwrap();
    let problems: &[&[&str]] =
        &[&["link.txt"], &["a-bad.txt"], &["c-short.txt"], &["d-nul.txt"], &["e-cut.txt"]];
    place.assert_refused(&["count", "in", "--out", "out"], problems);
    let (tables, _) = place.count(&["in", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("document"), ["b-good.txt"]);
    assert_eq!(strings(&tables.run["skipped"]).len(), 5);
}

#[test]
#[cfg(unix)]
fn a_file_without_the_right_to_read_it_is_named() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with(&[("in/a.txt", "犬"), ("in/b.txt", "犬")]);
    fs::set_permissions(place.path("in/b.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(place.path("in/b.txt")).is_ok() {
        // Whoever may read everything, as root may, has no such file.
        return;
    }
    place.assert_refused(&["count", "in", "--out", "out"], &[&["b.txt", "check the rights to read it"]]);
}

#[test]
#[cfg(unix)]
fn a_link_back_to_a_folder_above_ends_the_walk_there() {
    let place = Place::with(&[("in/a.txt", "犬"), ("in/b/c.txt", "犬")]);
    std::os::unix::fs::symlink(place.path("in"), place.path("in/b/again")).unwrap();
    let (tables, _) = place.count(&["in"]);
    assert_eq!(tables.documents.column("document"), ["a.txt", "b/c.txt"]);
}

#[test]
#[cfg(unix)]
fn where_standard_input_cannot_be_copied_to_the_folder_for_temporary_files_is_named() {
    let place = Place::with::<&str>(&[]);
    for folder in ["missing", "/dev/null"] {
        let run = place.run_with(&["count", "-", "--out", "out"], "犬が走る。", &[("TMPDIR", folder)]);
        assert_eq!((run.status, run.out.as_str()), (Some(1), ""), "{run:?}");
        assert!(
            run.err.starts_with(&format!("error: {folder}: ")) && run.err.lines().count() == 1,
            "{run:?}"
        );
        assert!(run.err.contains("TMPDIR") && !run.err.contains("--skip-unreadable"), "{run:?}");
        assert_eq!(run.err.matches(folder).count(), 1, "{run:?}");
    }
}
