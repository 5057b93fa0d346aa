//! Counts a column of a CSV file on all cores, and compares the two groups that another column makes.
//!
//! `cargo run --example count_column`

use std::error::Error;

use hedgerow::{Counter, Observations, Plan, compare};

/// Sentences written for this example: `group` and `text`.
const TABLE: &str = include_str!("count_column.csv");

fn main() -> Result<(), Box<dyn Error>> {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let rows: Vec<(String, String)> = reader.deserialize().collect::<Result<_, _>>()?;

    let counter = Counter::new()?;
    let texts = rows.iter().map(|(_, text)| Some(text.as_str()).filter(|text| !text.is_empty()));
    let counts = counter.count_all(texts);

    // Rows are documents; an empty cell is no text, and no document without markers.
    let names: Vec<String> = (1..=rows.len()).map(|row| format!("row {row}")).collect();
    let documents = names.iter().zip(&rows).zip(&counts);
    let documents = documents
        .filter_map(|((name, (group, _)), counts)| Some((name.as_str(), group.as_str(), counts.as_ref()?)));
    let observations = Observations::from_counts("group", documents)?;
    let comparison = compare(&observations, Plan { seed: 1, resamples: 1000 }, &|_| ());

    let ((first, second), pair) = &comparison.pairs[0];
    println!("{} against {}", observations.groups[*first], observations.groups[*second]);
    for (measure, figures) in observations.measures.iter().zip(pair).take(2) {
        let [a, b] = figures.rates.map(|rate| rate.unwrap_or(f64::NAN));
        let ratio = figures.log_ratio.unwrap_or(f64::NAN);
        println!("{}: {a:.1} and {b:.1} per 1,000 tokens, log ratio {ratio:.2}", measure.name);
    }
    Ok(())
}
