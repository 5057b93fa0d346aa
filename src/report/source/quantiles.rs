//! Numbers at some places of an ascending order, of more numbers than are held: they are read once for each digit.

use std::collections::BTreeMap;

/// The bits that are found by one reading; the tables of counts have 2¹⁶ numbers each.
const BITS: u32 = 16;
/// How often all numbers are read.
pub const READINGS: u32 = u64::BITS / BITS;

/// A search by digits, the first one first.
#[derive(Debug)]
pub struct Selection {
    /// By place that is looked for: the digits that are known, and the place among the numbers that begin with them.
    wanted: Vec<(u64, u64)>,
    /// The bits that are not known yet.
    unknown: u32,
    /// By the digits that are known: how many numbers have each next digit.
    counts: BTreeMap<u64, Vec<u64>>,
}

impl Selection {
    /// Looks for the numbers at some places, from 0.
    pub fn new(places: &[u64]) -> Self {
        let wanted = places.iter().map(|place| (0, *place)).collect();
        let mut selection = Selection { wanted, unknown: u64::BITS, counts: BTreeMap::new() };
        selection.begin();
        selection
    }

    fn begin(&mut self) {
        self.counts = self.wanted.iter().map(|(known, _)| (*known, vec![0; 1 << BITS])).collect();
    }

    /// Takes a number that is not negative.
    pub fn add(&mut self, number: f64) {
        // The order of such numbers is that of their bits.
        let bits = number.to_bits();
        let known = bits.checked_shr(self.unknown).unwrap_or(0);
        let next = bits >> (self.unknown - BITS) & ((1 << BITS) - 1);
        if let Some(count) = self.counts.get_mut(&known).and_then(|counts| counts.get_mut(next as usize)) {
            *count += 1;
        }
    }

    /// Ends a reading of all numbers.
    pub fn end_reading(&mut self) {
        for (known, place) in &mut self.wanted {
            let counts = self.counts.get(known).map_or(&[][..], Vec::as_slice);
            let digit = counts.iter().position(|count| {
                let is_here = *place < *count;
                *place -= if is_here { 0 } else { *count };
                is_here
            });
            *known = *known << BITS | digit.unwrap_or_default() as u64;
        }
        self.unknown -= BITS;
        self.begin();
    }

    /// The numbers, in the order in which their places were given, when all have been read [`READINGS`] times.
    pub fn found(&self) -> impl Iterator<Item = f64> {
        self.wanted.iter().map(|(bits, _)| f64::from_bits(*bits))
    }
}

/// The place below which a share of the numbers is, from 0: the last for all.
pub fn place(share: f64, numbers: u64) -> u64 {
    ((numbers as f64 * share).ceil() as u64).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_sorted_list() {
        let mut numbers: Vec<f64> =
            (0..5000_u32).map(|at| f64::from(at * 7919 % 4999) / 37.0 * f64::from(at % 3)).collect();
        let places = [0, 1250, 2500, 3749, 4999];
        let mut selection = Selection::new(&places);
        for _ in 0..READINGS {
            numbers.iter().for_each(|number| selection.add(*number));
            selection.end_reading();
        }
        numbers.sort_by(f64::total_cmp);
        let expected: Vec<f64> = places.iter().map(|place| numbers[*place as usize]).collect();
        assert_eq!(selection.found().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn places_are_of_whole_numbers() {
        assert_eq!([0.0, 0.25, 0.5, 0.75, 1.0].map(|share| place(share, 10)), [0, 2, 4, 7, 9]);
        assert_eq!(place(1.0, 0), 0);
    }
}
