//! Filled sheets, joined with the run that they were drawn from.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::sheet::{ReadSheet, SheetError};
use super::{CheckedItem, CheckedSample, CheckedStratum, Coded, Item, ItemKind, Marked, Population, Verdict};
use crate::lexicon::CategoryLabel;
use crate::tables::{ReadBackError, RunTables};

/// An item with what each coder has said of it, by index of the sheet.
#[derive(Debug, Clone)]
pub struct JudgedItem<'s> {
    /// The rows of the coders who have judged it.
    pub rows: Vec<(usize, &'s Item)>,
}

/// The items that were judged, in a stable order, with the sizes of their strata.
#[derive(Debug, Clone, Default)]
pub struct Judged<'s> {
    /// By kind and name of the stratum: its size, and its items.
    pub strata: BTreeMap<(ItemKind, &'s str), (u64, Vec<JudgedItem<'s>>)>,
    /// Items that were drawn and that nobody has judged, also those whose rows were deleted or stand in the sheet of another coder.
    pub open: u64,
}

impl<'s> Judged<'s> {
    /// Joins sheets by the ids of their items.
    ///
    /// # Errors
    /// Sheets that give a stratum different sizes.
    pub fn new(sheets: &'s [ReadSheet]) -> Result<Self, SheetError> {
        let mut judged = Judged::default();
        let mut items: BTreeMap<(ItemKind, &str, u64, u64), JudgedItem> = BTreeMap::new();
        let mut drawn: BTreeMap<(ItemKind, &str), u64> = BTreeMap::new();
        for (number, sheet) in sheets.iter().enumerate() {
            for item in &sheet.items {
                let key = (item.kind, item.stratum.name.as_str());
                let (size, _) = judged.strata.entry(key).or_insert_with(|| (item.stratum.size, Vec::new()));
                if *size != item.stratum.size {
                    return Err(SheetError::OtherRun {
                        path: sheet.path.clone(),
                        row: item.row,
                        id: item.id(),
                    });
                }
                let key = (item.kind, item.document.as_str(), item.start, item.end);
                drawn.insert((item.kind, item.stratum.name.as_str()), item.stratum.drawn);
                let entry = items.entry(key).or_insert_with(|| JudgedItem { rows: Vec::new() });
                if item.is_judged() {
                    entry.rows.push((number, item));
                }
            }
        }
        for item in items.into_values() {
            let key = item.rows.first().map(|(_, row)| (row.kind, row.stratum.name.as_str()));
            if let Some((_, items)) = key.and_then(|key| judged.strata.get_mut(&key)) {
                items.push(item);
            }
        }
        let left = |(key, (_, items)): (&(ItemKind, &str), &(u64, Vec<JudgedItem>))| {
            drawn.get(key).map_or(0, |drawn| drawn.saturating_sub(items.len() as u64))
        };
        judged.open = judged.strata.iter().map(left).fold(0, u64::saturating_add);
        Ok(judged)
    }

    /// All items.
    pub fn items(&self) -> impl Iterator<Item = &JudgedItem<'s>> {
        self.strata.values().flat_map(|(_, items)| items)
    }

    /// Checks that the strata of a kind are those of the whole run, of which `all` says how many hits or sentences it has: of a stratum that
    /// no row is left of, nobody would know that it has not been checked.
    ///
    /// # Errors
    /// Strata that have fewer, or more.
    pub fn check_whole(&self, kind: ItemKind, all: u64, first: &Path) -> Result<(), SheetError> {
        let strata = self.strata.iter().filter(|((own, _), _)| *own == kind);
        let sizes: Vec<u64> = strata.map(|(_, (size, _))| *size).collect();
        let listed = sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(*size));
        match sizes.is_empty() || listed == all {
            true => Ok(()),
            false => Err(SheetError::NotWhole { path: first.into(), kind, listed, all }),
        }
    }

    /// What the estimates need of it.
    pub fn sample(
        &self,
        categories: &[CategoryLabel],
        group_of: &HashMap<String, Option<usize>>,
    ) -> CheckedSample {
        let index = |marked: &Marked| {
            let category = categories.iter().position(|known| *known.name == *marked.category)?;
            Some(Coded { category, negated: marked.negated })
        };
        let strata = self.strata.iter().map(|((kind, _), (size, items))| CheckedStratum {
            population: match kind {
                ItemKind::Hit => Population::Hits,
                ItemKind::Sentence => Population::Sentences,
            },
            size: *size,
            items: items.iter().map(|item| checked(item, &index, group_of)).collect(),
        });
        CheckedSample {
            stances: categories.iter().map(|category| category.stance).collect(),
            strata: strata.collect(),
        }
    }
}

/// What the coders of an item have said, on average.
fn checked(
    item: &JudgedItem,
    index: &impl Fn(&Marked) -> Option<Coded>,
    group_of: &HashMap<String, Option<usize>>,
) -> CheckedItem {
    let mut checked = CheckedItem::default();
    let share = 1.0 / item.rows.len().max(1) as f64;
    for (_, row) in &item.rows {
        checked.group = group_of.get(&row.document).copied().flatten();
        checked.found = row.coding.as_ref().and_then(|coding| index(&coding.marked));
        if let Verdict::Marker(marked) = row.verdict()
            && let Some(coded) = index(&marked)
        {
            checked.truth.push((coded, share));
            if checked.found.is_some_and(|found| found.category == coded.category) {
                checked.right += share;
            }
        }
        let part = share / row.hits_in_sentence.max(1) as f64;
        checked.missed.extend(row.judgement.missed.iter().filter_map(index).map(|coded| (coded, part)));
    }
    checked
}

/// Checks that the hits of sheets are hits of the run, coded as it has coded them.
///
/// # Errors
/// A table that can't be read; the first row of a sheet whose hit is none of the run.
pub fn check_hits_of(
    tables: RunTables,
    sheets: &[ReadSheet],
) -> Result<Result<(), SheetError>, ReadBackError> {
    let mut expected: HashMap<String, Vec<(&Path, &Item)>> = HashMap::new();
    for sheet in sheets {
        for item in sheet.items.iter().filter(|item| item.kind == ItemKind::Hit) {
            expected.entry(item.document.clone()).or_default().push((&sheet.path, item));
        }
    }
    if expected.is_empty() {
        return Ok(Ok(()));
    }
    let mut rows = tables.open("concordance")?;
    let [document, start, end, category, negated] =
        rows.columns(["document", "start", "end", "category", "negated"])?;
    while rows.next_row()? {
        let Some(own) = expected.get_mut(rows.text(document)) else { continue };
        let (span, negated) = ((rows.count(start)?, rows.count(end)?), rows.flag(negated)?);
        own.retain(|(_, item)| {
            let marked = item.coding.as_ref().map(|coding| &coding.marked);
            (item.start, item.end) != span
                || marked.is_none_or(|own| own.category != rows.text(category) || own.negated != negated)
        });
    }
    let mut unknown: Vec<(&Path, &Item)> = expected.into_values().flatten().collect();
    unknown.sort_by_key(|(path, item)| (*path, item.row));
    Ok(match unknown.first() {
        None => Ok(()),
        Some((path, item)) => {
            Err(SheetError::OtherRun { path: path.to_path_buf(), row: item.row, id: item.id() })
        }
    })
}
