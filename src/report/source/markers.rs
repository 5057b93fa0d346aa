//! `categories.csv` and `markers.csv`: how often each category and each marker occurs, and in how many documents.

use std::collections::BTreeMap;

use super::DocumentRows;
use crate::lexicon::Stance;
use crate::statistics::{Deviation, Frequency, PartSizes, per_thousand};
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
    /// The documents in which it occurs affirmed.
    pub range: usize,
    /// Per 1,000 tokens of all documents.
    pub rate: Option<f64>,
    /// DPnorm over all documents that have tokens: 0 even, 1 clumped.
    pub dp_norm: Option<f64>,
}

pub(super) fn read_categories(
    tables: RunTables,
    mut documents: DocumentRows,
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
        if let Some(group) = documents.find(&rows, document)?.group {
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

/// Reads the table twice: how evenly a marker is spread follows from how often it occurs in all.
pub(super) fn read_markers<'r>(
    tables: RunTables,
    sizes: PartSizes,
    documents: impl Fn() -> Result<DocumentRows<'r>, ReadBackError>,
) -> Result<Vec<SourceMarker>, ReadBackError> {
    let mut markers = read_totals(tables, sizes)?;
    let mut spread: BTreeMap<&str, Deviation> =
        markers.iter().map(|(id, marker)| (id.as_str(), Deviation::new(sizes, marker.count))).collect();
    let (mut rows, mut documents) = (tables.open("markers")?, documents()?);
    let [document, marker, count] = rows.columns(["document", "marker", "count"])?;
    while rows.next_row()? {
        let count = rows.count(count)?;
        if count > 0 {
            let part = Frequency { count, size: documents.find(&rows, document)?.tokens };
            if let Some(deviation) = spread.get_mut(rows.text(marker)) {
                deviation.add(part);
            }
        }
    }
    let spread: Vec<Option<f64>> = spread.into_values().map(|deviation| deviation.dp_norm()).collect();
    for (marker, dp_norm) in markers.values_mut().zip(spread) {
        marker.dp_norm = dp_norm;
    }
    Ok(markers.into_values().collect())
}

fn read_totals(tables: RunTables, sizes: PartSizes) -> Result<BTreeMap<String, SourceMarker>, ReadBackError> {
    let mut rows = tables.open("markers")?;
    let [marker, stance, category, count] = rows.columns(["marker", "stance", "category", "count"])?;
    let mut markers: BTreeMap<String, SourceMarker> = BTreeMap::new();
    while rows.next_row()? {
        let (id, count) = (rows.text(marker), rows.count(count)?);
        if !markers.contains_key(id) {
            let new = SourceMarker {
                id: id.to_owned(),
                stance: rows.stance(stance)?,
                category: rows.text(category).to_owned(),
                count: 0,
                range: 0,
                rate: None,
                dp_norm: None,
            };
            markers.insert(id.to_owned(), new);
        }
        let Some(marker) = markers.get_mut(id) else { continue };
        marker.count = marker.count.saturating_add(count);
        marker.range += usize::from(count > 0);
    }
    for marker in markers.values_mut() {
        marker.rate = per_thousand(marker.count, sizes.size);
    }
    Ok(markers)
}
