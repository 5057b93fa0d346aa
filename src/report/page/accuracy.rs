//! How well the program counts: the figures of docs/accuracy.md on texts that it had not seen.

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The figures of the rounds from the second on: before it, the program was another one.
#[derive(Debug, Serialize)]
pub struct Accuracy {
    /// How many texts.
    number: u32,
    texts: Vec<OfTexts>,
    categories: Vec<OfCategory>,
}

/// A kind of texts; figures as they are printed.
#[derive(Debug, Serialize, Deserialize)]
struct OfTexts {
    round: u32,
    texts: String,
    texts_ja: String,
    number: String,
    markers: u32,
    precision: String,
    recall: String,
    f1_category: String,
    f1_low: String,
    f1_high: String,
    kappa: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct OfCategory {
    category: String,
    precision: String,
    recall: String,
    f1: String,
    markers: u32,
}

/// The first round that is shown.
const FIRST_SHOWN: u32 = 2;

impl Accuracy {
    /// The figures of this version.
    pub fn standard() -> Self {
        let mut texts: Vec<OfTexts> = rows(include_str!("accuracy.csv"));
        texts.retain(|row| row.round >= FIRST_SHOWN);
        let number = texts.iter().filter_map(|row| row.number.parse::<u32>().ok()).sum();
        Accuracy { number, texts, categories: rows(include_str!("accuracy_categories.csv")) }
    }
}

fn rows<R: DeserializeOwned>(table: &str) -> Vec<R> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("the tests read the table")
}
