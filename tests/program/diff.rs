//! `hedgerow diff`.

use std::fs;

use crate::place::{DOGS, Place};
use crate::tables::Table;

fn count(place: &Place, arguments: &[&str]) {
    let run = place.run(&[&["count"], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
}

fn diff(place: &Place, arguments: &[&str]) -> String {
    let run = place.run(&[&["diff"], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

fn cells(table: &Table, columns: &[&str]) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| columns.iter().map(|column| row[*column].clone()).collect()).collect()
}

#[test]
fn the_hits_of_another_lexicon_are_listed() {
    let place = Place::with(&[
        ("in/a.txt", "犬が走るだろう。猫も走る。"),
        ("in/b.txt", "雨。"),
        ("in/c.txt", "=犬だろう。猫でしょう。"),
        ("dogs.toml", DOGS),
    ]);
    // だろう of another id and category; a cat for a dog.
    let other = DOGS.replace("dog", "cat").replace('犬', "猫").replace("hedge", "assertive")
        + "\n[[entry]]\nid = \"だろう\"\npattern = '\"だろ\" \"う\"'\nexamples = [\"走るだろう\"]\n";
    place.write("cats.toml", other);
    count(&place, &["in", "--out", "one", "--lexicon", "dogs.toml"]);
    count(&place, &["in", "--out", "two", "--lexicon", "cats.toml"]);
    let said = diff(&place, &["one", "two", "--out", "diff"]);
    for words in [
        "lexicon: dogs.toml is in one, and not in two",
        "lexicon: cats.toml is in two, and not in one",
        "hedge      animals               2        0        0        2        0",
        "assertive  animals               0        4        2        0        2",
        "all                              5        5        2        2        2",
        "tables: diff",
    ] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    let table = Table::read(&place.path("diff/differences.csv"));
    let columns = ["document", "change", "start", "node", "marker_a", "category_a", "marker_b", "stance_b"];
    let expected = [
        ["a.txt", "went", "0", "犬", "dog", "animals", "", ""],
        ["a.txt", "changed", "4", "だろう", "だろう", "conjecture", "だろう", "assertive"],
        ["a.txt", "came", "8", "猫", "", "", "cat", "assertive"],
        ["c.txt", "went", "1", "犬", "dog", "animals", "", ""],
        ["c.txt", "changed", "2", "だろう", "だろう", "conjecture", "だろう", "assertive"],
        ["c.txt", "came", "6", "猫", "", "", "cat", "assertive"],
    ];
    assert_eq!(cells(&table, &columns), expected);
    assert_eq!(table.column("left")[3], "'=");
    // Described by the table of columns beside it, and in no run's.
    let described = Table::read(&place.path("diff/columns.csv"));
    let own: Vec<&str> = described
        .rows
        .iter()
        .filter(|row| row["table"] == "differences")
        .map(|row| row["column"].as_str())
        .collect();
    assert_eq!(own, table.header);
    assert!(!fs::read_to_string(place.path("one/columns.csv")).unwrap().contains("differences"));
}

#[test]
fn runs_that_are_the_same_have_no_difference() {
    let place = Place::with(&[("a.txt", "必ず勝つ。"), ("b.txt", "効果が期待される。")]);
    count(&place, &["a.txt", "b.txt", "--out", "one"]);
    count(&place, &["a.txt", "b.txt", "--out", "two"]);
    let said = diff(&place, &["one", "two", "--out", "diff"]);
    assert!(said.starts_with("stance"), "{said}");
    assert!(
        said.contains("all                              2        2        0        0        0"),
        "{said}"
    );
    assert!(Table::read(&place.path("diff/differences.csv")).rows.is_empty());
}

#[test]
fn documents_of_one_run_alone_come_or_go_with_their_hits() {
    let rows = |ids: &[u32]| {
        let rows = ids.iter().map(|id| format!("{id},必ず勝つ。\n"));
        format!("id,text\n{}", rows.collect::<String>())
    };
    let place = Place::with(&[
        ("one/a.csv", rows(&[1, 2, 10, 11])),
        ("two/a.csv", rows(&[1, 3, 10, 12, 11])),
        ("one/x.txt", "必ず勝つ。".into()),
        ("two/b.txt", "犬。".into()),
        ("two/x.txt", "猫は必ず勝つ。".into()),
    ]);
    for run in ["one", "two"] {
        count(&place, &[run, "--id-column", "id", "--out", &format!("of-{run}")]);
    }
    let said = diff(&place, &["of-one", "of-two", "--out", "diff"]);
    for words in [
        "note: 2 files with other bytes in the second run",
        "note: 1 document in the first run alone",
        "note: 3 documents in the second run alone",
    ] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    let table = Table::read(&place.path("diff/differences.csv"));
    let expected = [
        ["a.csv#2", "went", "0"],
        ["a.csv#3", "came", "0"],
        ["a.csv#12", "came", "0"],
        ["x.txt", "went", "0"],
        ["x.txt", "came", "2"],
    ];
    assert_eq!(cells(&table, &["document", "change", "start"]), expected);
    let place = Place::with(&[("a/t.csv", rows(&[1, 2])), ("b/t.csv", rows(&[2, 1]))]);
    for run in ["a", "b"] {
        count(&place, &[run, "--id-column", "id", "--out", &format!("of-{run}")]);
    }
    place.assert_refused(&["diff", "of-a", "of-b"], &[&["t.csv#", "in another order"]]);
}

#[test]
fn options_that_differ_are_named() {
    let place = Place::with(&[("a.txt", "必ず\n勝つ。")]);
    count(&place, &["a.txt", "--out", "one"]);
    count(&place, &["a.txt", "--out", "two", "--wrapped=always", "--html", "all"]);
    let said = diff(&place, &["one", "two"]);
    for words in
        ["option wrapped: \"auto\" in one, \"always\" in two", "option html: \"main\" in one, \"all\" in two"]
    {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
}

#[test]
fn runs_that_were_changed_and_folders_that_exist_are_refused() {
    let place = Place::with(&[("a.txt", "必ず勝つ。")]);
    count(&place, &["a.txt", "--out", "one"]);
    count(&place, &["a.txt", "--out", "two"]);
    place.assert_refused(&["diff", "one", "two", "--out", "one"], &[&["one", "it exists already"]]);
    place.assert_refused(&["diff", "one", "nowhere"], &[&["nowhere", "no finished run"]]);
    let path = place.path("two/concordance.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("必ず", "必す", 1)).unwrap();
    place.assert_refused(
        &["diff", "one", "two", "--out", "new"],
        &[&["two/concordance.csv", "it was changed since it was written"]],
    );
}
