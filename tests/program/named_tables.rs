//! Variables, gold codings and lexicons are read as documents are: in any encoding, and tables in any format.

use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};
use serde_json::json;

use crate::place::{DOGS, Place};
use crate::spreadsheets::xlsx;

fn utf16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// A table with a cell for each row and column, in every format and encoding.
fn everywhere(rows: &[&[&str]]) -> Vec<(String, Vec<u8>)> {
    let separated =
        |separator: &str, end: &str| -> String { rows.iter().map(|row| row.join(separator) + end).collect() };
    let csv = separated(",", "\r\n");
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| format!("\"{cell}\"")).collect()).collect();
    let cells: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let lines: String = rows[1..]
        .iter()
        .map(|row| {
            let object: serde_json::Map<_, _> =
                rows[0].iter().zip(*row).map(|(key, cell)| ((*key).to_owned(), json!(cell))).collect();
            json!(object).to_string() + "\n"
        })
        .collect();
    let mut tables = vec![
        ("utf8.csv", csv.clone().into_bytes()),
        ("mark.csv", format!("\u{feff}{csv}").into_bytes()),
        ("utf16.csv", utf16(&csv)),
        ("tabs-utf16.csv", utf16(&separated("\t", "\r\n"))),
        ("tabs.tsv", separated("\t", "\n").into_bytes()),
        ("other.dat", separated("\t", "\r").into_bytes()),
        ("semicolons.csv", separated(";", "\r").into_bytes()),
        ("book.xlsx", xlsx(&cells)),
        ("lines.jsonl", lines.into_bytes()),
    ];
    for (name, encoding) in [("sjis.csv", SHIFT_JIS), ("euc.csv", EUC_JP), ("jis.csv", ISO_2022_JP)] {
        tables.push((name, encoding.encode(&csv).0.into_owned()));
    }
    tables.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

#[test]
fn variables_are_read_in_every_format_and_encoding() {
    let rows = [
        &["document", "ジャンル", "地域"][..],
        &["犬.txt", "いぬの話、あるいは長い話", "きたのほう"],
        &["b/猫.txt", "ねこの話、あるいは短い話", "みなみのほう"],
    ];
    for (name, table) in everywhere(&rows) {
        let place = Place::with(&[("in/犬.txt", "犬。"), ("in/b/猫.txt", "猫。")]);
        place.write(&name, &table);
        let (tables, out) = place.count(&["in", "--variables", &name]);
        assert_eq!(
            tables.documents.column("ジャンル"),
            ["ねこの話、あるいは短い話", "いぬの話、あるいは長い話"],
            "{name}"
        );
        assert_eq!(tables.documents.column("地域"), ["みなみのほう", "きたのほう"], "{name}");
        assert!(!out.contains("note:"), "{name}: {out}");
    }
}

#[test]
fn a_table_of_variables_in_a_folder_may_be_of_excel_or_have_tabs() {
    let rows = [&["document", "genre"][..], &["a.txt", "x"]];
    for (name, table) in everywhere(&rows) {
        let extension = name.rsplit('.').next().unwrap();
        if ["csv", "tsv", "xlsx"].contains(&extension) && !name.starts_with("tabs-") {
            let place = Place::with(&[("in/a.txt", "犬。")]);
            place.write(&format!("in/variables.{extension}"), &table);
            let (tables, _) = place.count(&["in"]);
            assert_eq!(tables.documents.column("genre"), ["x"], "{name}");
        }
    }
}

#[test]
fn a_gold_coding_is_read_in_every_format_and_encoding() {
    let rows = [
        &["document", "line", "start", "end", "node", "stance", "category", "negated", "注"][..],
        &["犬.txt", "1", "3", "6", "期待さ", "hedge", "expectation", "false", "はっきりとした例である"],
    ];
    let place = Place::with(&[("犬.txt", "効果が期待される。")]);
    for (name, table) in everywhere(&rows) {
        place.write(&name, &table);
        let run = place.run(&["evaluate", "--gold", &name, "犬.txt"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{name}");
        assert!(run.out.contains("differences: 0"), "{name}: {}", run.out);
    }
}

#[test]
fn the_encoding_of_the_documents_decides_where_that_of_a_table_is_in_doubt() {
    let table = SHIFT_JIS.encode("document,x\na.txt,ﾃｽﾄﾃﾞｽ\n").0.into_owned();
    let place = Place::with(&[("a.txt", &SHIFT_JIS.encode("犬が走る。").0.into_owned()), ("v.csv", &table)]);
    place.assert_refused(
        &["count", "a.txt", "--variables", "v.csv", "--out", "out"],
        &[&["v.csv", "too short to tell"]],
    );
    let (tables, _) = place.count(&["a.txt", "--variables", "v.csv", "--encoding", "Shift_JIS"]);
    assert_eq!(tables.documents.column("x"), ["ﾃｽﾄﾃﾞｽ"]);
    // A table in another encoding than the documents is still told.
    place.write("w.csv", "document,x\na.txt,犬の話だ\n");
    let (tables, _) = place.count(&["a.txt", "--variables", "w.csv", "--encoding", "Shift_JIS", "--force"]);
    assert_eq!(tables.documents.column("x"), ["犬の話だ"]);
}

#[test]
fn a_lexicon_is_read_in_every_encoding_and_its_lines_are_right() {
    let lexicon = DOGS.to_owned() + "note = \"いぬを数えるための、ためしの項目である。\"\n";
    for end in ["\n", "\r\n", "\r"] {
        let [right, wrong] =
            [lexicon.clone(), lexicon.clone() + "foo = 1\n"].map(|text| text.replace('\n', end));
        let line = format!("line {}: ", lexicon.lines().count() + 1);
        for (name, encode) in [
            ("utf8.toml", (|text: &str| text.into()) as fn(&str) -> Vec<u8>),
            ("mark.toml", |text| format!("\u{feff}{text}").into()),
            ("utf16.toml", utf16),
            ("sjis.toml", |text| SHIFT_JIS.encode(text).0.into()),
            ("euc.toml", |text| EUC_JP.encode(text).0.into()),
            ("jis.toml", |text| ISO_2022_JP.encode(text).0.into()),
        ] {
            let place = Place::with(&[
                ("a.txt", "犬だ。".into()),
                (name, encode(&right)),
                ("wrong.toml", encode(&wrong)),
            ]);
            let (tables, _) = place.count(&["a.txt", "--lexicon", name]);
            assert_eq!(tables.concordance.column("node"), ["犬"], "{name} {end:?}");
            let words = ["wrong.toml, ", &line, "unknown field `foo`"];
            place.assert_refused(&["count", "a.txt", "--lexicon", "wrong.toml", "--out", "none"], &[&words]);
        }
    }
    let place = Place::with(&[
        ("a.txt", "犬だ。".into()),
        ("cut.toml", [lexicon.as_bytes(), b"# \xe7\x8a\n"].concat()),
    ]);
    let words = ["cut.toml", "2 bytes are not UTF-8", "byte"];
    place.assert_refused(&["count", "a.txt", "--lexicon", "cut.toml", "--out", "none"], &[&words]);
}
