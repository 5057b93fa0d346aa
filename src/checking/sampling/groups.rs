//! The values by which documents are stratified.

use std::collections::HashMap;

use crate::counts::{Design, DesignColumns};
use crate::tables::{ReadBackError, RunTables};

/// The value of each document; nothing is kept where there is no variable.
#[derive(Default)]
pub(super) struct Groups {
    values: Vec<String>,
    of_documents: HashMap<String, usize>,
    /// How many sentences the documents of each value have.
    sentences: Vec<u64>,
}

impl Groups {
    /// Reads the documents of a run; several variables with commas are crossed.
    pub fn read(tables: RunTables, by: Option<&str>) -> Result<Self, ReadBackError> {
        let mut rows = tables.open("documents")?;
        let [document, sentences] = rows.columns(["document", "sentences"])?;
        let (places, names): (Vec<usize>, Vec<String>) = rows.variables("documents").into_iter().unzip();
        let columns = by.map(|by| DesignColumns::new(&Design::by(by), &names)).transpose()?;
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut groups = Groups::default();
        while rows.next_row()? {
            let cell = |variable: usize| places.get(variable).map_or("", |column| rows.text(*column));
            let value = columns.as_ref().map(|columns| columns.group(cell)).unwrap_or_default();
            let index = *known.entry(value).or_insert_with_key(|value| {
                groups.values.push(value.clone());
                groups.sentences.push(0);
                groups.sentences.len().saturating_sub(1)
            });
            if columns.is_some() {
                groups.of_documents.insert(rows.text(document).to_owned(), index);
            }
            if let Some(sum) = groups.sentences.get_mut(index) {
                rows.add(sum, rows.count(sentences)?, sentences)?;
            }
        }
        Ok(groups)
    }

    /// The value of a document; empty where it has none.
    pub fn value(&self, document: &str) -> &str {
        let value = self.of_documents.get(document).and_then(|index| self.values.get(*index));
        value.map_or("", String::as_str)
    }

    /// The values, with how many sentences their documents have.
    pub fn sentences(&self) -> impl Iterator<Item = (&str, u64)> {
        self.values.iter().map(String::as_str).zip(self.sentences.iter().copied())
    }
}

/// The name of a stratum: what it has, and the value of its documents.
pub(super) fn stratum(what: &str, value: &str) -> String {
    match value {
        "" => what.into(),
        value => format!("{what} / {value}"),
    }
}
