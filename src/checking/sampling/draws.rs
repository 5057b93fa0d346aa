//! Drawing from strata that are met item by item, in whatever order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use sha2::{Digest, Sha256};

use super::allocation::allocate;
use crate::checking::{Item, Stratum};

/// A number for an item, which it has whatever stands before it. For another purpose or seed it is another one.
pub(super) fn lot(seed: u64, purpose: &str, id: &str) -> [u8; 32] {
    let mut hasher = Sha256::new_with_prefix(seed.to_le_bytes());
    hasher.update(purpose);
    hasher.update([0]);
    hasher.update(id);
    hasher.finalize().into()
}

/// The strata of a kind of items, each with what is drawn from it so far: the items with the smallest lots. So every set of
/// as many items is equally likely (simple random sampling without replacement), memory is that of the items drawn, and their
/// order does not matter.
pub(super) struct Draws {
    seed: u64,
    purpose: &'static str,
    strata: BTreeMap<String, Draw>,
}

struct Draw {
    stratum: Stratum,
    /// How many items have been met.
    met: u64,
    drawn: BinaryHeap<Ticket>,
}

/// An item with its lot; the one with the largest lot goes first.
struct Ticket {
    lot: [u8; 32],
    item: Item,
}

impl Ord for Ticket {
    fn cmp(&self, other: &Self) -> Ordering {
        self.lot.cmp(&other.lot)
    }
}

impl PartialOrd for Ticket {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ticket {
    fn eq(&self, other: &Self) -> bool {
        self.lot == other.lot
    }
}

impl Eq for Ticket {}

impl Draws {
    /// Draws `wanted` items from strata of known sizes.
    pub fn new(seed: u64, purpose: &'static str, wanted: u64, sizes: BTreeMap<String, u64>) -> Self {
        let counts: Vec<u64> = sizes.values().copied().collect();
        let allocated = allocate(wanted, &counts);
        let draw = |((name, size), drawn): ((String, u64), u64)| {
            let stratum = Stratum { name: name.clone(), size, drawn };
            (name, Draw { stratum, met: 0, drawn: BinaryHeap::new() })
        };
        Draws { seed, purpose, strata: sizes.into_iter().zip(allocated).map(draw).collect() }
    }

    /// Meets an item of a stratum; `item` makes it, if it is drawn for the time being.
    pub fn meet(&mut self, stratum: &str, id: &str, item: impl FnOnce(Stratum) -> Item) {
        let Some(draw) = self.strata.get_mut(stratum) else { return };
        draw.met = draw.met.saturating_add(1);
        let lot = lot(self.seed, self.purpose, id);
        if (draw.drawn.len() as u64) < draw.stratum.drawn {
            draw.drawn.push(Ticket { lot, item: item(draw.stratum.clone()) });
        } else if let Some(mut last) = draw.drawn.peek_mut()
            && lot < last.lot
        {
            *last = Ticket { lot, item: item(draw.stratum.clone()) };
        }
    }

    /// The items that were drawn, by stratum and lot; none if a stratum had not as many items as was said.
    pub fn finish(self) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        for draw in self.strata.into_values() {
            if draw.met != draw.stratum.size {
                return None;
            }
            items.extend(draw.drawn.into_sorted_vec().into_iter().map(|ticket| ticket.item));
        }
        Some(items)
    }

    /// How many items there are, and how many of them are drawn.
    pub fn numbers(&self) -> [u64; 2] {
        let strata = || self.strata.values().map(|draw| &draw.stratum);
        [strata().map(|stratum| stratum.size).sum(), strata().map(|stratum| stratum.drawn).sum()]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::checking::ItemKind;

    fn item(stratum: Stratum, start: u64) -> Item {
        Item { kind: ItemKind::Sentence, start, end: start, stratum, ..Item::default() }
    }

    const SIZES: [(&str, u64); 4] = [("a", 12), ("b", 40), ("c", 1), ("d", 0)];

    /// Draws 15 of the items of all strata, which are met in an order.
    fn drawn(seed: u64, order: impl Fn(&mut Vec<(&'static str, u64)>)) -> Vec<Item> {
        let sizes = SIZES.map(|(name, size)| (name.to_owned(), size)).into();
        let mut draws = Draws::new(seed, "sentence", 15, sizes);
        let mut items: Vec<(&str, u64)> = SIZES
            .into_iter()
            .zip(1..)
            .flat_map(|((name, size), first)| (0..size).map(move |at| (name, 1000 * first + at)))
            .collect();
        order(&mut items);
        for (name, start) in items {
            draws.meet(name, &format!("a.txt#{start}-{start}"), |stratum| item(stratum, start));
        }
        draws.finish().unwrap()
    }

    #[test]
    fn every_item_is_drawn_as_often_as_its_chance_says() {
        let seeds = 3000;
        let (mut times, mut chances) = (HashMap::new(), HashMap::new());
        for seed in 0..seeds {
            let items = drawn(seed, |_| {});
            assert_eq!(items.len(), 15);
            // What is drawn stands for all.
            for (name, size) in SIZES {
                let of_stratum = items.iter().filter(|item| item.stratum.name == name);
                let total: f64 = of_stratum.map(|item| 1.0 / item.stratum.chance()).sum();
                assert!((total - size as f64).abs() < 1e-9, "{name}: {total}");
            }
            for item in items {
                *times.entry(item.start).or_insert(0_u32) += 1;
                chances.insert(item.start, item.stratum.chance());
            }
        }
        assert_eq!(times.len(), 53);
        // The sum of squared standardised deviations over 52 items has a mean of 40 or so, as those of a stratum add up to 0.
        let mut squares = 0.0;
        for (start, times) in times {
            let chance = chances[&start];
            let expected = seeds as f64 * chance;
            let variance = expected * (1.0 - chance);
            let deviation = f64::from(times) - expected;
            assert!(deviation * deviation <= 20.0 * variance, "{start}: {times}, {expected}");
            if variance > 0.0 {
                squares += deviation * deviation / variance;
            }
        }
        assert!((25.0..90.0).contains(&squares), "{squares}");
    }

    #[test]
    fn pairs_are_drawn_as_often_as_others() {
        // Both of two items of 40 of which n are drawn: n (n - 1) / (40 * 39).
        let seeds = 3000;
        let (mut both, mut chance) = (0, 0.0);
        for seed in 0..seeds {
            let items = drawn(seed, |_| {});
            let of_b: Vec<&Item> = items.iter().filter(|item| item.stratum.name == "b").collect();
            let number = of_b.len() as f64;
            chance = number * (number - 1.0) / (40.0 * 39.0);
            both += u32::from([2003, 2004].iter().all(|at| of_b.iter().any(|item| item.start == *at)));
        }
        let expected = f64::from(seeds as u32) * chance;
        assert!((f64::from(both) - expected).abs() < 4.5 * expected.sqrt(), "{both}, {expected}");
    }

    #[test]
    fn the_order_of_the_items_does_not_matter_and_the_seed_does() {
        let starts = |items: Vec<Item>| items.into_iter().map(|item| item.start).collect::<Vec<_>>();
        let first = starts(drawn(1, |_| {}));
        assert_eq!(starts(drawn(1, |items| items.reverse())), first);
        assert_eq!(starts(drawn(1, |items| items.rotate_left(17))), first);
        assert_ne!(starts(drawn(2, |_| {})), first);
    }

    #[test]
    fn a_stratum_of_another_size_is_noticed() {
        for met in [2, 4] {
            let mut draws = Draws::new(1, "hit", 2, [("a".to_owned(), 3)].into());
            for start in 0..met {
                draws.meet("a", &start.to_string(), |stratum| item(stratum, start));
            }
            assert!(draws.finish().is_none());
        }
    }
}
