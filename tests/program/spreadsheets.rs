//! Tables with a document in each row: CSV, TSV, JSON Lines and Excel's.

use std::io::{Cursor, Write};

use encoding_rs::SHIFT_JIS;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::place::{DOGS, Place};
use crate::tables::{Tables, strings};

/// A zip archive of these files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An Excel table with these cells: numbers, or text in quotation marks.
pub fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet = String::new();
    for (number, row) in rows.iter().enumerate() {
        sheet += &format!("<row r=\"{}\">", number + 1);
        for (cell, column) in row.iter().zip('A'..) {
            let place = format!("{column}{}", number + 1);
            sheet += &match cell.strip_prefix('"') {
                Some(text) => {
                    let text = text.trim_end_matches('"');
                    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
                }
                None => format!("<c r=\"{place}\"><v>{cell}</v></c>"),
            };
        }
        sheet += "</row>";
    }
    workbook(&[("S", "visible", &sheet)])
}

/// A workbook of these sheets, each with its name, its state and its rows.
pub fn workbook(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    workbook_with_strings(sheets, "<sst/>")
}

/// The same, with a table of the strings that cells name by their index.
pub fn workbook_with_strings(sheets: &[(&str, &str, &str)], strings: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |relations: String| {
        format!("<Relationships xmlns=\"{package}/relationships\">{relations}</Relationships>").into_bytes()
    };
    let (mut list, mut related) = (String::new(), String::new());
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!("<Types xmlns=\"{package}/content-types\"/>").into_bytes(),
        ),
        ("_rels/.rels".to_owned(), relations(relation("r0", "officeDocument", "xl/workbook.xml"))),
    ];
    for (number, (name, state, rows)) in sheets.iter().enumerate() {
        list +=
            &format!("<sheet name=\"{name}\" sheetId=\"{0}\" state=\"{state}\" r:id=\"r{0}\"/>", number + 1);
        related += &relation(&format!("r{}", number + 1), "worksheet", &format!("worksheets/{number}.xml"));
        let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/{number}.xml"), sheet.into_bytes()));
    }
    related += &relation("strings", "sharedStrings", "sharedStrings.xml");
    parts.push(("xl/sharedStrings.xml".to_owned(), strings.as_bytes().to_vec()));
    let workbook =
        format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{list}</sheets></workbook>");
    parts.push(("xl/workbook.xml".to_owned(), workbook.into_bytes()));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations(related)));
    zipped(&parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect::<Vec<_>>())
}

const CSV: &str = "テキスト,部,年\r\n犬が走る。,上,1914\r\n\"猫と、\n犬。\",下,\r\n";

#[test]
fn a_table_as_kh_coder_takes_it_works_as_it_is() {
    for bytes in
        [CSV.as_bytes().to_vec(), format!("\u{feff}{CSV}").into(), SHIFT_JIS.encode(CSV).0.into_owned()]
    {
        let (tables, out) = Place::with(&[("in/a.csv", bytes)]).count_dogs(&["in"]);
        assert_eq!(tables.documents.column("document"), ["a.csv#1", "a.csv#2"]);
        assert_eq!(tables.documents.header[..3], ["document", "部", "年"]);
        assert_eq!(tables.documents.column("部"), ["上", "下"]);
        assert_eq!(tables.documents.column("年"), ["1914", ""]);
        assert_eq!(tables.concordance.column("document"), ["a.csv#1", "a.csv#2"]);
        assert_eq!(tables.concordance.column("line"), ["1", "2"]);
        assert_eq!(tables.concordance.column("start"), ["0", "4"]);
        let input = &tables.run["inputs"][0];
        assert_eq!((&input["document"], &input["format"]), (&"a.csv".into(), &"csv".into()));
        assert_eq!(input["documents"], 2);
        assert!(!out.contains("note:"), "{out}");
    }
}

#[test]
fn every_form_of_a_table_gives_the_same() {
    let rows = [["id", "text", "year"], ["x", "犬が走る。", "2020"], ["y", "犬かもしれない犬。", "2021"]];
    let separated = |by: &str| rows.map(|row| row.join(by) + "\n").concat().into_bytes();
    let object = |row: &[&str; 3]| {
        format!("{{\"year\": {}, \"id\": \"{}\", \"text\": \"{}\"}}\n", row[2], row[0], row[1])
    };
    let json = rows[1..].iter().map(object).collect::<String>().into_bytes();
    let excel = xlsx(&[
        &["\"id\"", "\"text\"", "\"year\""],
        &["\"x\"", "\"犬が走る。\"", "2020"],
        &["\"y\"", "\"犬かもしれない犬。\"", "2021"],
    ]);
    let forms = [("csv", separated(",")), ("tsv", separated("\t")), ("jsonl", json.clone()), ("xlsx", excel)];
    let mut first: Option<Tables> = None;
    for (extension, bytes) in forms {
        let name = format!("a.{extension}");
        let place = Place::with(&[(name.as_str(), bytes)]);
        let (mut tables, _) = place.count_dogs(&[&name, "--id-column", "id"]);
        for table in [&mut tables.documents, &mut tables.concordance] {
            for row in &mut table.rows {
                let id = row["document"].strip_prefix(&format!("{name}#")).unwrap().to_owned();
                row.insert("document".into(), id);
            }
        }
        assert_eq!(tables.documents.column("document"), ["x", "y"]);
        assert_eq!(tables.documents.column("year"), ["2020", "2021"]);
        assert!(tables.concordance.rows.len() > 3);
        let first = first.get_or_insert_with(|| tables.clone());
        assert_eq!(tables.documents.rows, first.documents.rows, "{extension}");
        assert_eq!(tables.concordance.rows, first.concordance.rows, "{extension}");
    }
    let place = Place::with(&[("dogs.toml", DOGS)]);
    let json = String::from_utf8(json).unwrap();
    let arguments = ["count", "-", "--out", "out", "--lexicon", "dogs.toml", "--id-column", "id"];
    let run = place.run_with(&arguments, &json, &[]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let tables = Tables::read(&place.path("out"));
    assert_eq!(tables.documents.column("document"), ["x", "y"]);
    assert_eq!(tables.documents.column("year"), ["2020", "2021"]);
}

#[test]
fn standard_input_that_begins_with_a_brace_is_json_lines() {
    for head in ["", "\u{feff}", "\n ", "\u{feff}\n"] {
        let place = Place::with::<&str>(&[]);
        let run =
            place.run_with(&["count", "-", "--out", "out"], &format!("{head}{{\"text\": \"犬\"}}\n"), &[]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{head:?}");
        assert_eq!(Tables::read(&place.path("out")).documents.column("document"), ["stdin#1"], "{head:?}");
    }
}

#[test]
fn lines_of_json_may_have_columns_of_their_own() {
    let lines = "{\"text\": \"犬\", \"a\": 1}\n\n{\"b\": [true, null], \"text\": \"犬\"}\n{\"text\": null}\n";
    let (tables, out) = Place::with(&[("a.jsonl", lines)]).count(&["a.jsonl"]);
    assert_eq!(tables.documents.column("document"), ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]);
    assert_eq!(tables.documents.column("a"), ["1", "", ""]);
    assert_eq!(tables.documents.column("b"), ["", "[true,null]", ""]);
    assert!(out.contains("1 document without a token"), "{out}");
}

#[test]
fn a_table_in_a_folder_without_a_text_is_passed_over_and_named() {
    let files = [("in/a.txt", "犬"), ("in/b/people.csv", "name,age\nx,1\n")];
    let (tables, out) = Place::with(&files).count(&["in"]);
    assert_eq!(tables.documents.column("document"), ["a.txt"]);
    assert_eq!(strings(&tables.run["tables_passed_over"]), ["b/people.csv"]);
    assert!(out.contains("b/people.csv") && out.contains("--text-column"), "{out}");
}

#[test]
fn a_table_that_is_named_must_have_a_text() {
    let place = Place::with(&[("people.csv", "name,says\nx,犬\n")]);
    let words = ["people.csv", "--text-column", "name, says"];
    place.assert_refused(&["count", "people.csv", "--out", "out"], &[&words]);
    let (tables, _) = place.count_dogs(&["people.csv", "--text-column", "says"]);
    assert_eq!(tables.concordance.rows.len(), 1);
    assert_eq!(tables.documents.column("name"), ["x"]);
    assert_eq!(tables.run["options"]["text_column"], "says");
    let words = ["people.csv, line 1", "no column `x`, only name, says"];
    place.assert_refused(&["count", "people.csv", "--out", "o", "--text-column", "x"], &[&words]);
}

#[test]
fn rows_that_cannot_be_read_are_named_with_their_line() {
    for (name, table, words) in [
        ("a.csv", "id,text\n1,犬\n1,犬\n", &["a.csv, line 3", "`id` 1 stands twice"][..]),
        ("a.csv", "id,text\n,犬\n", &["a.csv, line 2", "`id` is empty"]),
        ("a.csv", "id,text\n1,犬,x\n", &["a.csv, line 2", "3 cells, but the header has 2"]),
        ("a.csv", "id,text,\n1,犬,x\n", &["a.csv, line 2", "`x` stands in a column without a name"]),
        ("a.csv", "id,text,text\n1,犬,x\n", &["a.csv, line 1", "`text` stands twice"]),
        ("a.jsonl", "{\"id\": 1, \"text\": \"犬\"}\n[]\n", &["a.jsonl, line 2", "one object on each line"]),
        (
            "a.jsonl",
            "{\"id\": 1, \"text\": \"犬\"}\n{\"id\": 2}\n",
            &["a.jsonl, line 2", "`text`", "--text-column"],
        ),
        ("a.jsonl", "\n{\"id\": 1, \"text\": \"犬\"}\n \n[]\n", &["a.jsonl, line 4", "one object"]),
        ("a.xlsx", "犬", &["a.xlsx", "no Excel table"]),
    ] {
        let place = Place::with(&[(name, table)]);
        place.assert_refused(&["count", name, "--out", "out", "--id-column", "id"], &[words]);
    }
}

#[test]
fn a_row_that_cannot_be_read_is_left_out_on_request() {
    let place = Place::with(&[("a.csv", "text,x\n犬,1\n犬\n犬,3\n")]);
    let (tables, _) = place.count(&["a.csv", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("x"), ["1", "3"]);
    assert_eq!(strings(&tables.run["skipped"]).len(), 1);
}

#[test]
fn the_record_counts_the_documents_and_not_the_rows_that_were_left_out() {
    let place = Place::with(&[("a.csv", "text,id,g\n犬,1,x\n犬,1,x\n犬,3,y\n猫,4,y\n猫,5,x\n")]);
    let (tables, _) = place.count(&["a.csv", "--id-column", "id", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("document"), ["a.csv#1", "a.csv#3", "a.csv#4", "a.csv#5"]);
    assert_eq!(tables.run["inputs"][0]["documents"], 4);
    // The tables are checked against the record.
    let run = place.run(&["compare", "out", "--by", "g"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
}

#[test]
fn keys_of_json_lines_before_a_line_that_cannot_be_decoded_are_variables() {
    let mut bytes = "{\"text\": \"犬が走る。犬が走る。\", \"a\": 1}\n".repeat(40_000).into_bytes();
    bytes.extend(b"{\"text\": \"\xff\"}\n");
    let place = Place::with(&[("a.jsonl", bytes)]);
    let (tables, _) = place.count(&["a.jsonl", "--skip-unreadable"]);
    assert_eq!(tables.documents.rows[0]["a"], "1");
    assert_eq!(strings(&tables.run["skipped"]).len(), 1);
}

#[test]
fn lines_of_rows_are_right_with_line_ends_of_every_kind() {
    for end in ["\n", "\r\n", "\r"] {
        let table = "id,text|1,\"犬|猫\"|1,犬|".replace('|', end);
        let place = Place::with(&[("a.csv", table)]);
        let arguments = ["count", "a.csv", "--out", "out", "--id-column", "id"];
        place.assert_refused(&arguments, &[&["a.csv, line 4", "`id` 1 stands twice"]]);
    }
}

#[test]
fn a_column_with_the_name_of_a_result_is_refused() {
    let place = Place::with(&[("a.csv", "text,tokens\n犬,1\n")]);
    place.assert_refused(
        &["count", "a.csv", "--out", "out"],
        &[&["`tokens`", "column of the results", "rename it"]],
    );
}

#[test]
fn a_table_of_variables_may_add_to_the_columns_of_a_table() {
    let files = [("in/a.csv", "text,x\n犬,1\n犬,2\n"), ("in/variables.csv", "document,y,x\na.csv#2,3,9\n")];
    let (tables, _) = Place::with(&files).count(&["in"]);
    assert_eq!(tables.documents.column("y"), ["", "3"]);
    // What stands in the row itself goes first.
    assert_eq!(tables.documents.column("x"), ["1", "2"]);
    assert!(strings(&tables.run["variables_without_document"]).is_empty());
}

#[test]
fn malformed_bytes_of_a_table_are_an_error_unless_they_are_allowed() {
    let mut bytes = b"text\n\xe7\x8a\xac\n".to_vec();
    bytes.extend("犬が走る。犬が走る。\n".repeat(3).bytes());
    bytes.extend(b"\xff\n");
    let place = Place::with(&[("a.csv", bytes)]);
    place.assert_refused(&["count", "a.csv", "--out", "out"], &[&["a.csv", "1 byte is not UTF-8", "line 6"]]);
    let (tables, _) = place.count(&["a.csv", "--allow-malformed"]);
    assert_eq!(tables.documents.rows.len(), 5);
    assert_eq!(tables.run["inputs"][0]["malformed_bytes"], 1);
}

#[test]
fn a_large_table_is_read_in_batches() {
    let row = |number: usize| format!("犬{number}が走るかもしれない。,{number}\n");
    let table = "text,n\n".to_owned() + &(1..=3_000).map(row).collect::<String>();
    let (tables, _) = Place::with(&[("a.csv", table)]).count_dogs(&["a.csv"]);
    assert_eq!(tables.documents.rows.len(), 3_000);
    assert_eq!(tables.documents.rows[2_999]["n"], "3000");
    assert!(tables.documents.rows.iter().all(|row| row["hedge"] == "2"));
}

/// Rows of a sheet: a column of text and one of other values, `!` before an error.
fn sheet(header: [&str; 2], rows: &[[&str; 2]]) -> String {
    let cell = |place: String, text: &str| match text.strip_prefix('!') {
        Some(error) => format!("<c r=\"{place}\" t=\"e\"><v>{error}</v></c>"),
        None => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    };
    let row = |(index, [first, second]): (usize, &[&str; 2])| {
        let number = index + 1;
        format!(
            "<row r=\"{number}\">{}{}</row>",
            cell(format!("A{number}"), first),
            cell(format!("B{number}"), second)
        )
    };
    std::iter::once(&header).chain(rows).enumerate().map(row).collect()
}

#[test]
fn the_first_visible_sheet_is_read_or_the_one_that_is_asked_for() {
    let first = sheet(["text", "n"], &[["犬。", "1"], ["猫。", "2"]]);
    let second = sheet(["本文", "m"], &[["犬と犬。", "3"]]);
    let other = sheet(["x", "y"], &[["犬。", "4"]]);
    let sheets = [
        ("隠", "hidden", second.as_str()),
        ("一", "visible", &first),
        ("二", "visible", &second),
        ("他", "visible", &other),
        ("空", "visible", ""),
    ];
    let place = Place::with(&[("a.xlsx", workbook(&sheets))]);
    let (tables, out) = place.count_dogs(&["a.xlsx"]);
    assert_eq!(tables.documents.column("document"), ["a.xlsx#1", "a.xlsx#2"]);
    assert!(out.contains("sheets that were not read: a.xlsx: 隠, 二, 他; --sheet"), "{out}");
    assert_eq!(strings(&tables.run["sheets_passed_over"]["a.xlsx"]), ["隠", "二", "他"]);
    let (tables, _) = place.count_dogs(&["a.xlsx", "--force", "--sheet", "隠"]);
    assert_eq!(tables.documents.column("m"), ["3"]);
    assert_eq!(tables.run["options"]["sheet"], "隠");
    let (tables, out) = place.count_dogs(&["a.xlsx", "--force", "--sheet", "all"]);
    assert_eq!(tables.documents.column("document"), ["a.xlsx#一!1", "a.xlsx#一!2", "a.xlsx#二!1"]);
    assert_eq!(tables.documents.column("n"), ["1", "2", ""]);
    assert_eq!(tables.documents.column("m"), ["", "", "3"]);
    assert_eq!(tables.concordance.rows.len(), 3);
    assert!(out.contains("not read: a.xlsx: 隠, 他;"), "{out}");
    place.assert_refused(
        &["count", "a.xlsx", "--out", "o", "--sheet", "三"],
        &[&["a.xlsx", "no sheet `三`, only 隠, 一, 二, 他, 空"]],
    );
}

#[test]
fn an_error_in_a_cell_is_no_text() {
    let rows = sheet(["text", "n"], &[["犬。", "!#DIV/0!"], ["!#N/A", "2"], ["犬。", "3"]]);
    let place = Place::with(&[("a.xlsx", workbook(&[("S", "visible", &rows)]))]);
    place.assert_refused(&["count", "a.xlsx", "--out", "o"], &[&["a.xlsx, line 3", "cell A3", "error #N/A"]]);
    let (tables, out) = place.count_dogs(&["a.xlsx", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("n"), ["", "3"]);
    assert_eq!(tables.run["inputs"][0]["error_cells"], 1);
    assert!(out.contains("1 cell with an error"), "{out}");
}

#[test]
fn a_line_that_names_the_separator_is_none_of_the_table() {
    for (line, table) in [("sep=,", "text,n\r\n犬。,1\r\n"), ("sep=;", "n;text\r\n1;犬。\r\n")] {
        let (tables, _) =
            Place::with(&[("in/a.csv", format!("\u{feff}{line}\r\n{table}"))]).count_dogs(&["in"]);
        assert_eq!(tables.documents.column("n"), ["1"]);
        assert_eq!(tables.concordance.rows.len(), 1);
    }
}

#[test]
fn marks_in_a_tsv_without_quoting_take_no_rows_along() {
    let table = "file\ttext\tn\na\t\"犬だ\"と言った。\t1\nb\t\"犬。\t2\nc\t猫。\t3\nd\t犬\"\t4\n";
    let (tables, _) = Place::with(&[("a.tsv", table)]).count_dogs(&["a.tsv"]);
    assert_eq!(tables.documents.column("n"), ["1", "2", "3", "4"]);
    assert_eq!(tables.concordance.column("left"), ["\"", "\"", ""]);
    let place = Place::with(&[("a.tsv", "text\n\"犬\n猫\"\n")]);
    place.assert_refused(&["count", "a.tsv", "--out", "o"], &[&["a.tsv, line 2", "quotation mark", "CSV"]]);
}

#[test]
fn half_a_character_in_json_lines_is_malformed() {
    let lines = "{\"text\":\"犬。\\ud83d\"}\n\u{feff}{\"text\":\"犬\\ud83d\\ude00。\"}\n";
    let place = Place::with(&[("a.jsonl", format!("\u{feff}\u{feff}{lines}"))]);
    let words = ["a.jsonl, line 1", "half a character, \\ud83d", "--allow-malformed"];
    place.assert_refused(&["count", "a.jsonl", "--out", "o"], &[&words]);
    let (tables, out) = place.count_dogs(&["a.jsonl", "--allow-malformed"]);
    assert_eq!(tables.concordance.column("right"), ["。", "😀。"]);
    assert_eq!(tables.run["inputs"][0]["malformed_bytes"], 6);
    assert!(out.contains("1 document with malformed bytes"), "{out}");
    let place = Place::with(&[("a.jsonl", "{\"text\":\"犬\", \"x\"}\n")]);
    place.assert_refused(
        &["count", "a.jsonl", "--out", "o"],
        &[&["a.jsonl, line 1", "no JSON object", "column 19"]],
    );
}
