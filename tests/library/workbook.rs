//! The workbook of a run holds what its tables hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use hedgerow::report::workbook::{write, write_in_sheets_of};
use hedgerow::tables::{RunRecord, WORKBOOK, columns};
use hedgerow::{Corpus, CountOptions, Counter, Design, Plan, ReadOptions, count};

/// Values that a spreadsheet is tempted to read as something else.
const VALUES: [&str; 8] = ["=1+1", "'=x", "-5", "TRUE", "001", "a \"b\", c", "_x0041_", "1e5"];

fn run(folder: &Path) -> RunRecord {
    let texts = folder.join("texts");
    fs::create_dir(&texts).unwrap();
    let mut variables = "document,group,=value\n".to_owned();
    for (index, value) in VALUES.iter().enumerate() {
        let text = "効果が期待される。=必ず効く。<b>&amp;明らかに違う。\u{1}効くかもしれない。効果は証明されていない。\n".repeat(index + 1);
        fs::write(texts.join(format!("{index}.txt")), text).unwrap();
        variables += &format!("{index}.txt,g{},\"{}\"\n", index % 2, value.replace('"', "\"\""));
    }
    fs::write(texts.join("variables.csv"), variables).unwrap();
    let corpus = Corpus::open(&[texts], &ReadOptions::default()).unwrap();
    let compare = Some((Design::by("group"), Plan { resamples: 100, ..Plan::default() }));
    let options = CountOptions { compare, ..CountOptions::default() };
    let stats = folder.join("stats");
    count(&Counter::new().unwrap(), corpus, options, &stats, &|_| ()).unwrap();
    RunRecord::read(&stats).unwrap()
}

/// The rows of a table, as `hedgerow` reads them back: without the mark before what would be a formula.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let is_protected = |cell: &str| {
        let rest = cell.trim_start_matches('\'');
        cell.starts_with('\'')
            && rest.starts_with(['=', '+', '-', '@', '\t', '\r'])
            && rest.parse::<f64>().is_err()
    };
    let text = |cell: &str| if is_protected(cell) { cell[1..].to_owned() } else { cell.to_owned() };
    reader.records().map(|row| row.unwrap().iter().map(text).collect()).collect()
}

/// What a reader makes of a text's control characters.
fn decoded(text: &str) -> String {
    text.replace("_x0001_", "\u{1}").replace("_x005F_", "_")
}

#[test]
fn every_cell_is_that_of_the_table_and_has_its_type() {
    let folder = tempfile::tempdir().unwrap();
    let (record, stats) = (run(folder.path()), folder.path().join("stats"));
    for most in [1_048_575, 7] {
        assert_eq!(write_in_sheets_of(most, &stats, &record, &|_| ()).unwrap(), Path::new(WORKBOOK));
        let mut workbook: Xlsx<_> = open_workbook(stats.join(WORKBOOK)).unwrap();
        let names = workbook.sheet_names();
        assert_eq!(names[0], "about");
        let mut parts: BTreeMap<String, usize> = BTreeMap::new();
        for name in &names[1..] {
            let table = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_').to_owned();
            let part = parts.entry(table.clone()).or_default();
            *part += 1;
            let expected_name = if *part == 1 { table.clone() } else { format!("{table}_{part}") };
            assert_eq!(*name, expected_name);
            let all = rows(&stats.join(format!("{table}.csv")));
            let (header, all) = all.split_first().unwrap();
            let expected = all.iter().skip((*part - 1) * most as usize).take(most as usize);
            let range = workbook.worksheet_range(name).unwrap();
            let cell = |row: usize, column: usize| {
                range.get_value((row as u32, column as u32)).cloned().unwrap_or_default()
            };
            for (column, expected) in header.iter().enumerate() {
                assert_eq!(cell(0, column), Data::String(expected.clone()), "{name}");
            }
            let mut last = 0;
            for (row, expected) in expected.enumerate() {
                for (column, expected) in expected.iter().enumerate() {
                    let kind =
                        columns().iter().find(|known| known.table == table && known.column == header[column]);
                    let is_same = match (cell(row + 1, column), kind.map_or("text", |kind| &kind.kind)) {
                        (Data::Empty, _) => expected.is_empty(),
                        (Data::Float(number), "integer" | "decimal") => number.to_string() == *expected,
                        (Data::Bool(truth), "true or false") => truth.to_string() == *expected,
                        (Data::String(text), "text") => decoded(&text) == *expected,
                        _ => false,
                    };
                    assert!(
                        is_same,
                        "{name}, row {row}, {}: {:?}, not {expected:?}",
                        header[column],
                        cell(row + 1, column)
                    );
                }
                last = row + 1;
            }
            assert_eq!(range.end().map_or(0, |(row, _)| row as usize), last, "{name}");
        }
        for table in &record.tables {
            let sheets = (table.rows as usize).div_ceil(most as usize).max(1);
            assert_eq!(parts[table.name.trim_end_matches(".csv")], sheets, "{}", table.name);
        }
    }
}

#[test]
fn the_same_run_gives_the_same_bytes_and_a_table_that_was_changed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (record, stats) = (run(folder.path()), folder.path().join("stats"));
    let written = || fs::read(stats.join(write(&stats, &record, &|_| ()).unwrap())).unwrap();
    assert_eq!(written(), written());
    let path = stats.join("markers.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen(",1,", ",2,", 1)).unwrap();
    assert!(write(&stats, &record, &|_| ()).unwrap_err().to_string().contains("markers.csv"));
}

#[test]
fn a_text_that_no_cell_can_hold_is_cut_and_the_first_sheet_says_where() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), format!("id,text,note\n1,必ず効く。,{}\n", "犬".repeat(40_000)))
        .unwrap();
    let corpus = Corpus::open(&[folder.path().join("a.csv")], &ReadOptions::default()).unwrap();
    let stats = folder.path().join("stats");
    count(&Counter::new().unwrap(), corpus, CountOptions::default(), &stats, &|_| ()).unwrap();
    write(&stats, &RunRecord::read(&stats).unwrap(), &|_| ()).unwrap();
    let mut workbook: Xlsx<_> = open_workbook(stats.join(WORKBOOK)).unwrap();
    let texts = |sheet: &str, workbook: &mut Xlsx<_>| {
        let range = workbook.worksheet_range(sheet).unwrap();
        range.used_cells().filter_map(|(.., cell)| cell.as_string()).collect::<Vec<_>>()
    };
    let cut = texts("documents", &mut workbook).into_iter().find(|text| text.starts_with("犬犬")).unwrap();
    assert!(cut.ends_with("犬 […cut]") && cut.encode_utf16().count() == 32_767);
    assert!(
        texts("about", &mut workbook).iter().any(|text| text.contains("documents!C2")),
        "nothing is said of it"
    );
}
