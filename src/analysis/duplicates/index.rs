//! The documents that later ones are compared with.

use rustc_hash::FxHashMap;

use super::sketch::{BINS, Sketch};
use crate::tables::{Duplicate, DuplicateKind};

/// Texts of which at least this share is the same are near-equal.
pub const NEAR: f64 = 0.8;

/// How many documents later ones are compared with: what is kept of each takes some 800 bytes.
pub const MOST_COMPARED: usize = 500_000;

/// Bands of four bins each. Two texts that share two thirds of their sequences, as near-equal ones do at least, agree in
/// one of them 97 times in 100; those that share four fifths, 99.98 times.
const BANDS: usize = 16;
const BAND: usize = 4;

/// How many documents with the same band are compared, so that the time stays linear where very many texts are half the
/// same.
const MOST_IN_BAND: u32 = 32;

/// The documents of which no earlier one is a duplicate, by what later ones may have in common with them.
#[derive(Debug, Default)]
pub struct DuplicateIndex {
    /// Their names, one behind the other, and where each ends.
    names: String,
    ends: Vec<u64>,
    /// By hash of the text.
    equal: FxHashMap<u64, u32>,
    /// The lower halves of their minima, and which documents have some.
    minima: Vec<[u16; BINS]>,
    near: Vec<u32>,
    /// By hash of a band: the last of `near` that has it, and how many have.
    bands: FxHashMap<u64, (u32, u32)>,
    /// The one of `near` before, for each of its bands.
    before: Vec<[u32; BANDS]>,
    /// How many documents came when the index was full.
    pub beyond: u64,
}

impl DuplicateIndex {
    /// The first document that a text equals or resembles. One that has none is kept for those behind it.
    pub fn add(&mut self, document: &str, sketch: &Sketch) -> Option<Duplicate> {
        let found = |first: &str, similarity, kind| {
            Some(Duplicate { document: document.into(), first: first.into(), similarity, kind })
        };
        if let Some(first) = sketch.equal.and_then(|hash| self.equal.get(&hash)) {
            return found(self.name(*first), 1.0, DuplicateKind::Equal);
        }
        let bands = sketch.minima.as_deref().map(bands);
        let minima = sketch.minima.as_deref().map(|minima| minima.map(|least| least as u16));
        if let (Some(bands), Some(minima)) = (&bands, &minima)
            && let Some((first, similarity)) = self.resembling(bands, minima)
        {
            return found(self.name(first), similarity, DuplicateKind::Near);
        }
        if self.ends.len() >= MOST_COMPARED {
            self.beyond += 1;
            return None;
        }
        let index = self.ends.len() as u32;
        if let Some(hash) = sketch.equal {
            self.names.push_str(document);
            self.ends.push(self.names.len() as u64);
            self.equal.insert(hash, index);
        }
        if let (Some(bands), Some(minima)) = (bands, minima) {
            self.keep(index, bands, minima);
        }
        None
    }

    fn keep(&mut self, index: u32, bands: [u64; BANDS], minima: [u16; BINS]) {
        let own = self.near.len() as u32;
        let mut before = [u32::MAX; BANDS];
        for (before, band) in before.iter_mut().zip(bands) {
            let (last, number) = self.bands.entry(band).or_insert((u32::MAX, 0));
            if *number < MOST_IN_BAND {
                *before = *last;
                (*last, *number) = (own, *number + 1);
            }
        }
        self.before.push(before);
        self.near.push(index);
        self.minima.push(minima);
    }

    /// The first of the documents that have a band in common and are near enough, and the share that is the same.
    fn resembling(&self, bands: &[u64; BANDS], minima: &[u16; BINS]) -> Option<(u32, f64)> {
        let mut candidates = Vec::new();
        for (band, hash) in bands.iter().enumerate() {
            let mut next = self.bands.get(hash).map_or(u32::MAX, |(last, _)| *last);
            while next != u32::MAX {
                candidates.push(next);
                next = self.before[next as usize][band];
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let near = candidates.into_iter().map(|candidate| {
            let candidate = candidate as usize;
            (self.near[candidate], similarity(&self.minima[candidate], minima))
        });
        near.into_iter().find(|(_, similarity)| *similarity >= NEAR)
    }

    fn name(&self, index: u32) -> &str {
        let end = |index: usize| self.ends[index] as usize;
        let index = index as usize;
        &self.names[index.checked_sub(1).map_or(0, end)..end(index)]
    }
}

/// The share of two texts that is the same (Dice): twice the sequences that both have, divided by those of each. It is
/// 2 J / (1 + J) of the share J of bins in which they agree.
fn similarity(one: &[u16; BINS], other: &[u16; BINS]) -> f64 {
    let same = one.iter().zip(other).filter(|(one, other)| one == other).count();
    (2 * same) as f64 / (BINS + same) as f64
}

fn bands(minima: &[u32; BINS]) -> [u64; BANDS] {
    let mut bands = [0; BANDS];
    for (number, (hash, band)) in bands.iter_mut().zip(minima.chunks_exact(BAND)).enumerate() {
        let mix = |hash: u64, least: &u32| {
            (hash.rotate_left(5) ^ u64::from(*least)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        };
        *hash = band.iter().fold(number as u64 + 1, mix);
    }
    bands
}

#[cfg(test)]
mod tests {
    use rand_pcg::Pcg64Mcg;
    use rand_pcg::rand_core::Rng;

    use super::*;
    use crate::text::Wrapping;

    /// Sentences of random words: two kanji and a particle.
    fn text(random: &mut Pcg64Mcg, sentences: usize) -> Vec<String> {
        const PARTICLES: [&str; 8] = ["が", "は", "を", "に", "では", "とも", "からの", "している"];
        let below = |random: &mut Pcg64Mcg, most: u64| random.next_u64() % most;
        let kanji = |random: &mut Pcg64Mcg| char::from_u32(0x4e00 + below(random, 600) as u32).unwrap();
        let word = |random: &mut Pcg64Mcg| {
            let word = String::from_iter([kanji(random), kanji(random)]);
            word + PARTICLES[below(random, 8) as usize]
        };
        let sentence = |random: &mut Pcg64Mcg| {
            let words = 5 + below(random, 10);
            (0..words).map(|_| word(random)).collect::<String>() + "かもしれません。"
        };
        (0..sentences).map(|_| sentence(random)).collect()
    }

    fn found(one: &str, other: &str) -> bool {
        let mut index = DuplicateIndex::default();
        assert!(index.add("one", &Sketch::of(one, Wrapping::NONE)).is_none());
        index.add("other", &Sketch::of(other, Wrapping::NONE)).is_some()
    }

    /// How many of 60 texts are found again after a share of their sentences has been replaced.
    fn found_after(percent: usize) -> usize {
        let mut random = Pcg64Mcg::new(percent as u128 + 7);
        let tried = (0..60).filter(|_| {
            let original = text(&mut random, 100);
            let mut edited = original.clone();
            // Spread over the text.
            (0..percent).for_each(|at| edited[at * 100 / percent] = text(&mut random, 1).remove(0));
            found(&original.concat(), &edited.concat())
        });
        tried.count()
    }

    #[test]
    fn edits_up_to_a_tenth_are_found_and_those_above_three_tenths_are_not() {
        for percent in [1, 2, 5, 10] {
            assert!(found_after(percent) >= 58, "{percent} %: {}", found_after(percent));
        }
        assert!(found_after(15) >= 48, "15 %: {}", found_after(15));
        assert!(found_after(30) <= 3, "30 %: {}", found_after(30));
        assert_eq!([50, 100].map(found_after), [0, 0]);
    }

    /// How many of 60 texts are found again after a share of their characters has become others.
    fn found_after_characters(percent: u64) -> usize {
        let mut random = Pcg64Mcg::new(u128::from(percent) + 7);
        let tried = (0..60).filter(|_| {
            let original = text(&mut random, 60).concat();
            let edit = |character| if random.next_u64() % 100 < percent { 'ん' } else { character };
            let edited: String = original.chars().map(edit).collect();
            found(&original, &edited)
        });
        tried.count()
    }

    #[test]
    fn characters_that_are_edited_count_fivefold() {
        for percent in [1, 2] {
            assert!(
                found_after_characters(percent) >= 58,
                "{percent} %: {}",
                found_after_characters(percent)
            );
        }
        assert!(found_after_characters(3) >= 48, "3 %: {}", found_after_characters(3));
        assert!(found_after_characters(7) <= 3, "7 %: {}", found_after_characters(7));
        assert_eq!([10, 20, 30].map(found_after_characters), [0; 3]);
    }

    #[test]
    fn every_duplicate_names_the_first() {
        let mut random = Pcg64Mcg::new(3);
        let one = text(&mut random, 30).concat();
        let other = text(&mut random, 30).concat();
        let mut index = DuplicateIndex::default();
        let mut add = |name: &str, text: &str| {
            let found = index.add(name, &Sketch::of(text, Wrapping::NONE));
            found.map(|found| (found.first, found.kind))
        };
        assert_eq!(add("a", &one), None);
        assert_eq!(add("b", "短い"), None);
        assert_eq!(add("c", &other), None);
        assert_eq!(add("d", &(one.clone() + "ところで。")), Some(("a".into(), DuplicateKind::Near)));
        assert_eq!(add("e", &one), Some(("a".into(), DuplicateKind::Equal)));
        assert_eq!(add("f", "短い"), None);
        assert_eq!(add("g", &(other.clone() + "そして。")), Some(("c".into(), DuplicateKind::Near)));
    }
}
