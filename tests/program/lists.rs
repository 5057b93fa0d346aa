//! `hedgerow search` and `hedgerow frequencies`.

use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use unicode_width::UnicodeWidthStr;

use crate::place::{Place, corpus, program};
use crate::tables::{Table, number};

fn succeeded(place: &Place, arguments: &[&str]) -> String {
    let run = place.run(arguments);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

fn texts() -> Place {
    Place::with(&[
        ("in/a.txt", "犬が走る。\n猫と犬が いる。"),
        ("in/b.txt", "=犬だ。「ＡＩと猫」"),
        ("in/c.txt", "。"),
        ("in/variables.csv", "document,genre,lemmas\na.txt,x,=1+1\nb.txt,y,\n"),
    ])
}

#[test]
fn a_search_for_the_pattern_of_an_entry_finds_its_hits() {
    let place = Place::with::<&str>(&[]);
    let path = corpus();
    let path = path.to_str().unwrap();
    let (tables, _) = place.count_dogs(&[path]);
    let of_entry: Vec<_> = tables.concordance.rows.iter().filter(|row| row["marker"] == "dog").collect();
    succeeded(&place, &["search", "\"犬\"", path, "--out", "dogs.csv"]);
    assert_eq!(Table::read(&place.path("dogs.csv")).rows.len(), of_entry.len());
    // An entry whose pattern no other entry covers.
    let of_entry: Vec<_> =
        tables.concordance.rows.iter().filter(|row| row["marker"] == "可能性がある").collect();
    let entry = program().args(["lexicon", "list"]).output().unwrap();
    assert!(String::from_utf8(entry.stdout).unwrap().contains("可能性がある"));
    let pattern = "\"可能\" \"性\" [word=\"が|も|は|の\"]";
    succeeded(&place, &["search", pattern, path, "--out", "found.csv"]);
    let found = Table::read(&place.path("found.csv"));
    let place_of = |row: &std::collections::BTreeMap<String, String>| {
        ["document", "line", "sentence", "start"].map(|column| row[column].clone())
    };
    let all: Vec<_> = found.rows.iter().map(place_of).collect();
    assert!(!of_entry.is_empty() && of_entry.iter().all(|row| all.contains(&place_of(row))));
    for row in &found.rows {
        let text = fs::read_to_string(corpus().join(&row["document"])).unwrap();
        let (start, end) = (number(row, "start"), number(row, "end"));
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), row["node"]);
        assert!(text.replace('\n', "").contains(&[&*row["left"], &row["node"], &row["right"]].concat()));
    }
}

#[test]
fn lines_and_figures_are_shown_and_written() {
    let place = texts();
    let out = succeeded(&place, &["search", "犬", "in"]);
    let expected = "searched for as [lemma=\"犬\"]\n\n";
    assert!(out.starts_with(expected), "{out}");
    assert!(out.contains("a.txt:2") && out.contains("b.txt:1"), "{out}");
    assert!(out.ends_with("3 hits in 2 of 3 documents; 230.769 per 1,000 tokens (of 13 tokens)\n"), "{out}");
    let out = succeeded(&place, &["search", "[word=\"犬\"]", "in", "--limit", "1", "--sort", "1L"]);
    assert!(out.lines().count() == 4 && !out.contains("searched for"), "{out}");
    assert!(out.contains("note: 1 of 3 are given; --limit all"), "{out}");
    let out = succeeded(&place, &["search", "\"犬\"", "in", "--out", "a.csv", "--sort", "1R,1L"]);
    assert!(out.contains("3 hits in 2 of 3") && out.ends_with("written: a.csv\n"), "{out}");
    let bytes = fs::read(place.path("a.csv")).unwrap();
    assert!(bytes.starts_with(
        b"\xef\xbb\xbfdocument,line,sentence,start,end,left,node,right,lemma,pos,genre,lemmas\n"
    ));
    let table = Table::read(&place.path("a.csv"));
    let cells = |column: &str| table.column(column);
    assert_eq!(cells("right"), ["が走る。", "が いる。", "だ。"]);
    assert_eq!(cells("left"), ["", "猫と", "'="]);
    assert_eq!(
        (cells("lemma"), cells("pos")),
        (vec!["犬"; 3], vec!["名詞-一般", "名詞-一般", "名詞-接尾-一般"])
    );
    assert_eq!((cells("genre"), cells("lemmas")), (vec!["x", "x", "y"], vec!["'=1+1", "'=1+1", ""]));
}

#[test]
fn hits_are_counted_by_a_variable() {
    let place = texts();
    let out = succeeded(&place, &["search", "犬", "in", "--count-by", "genre"]);
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(rows.contains(&vec!["x", "1", "1", "2", "8", "250.00", "-"]), "{out}");
    assert!(out.contains("(no value)          1          0     0       0          -"), "{out}");
    succeeded(&place, &["search", "犬", "in", "--count-by", "genre", "--out", "v.csv"]);
    let table = Table::read(&place.path("v.csv"));
    assert_eq!(table.column("value"), ["x", "y", ""]);
    assert_eq!((table.column("hits"), table.column("tokens")), (vec!["2", "1", "0"], vec!["8", "5", "0"]));
    assert_eq!(table.column("per_1000_tokens"), ["250", "200", ""]);
    let described: Vec<String> = hedgerow::tables::columns()
        .iter()
        .filter(|column| column.table == "values")
        .map(|column| column.column.clone())
        .collect();
    assert_eq!(table.header, described);
}

#[test]
fn the_intervals_of_a_variable_are_those_of_the_groups_of_a_count() {
    let place = Place::with::<&str>(&[]);
    let path = corpus();
    let path = path.to_str().unwrap();
    let (tables, _) = place.count_dogs(&[path, "--by", "genre", "--resamples", "100"]);
    assert!(!tables.documents.rows.is_empty());
    let groups = Table::read(&place.path("out/groups.csv"));
    // A marker whose entry has no condition and no rival in these texts.
    succeeded(&place, &["search", "[lemma=\"必ず\"]", path, "--count-by", "genre", "--out", "v.csv"]);
    let values = Table::read(&place.path("v.csv"));
    let mut compared = 0;
    for row in &values.rows {
        let is_it = |group: &&std::collections::BTreeMap<String, String>| {
            group["group"] == row["value"] && group["measure"] == "必ず" && group["count"] == row["hits"]
        };
        let Some(group) = groups.rows.iter().find(is_it) else { continue };
        assert_eq!((&group["rate"], &group["base"]), (&row["per_1000_tokens"], &row["tokens"]));
        for (one, other) in [("rate_low", "per_1000_tokens_low"), ("rate_high", "per_1000_tokens_high")] {
            match (group[one].parse::<f64>(), row[other].parse::<f64>()) {
                (Ok(one), Ok(other)) => assert!((one - other).abs() < 1e-9, "{one} {other}"),
                (one, other) => assert_eq!(one.is_ok(), other.is_ok()),
            }
        }
        compared += 1;
    }
    assert!(compared > 0, "{values:?}");
}

#[test]
fn frequencies_and_keywords_are_listed_and_written() {
    let place = texts();
    let out = succeeded(&place, &["frequencies", "in", "--limit", "2"]);
    assert!(out.starts_with("3 documents, 13 tokens; 9 different items\n"), "{out}");
    assert!(out.contains("note: 2 of 9 are given"), "{out}");
    succeeded(&place, &["frequencies", "in", "--out", "f.csv", "--pos", "名詞.*", "--of", "word"]);
    let table = Table::read(&place.path("f.csv"));
    assert_eq!((table.column("item"), table.column("count")), (vec!["犬", "猫", "AI"], vec!["3", "2", "1"]));
    assert_eq!((table.column("range")[0], table.column("pos")[0]), ("2", ""));
    succeeded(&place, &["frequencies", "in", "--out", "n.csv", "--ngrams", "2"]);
    let table = Table::read(&place.path("n.csv"));
    let ngrams = table.column("item");
    // Across the blank, and not across a mark.
    assert!(ngrams.contains(&"が いる") && !ngrams.contains(&"だ AI"), "{ngrams:?}");
    succeeded(
        &place,
        &["frequencies", "in", "--out", "k.csv", "--by", "genre", "--min", "1", "--of", "word"],
    );
    let table = Table::read(&place.path("k.csv"));
    assert_eq!((table.column("group_a")[0], table.column("group_b")[0]), ("x", "y"));
    let dog = table.rows.iter().find(|row| row["item"] == "犬").unwrap();
    assert_eq!((&*dog["count_a"], &*dog["count_b"], &*dog["range_a"]), ("2", "1", "1"));
    let ratio = hedgerow::statistics::log_ratio;
    let frequency = |count, size| hedgerow::statistics::Frequency { count, size };
    let (first, second) = (frequency(2, 8), frequency(1, 5));
    assert_eq!(dog["log_ratio"], ratio(first, second).unwrap().to_string());
    let g2 = hedgerow::statistics::g2_two_cell(first, second).unwrap();
    assert_eq!(dog["log_likelihood"], g2.to_string());
    for (file, name) in [("f.csv", "frequencies"), ("k.csv", "keyness")] {
        let columns = hedgerow::tables::columns().iter().filter(|column| column.table == name);
        let described: Vec<&str> = columns.map(|column| column.column.as_str()).collect();
        assert_eq!(Table::read(&place.path(file)).header, described, "{name}");
    }
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_written() {
    let place = texts();
    place.write("there.csv", "mine");
    place.write("in2/a.txt", "犬\0");
    for (arguments, words) in [
        (&["search", "[lema=\"犬\"]", "in"][..], &["character 2", "[lema=\"犬\"]"][..]),
        (&["search", "<s> \"犬\"", "in"], &["<s>"]),
        (&["search", "\"犬\"?", "in"], &["at least one token"]),
        (&["search", "", "in"], &["nothing to search for"]),
        (&["search", "犬", "in", "--out", "there.csv"], &["there.csv", "exists already", "--force"]),
        (&["search", "犬", "in", "--out", "in"], &["in", ".csv"]),
        (&["search", "犬", "in", "--count-by", "gender"], &["gender", "genre"]),
        (&["search", "犬", "nowhere"], &["nowhere"]),
        (&["search", "犬", "in2", "--out", "new.csv"], &["a.txt", "NUL"]),
        (&["frequencies", "in", "--pos", "名詞("], &["名詞(", "regular expression"]),
        (&["frequencies", "in", "--by", "genre", "--groups", "x"], &["--groups A,B"]),
        (
            &["frequencies", "in", "--by", "genre", "--groups", "x,z", "--out", "new.csv"],
            &["no document", "z"],
        ),
        (&["frequencies", "in", "--by", "lemmas"], &["two groups", "lemmas", "--groups A,B"]),
    ] {
        place.assert_refused(arguments, &[words]);
    }
    for arguments in [
        &["search", "犬", "in", "--sort", "R"][..],
        &["search", "犬", "in", "--limit", "some"],
        &["frequencies", "in", "--ngrams", "6"],
    ] {
        assert_eq!(place.run(arguments).status, Some(2), "{arguments:?}");
    }
    succeeded(&place, &["search", "犬", "in", "--out", "there.csv", "--force"]);
    assert_eq!(Table::read(&place.path("there.csv")).rows.len(), 3);
}

#[test]
fn threads_and_the_order_of_paths_change_no_byte_and_lines_fit_the_terminal() {
    let place = Place::with::<&str>(&[]);
    let path = |name: &str| corpus().join(name).to_str().unwrap().to_owned();
    // By the names that the documents have below these folders.
    let variables = fs::read_to_string(corpus().join("variables.csv")).unwrap();
    let below = |row: &str| row.split_once('/').map_or(row, |(_, name)| name).to_owned() + "\n";
    place.write("variables.csv", variables.lines().map(below).collect::<String>());
    let paths = ["clinic", "health", "supplement", "university"].map(path);
    let mut reversed = paths.clone();
    reversed.reverse();
    for command in [
        &["search", "[pos=\"名詞.*\"] \"が\"", "--sort", "1R,2R,1L", "--limit", "all"][..],
        &["search", "できる"],
        &["frequencies"],
        &["frequencies", "--ngrams", "3", "--limit", "all"],
        &["search", "期待", "--count-by", "genre"],
        &["frequencies", "--by", "genre", "--groups", "supplement,university"],
    ] {
        let run = |threads: &str, paths: &[String]| {
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            let arguments = [command, &paths, &["--variables", "variables.csv"]].concat();
            let run = place.run_with(&arguments, "", &[("RAYON_NUM_THREADS", threads)]);
            assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{command:?}");
            run.out
        };
        let one = run("1", &paths);
        assert_eq!(one, run("4", &reversed), "{command:?}");
        let widest = one.lines().map(|line| line.width()).max().unwrap();
        assert!(widest <= 80, "{command:?}: {widest}");
    }
}

/// The texts of a member of a workbook.
fn member(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn a_workbook_holds_the_cells_of_the_table() {
    let place = Place::with(&[
        ("in/a.txt", "=犬が走る。犬だ。001の犬。".repeat(3)),
        ("in/b.txt", "-犬がいる。<b>猫</b>&amp;\u{1}犬。".to_owned()),
        ("in/c.txt", "猫がいる。".to_owned()),
        ("in/variables.csv", "document,genre,=year\na.txt,001,=1+1\nb.txt,true,-5\nc.txt,001,x\n".to_owned()),
    ]);
    for (command, table) in [
        (&["search", "犬", "in", "--sort", "1R"][..], "search"),
        (&["search", "犬", "in", "--count-by", "genre"], "values"),
        (&["frequencies", "in"], "frequencies"),
        (&["frequencies", "in", "--by", "genre", "--min", "1"], "keyness"),
    ] {
        let said = succeeded(&place, &[command, &["--out", "a.csv", "--force"]].concat());
        let csv = Table::read(&place.path("a.csv"));
        let with = [command, &["--out", "a.XLSX", "--force"]].concat();
        assert_eq!(succeeded(&place, &with), said.replace("a.csv", "a.XLSX"));
        let bytes = fs::read(place.path("a.XLSX")).unwrap();
        succeeded(&place, &with);
        assert!(fs::read(place.path("a.XLSX")).unwrap() == bytes, "{table}");
        let mut workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(&bytes)).unwrap();
        assert_eq!(workbook.sheet_names(), [table]);
        let range = workbook.worksheet_range(table).unwrap();
        assert_eq!(range.height(), csv.rows.len() + 1);
        let kinds = numbers_of(table);
        for (column, name) in csv.header.iter().enumerate() {
            let plain = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
            let cell = |row: usize| range.get_value((row as u32, column as u32)).cloned().unwrap_or_default();
            assert_eq!(cell(0), Data::String(plain(name)));
            for (row, own) in csv.rows.iter().enumerate() {
                let expected = match own[name].as_str() {
                    "" => Data::Empty,
                    figure if kinds.contains(name) => Data::Float(figure.parse().unwrap()),
                    text => Data::String(plain(text)),
                };
                let found = match cell(row + 1) {
                    Data::String(text) => Data::String(text.replace("_x0001_", "\u{1}")),
                    other => other,
                };
                assert_eq!(found, expected, "{table}, {name}, {row}");
            }
        }
        let notes = member(&place.path("a.XLSX"), "xl/comments1.xml");
        succeeded(&place, &[&with[..], &["--lang", "ja"]].concat());
        let japanese = member(&place.path("a.XLSX"), "xl/comments1.xml");
        assert!(!notes.contains('の') && japanese.contains('の'), "{table}");
        let is_coloured = member(&place.path("a.XLSX"), "xl/styles.xml").contains("00785A");
        assert_eq!(is_coloured, table == "search", "{table}");
    }
    place.assert_refused(&["search", "犬", "in", "--out", "a.XLSX"], &[&["a.XLSX", "exists already"]]);
    place.assert_refused(&["search", "犬", "in", "--out", "a.ods"], &[&["a.ods", ".csv or .xlsx"]]);
    let left = fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with(".hedgerow")));
}

/// The columns of a table that hold numbers.
fn numbers_of(table: &str) -> Vec<String> {
    let columns = hedgerow::tables::columns().iter().filter(|column| column.table == table);
    let numbers = columns.filter(|column| ["integer", "decimal"].contains(&column.kind.as_str()));
    numbers.map(|column| column.column.clone()).collect()
}

#[test]
fn the_outputs_in_the_documentation_are_those_of_the_program() {
    let text = fs::read_to_string("docs/search.md").unwrap();
    let mut tried = 0;
    for block in text.split("```\n").filter_map(|block| block.strip_prefix("$ hedgerow ")) {
        let (command, expected) = block.split_once('\n').unwrap();
        // Blanks stand within single quotation marks alone.
        let arguments: Vec<String> = command
            .split('\'')
            .enumerate()
            .flat_map(|(index, part)| match index % 2 {
                1 => vec![part.to_owned()],
                _ => part.split_whitespace().map(str::to_owned).collect(),
            })
            .collect();
        let run = program().args(&arguments).output().unwrap();
        let printed = String::from_utf8(run.stdout).unwrap();
        assert!(run.status.success(), "{arguments:?}");
        for line in expected.lines().filter(|line| *line != "…") {
            assert!(
                printed.lines().any(|own| own == line),
                "{arguments:?} does not print\n{line}\n{printed}"
            );
        }
        tried += 1;
    }
    assert!(tried >= 4, "{tried}");
}
