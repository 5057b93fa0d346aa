//! Sharing a sample out among coders.

use super::draws::lot;
use crate::checking::Item;

/// The sheets of so many coders, each in an order of its own. All of them have the first `overlap` of the items, spread evenly
/// over the strata; of the others each has its part. The items are in the order of strata and lots.
pub(super) fn share(items: Vec<Item>, seed: u64, coders: usize, overlap: u64) -> Vec<Vec<Item>> {
    let coders = coders.max(1);
    let all = items.len() as u64;
    let overlap = if coders == 1 { all } else { overlap.min(all) };
    let common = |index: u64| {
        let before = |index: u64| {
            u128::from(index).saturating_mul(u128::from(overlap)).checked_div(u128::from(all)).unwrap_or(0)
        };
        before(index.saturating_add(1)) > before(index)
    };
    let mut sheets = vec![Vec::new(); coders];
    let mut turn = 0_usize;
    for (index, item) in (0..).zip(items) {
        if common(index) {
            sheets.iter_mut().for_each(|sheet| sheet.push(item.clone()));
        } else {
            if let Some(sheet) = sheets.get_mut(turn) {
                sheet.push(item);
            }
            turn = turn.saturating_add(1).checked_rem(coders).unwrap_or(0);
        }
    }
    for (coder, sheet) in (1..).zip(&mut sheets) {
        shuffle(sheet, seed, coder);
    }
    sheets
}

/// Puts the items of a coder's sheet into their order and numbers them.
fn shuffle(sheet: &mut [Item], seed: u64, coder: u64) {
    let purpose = format!("order {coder}");
    sheet.sort_by_cached_key(|item| lot(seed, &purpose, &format!("{} {}", item.kind.name(), item.id())));
    for (number, item) in (1..).zip(sheet) {
        item.item = number;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::checking::ItemKind;

    fn items() -> Vec<Item> {
        let item = |start: u64| {
            let kind = if start < 40 { ItemKind::Hit } else { ItemKind::Sentence };
            Item { kind, start, end: start, ..Item::default() }
        };
        (0..100).map(item).collect()
    }

    #[test]
    fn all_coders_have_the_overlap_and_each_other_item_has_one() {
        for (coders, overlap, expected) in [(2, 25, 25), (2, 0, 0), (2, 1000, 100), (3, 10, 10), (1, 7, 100)]
        {
            let sheets = share(items(), 1, coders, overlap);
            assert_eq!(sheets.len(), coders);
            let mut times: BTreeMap<u64, usize> = BTreeMap::new();
            for sheet in &sheets {
                let numbers: Vec<u64> = sheet.iter().map(|item| item.item).collect();
                assert_eq!(numbers, (1..=sheet.len() as u64).collect::<Vec<_>>());
                sheet.iter().for_each(|item| *times.entry(item.start).or_default() += 1);
            }
            assert_eq!(times.len(), 100);
            assert!(times.values().all(|times| [1, coders].contains(times)));
            let common: Vec<u64> =
                times.iter().filter(|(_, times)| **times == coders).map(|(start, _)| *start).collect();
            assert_eq!(common.len() as u64, expected);
            // Hits and sentences have the same share of it.
            let hits = common.iter().filter(|start| **start < 40).count() as u64;
            assert_eq!(hits, expected * 2 / 5);
            let lengths: Vec<usize> = sheets.iter().map(Vec::len).collect();
            assert!(lengths.iter().max().unwrap() - lengths.iter().min().unwrap() <= 1, "{lengths:?}");
        }
    }

    #[test]
    fn sheets_are_shuffled_each_by_itself() {
        let sheets = share(items(), 1, 2, 100);
        let starts: Vec<Vec<u64>> =
            sheets.iter().map(|sheet| sheet.iter().map(|item| item.start).collect()).collect();
        assert!(starts[0] != starts[1] && starts.iter().all(|starts| !starts.is_sorted()));
        let changes = starts[0].windows(2).filter(|pair| (pair[0] < 40) != (pair[1] < 40)).count();
        assert!(changes > 25, "hits and sentences are not mixed: {changes}");
    }
}
