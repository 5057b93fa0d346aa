//! `categories.csv` and `markers.csv`: how often each category and each marker occurs, and in how many documents.

use std::collections::BTreeMap;

use super::Documents;
use crate::lexicon::Stance;
use crate::statistics::{Frequency, dp_norm, per_thousand};
use crate::tables::{ReadBackError, RunTables};

/// A category.
#[derive(Debug, Clone)]
pub struct SourceCategory {
    /// Its name in the tables.
    pub name: String,
    /// Its name in Japanese, where the tables have one.
    pub japanese: Option<String>,
    /// Its stance.
    pub stance: Stance,
    /// Its affirmed markers in all documents.
    pub count: u64,
    /// The documents that have one.
    pub range: usize,
    /// By group: its affirmed markers.
    pub by_group: Vec<u64>,
}

/// A marker.
#[derive(Debug, Clone)]
pub struct SourceMarker {
    /// Its id.
    pub id: String,
    /// Its stance.
    pub stance: Stance,
    /// Its category.
    pub category: String,
    /// Its affirmed occurrences.
    pub count: u64,
    /// Its negated occurrences.
    pub negated: u64,
    /// The documents in which it occurs affirmed.
    pub range: usize,
    /// Per 1,000 tokens of all documents.
    pub rate: Option<f64>,
    /// DPnorm over all documents that have tokens: 0 even, 1 clumped.
    pub dp_norm: Option<f64>,
}

pub(super) fn read_categories(
    tables: RunTables,
    documents: &Documents,
) -> Result<Vec<SourceCategory>, ReadBackError> {
    let mut rows = tables.open("categories")?;
    let [document, stance, category, count] = rows.columns(["document", "stance", "category", "count"])?;
    let japanese = rows.column("category_ja");
    let mut categories: BTreeMap<(Stance, String), SourceCategory> = BTreeMap::new();
    while rows.next_row()? {
        let (stance, name, count) = (rows.stance(stance)?, rows.text(category), rows.count(count)?);
        let category = categories.entry((stance, name.to_owned())).or_insert_with(|| SourceCategory {
            name: name.to_owned(),
            japanese: japanese.map(|column| rows.text(column).to_owned()).filter(|name| !name.is_empty()),
            stance,
            count: 0,
            range: 0,
            by_group: Vec::new(),
        });
        category.count = category.count.saturating_add(count);
        category.range += usize::from(count > 0);
        let group = documents.index(rows.text(document)).and_then(|index| documents.all.get(index)?.group);
        if let Some(group) = group {
            if category.by_group.len() <= group {
                category.by_group.resize(group + 1, 0);
            }
            if let Some(sum) = category.by_group.get_mut(group) {
                *sum = sum.saturating_add(count);
            }
        }
    }
    Ok(categories.into_values().collect())
}

pub(super) fn read_markers(
    tables: RunTables,
    documents: &Documents,
) -> Result<Vec<SourceMarker>, ReadBackError> {
    let mut rows = tables.open("markers")?;
    let [document, marker, stance, category, count, negated] =
        rows.columns(["document", "marker", "stance", "category", "count", "negated"])?;
    let mut markers: BTreeMap<String, (SourceMarker, Vec<(u32, u64)>)> = BTreeMap::new();
    while rows.next_row()? {
        let (id, count, denied) = (rows.text(marker), rows.count(count)?, rows.count(negated)?);
        if !markers.contains_key(id) {
            let new = SourceMarker {
                id: id.to_owned(),
                stance: rows.stance(stance)?,
                category: rows.text(category).to_owned(),
                count: 0,
                negated: 0,
                range: 0,
                rate: None,
                dp_norm: None,
            };
            markers.insert(id.to_owned(), (new, Vec::new()));
        }
        let Some((marker, counts)) = markers.get_mut(id) else { continue };
        marker.count = marker.count.saturating_add(count);
        marker.negated = marker.negated.saturating_add(denied);
        if count > 0
            && let Some(index) = documents.index(rows.text(document))
        {
            marker.range += 1;
            counts.push((index as u32, count));
        }
    }
    let tokens = documents.all.iter().map(|document| document.tokens).fold(0, u64::saturating_add);
    let mut parts: Vec<Frequency> =
        documents.all.iter().map(|document| Frequency { count: 0, size: document.tokens }).collect();
    let finished = markers.into_values().map(|(marker, counts)| {
        set(&mut parts, counts.iter().copied());
        let with_tokens: Vec<Frequency> = parts.iter().filter(|part| part.size > 0).copied().collect();
        set(&mut parts, counts.iter().map(|(index, _)| (*index, 0)));
        SourceMarker { rate: per_thousand(marker.count, tokens), dp_norm: dp_norm(&with_tokens), ..marker }
    });
    Ok(finished.collect())
}

/// Sets the counts of some documents.
fn set(parts: &mut [Frequency], counts: impl Iterator<Item = (u32, u64)>) {
    for (index, count) in counts {
        if let Some(part) = parts.get_mut(index as usize) {
            part.count = count;
        }
    }
}
