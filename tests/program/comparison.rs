//! Groups of documents compared, by `count --by` and by `compare`.

use std::collections::BTreeMap;
use std::fs;

use hedgerow::tables::RunTables;
use serde_json::json;

use crate::place::{Place, corpus};
use crate::tables::{Row, Table, Tables, number, recorded, strings};

/// Few resamples: these tests are not about the digits of an interval.
const FEW: [&str; 2] = ["--resamples", "200"];

/// The sample corpus counted and compared by genre, in `out`.
fn by_genre(place: &Place) -> (Tables, String) {
    place.count(&[&[corpus().to_str().unwrap(), "--by", "genre"], &FEW[..]].concat())
}

/// Compares what stands in `out`, which must succeed without a word of complaint.
fn compare(place: &Place, arguments: &[&str]) -> String {
    let run = place.run(&[&["compare", "out"], arguments, &FEW].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

fn table(place: &Place, name: &str) -> Table {
    Table::read(&place.path("out").join(name))
}

#[test]
fn comparing_later_gives_the_bytes_of_comparing_at_once() {
    let [at_once, later] = [0, 1].map(|_| Place::with::<&str>(&[]));
    let (tables, said) = by_genre(&at_once);
    let (plain, _) = later.count(&[corpus().to_str().unwrap()]);
    assert_eq!(plain.run["comparison"], json!(null));
    let said_later = compare(&later, &["--by", "genre"]);
    assert_eq!(plain.bytes(), tables.bytes());
    assert!(said.ends_with(&said_later), "{said_later}");
}

#[test]
fn neither_threads_nor_an_earlier_comparison_change_a_byte() {
    let place = Place::with::<&str>(&[]);
    let (tables, _) = by_genre(&place);
    let expected = tables.bytes();
    compare(&place, &["--by", "year", "--force"]);
    assert_ne!(tables.bytes(), expected);
    let arguments = [&["compare", "out", "--by", "genre", "--force"], &FEW[..]].concat();
    for threads in ["1", "3"] {
        let run = place.run_with(&arguments, "", &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        assert_eq!(tables.bytes(), expected);
    }
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let place = Place::with::<&str>(&[]);
    by_genre(&place);
    let folder = place.path("out");
    let observations = || {
        let records = recorded(&folder);
        hedgerow::tables::observations(RunTables::new(&folder, &records), &hedgerow::Design::by("genre"))
            .unwrap()
    };
    let expected = observations();
    for name in ["documents.csv", "categories.csv", "markers.csv", "concordance.csv"] {
        let text = fs::read_to_string(place.path("out").join(name)).unwrap();
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        lines[1..].reverse();
        place.write(&format!("out/{name}"), lines.concat());
    }
    assert_eq!(observations(), expected);
}

#[test]
fn the_record_says_how_it_was_compared() {
    let files = [
        ("in/a.txt", "犬"),
        ("in/b.txt", "犬"),
        ("in/c.txt", "犬"),
        ("in/d.txt", "犬"),
        ("in/variables.csv", "document,x\na.txt,1\nb.txt,2 \nc.txt, \n"),
    ];
    let place = Place::with(&files);
    let (tables, said) = place.count_dogs(&["in", "--by", "x", "--seed", "5", "--resamples", "300"]);
    let record = &tables.run["comparison"];
    assert_eq!((&record["by"], &record["seed"], &record["resamples"]), (&json!("x"), &json!(5), &json!(300)));
    assert_eq!(record["groups"], json!([{"group": "1", "documents": 1}, {"group": "2", "documents": 1}]));
    assert_eq!(strings(&record["left_out"]), ["c.txt", "d.txt"]);
    for words in ["by x: 1 (1 document), 2 (1 document)", "2 documents without a value of x", "seed 5"] {
        assert!(said.contains(words), "{words:?} is not said in\n{said}");
    }
}

/// The cell as a number; nothing where it is empty.
fn figure(row: &Row, column: &str) -> Option<f64> {
    (!row[column].is_empty()).then(|| row[column].parse().unwrap())
}

#[test]
fn comparing_counts_gives_the_figures_of_the_tables() {
    let place = Place::with::<&str>(&[]);
    let (tables, _) = place.count(&[corpus().to_str().unwrap()]);
    let counter = hedgerow::Counter::new().unwrap();
    // In another order than that of the tables.
    let mut documents: Vec<(&str, &str, hedgerow::Counts)> = Vec::new();
    for row in tables.documents.rows.iter().rev() {
        let text = fs::read_to_string(corpus().join(&row["document"])).unwrap();
        documents.push((&row["document"], &row["genre"], counter.count(&text)));
    }
    documents[0].1 = " ";
    let left_out = documents[0].0;
    let counts = documents.iter().map(|(name, genre, counts)| (*name, *genre, counts));
    let own = hedgerow::Observations::from_counts("genre", counts).unwrap();

    let path = place.path("out/documents.csv");
    let text = fs::read_to_string(&path).unwrap();
    let genre = documents.iter().find(|(name, ..)| *name == left_out).unwrap();
    let row = format!("{},university,", genre.0);
    assert!(text.contains(&row), "{row}");
    fs::write(&path, text.replace(&row, &format!("{},,", genre.0))).unwrap();
    let (folder, records) = (place.path("out"), recorded(&place.path("out")));
    let of_tables =
        hedgerow::tables::observations(RunTables::new(&folder, &records), &hedgerow::Design::by("genre"))
            .unwrap();
    // Counts don't know where in their texts the markers stand.
    assert_eq!(
        own,
        hedgerow::Observations { fifths: Default::default(), terms: Default::default(), ..of_tables.clone() }
    );
    assert_eq!(own.left_out, [left_out]);
    let plan = hedgerow::Plan { resamples: 100, ..Default::default() };
    let compared = [own, of_tables].map(|observations| hedgerow::compare(&observations, plan, &|_| ()));
    assert_eq!(compared[0], compared[1]);
    assert_eq!(compared[0].pairs.len(), 6);
}

#[test]
fn the_figures_of_a_group_are_those_of_its_documents() {
    let place = Place::with::<&str>(&[]);
    let (tables, _) = by_genre(&place);
    let groups = table(&place, "groups.csv");
    let mut seen = 0;
    for row in &groups.rows {
        let members: Vec<&Row> =
            tables.documents.rows.iter().filter(|document| document["genre"] == row["group"]).collect();
        assert_eq!(number(row, "documents"), members.len());
        let sum = |column: &str| members.iter().map(|document| number(document, column)).sum::<usize>();
        assert_eq!(number(row, "tokens"), sum("tokens"));
        // By document: the count and that among which it is counted.
        let parts: Vec<(usize, usize)> = members
            .iter()
            .map(|document| {
                let of = |table: &Table, column: &str| {
                    let own = table.rows.iter().find(|other| {
                        other["document"] == document["document"] && other[column] == row["measure"]
                    });
                    own.map_or(0, |own| number(own, "count"))
                };
                let [hedge, assertive] = ["hedge", "assertive"].map(|stance| number(document, stance));
                match (row["level"].as_str(), row["measure"].as_str()) {
                    ("stance", stance) => (number(document, stance), number(document, "tokens")),
                    ("share", "hedge_share") => (hedge, hedge + assertive),
                    ("share", share) => {
                        let kind = share.strip_suffix("_share").unwrap();
                        (number(document, kind), number(document, "sentences"))
                    }
                    ("category", _) => (of(&tables.categories, "category"), number(document, "tokens")),
                    _ => (of(&tables.markers, "marker"), number(document, "tokens")),
                }
            })
            .collect();
        let scale = if row["level"] == "share" { 1.0 } else { 1000.0 };
        let rates: Vec<f64> =
            parts.iter().map(|(count, base)| *count as f64 * scale / *base as f64).collect();
        let mean = rates.iter().sum::<f64>() / rates.len() as f64;
        let squares: f64 = rates.iter().map(|rate| (rate - mean).powi(2)).sum();
        let [count, base] = [0, 1].map(|at| parts.iter().map(|part| [part.0, part.1][at]).sum::<usize>());
        assert_eq!((number(row, "count"), number(row, "base")), (count, base), "{row:?}");
        assert_eq!(number(row, "range"), parts.iter().filter(|part| part.0 > 0).count(), "{row:?}");
        for (column, expected) in [
            ("rate", count as f64 * scale / base as f64),
            ("mean", mean),
            ("sd", (squares / (rates.len() - 1) as f64).sqrt()),
        ] {
            let given = figure(row, column).unwrap();
            assert!((given - expected).abs() <= 1e-12 * expected.max(1.0), "{column}: {expected} in {row:?}");
        }
        let interval = figure(row, "rate_low").zip(figure(row, "rate_high"));
        assert_eq!(interval.is_some(), count > 0, "{row:?}");
        assert!(interval.is_none_or(|(low, high)| low <= high && row["interval"].contains("over documents")));
        seen += 1;
    }
    // Two stances, six shares, eleven categories and some markers in each of four groups.
    assert!(seen > 4 * (2 + 6 + 11 + 30), "{seen} rows");
}

#[test]
fn every_pair_of_groups_has_every_measure_and_so_has_the_omnibus() {
    let place = Place::with::<&str>(&[]);
    by_genre(&place);
    let groups = table(&place, "groups.csv");
    let comparisons = table(&place, "comparisons.csv");
    let measure = |row: &Row| (row["level"].clone(), row["measure"].clone());
    let measures: Vec<_> = groups.rows.iter().filter(|row| row["group"] == "clinic").map(measure).collect();
    let mut parts = BTreeMap::<_, Vec<&Row>>::new();
    let mut order = Vec::new();
    for row in &comparisons.rows {
        let key = (row["comparison"].as_str(), row["group_a"].as_str(), row["group_b"].as_str());
        if order.last() != Some(&key) {
            order.push(key);
        }
        parts.entry(key).or_default().push(row);
    }
    let genres = ["clinic", "health", "supplement", "university"];
    let pairs = (0..4).flat_map(|a| (a + 1..4).map(move |b| ("pair", genres[a], genres[b])));
    assert_eq!(order, pairs.collect::<Vec<_>>());
    let omnibus = table(&place, "omnibus.csv");
    let all = omnibus.rows.iter().collect();
    for (rows, filled) in parts.into_values().map(|rows| (rows, "pooled_p")).chain([(all, "wald_p")]) {
        assert_eq!(rows.iter().map(|row| measure(row)).collect::<Vec<_>>(), measures);
        for row in rows {
            assert!(!row[filled].is_empty() || !row["note"].is_empty(), "{row:?}");
        }
    }
}

#[test]
fn where_a_test_is_not_defined_a_note_says_why() {
    let files = [
        ("in/a.txt", "犬"),
        ("in/b.txt", "猫"),
        ("in/c.txt", "犬と猫"),
        ("in/d.txt", "。"),
        ("in/variables.csv", "document,x\na.txt,one\nb.txt,two\nc.txt,two\nd.txt,none\n"),
    ];
    let place = Place::with(&files);
    place.count_dogs(&[&["in", "--by", "x"], &FEW[..]].concat());
    let dogs = |row: &&Row| row["level"] == "marker";
    let groups = table(&place, "groups.csv");
    let notes: Vec<&str> = groups.rows.iter().filter(dogs).map(|row| row["note"].as_str()).collect();
    assert_eq!(
        notes,
        ["no document has a rate", "one document: no standard deviation, interval or dispersion", ""]
    );
    let comparisons = table(&place, "comparisons.csv");
    let pairs: Vec<&Row> =
        comparisons.rows.iter().filter(dogs).filter(|row| row["comparison"] == "pair").collect();
    for (row, words) in pairs.iter().zip([
        "no document of group_a has a rate",
        "no document of group_a has a rate",
        "one document in group_a",
    ]) {
        assert!(row["note"].contains(words), "{row:?}");
        for column in ["permutation_p", "mann_whitney_p", "welch_p", "hedges_g", "log_ratio_low"] {
            assert_eq!(row[column], "", "{column}");
        }
    }
}

#[test]
fn values_that_look_like_formulas_are_read_back_as_they_were() {
    let files =
        [("in/a.txt", "犬"), ("in/b.txt", "犬"), ("in/variables.csv", "document,@x\na.txt,=1+1\nb.txt,-2\n")];
    let [at_once, later] = [0, 1].map(|_| Place::with(&files));
    let (tables, said) = at_once.count_dogs(&[&["in", "--by", "@x"], &FEW[..]].concat());
    let (plain, _) = later.count_dogs(&["in"]);
    compare(&later, &["--by", "@x"]);
    assert_eq!(plain.bytes(), tables.bytes());
    assert!(said.contains("by @x: -2 (1 document), =1+1 (1 document)"), "{said}");
    assert_eq!(table(&at_once, "groups.csv").rows[0]["variable"], "'@x");
}

#[test]
fn counting_again_without_groups_leaves_no_comparison_behind() {
    let place = Place::with::<&str>(&[]);
    by_genre(&place);
    let (tables, _) = place.count(&[corpus().to_str().unwrap(), "--force"]);
    assert!(!tables.bytes().contains_key("groups.csv"));
}

#[test]
fn documents_that_cannot_be_grouped_are_refused_before_any_is_read() {
    let place = Place::with(&[
        ("in/a.txt", &b"\xff"[..]),
        ("in/b.txt", b"\xff"),
        ("in/variables.csv", "document,x,same,blank\na.txt,1,s,\nb.txt,2,s,\n".as_bytes()),
        ("none/a.txt", b"ok"),
    ]);
    let by = |variable: &'static str| ["count", "in", "--out", "out", "--by", variable];
    place.assert_refused(&by("y"), &[&["no variable `y`", "x, same, blank"]]);
    place.assert_refused(&by("same"), &[&["`same`, s", "another variable"]]);
    place.assert_refused(&by("blank"), &[&["no document has a value of `blank`"]]);
    let none = ["count", "none", "--out", "out", "--by", "y"];
    place.assert_refused(&none, &[&["no variable `y`", "variables.csv", "--variables"]]);
}

#[test]
fn more_groups_than_anybody_reads_are_refused() {
    let mut variables = String::from("document,title\n");
    let place = Place::with::<&str>(&[]);
    for at in 0..31 {
        place.write(&format!("in/{at}.txt"), "犬");
        variables += &format!("{at}.txt,t{at}\n");
    }
    place.write("in/variables.csv", variables);
    let arguments = ["count", "in", "--out", "out", "--by", "title"];
    place.assert_refused(&arguments, &[&["`title` has 31 values", "at most 30"]]);
}

#[test]
fn only_a_finished_run_of_this_version_can_be_compared() {
    let place = Place::with(&[("a.txt", "犬"), ("b.txt", "犬"), ("v.csv", "document,x\na.txt,1\nb.txt,2\n")]);
    let (_, _) = place.count_dogs(&["a.txt", "b.txt", "--variables", "v.csv"]);
    let by = ["compare", "out", "--by", "x"];
    place
        .assert_refused(&["compare", "nowhere", "--by", "x"], &[&["nowhere", "no finished run", "run.json"]]);
    place.assert_refused(&["compare", "a.txt", "--by", "x"], &[&["a.txt", "no finished run"]]);
    place.assert_refused(&["compare", "out", "--by", "y"], &[&["no variable `y`", "there are: x"]]);
    compare(&place, &["--by", "x"]);
    place.assert_refused(&by, &[&["out", "it has a comparison already", "--force"]]);
    // What is mistyped is said before what is in the way.
    place.assert_refused(&["compare", "out", "--by", "X "], &[&["no variable `X `", "did you mean `x`?"]]);
    let force = [&by[..], &["--force"]].concat();

    let spoilt = |name: &str, from: &str, to: &str, words: &[&str]| {
        let path = place.path("out").join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        place.assert_refused(&force, &[words]);
        fs::write(&path, text).unwrap();
    };
    spoilt(
        "run.json",
        "\"hedgerow\": \"",
        "\"hedgerow\": \"9",
        &["out", "counted by hedgerow 9", "count again"],
    );
    spoilt("run.json", "\"lindera\"", "\"linden\"", &["run.json", "line", "count again"]);
    spoilt("documents.csv", ",tokens,", ",tokes,", &["documents.csv, line 1", "`tokens` is missing"]);
    spoilt(
        "documents.csv",
        "b.txt",
        "a.txt",
        &["documents.csv", "it was changed since it was written", "SHA-256"],
    );
    spoilt(
        "markers.csv",
        "b.txt",
        "c.txt",
        &["markers.csv", "it was changed since it was written", "SHA-256"],
    );
    spoilt("markers.csv", ",1,0", ",1.0,0", &["markers.csv, line 2", "whole number", "`1.0`"]);
    let path = place.path("out/documents.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.clone() + text.lines().nth(1).unwrap().replace("a.txt", "c.txt").as_str() + "\n")
        .unwrap();
    place.assert_refused(&force, &[&["documents.csv", "it has 3 rows, and had 2 when"]]);
    fs::write(&path, text).unwrap();
    fs::remove_file(place.path("out/categories.csv")).unwrap();
    place.assert_refused(&force, &[&["categories.csv", "complete"]]);
}

#[test]
fn the_rows_of_a_table_are_compared_by_their_own_columns() {
    let rows = (0..12).map(|number| format!("犬が{number}歩くかもしれない。,{}\n", number % 2));
    let place = Place::with(&[("a.csv", format!("text,side\n{}", rows.collect::<String>()))]);
    let (tables, _) = place.count(&["a.csv", "--by", "side", "--resamples", "100"]);
    assert_eq!(tables.run["comparison"]["groups"][1]["documents"], 6);
    let run = place.run(&["compare", "out", "--by", "side", "--resamples", "100", "--force"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let run = place.run(&["cite", "out"]);
    assert!(run.out.contains("12 documents"), "{}", run.out);
}

#[test]
fn documents_without_a_group_stay_out_of_a_later_comparison() {
    let variables = "document,x\na.txt,p\nb.txt,q\nc.txt,\n";
    let place = Place::with(&[
        ("in/a.txt", "犬"),
        ("in/b.txt", "犬"),
        ("in/c.txt", "犬"),
        ("in/variables.csv", variables),
    ]);
    place.count_dogs(&["in"]);
    let run = place.run(&[&["compare", "out", "--by", "x"], &FEW[..]].concat());
    assert_eq!(run.status, Some(0), "{}", run.err);
}
