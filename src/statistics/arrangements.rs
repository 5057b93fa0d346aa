//! Arrangements of units in groups, for permutation tests, shared by all measures.
//!
//! Units are exchanged within blocks: all of them in one, those of a stratum, or the two of a pair. Where there are no more
//! arrangements than may be drawn, each is tried once and the test is exact.

use std::ops::Range;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::SeedableRng;

use super::bootstrap::random_below;

/// Identifies a sequence of random arrangements. Each has a generator of its own, seeded from the seed, the key and its index, so
/// neither threads nor the order of the work can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomStream {
    /// The seed of the whole comparison.
    pub seed: u64,
    /// Distinguishes this sequence from the others of the comparison.
    pub key: [u64; 4],
}

impl RandomStream {
    fn generator(&self, index: usize) -> Pcg64 {
        let key = self.key.into_iter().chain([index as u64]);
        Pcg64::seed_from_u64(key.fold(self.seed, |state, part| mix(state ^ mix(part))))
    }
}

/// One step of SplitMix64 (Steele, Lea & Flood 2014).
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The arrangements of a permutation test.
#[derive(Debug, Clone)]
pub struct Arrangements {
    stream: RandomStream,
    /// By unit: its group as observed.
    observed: Vec<u16>,
    /// By block: the indices of its units.
    blocks: Vec<Vec<u32>>,
    /// By block: how many arrangements it has, where all are tried.
    exact: Option<Vec<usize>>,
    number: usize,
}

impl Arrangements {
    /// The arrangements of units, whose groups are given, within blocks of them: all, if there are two groups and no more than
    /// `most` arrangements; otherwise `most` at random.
    pub fn new(stream: RandomStream, observed: Vec<u16>, blocks: Vec<Vec<u32>>, most: usize) -> Self {
        let of_block = |block: &Vec<u32>| {
            let chosen = block.iter().filter(|unit| observed[**unit as usize] == 1).count();
            combinations(block.len(), chosen).filter(|number| *number <= most)
        };
        let two = observed.iter().all(|group| *group < 2);
        let exact: Option<Vec<usize>> = if two { blocks.iter().map(of_block).collect() } else { None };
        let product = |numbers: &Vec<usize>| {
            numbers
                .iter()
                .try_fold(1usize, |product, number| product.checked_mul(*number).filter(|all| *all <= most))
        };
        let number = exact.as_ref().and_then(product);
        Arrangements {
            stream,
            observed,
            blocks,
            exact: if number.is_some() { exact } else { None },
            number: number.unwrap_or(most),
        }
    }

    /// How many are tried.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether these are all that there are.
    pub fn is_exact(&self) -> bool {
        self.exact.is_some()
    }

    /// The p-value if so many of the arrangements are as extreme as what was observed: their share, where all were tried, which
    /// counts the observed one too; else (b + 1) / (m + 1), never 0 (Phipson & Smyth 2010).
    pub fn p(&self, extreme: u64) -> f64 {
        match self.is_exact() {
            true => extreme as f64 / self.number as f64,
            false => (extreme + 1) as f64 / (self.number + 1) as f64,
        }
    }

    /// The least p-value that any arrangement can have, where both tails are counted: the observed one and, if the groups of each
    /// block are of the same size, its mirror image.
    pub fn least_p(&self) -> f64 {
        let mirrored = self.blocks.iter().all(|block| {
            2 * block.iter().filter(|unit| self.observed[**unit as usize] == 1).count() == block.len()
        });
        match self.is_exact() {
            true => f64::from(1 + u8::from(mirrored)) / self.number as f64,
            false => 1.0 / (self.number + 1) as f64,
        }
    }

    /// The observed arrangement.
    pub fn observed(&self) -> Labels {
        Labels { arrangements: 1, cells: self.observed.clone() }
    }

    /// Some of the arrangements.
    pub fn draw(&self, range: Range<usize>) -> Labels {
        let width = range.len();
        let mut cells = vec![0; self.observed.len() * width];
        let mut labels = self.observed.clone();
        for (column, index) in range.enumerate() {
            match &self.exact {
                Some(numbers) => self.unrank(index, numbers, &mut labels),
                None => self.shuffle(index, &mut labels),
            }
            cells
                .iter_mut()
                .skip(column)
                .step_by(width)
                .zip(&labels)
                .for_each(|(cell, label)| *cell = *label);
        }
        Labels { arrangements: width, cells }
    }

    /// A Fisher–Yates shuffle of the groups within each block.
    fn shuffle(&self, index: usize, labels: &mut [u16]) {
        labels.copy_from_slice(&self.observed);
        let mut random = self.stream.generator(index);
        for block in &self.blocks {
            for at in (1..block.len()).rev() {
                let other = random_below(&mut random, at + 1);
                labels.swap(block[at] as usize, block[other] as usize);
            }
        }
    }

    /// The arrangement of a number: a digit for each block, each the number of a combination in lexicographic order.
    fn unrank(&self, mut index: usize, numbers: &[usize], labels: &mut [u16]) {
        for (block, number) in self.blocks.iter().zip(numbers) {
            let mut rank = index % number;
            index /= number;
            let mut chosen = block.iter().filter(|unit| self.observed[**unit as usize] == 1).count();
            for (at, unit) in block.iter().enumerate() {
                let rest = block.len() - at - 1;
                // How many combinations choose this unit.
                let with = chosen.checked_sub(1).and_then(|chosen| combinations(rest, chosen)).unwrap_or(0);
                let take = rank < with;
                labels[*unit as usize] = u16::from(take);
                match take {
                    true => chosen -= 1,
                    false => rank -= with,
                }
            }
        }
    }
}

/// The group of each unit in some arrangements.
pub struct Labels {
    arrangements: usize,
    /// By unit, then by arrangement.
    cells: Vec<u16>,
}

impl Labels {
    /// How many arrangements these are.
    pub fn arrangements(&self) -> usize {
        self.arrangements
    }

    /// The groups of a unit, by arrangement.
    pub fn of(&self, unit: u32) -> &[u16] {
        &self.cells[unit as usize * self.arrangements..][..self.arrangements]
    }
}

/// The binomial coefficient, if 64 bits hold it.
fn combinations(all: usize, chosen: usize) -> Option<usize> {
    if chosen > all {
        return Some(0);
    }
    (0..chosen.min(all - chosen))
        .try_fold(1usize, |product, at| Some(product.checked_mul(all - at)? / (at + 1)))
}

/// Whether the score of an arrangement is as extreme as the observed one. Sums of fractions that are equal may differ in their
/// last digits.
pub fn is_as_extreme(score: f64, observed: f64) -> bool {
    score >= observed * (1.0 - 1e-9)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const STREAM: RandomStream = RandomStream { seed: 1, key: [2, 3, 4, 5] };

    fn columns(labels: &Labels, units: u32) -> Vec<Vec<u16>> {
        (0..labels.arrangements()).map(|at| (0..units).map(|unit| labels.of(unit)[at]).collect()).collect()
    }

    #[test]
    fn all_arrangements_are_tried_once_where_they_are_few() {
        let arrangements = Arrangements::new(STREAM, vec![0, 1, 1, 0, 1], vec![vec![0, 1, 2, 3, 4]], 10);
        assert!(arrangements.is_exact());
        let all: BTreeSet<_> = columns(&arrangements.draw(0..10), 5).into_iter().collect();
        assert_eq!((all.len(), arrangements.number()), (10, 10));
        assert!(all.iter().all(|labels| labels.iter().sum::<u16>() == 3));
        assert_eq!([arrangements.p(1), arrangements.p(10), arrangements.least_p()], [0.1, 1.0, 0.1]);
        assert!(!Arrangements::new(STREAM, vec![0, 1, 1, 0, 1], vec![vec![0, 1, 2, 3, 4]], 9).is_exact());
    }

    #[test]
    fn units_stay_in_their_blocks() {
        let blocks = vec![vec![0, 1], vec![2, 3], vec![4, 5]];
        let pairs = Arrangements::new(STREAM, vec![0, 1, 0, 1, 1, 0], blocks.clone(), 100);
        let all: BTreeSet<_> = columns(&pairs.draw(0..8), 6).into_iter().collect();
        assert_eq!((all.len(), pairs.number(), pairs.least_p()), (8, 8, 0.25));
        assert!(all.iter().all(|labels| labels.chunks(2).all(|pair| pair[0] + pair[1] == 1)));
        let random = Arrangements::new(STREAM, vec![0, 2, 0, 1, 1, 0], blocks, 100);
        for labels in columns(&random.draw(0..100), 6) {
            assert_eq!([0, 2, 4].map(|at| labels[at] + labels[at + 1]), [2, 1, 1]);
        }
        assert_eq!((random.p(0), random.is_exact()), (1.0 / 101.0, false));
    }

    #[test]
    fn a_shuffle_favours_no_unit() {
        let random =
            Arrangements::new(STREAM, vec![0, 0, 1, 0, 0, 1, 1, 1, 0, 0], vec![(0..10).collect()], 200);
        let labels = random.draw(0..200);
        for unit in 0..10 {
            // 80 expected, with a standard deviation of 7.
            let times: u16 = labels.of(unit).iter().sum();
            assert!((50..110).contains(&times), "{unit}: {times}");
        }
    }

    #[test]
    fn blocks_of_work_change_nothing() {
        let random =
            Arrangements::new(STREAM, (0..40).map(|unit| unit % 3).collect(), vec![(0..40).collect()], 99);
        let (whole, part) = (random.draw(0..99), random.draw(70..99));
        assert_eq!(columns(&whole, 40)[70..], columns(&part, 40));
        let other = Arrangements { stream: RandomStream { seed: 2, ..STREAM }, ..random };
        assert_ne!(columns(&whole, 40), columns(&other.draw(0..99), 40));
    }

    #[test]
    fn scores_that_are_equal_but_for_rounding_are_as_extreme() {
        assert!(is_as_extreme(1.0, 1.0) && is_as_extreme(1.0 - 1e-13, 1.0) && is_as_extreme(0.0, 0.0));
        assert!(is_as_extreme(1.1, 1.0) && !is_as_extreme(1.0 - 1e-6, 1.0));
    }
}
