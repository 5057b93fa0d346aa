//! In which fifth of their documents the markers stand, from the concordance.

use std::collections::HashMap;

use super::super::{Change, ReadBackError};
use super::run_tables::RunTables;
use crate::counts::{Fifths, Level, Observations, fifth};

/// The measures that a marker is counted for, by index: its own, that of its category, and that of its stance.
type Counted = [usize; 3];

/// Counts the hits of each measure in each fifth of their documents; `names` are those of the documents that are
/// compared, in order.
///
/// # Errors
/// A table that can't be read or is not as it was written; hits that are not those that the other tables count.
pub(super) fn fifths(
    tables: RunTables,
    observations: &Observations,
    names: &[String],
) -> Result<Fifths, ReadBackError> {
    let index_of = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).ok();
    let characters = characters(tables, names.len(), index_of)?;
    let counted = counted(observations);
    let mut fifths = Fifths::new(observations.groups.len(), observations.measures.len());
    let mut rows = tables.open("concordance")?;
    let [document, start, marker, stance, category, negated] =
        rows.columns(["document", "start", "marker", "stance", "category", "negated"])?;
    while rows.next_row()? {
        let name = rows.text(document);
        let Some(index) = index_of(name) else {
            // `left_out` is in order, too.
            if observations.left_out.binary_search_by(|known| known.as_str().cmp(name)).is_err() {
                return Err(rows.changed(Change::UnknownDocument(name.into())));
            }
            continue;
        };
        if rows.flag(negated)? {
            continue;
        }
        let disagrees = |column, others| {
            let (column, figure) = (rows.column_name(column), rows.text(column).to_owned());
            rows.changed(Change::Disagrees { column, figure, others })
        };
        let coding = (rows.stance(stance)?.name(), rows.text(category), rows.text(marker));
        let Some(measures) = counted.get(&coding) else {
            return Err(disagrees(marker, "one that markers.csv has with its stance and category".into()));
        };
        let all = characters.get(index).copied().unwrap_or_default();
        let Some(fifth) = fifth(rows.count(start)?, all) else {
            return Err(disagrees(start, format!("less than {all}")));
        };
        let group = observations.documents.get(index).map_or(usize::MAX, |document| document.group);
        measures.iter().for_each(|measure| fifths.add(group, *measure, fifth, 1));
    }
    if let Some((group, measure, hits, count)) = differing(observations, &fifths).next() {
        return Err(rows.changed(Change::Disagrees {
            column: format!("{measure}, {group}"),
            figure: format!("{hits} hits"),
            others: count.to_string(),
        }));
    }
    Ok(fifths)
}

/// How many characters each document has, by index.
fn characters(
    tables: RunTables,
    documents: usize,
    index_of: impl Fn(&str) -> Option<usize>,
) -> Result<Vec<u64>, ReadBackError> {
    let mut rows = tables.open("documents")?;
    let [document, characters] = rows.columns(["document", "characters"])?;
    let mut all = vec![0; documents];
    while rows.next_row()? {
        if let Some(of_document) = index_of(rows.text(document)).and_then(|index| all.get_mut(index)) {
            *of_document = rows.count(characters)?;
        }
    }
    Ok(all)
}

/// By stance, category and id of a marker: the measures that it is counted for.
fn counted(observations: &Observations) -> HashMap<(&str, &str, &str), Counted> {
    let of_level = |level| {
        let measures = observations.measures.iter().enumerate();
        measures.filter(move |(_, measure)| measure.level == level)
    };
    let mut counted = HashMap::new();
    for (own, measure) in of_level(Level::Marker) {
        let Some((stance, category)) = measure.stance.zip(measure.category.as_deref()) else { continue };
        let of_stance = of_level(Level::Stance).find(|(_, known)| known.stance == Some(stance));
        let of_category = of_level(Level::Category)
            .find(|(_, known)| known.stance == Some(stance) && known.category.as_deref() == Some(category));
        if let Some(((of_stance, _), (of_category, _))) = of_stance.zip(of_category) {
            counted.insert((stance.name(), category, measure.name.as_str()), [own, of_category, of_stance]);
        }
    }
    counted
}

/// Where there are other hits than are counted: group, measure, hits and count.
fn differing<'a>(
    observations: &'a Observations,
    fifths: &'a Fifths,
) -> impl Iterator<Item = (&'a str, &'a str, u64, u64)> {
    let measures = observations.measures.iter().enumerate();
    let markers = measures.filter(|(_, measure)| measure.level != Level::Share);
    markers.flat_map(move |(index, measure)| {
        let mut counts = vec![0_u64; observations.groups.len()];
        for (document, count) in &measure.counts {
            let group = observations.documents.get(*document as usize).map(|document| document.group);
            if let Some(sum) = group.and_then(|group| counts.get_mut(group)) {
                *sum = sum.saturating_add(*count);
            }
        }
        let of_groups = observations.groups.iter().zip(counts).enumerate();
        of_groups.filter_map(move |(group, (name, count))| {
            let hits = fifths.of(group, index).into_iter().fold(0, u64::saturating_add);
            (hits != count).then_some((name.as_str(), measure.name.as_str(), hits, count))
        })
    })
}
