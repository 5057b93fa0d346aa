//! `hedgerow correct`: a run and judged sheets give corrected figures.

use std::fs;

use encoding_rs::SHIFT_JIS;
use unicode_width::UnicodeWidthStr;

use crate::place::Place;
use crate::spreadsheets::workbook_with_strings;
use crate::tables::{Row, Table};

/// Six documents of two genres; a dog is a hit.
fn place() -> Place {
    let place = Place::with::<&str>(&[]);
    let mut variables = String::from("document,genre\n");
    for number in 0..6 {
        let genre = ["ad", "news"][number % 2];
        let text = format!("{}{}", "犬が走る。".repeat(2 + number), "猫が眠る。".repeat(3));
        place.write(&format!("in/t{number}.txt"), text);
        variables += &format!("t{number}.txt,{genre}\n");
    }
    place.write("in/variables.csv", variables);
    place.count_dogs(&["in", "--by", "genre", "--resamples", "100"]);
    place
}

/// A sheet of all hits and all sentences without one, judged; `judge` fills the last cells of a row by kind and number.
fn sheet(place: &Place, judge: impl Fn(&str, usize) -> &'static str) -> String {
    let mut sheet = String::from(
        "kind,document,start,end,category,negated,stratum,stratum_size,stratum_drawn,hits_in_sentence,genre,judgement,correct_category,correct_negated,missed,note\n",
    );
    let hits = Table::read(&place.path("out/concordance.csv")).rows;
    for (number, hit) in hits.iter().enumerate() {
        let [document, start, end, category] =
            ["document", "start", "end", "category"].map(|name| hit[name].as_str());
        let genre = &hit["genre"];
        let size = hits.iter().filter(|other| other["genre"] == *genre).count();
        let judged = judge("hit", number);
        sheet += &format!(
            "hit,{document},{start},{end},{category},false,{category} {genre},{size},{size},1,{genre},{judged}\n"
        );
    }
    for number in 0..18 {
        let (document, genre) = (format!("t{}.txt", number / 3), ["ad", "news"][number / 3 % 2]);
        let judged = judge("sentence", number);
        let start = 1000 + number;
        sheet += &format!("sentence,{document},{start},{},,,{genre},9,9,0,{genre},{judged}\n", start + 5);
    }
    sheet
}

fn all_right(kind: &str) -> &'static str {
    if kind == "hit" { "right,,,," } else { "done,,,," }
}

fn row<'t>(table: &'t Table, group: &str, against: &str, level: &str) -> &'t Row {
    let is_meant = |row: &&Row| row["group"] == group && row["against"] == against && row["level"] == level;
    // The category is the one with hits.
    let mut rows = table.rows.iter().filter(is_meant);
    rows.find(|row| row["count"] != "0" && (row["stance"] == "hedge" || against.is_empty())).unwrap()
}

#[test]
fn where_everything_was_judged_and_is_right_the_figures_stay() {
    let place = place();
    place.write("sheet.csv", sheet(&place, |kind, _| all_right(kind)));
    let run = place.run(&["correct", "out", "sheet.csv"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(run.out.lines().all(|line| line.width() <= 80), "{}", run.out);
    let table = Table::read(&place.path("out/corrected.csv"));
    let all = row(&table, "", "", "category");
    assert_eq!((all["precision"].as_str(), all["recall"].as_str()), ("1", "1"));
    assert_eq!(all["corrected_count"], all["count"]);
    assert_eq!(all["corrected_rate"], all["rate"]);
    assert_eq!(all["judged"], all["count"]);
    // The folder is whole, and cite says what was done.
    assert_eq!(place.run(&["verify", "out"]).status, Some(1), "the lexicon is not the default one");
    assert!(!place.run(&["verify", "out"]).err.contains("corrected.csv"));
    let cited = place.run(&["cite", "out"]).out;
    assert!(cited.contains("18 sentences without a hit") && cited.contains("angelopoulos2023"), "{cited}");
    let page = fs::read_to_string(place.path("out/report.html")).unwrap();
    assert!(page.contains("corrected.csv"), "the report says it");
}

/// A sheet as Excel keeps it: texts in a table of their own, truth values as such, and no empty cells.
fn excel(sheet: &str) -> Vec<u8> {
    let (mut strings, mut rows): (Vec<String>, String) = (Vec::new(), String::new());
    for (number, line) in sheet.lines().enumerate() {
        rows += &format!("<row r=\"{}\">", number + 1);
        for (cell, column) in line.split(',').zip('A'..) {
            let place = format!("{column}{}", number + 1);
            rows += &match cell {
                "" => continue,
                "true" | "false" => {
                    format!("<c r=\"{place}\" t=\"b\"><v>{}</v></c>", u8::from(cell == "true"))
                }
                cell if cell.parse::<f64>().is_ok() => format!("<c r=\"{place}\"><v>{cell}</v></c>"),
                cell => {
                    let known = strings.iter().position(|known| known == cell);
                    let index = known.unwrap_or_else(|| {
                        strings.push(cell.to_owned());
                        strings.len() - 1
                    });
                    format!("<c r=\"{place}\" t=\"s\"><v>{index}</v></c>")
                }
            };
        }
        rows += "</row>";
    }
    let strings: String = strings.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    let strings =
        format!("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{strings}</sst>");
    workbook_with_strings(&[("sheet", "visible", &rows)], &strings)
}

#[test]
fn a_sheet_that_excel_has_saved_is_the_same_sheet() {
    let place = place();
    let judge = |kind: &str, number: usize| match (kind, number) {
        ("hit", 3) => "wrong,,true,,否定",
        ("hit", 5) => "wrong,可能性,,,",
        ("sentence", 4) => "done,,,!伝聞・引用,＝見落とし",
        (kind, _) => all_right(kind),
    };
    let own = sheet(&place, judge);
    place.write("own.csv", &own);
    let corrected = |name: &str| {
        let run = place.run(&["correct", "out", name, "--force"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{name}");
        fs::read(place.path("out/corrected.csv")).unwrap()
    };
    let expected = corrected("own.csv");
    place.write("right.csv", sheet(&place, |kind, _| all_right(kind)));
    assert_ne!(corrected("right.csv"), expected);
    // CSV has truth values in capitals, lines of Windows, and no separators before empty cells at the end of a row.
    let trimmed = |line: &str| line.trim_end_matches(',').to_owned() + "\r\n";
    let capitals = own.replace(",false", ",FALSE").replace(",true", ",TRUE");
    let saved: String = capitals.lines().map(trimmed).collect();
    assert!(saved.lines().any(|line| line.ends_with(",done")), "{saved}");
    let tabs: Vec<u8> =
        format!("\u{feff}{}", saved.replace(',', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("utf8.csv", format!("\u{feff}{saved}").into_bytes()),
        ("cp932.csv", SHIFT_JIS.encode(&saved).0.into_owned()),
        ("semicolons.csv", saved.replace(';', "、").replace(',', ";").into_bytes()),
        ("unicode.txt", tabs.clone()),
        ("unicode.tsv", tabs),
        ("excel.xlsx", excel(&own)),
        ("numbers.xlsx", excel(&own.replace(",false", ",0").replace(",true", ",1"))),
    ] {
        place.write(name, bytes);
        assert!(corrected(name) == expected, "{name}");
    }
    // A row that lacks what must be filled in is no such row.
    place.write("torn.csv", own.replacen(",9,9,0,ad,done,,,,", ",9", 1));
    place.assert_refused(&["correct", "out", "torn.csv", "--force"], &[&["torn.csv, row", "stratum_drawn"]]);
}

#[test]
fn wrong_hits_are_taken_out_and_missed_markers_added() {
    let place = place();
    // The first two hits are none, and each sentence of the first document has a marker that was missed.
    let category = Table::read(&place.path("out/concordance.csv")).rows[0]["category"].clone();
    let missed: &'static str = format!("done,,,{category},").leak();
    place.write(
        "sheet.csv",
        sheet(&place, |kind, number| match (kind, number) {
            ("hit", 0 | 1) => "wrong,,,,",
            ("sentence", 0..3) => missed,
            _ => all_right(kind),
        }),
    );
    let run = place.run(&["correct", "out", "sheet.csv"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let table = Table::read(&place.path("out/corrected.csv"));
    let number = |row: &Row, column: &str| row[column].parse::<f64>().unwrap();
    let all = row(&table, "", "", "category");
    assert_eq!(number(all, "corrected_count"), number(all, "count") - 2.0 + 3.0);
    assert_eq!(number(all, "missed"), 3.0);
    let right = number(all, "count") - 2.0;
    assert!((number(all, "precision") - right / number(all, "count")).abs() < 1e-12);
    assert!((number(all, "recall") - right / (right + 3.0)).abs() < 1e-12);
    // All of it is in the first group.
    let [ad, news] = ["ad", "news"].map(|group| row(&table, group, "", "category"));
    assert_eq!(number(ad, "corrected_count"), number(ad, "count") + 1.0);
    assert_eq!(news["corrected_count"], news["count"]);
}

#[test]
fn two_coders_are_compared() {
    let place = place();
    place.write("one.csv", sheet(&place, |kind, _| all_right(kind)));
    place.write(
        "two.csv",
        sheet(&place, |kind, number| if kind == "hit" && number < 2 { "wrong,,,," } else { all_right(kind) }),
    );
    let run = place.run(&["correct", "out", "one.csv", "two.csv"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("AC1"), "{}", run.out);
    let all = Table::read(&place.path("out/corrected.csv"));
    let all = row(&all, "", "", "category");
    // What they differ on counts half.
    let number = |column: &str| all[column].parse::<f64>().unwrap();
    assert_eq!(number("corrected_count"), number("count") - 1.0);
}

#[test]
fn what_does_not_fit_is_refused() {
    let place = place();
    place.write("open.csv", sheet(&place, |_, _| ",,,,"));
    place.assert_refused(&["correct", "out", "open.csv"], &[&["open.csv", "no row is judged"]]);
    let other = sheet(&place, |kind, _| all_right(kind)).replacen("hit,t0.txt,0,", "hit,t0.txt,1,", 1);
    place.write("other.csv", other);
    place.assert_refused(&["correct", "out", "other.csv"], &[&["other.csv, row 2", "t0.txt#1-"]]);
    // Without the rows of a stratum, or of half a hundred, nobody would know of it.
    let whole = sheet(&place, |kind, _| all_right(kind));
    for (kind, lacks, words) in [
        ("hit", "news,", "12 hits, and the run has 27"),
        ("sentence", ",,,ad,", "9 sentences without a hit, and"),
    ] {
        let is_kept = |line: &&str| !(line.starts_with(kind) && line.contains(lacks));
        let kept: Vec<&str> = whole.lines().filter(is_kept).collect();
        place.write("part.csv", kept.join("\n"));
        place.assert_refused(&["correct", "out", "part.csv"], &[&["part.csv", words]]);
    }
    place.write("sheet.csv", whole);
    assert_eq!(place.run(&["correct", "out", "sheet.csv"]).status, Some(0));
    place.assert_refused(&["correct", "out", "sheet.csv"], &[&["out", "--force"]]);
    assert_eq!(place.run(&["correct", "out", "sheet.csv", "--force"]).status, Some(0));
}

#[test]
fn rows_that_were_deleted_or_not_judged_are_left() {
    let place = place();
    let whole =
        sheet(&place, |kind, number| if (kind, number) == ("hit", 2) { ",,,," } else { all_right(kind) });
    let deleted: Vec<&str> = whole
        .lines()
        .enumerate()
        .filter(|(number, _)| ![2, 9, 30].contains(number))
        .map(|(_, line)| line)
        .collect();
    for (sheet, left) in [(whole.clone(), 1), (deleted.join("\n"), 4)] {
        place.write("sheet.csv", sheet);
        let run = place.run(&["correct", "out", "sheet.csv", "--force"]);
        assert!(run.out.contains(&format!("; {left} of those drawn are left")), "{run:?}");
    }
}
