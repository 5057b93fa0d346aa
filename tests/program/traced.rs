//! Every figure can be traced to its rows in the concordance, and every row to its place in the text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use hedgerow::corpus::{Document, ReadOptions};
use hedgerow::text::sentences;

use crate::place::{Place, corpus};
use crate::tables::{Row, Tables, number};

/// The sample corpus, counted once.
static COUNTED: LazyLock<Tables> = LazyLock::new(|| {
    let place = Place::with::<&str>(&[]);
    place.count(&[corpus().to_str().unwrap()]).0
});

/// How many hits of a document the concordance has of which these cells are so.
fn hits(document: &Row, cells: &[(&str, &str)]) -> usize {
    let is = |row: &&Row| {
        row["document"] == document["document"] && cells.iter().all(|(column, cell)| row[*column] == *cell)
    };
    COUNTED.concordance.rows.iter().filter(is).count()
}

/// The characters of a document.
fn text(document: &str) -> String {
    let bytes = fs::read(corpus().join(document)).unwrap();
    Document::from_bytes(document, bytes, &ReadOptions::default()).unwrap().remove(0).text
}

#[test]
fn the_sample_corpus_has_hits_to_trace() {
    assert!(COUNTED.concordance.rows.len() > COUNTED.documents.rows.len());
    for column in ["negated", "interrogative", "quoted"] {
        let values: BTreeSet<&str> = COUNTED.concordance.column(column).into_iter().collect();
        assert_eq!(values, BTreeSet::from(["false", "true"]), "{column}");
    }
}

#[test]
fn counts_of_documents_are_rows_of_the_concordance() {
    for row in &COUNTED.documents.rows {
        for stance in ["hedge", "assertive"] {
            let affirmed = hits(row, &[("stance", stance), ("negated", "false")]);
            let negated = hits(row, &[("stance", stance), ("negated", "true")]);
            assert_eq!(number(row, stance), affirmed, "{row:?}");
            assert_eq!(number(row, &format!("{stance}_negated")), negated, "{row:?}");
        }
    }
}

#[test]
fn counts_of_categories_are_rows_of_the_concordance() {
    for row in &COUNTED.categories.rows {
        let cells = |negated| {
            [("stance", row["stance"].as_str()), ("category", row["category"].as_str()), ("negated", negated)]
        };
        assert_eq!(number(row, "count"), hits(row, &cells("false")), "{row:?}");
        assert_eq!(number(row, "negated"), hits(row, &cells("true")), "{row:?}");
    }
}

#[test]
fn counts_of_markers_are_rows_of_the_concordance() {
    for row in &COUNTED.markers.rows {
        let [marker, stance, category] = ["marker", "stance", "category"].map(|c| (c, row[c].as_str()));
        let count = |negated| hits(row, &[marker, stance, category, ("negated", negated)]);
        assert_eq!(
            (number(row, "count"), number(row, "negated")),
            (count("false"), count("true")),
            "{row:?}"
        );
    }
}

#[test]
fn every_row_of_the_concordance_is_counted_in_every_table() {
    let sum = |rows: &[Row], columns: &[&str]| -> usize {
        rows.iter().flat_map(|row| columns.iter().map(|column| number(row, column))).sum()
    };
    let columns = ["hedge", "assertive", "hedge_negated", "assertive_negated"];
    let hits = COUNTED.concordance.rows.len();
    assert_eq!(sum(&COUNTED.documents.rows, &columns), hits);
    assert_eq!(sum(&COUNTED.categories.rows, &["count", "negated"]), hits);
    assert_eq!(sum(&COUNTED.markers.rows, &["count", "negated"]), hits);
}

#[test]
fn every_document_has_a_row_for_every_category() {
    let categories: BTreeSet<&str> = COUNTED.categories.column("category").into_iter().collect();
    let documents = COUNTED.documents.rows.len();
    assert_eq!(COUNTED.categories.rows.len(), categories.len() * documents);
    let pairs = COUNTED.categories.rows.iter().map(|row| (&row["document"], &row["category"]));
    assert_eq!(pairs.collect::<BTreeSet<_>>().len(), categories.len() * documents);
}

#[test]
fn sentences_are_sorted_by_the_markers_in_them() {
    for row in &COUNTED.documents.rows {
        let mut sentences: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for hit in &COUNTED.concordance.rows {
            if hit["document"] == row["document"] && hit["negated"] == "false" {
                sentences.entry(number(hit, "sentence")).or_default().insert(&hit["stance"]);
            }
        }
        let of = |stances: &[&str]| {
            sentences.values().filter(|found| found.iter().copied().eq(stances.iter().copied())).count()
        };
        assert_eq!(number(row, "sentences_hedged"), of(&["hedge"]), "{row:?}");
        assert_eq!(number(row, "sentences_assertive"), of(&["assertive"]), "{row:?}");
        assert_eq!(number(row, "sentences_mixed"), of(&["assertive", "hedge"]), "{row:?}");
        let without = number(row, "sentences_unmarked") + number(row, "sentences_other");
        assert_eq!(without, number(row, "sentences") - sentences.len(), "{row:?}");
        for kind in ["hedged", "assertive", "mixed", "unmarked", "other"] {
            let column = format!("sentences_{kind}");
            let share = number(row, &column) as f64 / number(row, "sentences") as f64;
            assert_eq!(row[&format!("{column}_share")].parse(), Ok(share), "{row:?}");
        }
    }
}

#[test]
fn characters_and_sentences_are_those_of_the_text() {
    for row in &COUNTED.documents.rows {
        let text = text(&row["document"]);
        assert_eq!(number(row, "characters"), text.chars().count(), "{row:?}");
        assert_eq!(number(row, "sentences"), sentences(&text).count(), "{row:?}");
        assert!(number(row, "tokens") <= number(row, "morphemes"), "{row:?}");
    }
}

#[test]
fn rates_are_their_counts_divided() {
    let rate = |row: &Row, count: usize, column: &str, tokens: usize| {
        let expected = count as f64 * 1000.0 / tokens as f64;
        assert_eq!(row[column].parse(), Ok(expected), "{column} of {row:?}");
    };
    let tokens: BTreeMap<&str, usize> =
        COUNTED.documents.rows.iter().map(|row| (row["document"].as_str(), number(row, "tokens"))).collect();
    for row in &COUNTED.documents.rows {
        let [hedge, assertive] = ["hedge", "assertive"].map(|stance| number(row, stance));
        rate(row, hedge, "hedge_per_1000_tokens", number(row, "tokens"));
        rate(row, assertive, "assertive_per_1000_tokens", number(row, "tokens"));
        let share = (hedge + assertive > 0).then(|| hedge as f64 / (hedge + assertive) as f64);
        assert_eq!(row["hedge_share"].parse().ok(), share, "{row:?}");
    }
    for row in &COUNTED.categories.rows {
        rate(row, number(row, "count"), "per_1000_tokens", tokens[row["document"].as_str()]);
    }
}

#[test]
fn every_node_stands_where_its_row_says() {
    for row in &COUNTED.concordance.rows {
        let text = text(&row["document"]);
        let characters: Vec<char> = text.chars().collect();
        let [start, end] = ["start", "end"].map(|column| number(row, column));
        let stretch = |from: usize, to: usize| characters[from..to].iter().collect::<String>();
        assert_eq!(row["node"], stretch(start, end), "{row:?}");
        let [left, right] = ["left", "right"].map(|column| plain(&row[column]));
        assert_eq!(left, stretch(start - left.chars().count(), start), "{row:?}");
        assert_eq!(right, stretch(end, end + right.chars().count()), "{row:?}");
        let whole = format!("{left}{}{right}", row["node"]);
        let line = text.lines().nth(number(row, "line") - 1).unwrap();
        assert!(line.contains(&whole), "{whole} is not in line {}: {line}", row["line"]);
        let sentence = sentences(&text).nth(number(row, "sentence") - 1).unwrap();
        assert_eq!(sentence.line + 1, number(row, "line"), "{row:?}");
        assert!(text[sentence.span].contains(&whole), "{row:?}");
    }
}

/// A cell without the mark that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@']) => text,
        _ => cell,
    }
}

#[test]
fn no_two_hits_overlap() {
    let hits = &COUNTED.concordance.rows;
    for pair in hits.windows(2).filter(|pair| pair[0]["document"] == pair[1]["document"]) {
        assert!(number(&pair[0], "end") <= number(&pair[1], "start"), "{pair:?}");
    }
    assert!(hits.iter().all(|hit| number(hit, "start") < number(hit, "end")));
}

#[test]
fn rows_stand_in_the_order_that_is_stated() {
    fn key<'a, K: Ord>(rows: &'a [Row], key: impl Fn(&'a Row) -> K) {
        assert!(rows.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
    }
    // Hedges stand first.
    let stance = |row: &Row| row["stance"] != "hedge";
    key(&COUNTED.documents.rows, |row| &row["document"]);
    key(&COUNTED.categories.rows, |row| (&row["document"], stance(row), &row["category"]));
    key(&COUNTED.markers.rows, |row| {
        let [count, negated] = ["count", "negated"].map(|column| std::cmp::Reverse(number(row, column)));
        (&row["document"], count, negated, &row["marker"])
    });
    key(&COUNTED.concordance.rows, |row| (&row["document"], number(row, "start")));
}

#[test]
fn the_record_names_every_document_with_its_digest() {
    use sha2::{Digest, Sha256};
    let inputs = COUNTED.run["inputs"].as_array().unwrap();
    let names: Vec<&str> = inputs.iter().map(|input| input["document"].as_str().unwrap()).collect();
    assert_eq!(names, COUNTED.documents.column("document"));
    for input in inputs {
        let bytes = fs::read(corpus().join(input["document"].as_str().unwrap())).unwrap();
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((&input["bytes"], &input["sha256"]), (&bytes.len().into(), &digest.into()));
    }
}
