//! Comparisons of designs on the command line: clusters, strata, pairs, orders, crossed groups.

use std::fs;

use serde_json::json;

use crate::place::Place;
use crate::tables::{Row, Table, Tables, strings};

const FEW: [&str; 2] = ["--resamples", "100"];

/// Sixteen texts with dogs and cats, in two genres, media, eight companies and years of their own.
fn place() -> Place {
    let place = Place::with::<&str>(&[]);
    let mut variables = String::from("document,genre,medium,company,year,when\n");
    for number in 0..16 {
        let [genre, medium] = [["ad", "news"][number % 2], ["web", "print"][number / 8]];
        let dogs = "犬が走る。".repeat(1 + number * 5 % 7);
        let cats = "猫が眠る。".repeat(4 + number % 3);
        place.write(&format!("in/t{number:02}.txt"), format!("{dogs}{cats}"));
        let (company, year, when) = (number / 2, 2001 + number / 2, ["前", "中", "後"][number % 3]);
        variables += &format!("t{number:02}.txt,{genre},{medium},c{company},{year},{when}\n");
    }
    place.write("in/variables.csv", variables);
    place
}

fn count(place: &Place, arguments: &[&str]) -> (Tables, String) {
    place.count_dogs(&[&["in", "--force"], arguments, &FEW].concat())
}

fn rows(place: &Place, table: &str, level: &str) -> Vec<Row> {
    let table = Table::read(&place.path("out").join(table));
    table.rows.into_iter().filter(|row| row["level"] == level).collect()
}

#[test]
fn pairs_and_clusters_are_the_units() {
    let place = place();
    let (_, said) = count(&place, &["--by", "genre", "--pair", "company"]);
    let row = rows(&place, "comparisons.csv", "marker").remove(0);
    assert_eq!([&row["clusters_a"], &row["documents_a"], &row["arrangements"]], ["8", "8", "100"]);
    assert_eq!(row["interval"], "t on the log scale, over pairs");
    assert!(said.contains("over pairs of one company") && row["welch_p"].is_empty(), "{said}");
    let (tables, said) = count(&place, &["--by", "medium", "--cluster", "company"]);
    let row = rows(&place, "comparisons.csv", "marker").remove(0);
    assert_eq!([&row["clusters_a"], &row["documents_a"], &row["arrangements"]], ["4", "8", "70"]);
    assert_eq!((row["permutation_method"].as_str(), !row["pooled_p"].is_empty()), ("exact", true));
    assert!(said.contains("over clusters of one company"), "{said}");
    let comparison = &tables.run["comparison"];
    assert_eq!((&comparison["cluster"], &comparison["clusters"]), (&json!("company"), &json!(8)));
}

#[test]
fn a_company_that_lacks_a_genre_is_left_out_of_the_pairs() {
    let place = place();
    fs::remove_file(place.path("in/t03.txt")).unwrap();
    let (tables, said) = count(&place, &["--by", "genre", "--pair", "company"]);
    assert_eq!(tables.run["comparison"]["left_out"], json!(["t02.txt"]));
    assert!(said.contains("1 document without a value or without the others of the same company"), "{said}");
}

#[test]
fn groups_are_compared_within_strata_and_over_them() {
    let place = place();
    let (tables, said) = count(&place, &["--by", "genre", "--within", "medium"]);
    let strata = |table: &str| {
        let mut strata: Vec<String> =
            rows(&place, table, "marker").into_iter().map(|row| row["stratum"].clone()).collect();
        strata.dedup();
        strata
    };
    assert_eq!(strata("comparisons.csv"), ["", "print", "web"]);
    assert_eq!(strata("groups.csv"), ["", "print", "web"]);
    let all = rows(&place, "comparisons.csv", "marker").remove(0);
    assert!(all["interval"].ends_with("Mantel-Haenszel over strata") && all["mann_whitney_p"].is_empty());
    assert_eq!(tables.run["comparison"]["strata"], json!(["print", "web"]));
    assert!(said.contains("within medium (Mantel-Haenszel)"), "{said}");
    let run = place.run(&["verify", "out", "in", "--lexicon", "dogs.toml"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
}

#[test]
fn an_order_is_found_or_given() {
    let place = place();
    let (tables, said) = count(&place, &["--by", "year"]);
    assert_eq!(tables.run["comparison"]["trend"], json!(true));
    assert!(said.contains("all values of year are numbers"), "{said}");
    assert_eq!(rows(&place, "comparisons.csv", "marker").len(), 28);
    let slope = rows(&place, "omnibus.csv", "marker").remove(0)["slope"].clone();
    count(&place, &["--by", "year", "--ordered"]);
    assert!(rows(&place, "comparisons.csv", "marker").is_empty());
    assert_eq!(rows(&place, "omnibus.csv", "marker")[0]["slope"], slope);
    let (tables, said) = count(&place, &["--by", "when", "--ordered=前,中,後"]);
    let groups: Vec<String> =
        rows(&place, "groups.csv", "marker").iter().map(|row| row["group"].clone()).collect();
    assert_eq!(groups, ["前", "中", "後"]);
    assert!(
        said.contains("slope") && tables.run["comparison"]["order"] == json!({"listed": ["前", "中", "後"]}),
        "{said}"
    );
}

#[test]
fn two_variables_are_crossed() {
    let place = place();
    let (tables, _) = count(&place, &["--by", "genre,medium"]);
    let groups = &tables.run["comparison"]["groups"];
    let names = groups.as_array().unwrap().iter().map(|group| group["group"].clone()).collect();
    assert_eq!(
        strings(&serde_json::Value::Array(names)),
        ["ad / print", "ad / web", "news / print", "news / web"]
    );
}

#[test]
fn a_run_is_repeated_with_its_design() {
    let place = place();
    for design in [
        &["--by", "genre", "--within", "medium", "--cluster", "company"][..],
        &["--by", "when", "--ordered=後,中,前"],
    ] {
        count(&place, design);
        let again = ["count", "in", "--from", "out", "--out", "again", "--lexicon", "dogs.toml", "--force"];
        let run = place.run(&again);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{design:?}");
        assert!(run.out.contains("every byte is the same"), "{}", run.out);
    }
}

#[test]
fn what_looks_like_a_site_is_named() {
    let place = place();
    let (tables, said) = count(&place, &["--by", "genre"]);
    assert_eq!(tables.run["comparison"]["likely_cluster"]["variable"], json!("company"));
    assert!(
        said.contains("2 documents share the company c0; if they are not independent, add --cluster company"),
        "{said}"
    );
    let sites = Place::with(&[
        ("in/www.example.jp/a.txt", "犬が走る。"),
        ("in/www.example.jp/b.txt", "猫が眠る。"),
        ("in/other.test/c.txt", "犬と猫"),
        (
            "in/variables.csv",
            "document,genre\nwww.example.jp/a.txt,x\nwww.example.jp/b.txt,y\nother.test/c.txt,x\n",
        ),
    ]);
    let (_, said) = sites.count_dogs(&[&["in", "--by", "genre"], &FEW[..]].concat());
    assert!(said.contains("2 documents are of the site www.example.jp"), "{said}");
}

#[test]
fn designs_that_cannot_be_are_refused_before_any_text_is_read() {
    let place = place();
    place.write("in/t00.txt", b"\xff\xff\xff");
    let refused = |arguments: &[&str], words: &[&str]| {
        place.assert_refused(&[&["count", "in", "--out", "none"], arguments].concat(), &[words]);
    };
    refused(&["--by", "genre", "--cluster", "compny"], &["compny", "company"]);
    refused(&["--by", "genre", "--within", "genre"], &["`genre` has two parts"]);
    refused(&["--by", "genre,medum"], &["medum", "medium"]);
    refused(&["--by", "genre", "--ordered"], &["`genre`", "ad", "no number"]);
    refused(&["--by", "when", "--ordered=前,後"], &["`when`", "中", "does not list"]);
    refused(&["--by", "when", "--ordered=前,中,後,先"], &["先", "no document"]);
}
