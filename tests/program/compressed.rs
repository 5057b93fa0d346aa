//! Compressed files and archives.

use std::io::Write;

use encoding_rs::SHIFT_JIS;
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sha2::{Digest, Sha256};

use crate::place::Place;
use crate::spreadsheets::zipped;

pub fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstandard(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

#[test]
fn a_compressed_file_is_what_is_in_it() {
    let sjis = SHIFT_JIS.encode("犬がいるでしょう。").0.into_owned();
    for (name, bytes) in [("a.txt.gz", gzipped(&sjis)), ("a.txt.zst", zstandard(&sjis))] {
        let (tables, _) = Place::with(&[(name, &bytes)]).count_dogs(&[name]);
        assert_eq!(tables.documents.column("document"), [name]);
        assert_eq!(tables.concordance.column("left")[0], "");
        let input = &tables.run["inputs"][0];
        assert_eq!((&input["bytes"], &input["encoding"]), (&bytes.len().into(), &"Shift_JIS".into()));
    }
    let table = "text,x\n犬,1\n犬,2\n".as_bytes();
    for (name, bytes) in [("a.csv.gz", gzipped(table)), ("a.csv.zst", zstandard(table))] {
        let (tables, _) = Place::with(&[(name, &bytes)]).count_dogs(&[name]);
        assert_eq!(tables.documents.column("x"), ["1", "2"]);
        assert_eq!(tables.run["inputs"][0]["bytes"], bytes.len());
    }
}

#[test]
fn the_digest_is_that_of_the_file_as_it_is() {
    let table = "text,x\n犬,1\n犬,2\n".as_bytes();
    let xlsx = crate::spreadsheets::xlsx(&[&["\"text\""], &["\"犬\""]]);
    for (name, bytes, encoding) in [
        ("a.csv", table.to_vec(), "UTF-8".into()),
        ("a.csv.gz", gzipped(table), "UTF-8".into()),
        ("a.jsonl.zst", zstandard("{\"text\": \"犬\"}\n".as_bytes()), "UTF-8".into()),
        ("a.txt.gz", gzipped("犬".as_bytes()), "UTF-8".into()),
        ("a.xlsx.gz", gzipped(&xlsx), serde_json::Value::Null),
    ] {
        let (tables, _) = Place::with(&[(name, &bytes)]).count(&[name]);
        let input = &tables.run["inputs"][0];
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(input["sha256"], digest, "{name}");
        assert_eq!(input["bytes"], bytes.len(), "{name}");
        assert_eq!(input["encoding"], encoding, "{name}");
    }
}

#[test]
fn a_compressed_archive_is_not_read() {
    let place = Place::with(&[("a.zip.gz", gzipped(&zipped(&[("a.txt", "犬".as_bytes())])))]);
    place.assert_refused(&["count", "a.zip.gz", "--out", "out"], &[&["a.zip.gz", "files of this kind"]]);
}

#[test]
fn an_archive_of_tables_without_a_text_is_passed_over() {
    let archive = zipped(&[("a.csv", b"x,y\n1,2\n"), ("b.jpg", b"x")]);
    let place = Place::with(&[("in/a.zip", archive), ("in/c.txt", "犬".into())]);
    let (tables, out) = place.count(&["in"]);
    assert_eq!(tables.documents.column("document"), ["c.txt"]);
    assert!(out.contains("a.zip/a.csv") && out.contains("1 .jpg"), "{out}");
    place.assert_refused(
        &["count", "in/a.zip", "--out", "o"],
        &[&["no document in in/a.zip", "a.zip/a.csv", "1 .jpg"]],
    );
}

#[test]
fn a_reserved_name_in_a_table_of_an_archive_is_refused() {
    let place = Place::with(&[("a.zip", zipped(&[("b.csv", "text,tokens\n犬,1\n".as_bytes())]))]);
    let words = ["a.zip/b.csv", "`tokens`", "column of the results"];
    place.assert_refused(&["count", "a.zip", "--out", "out"], &[&words]);
}

#[test]
fn a_file_of_several_parts_is_read_in_full() {
    let parts = ["犬が", "走り、犬は", "眠る。犬"];
    for (name, pack) in [("a.gz", gzipped as fn(&[u8]) -> Vec<u8>), ("a.zst", zstandard)] {
        let bytes = parts.map(|part| pack(part.as_bytes())).concat();
        let (tables, _) = Place::with(&[(name, bytes)]).count_dogs(&[name]);
        assert_eq!(tables.concordance.rows.len(), 3, "{name}");
    }
}

#[test]
fn a_damaged_file_is_refused() {
    for (name, bytes) in [("a.txt.gz", gzipped("犬".as_bytes())), ("a.txt.zst", zstandard("犬".as_bytes()))]
    {
        let place = Place::with(&[(name, &bytes[..bytes.len() - 5])]);
        place.assert_refused(&["count", name, "--out", "out"], &[&[name, "can't be unpacked"]]);
    }
    let place = Place::with(&[("a.zip", "犬")]);
    place.assert_refused(&["count", "a.zip", "--out", "out"], &[&["a.zip", "no whole archive"]]);
}

#[test]
fn a_file_that_would_fill_the_memory_is_refused() {
    let place = Place::with(&[("a.txt.gz", gzipped(&vec![b' '; 80 << 20]))]);
    place.assert_refused(
        &["count", "a.txt.gz", "--out", "out"],
        &[&["a.txt.gz", "grows more than 200 times"]],
    );
    let place = Place::with(&[("a.zip", zipped(&[("b.txt", &vec![b' '; 65 << 20])]))]);
    place.assert_refused(&["count", "a.zip", "--out", "out"], &[&["a.zip", "grows more than 200 times"]]);
}

#[test]
fn the_members_of_an_archive_are_documents() {
    let archive = zipped(&[
        ("b.html", "<p>犬が歩く。</p>".as_bytes()),
        ("a/x.txt", &SHIFT_JIS.encode("犬が走る。").0),
        ("a/t.csv", "text,n\n犬,7\n".as_bytes()),
        ("a/other.csv", b"x,y\n1,2\n"),
        ("README.txt", "犬".as_bytes()),
        ("__MACOSX/._b.html", b"\0"),
        (".hidden", "犬".as_bytes()),
        ("photo.jpg", b"\xff"),
        ("c.txt.gz", &gzipped("犬".as_bytes())),
    ]);
    let (tables, out) = Place::with(&[("in/a.zip", archive)]).count_dogs(&["in"]);
    let documents = ["a.zip/a/t.csv#1", "a.zip/a/x.txt", "a.zip/b.html", "a.zip/c.txt.gz"];
    assert_eq!(tables.documents.column("document"), documents);
    assert_eq!(tables.concordance.rows.len(), 4);
    assert_eq!(tables.documents.column("n"), ["7", "", "", ""]);
    assert!(out.contains("1 .jpg") && out.contains("a.zip/a/other.csv"), "{out}");
    assert_eq!(tables.run["inputs"][1]["encoding"], "Shift_JIS");
}

#[test]
fn names_in_an_archive_may_be_in_shift_jis() {
    let name = SHIFT_JIS.encode("広告ソ/表.txt").0.into_owned();
    let plain = "x".repeat(name.len());
    let mut archive = zipped(&[(plain.as_str(), "犬".as_bytes())]);
    let found: Vec<usize> =
        (0..archive.len() - plain.len()).filter(|at| archive[*at..].starts_with(plain.as_bytes())).collect();
    assert_eq!(found.len(), 2);
    for at in found {
        archive[at..at + name.len()].copy_from_slice(&name);
    }
    let (tables, _) = Place::with(&[("a.zip", archive)]).count(&["a.zip"]);
    assert_eq!(tables.documents.column("document"), ["a.zip/広告ソ/表.txt"]);
}

#[test]
fn an_archive_within_an_archive_is_refused() {
    let inner = zipped(&[("a.txt", "犬".as_bytes())]);
    let place = Place::with(&[("a.zip", zipped(&[("b.zip", &inner), ("c.txt", "犬".as_bytes())]))]);
    place.assert_refused(
        &["count", "a.zip", "--out", "out"],
        &[&["a.zip/b.zip", "archive within an archive"]],
    );
    let (tables, _) = place.count(&["a.zip", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("document"), ["a.zip/c.txt"]);
}

#[test]
fn an_archive_without_documents_is_nothing_to_count() {
    let place = Place::with(&[("in/a.zip", zipped(&[("a.jpg", b"x")]))]);
    place.assert_refused(&["count", "in", "--out", "out"], &[&["no document in in", "1 .jpg"]]);
}

#[test]
fn members_of_one_name_are_all_documents_and_that_is_said() {
    let dogs = |number: usize| "犬。".repeat(number);
    let archive = zipped(&[
        ("./a.txt", dogs(1).as_bytes()),
        ("a.txt", dogs(2).as_bytes()),
        ("b\\c.txt", dogs(3).as_bytes()),
        ("/b/c.txt", dogs(4).as_bytes()),
    ]);
    let (tables, out) = Place::with(&[("a.zip", archive)]).count_dogs(&["a.zip"]);
    let documents = ["a.zip/a.txt", "a.zip/a.txt (2)", "a.zip/b/c.txt", "a.zip/b/c.txt (2)"];
    assert_eq!(tables.documents.column("document"), documents);
    assert_eq!(tables.concordance.rows.len(), 10);
    assert!(
        out.contains("2 members of archives with the name of another") && out.contains("a.zip/a.txt (2)"),
        "{out}"
    );
}

#[test]
fn what_programs_leave_beside_documents_is_none() {
    let files = [
        ("in/~$a.docx", "x"),
        ("in/a.txt", "犬"),
        ("in/b/Thumbs.db", "x"),
        ("in/b/#c.txt#", "x"),
        ("in/b/d.txt~", "x"),
        ("in/__MACOSX/e.txt", "x"),
        ("in/f.jpg", "x"),
    ];
    let place = Place::with(&files);
    let (tables, out) = place.count(&["in"]);
    assert_eq!(tables.documents.column("document"), ["a.txt"]);
    assert!(out.contains("4 files left by programs") && out.contains("not read: 1 .jpg\n"), "{out}");
    // As a shell's pattern names them.
    let (tables, out) = place.count(&["in/~$a.docx", "in/a.txt", "--force"]);
    assert_eq!(tables.documents.column("document"), ["a.txt"]);
    assert!(out.contains("1 file left by programs"), "{out}");
    place.assert_refused(&["count", "in/~$a.docx", "--out", "o"], &[&["no document in in/~$a.docx"]]);
}

#[test]
fn a_compressed_text_that_grows_far_is_read_by_itself() {
    // More than a compressed file may become where files are read together, and more than is held of other documents.
    let long = "必ず効くだろう。\n".repeat(4_000);
    let [plain, compressed] = [long.clone().into_bytes(), gzipped(long.as_bytes())].map(|bytes| {
        let name = if bytes.len() > 50_000 { "in/b.txt" } else { "in/b.txt.gz" };
        let place = Place::with(&[("in/a.txt", "犬".into()), (name, bytes), ("in/c.txt", "猫".into())]);
        place.count(&["in", "--max-document", "50kB"]).0.documents
    });
    assert_eq!(compressed.column("document"), ["a.txt", "b.txt.gz", "c.txt"]);
    assert_eq!(compressed.column("sentences"), ["1", "4000", "1"]);
    assert_eq!(compressed.column("tokens"), plain.column("tokens"));
    // Not so a page.
    let page = gzipped(format!("<p>{long}").as_bytes());
    let place = Place::with(&[("in/a.txt", "犬".into()), ("in/b.html.gz", page), ("in/c.txt", "猫".into())]);
    let words = ["b.html.gz", "more than 51200 bytes", "--max-document"];
    place.assert_refused(&["count", "in", "--out", "out", "--max-document", "50kB"], &[&words]);
    assert_eq!(place.count(&["in"]).0.documents.rows.len(), 3);
}
