//! The encoding of a document changes nothing but its bytes.

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};

use crate::place::Place;

const TEXT: &str = "効果が期待されます。\r\n個人差があるかもしれません。犬は必ず走る。\n";

/// The text in every encoding that is known.
fn everywhere(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let with = |encoding: &'static Encoding| encoding.encode(text).0.into_owned();
    let little = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    vec![
        ("UTF-8", text.into()),
        ("UTF-8", format!("\u{feff}{text}").into()),
        ("UTF-16LE", little),
        ("UTF-16BE", big),
        ("Shift_JIS", with(SHIFT_JIS)),
        ("EUC-JP", with(EUC_JP)),
        ("ISO-2022-JP", with(ISO_2022_JP)),
    ]
}

#[test]
fn the_same_document_in_any_of_them_gives_the_same_tables() {
    let (expected, _) = Place::with(&[("a.txt", TEXT)]).count(&["a.txt"]);
    assert!(expected.concordance.rows.len() > 2);
    for (name, bytes) in everywhere(TEXT) {
        let (tables, _) = Place::with(&[("a.txt", &bytes)]).count(&["a.txt"]);
        for (table, expected) in [
            (&tables.documents, &expected.documents),
            (&tables.markers, &expected.markers),
            (&tables.concordance, &expected.concordance),
        ] {
            assert_eq!(table.rows, expected.rows, "{name}");
        }
        let input = &tables.run["inputs"][0];
        assert_eq!(input["encoding"], name);
        assert_eq!((&input["malformed_bytes"], &input["bytes"]), (&0.into(), &bytes.len().into()));
    }
}

#[test]
fn windows_31j_has_its_own_characters() {
    let text = "①㈱髙﨑は犬を期待した。";
    let bytes = SHIFT_JIS.encode(text).0.into_owned();
    let (tables, _) = Place::with(&[("a.txt", bytes)]).count_dogs(&["a.txt"]);
    assert_eq!(tables.concordance.rows[0]["left"], "①㈱髙﨑は");
}

#[test]
fn a_short_text_in_half_width_kana_is_refused_until_its_encoding_is_given() {
    let bytes = SHIFT_JIS.encode("ﾃｽﾄﾃﾞｽ").0.into_owned();
    let place = Place::with(&[("a.txt", &bytes)]);
    let words = ["a.txt", "too short to tell", "Shift_JIS", "EUC-JP", "--encoding"];
    place.assert_refused(&["count", "a.txt", "--out", "out"], &[&words]);
    let (tables, _) = place.count(&["a.txt", "--encoding", "cp932"]);
    assert_eq!(tables.documents.column("characters"), ["6"]);
    assert_eq!(tables.run["options"]["encoding"], "Shift_JIS");
    assert_eq!(tables.run["inputs"][0]["encoding"], "Shift_JIS");
}

#[test]
fn malformed_bytes_are_counted_where_they_are_allowed() {
    let mut bytes = UTF_8.encode(TEXT).0.into_owned();
    bytes.extend(b"\xe7\x8a");
    let place = Place::with(&[("a.txt", &bytes)]);
    let (tables, out) = place.count(&["a.txt", "--allow-malformed"]);
    assert_eq!(tables.run["inputs"][0]["malformed_bytes"], 2);
    assert_eq!(tables.run["options"]["allow_malformed"], true);
    assert!(out.contains("1 document with malformed bytes"), "{out}");
}

#[test]
fn utf16_without_a_mark_is_read_on_request() {
    let bytes: Vec<u8> = "犬\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let place = Place::with(&[("a.txt", bytes)]);
    place.assert_refused(&["count", "a.txt", "--out", "out"], &[&["a.txt", "NUL", "UTF-16 without"]]);
    let (tables, _) = place.count_dogs(&["a.txt", "--encoding", "UTF-16LE"]);
    assert_eq!(tables.concordance.rows.len(), 1);
}

#[test]
fn a_byte_order_mark_goes_before_the_encoding_that_is_given() {
    let (tables, _) = Place::with(&[("a.txt", "\u{feff}犬")]).count_dogs(&["a.txt", "--encoding", "EUC-JP"]);
    assert_eq!(tables.concordance.column("start"), ["0"]);
}

#[test]
fn an_encoding_that_is_not_known_is_a_slip_of_the_command_line() {
    let run = Place::with(&[("a.txt", "犬")]).run(&["count", "a.txt", "--out", "out", "--encoding", "x"]);
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("`x` is not known") && run.err.contains("Shift_JIS"), "{}", run.err);
}

#[test]
fn irregular_iso_2022_jp_is_decoded_or_refused_in_every_format() {
    let regular = ISO_2022_JP.encode("効果が期待される。").0.into_owned();
    // As two outputs that were joined between characters: ASCII and back.
    let joined = [&regular[..5], b"\x1b(B\x1b$B", &regular[5..]].concat();
    let page = |text: &[u8]| [b"<meta charset=iso-2022-jp><p>", text].concat();
    let row = |text: &[u8]| [b"text,n\n", text, b",1\n"].concat();
    let place = Place::with(&[("a.txt", joined.clone()), ("b.html", page(&joined)), ("c.csv", row(&joined))]);
    let (tables, _) = place.count(&["a.txt", "b.html", "c.csv"]);
    assert_eq!(tables.documents.column("hedge"), ["1"; 3]);
    assert!(tables.run["inputs"].as_array().unwrap().iter().all(|input| input["encoding"] == "ISO-2022-JP"));
    // One byte is lost.
    let cut = [&regular[..6], &regular[7..]].concat();
    let place = Place::with(&[("a.txt", cut.clone()), ("b.html", page(&cut)), ("c.csv", row(&cut))]);
    for name in ["a.txt", "b.html", "c.csv"] {
        place
            .assert_refused(&["count", name, "--out", "none"], &[&[name, "not ISO-2022-JP", "byte", "line"]]);
    }
}

#[test]
fn iso_2022_jp_within_another_encoding_is_refused() {
    let mail = ISO_2022_JP.encode("効果が期待される。").0;
    for (name, encoding) in [("UTF-8", UTF_8), ("Shift_JIS", SHIFT_JIS), ("EUC-JP", EUC_JP)] {
        let bytes = [&encoding.encode("効果が期待される。\n").0[..], &mail].concat();
        let offset = (bytes.len() - mail.len()).to_string();
        let place = Place::with(&[("a.txt", bytes)]);
        let words = ["a.txt", "ISO-2022-JP", &offset, "line 2", name];
        place.assert_refused(&["count", "a.txt", "--out", "none"], &[&words]);
        let (tables, _) = place.count(&["a.txt", "--allow-malformed"]);
        assert_eq!(tables.documents.column("hedge"), ["1"]);
        assert_eq!(tables.run["inputs"][0]["malformed_bytes"], 1);
    }
}
