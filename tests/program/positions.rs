//! Where in their documents the markers stand, and the variables beside them.

use std::collections::BTreeMap;
use std::fs;

use hedgerow::tables::RunRecord;

use crate::place::{Place, corpus};
use crate::tables::{Table, Tables, number, recorded};

const FEW: [&str; 2] = ["--resamples", "100"];

/// The rows of `documents.csv` by their names.
fn by_name(tables: &Tables) -> BTreeMap<&str, &crate::tables::Row> {
    tables.documents.rows.iter().map(|row| (row["document"].as_str(), row)).collect()
}

#[test]
fn a_relative_position_is_the_start_among_the_characters() {
    let (tables, _) = Place::with::<&str>(&[]).count(&[corpus().to_str().unwrap()]);
    let documents = by_name(&tables);
    assert!(tables.concordance.rows.len() > 300);
    for row in &tables.concordance.rows {
        let document = documents[row["document"].as_str()];
        let expected = number(row, "start") as f64 / number(document, "characters") as f64;
        assert_eq!(row["relative_position"].parse(), Ok(expected), "{row:?}");
        assert!((0.0..1.0).contains(&expected));
        assert_eq!((&row["genre"], &row["year"]), (&document["genre"], &document["year"]), "{row:?}");
    }
    assert_eq!(tables.concordance.header[16..], ["relative_position", "previous", "next", "genre", "year"]);
}

#[test]
fn a_position_is_that_in_the_whole_of_a_text_of_many_passages() {
    let filler = "雨が降る。\n".repeat(40_000);
    let place = Place::with(&[("a.txt", format!("犬{filler}犬{filler}犬"))]);
    let (tables, _) = place.count_dogs(&["a.txt"]);
    let half = (1.0 + 240_000.0) / 480_003.0;
    let last = 480_002.0 / 480_003.0;
    let positions = ["0".into(), f64::to_string(&half), f64::to_string(&last)];
    assert_eq!(tables.concordance.column("relative_position"), positions);
}

/// Checks that each sentence has a hit, and that the neighbours of each are the sentences before and behind.
fn check_neighbours(sentences: &[String], text: String) {
    let place = Place::with(&[("a.txt", text)]);
    let (tables, _) = place.count_dogs(&["a.txt"]);
    assert_eq!(tables.concordance.rows.len(), sentences.len());
    for (index, row) in tables.concordance.rows.iter().enumerate() {
        let at =
            |index: Option<usize>| index.and_then(|index| sentences.get(index)).map_or("", String::as_str);
        assert_eq!(row["left"].clone() + &row["node"] + &row["right"], at(Some(index)));
        assert_eq!(
            [&row["previous"], &row["next"]],
            [at(index.checked_sub(1)), at(Some(index + 1))],
            "{index}"
        );
    }
}

#[test]
fn neighbours_are_the_sentences_around_across_passages_and_lines() {
    let sentences: Vec<String> = (0..8_000).map(|number| format!("{number}番目の犬がここにいる。")).collect();
    let blank_lines = "\n".repeat(100_000);
    for (name, between) in [("lines", "\n"), ("one line", ""), ("paragraphs", "\n\n"), ("windows", "\r\n")] {
        println!("{name}");
        let half = sentences.len() / 2;
        let text =
            format!("{}{blank_lines}{}", sentences[..half].join(between), sentences[half..].join(between));
        check_neighbours(&sentences, text);
    }
}

#[test]
fn neighbours_are_kept_as_the_sides_of_a_node_are() {
    let long = "長".repeat(300);
    let place = Place::with(&[("a.txt", format!("始{long}。犬。{long}終。猫"))]);
    let (tables, _) = place.count_dogs(&["a.txt"]);
    let short = "長".repeat(199);
    assert_eq!(tables.concordance.column("previous"), [format!("{short}。")]);
    assert_eq!(tables.concordance.column("next"), ["長".repeat(200)]);
}

#[test]
fn variables_stand_behind_the_hit_as_in_documents_csv_but_for_their_length() {
    let long = "長".repeat(300);
    let rows = format!("text,note,id,x\n\"犬が\n犬\",{long},1,=1\n犬,\"a,\"\"b\n\",2,-5\n");
    let place = Place::with(&[("in/t.csv", rows.as_str()), ("in/v.csv", "document,y\nt.csv#2,'=y\n")]);
    let (tables, _) = place.count_dogs(&["in/t.csv", "--variables", "in/v.csv", "--id-column", "id"]);
    assert_eq!(tables.documents.column("note"), [&long, "a,\"b\n"]);
    let short = "長".repeat(200);
    assert_eq!(tables.concordance.column("note"), [&short, &short, "a,\"b\n"]);
    assert_eq!(tables.concordance.column("x"), ["'=1", "'=1", "-5"]);
    assert_eq!(tables.concordance.column("y"), ["", "", "''=y"]);
    let run = place.run(&["verify", "out", "--lexicon", "dogs.toml"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
}

/// The sample corpus, counted and compared by genre.
fn compared(place: &Place) -> (Tables, Table) {
    let (tables, _) = place.count(&[&[corpus().to_str().unwrap(), "--by", "genre"][..], &FEW].concat());
    let groups = Table::read(&place.path("out/groups.csv"));
    (tables, groups)
}

const FIFTHS: [&str; 5] = ["fifth_1", "fifth_2", "fifth_3", "fifth_4", "fifth_5"];

#[test]
fn fifths_of_groups_are_those_of_the_rows_of_the_concordance() {
    let place = Place::with::<&str>(&[]);
    let (tables, groups) = compared(&place);
    let mut filled = 0;
    for row in &groups.rows {
        let cells = FIFTHS.map(|column| row[column].as_str());
        if row["level"] == "share" || row["count"] == "0" {
            assert_eq!(cells, [""; 5], "{row:?}");
            continue;
        }
        let mut counts = [0_u32; 5];
        let column = &row["level"];
        let of_measure = |hit: &&crate::tables::Row| {
            hit["genre"] == row["group"] && hit["negated"] == "false" && hit[column] == row["measure"]
        };
        for hit in tables.concordance.rows.iter().filter(of_measure) {
            let position: f64 = hit["relative_position"].parse().unwrap();
            counts[(position * 5.0) as usize] += 1;
        }
        let all: u32 = counts.iter().sum();
        assert_eq!(number(row, "count") as u32, all, "{row:?}");
        let shares = counts.map(|count| f64::from(count) / f64::from(all));
        assert_eq!(cells.map(|cell| cell.parse::<f64>().unwrap()), shares, "{row:?}");
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        filled += 1;
    }
    assert!(filled > 100 && filled < groups.rows.len());
}

#[test]
fn documents_without_a_group_and_denied_markers_are_in_no_fifth() {
    let files = [
        ("in/a.txt", "必ず雨だ。雨だ。雨だ。雨だ。"),
        ("in/b.txt", "雨だ。雨だ。雨だ。雨だ。必ず。"),
        ("in/c.txt", "雨だ。必ず雨だ。雨だ。雨だ。"),
        ("in/d.txt", "必ずしも雨ではない。雨は必ず降る。雨だ。雨だ。"),
        ("in/variables.csv", "document,g\na.txt,x\nb.txt,x\nc.txt,\nd.txt,y\n"),
    ];
    let place = Place::with(&files);
    place.count(&[&["in", "--by", "g"][..], &FEW].concat());
    let groups = Table::read(&place.path("out/groups.csv"));
    let of = |group: &str| {
        let row = groups.rows.iter().find(|row| row["group"] == group && row["measure"] == "必ず").unwrap();
        FIFTHS.map(|column| row[column].clone())
    };
    assert_eq!(of("x"), ["0.5", "0", "0", "0", "0.5"]);
    assert_eq!(of("y"), ["0", "0", "1", "0", "0"]);
}

/// A change of a table.
type Change<'a> = &'a dyn Fn(&str) -> String;

/// Changes the concordance of `out` and writes into the record that it is as it should be.
fn forge(place: &Place, change: Change) {
    let folder = place.path("out");
    let path = folder.join("concordance.csv");
    let table = fs::read_to_string(&path).unwrap();
    let changed = change(&table);
    assert_ne!(changed, table);
    fs::write(&path, changed).unwrap();
    let mut record = RunRecord::read(&folder).unwrap();
    record.add_tables(recorded(&folder));
    record.write(&folder).unwrap();
}

/// Two documents in two groups.
fn place() -> Place {
    let place = Place::with(&[
        ("in/a.txt", "必ず雨だ。必ず。"),
        ("in/b.txt", "たぶん雨だろう。"),
        ("in/variables.csv", "document,g\na.txt,x\nb.txt,y\n"),
    ]);
    place.count(&["in"]);
    place
}

#[test]
fn verify_finds_positions_and_variables_that_are_not_those_of_the_document() {
    for (from, to, words) in [
        ("other,0,", "other,0.25,", "`relative_position` is 0.25, and the other figures make it 0"),
        ("other,0,", "other,,", "`relative_position` is empty, and the other figures make it 0"),
        ("other,0,", "other,0.0,", "`relative_position` is 0.0, and the other figures make it 0"),
        ("other,0,,必ず。,x", "other,0,,必ず。,y", "`g` is y, and the other figures make it x"),
        ("next,g\n", "next,h\n", "the column `g` is missing"),
    ] {
        let place = place();
        let text = fs::read_to_string(place.path("out/concordance.csv")).unwrap();
        let (from, to) = (from.replace("other", position(&text)), to.replace("other", position(&text)));
        forge(&place, &|table| table.replacen(&from, &to, 1));
        let run = place.run(&["verify", "out"]);
        assert_eq!(run.status, Some(1), "{}", run.out);
        assert!(run.err.contains("concordance.csv, line") && run.err.contains(words), "{words}: {}", run.err);
    }
}

/// The position of the first hit.
fn position(table: &str) -> &str {
    table.lines().nth(1).unwrap().split(',').nth(15).unwrap()
}

#[test]
fn compare_refuses_a_concordance_that_does_not_agree_with_the_counts() {
    let last_gone = |table: &str| {
        let end = table.trim_end().rfind('\n').unwrap();
        table[..=end].to_owned()
    };
    let changes: [(Change, &str); 6] = [
        (&last_gone, "1 hits, and the other figures make it 2"),
        (&|table| table.replacen("a.txt,1,1,0,2", "a.txt,1,1,8,10", 1), "`start` is 8"),
        (&|table| table.replacen("assertive,certainty", "hedge,certainty", 1), "`marker` is 必ず"),
        (&|table| table.replacen(",必ず,", ",必す,", 2), "`marker` is 必す"),
        (&|table| table.replacen("a.txt,", "z.txt,", 1), "z.txt is not in documents.csv"),
        (&|table| table.replacen("a.txt,", "b.txt,", 1), "1 hits, and the other figures make it 2"),
    ];
    for (change, words) in changes {
        let place = place();
        forge(&place, change);
        let run = place.run(&[&["compare", "out", "--by", "g"][..], &FEW].concat());
        assert_eq!((run.status, run.out.as_str()), (Some(1), ""), "{words}");
        assert!(
            run.err.contains("concordance.csv, line")
                && run.err.contains(words)
                && run.err.lines().count() == 1,
            "{words}: {}",
            run.err
        );
    }
}

/// Takes the columns behind `position` away, as an earlier version wrote the table.
fn without_new_columns(table: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(reader.headers().unwrap().iter().take(16)).unwrap();
    reader.records().for_each(|row| writer.write_record(row.unwrap().iter().take(16)).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn a_concordance_without_positions_is_read_or_refused_by_its_name() {
    let place = place();
    // A report needs them.
    for out in ["new", "out"] {
        let run = place.run(&["count", "in", "--out", out, "--no-report", "--force"]);
        assert_eq!(run.status, Some(0), "{}", run.err);
    }
    forge(&place, &without_new_columns);
    let run = place.run(&["verify", "out"]);
    assert_eq!(run.status, Some(1));
    let words = "concordance.csv, line 1: the column `relative_position` is missing";
    assert!(run.err.contains(words), "{}", run.err);
    for arguments in [
        &["diff", "out", "new"][..],
        &["compare", "out", "--by", "g", "--resamples", "100"],
        &["compare", "new", "--by", "g", "--resamples", "100"],
    ] {
        let run = place.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
    assert_eq!(
        fs::read(place.path("out/groups.csv")).unwrap(),
        fs::read(place.path("new/groups.csv")).unwrap()
    );
}

#[test]
fn the_own_concordance_with_its_variables_is_a_coding_that_agrees() {
    let place = place();
    let run = place.run(&["evaluate", "--gold", "out/concordance.csv", "in"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("1.000") && !run.out.contains("0.000"), "{}", run.out);
}
