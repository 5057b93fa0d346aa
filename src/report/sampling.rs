//! A sample of rows whose number is known, drawn while they are read.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// Draws a fixed number of rows, each set of rows being equally likely (selection sampling: Knuth, *The Art of Computer
/// Programming* 2, 3.4.2, algorithm S).
#[derive(Debug)]
pub struct Sampling {
    generator: Pcg64,
    /// Rows that are yet to come.
    rows: u64,
    /// Rows that are yet to be drawn.
    wanted: u64,
}

impl Sampling {
    /// Draws `wanted` of `rows` rows.
    pub fn new(seed: u64, rows: u64, wanted: u64) -> Self {
        Sampling { generator: Pcg64::seed_from_u64(seed), rows, wanted }
    }

    /// Whether the next row is drawn.
    pub fn draw(&mut self) -> bool {
        let below = (u128::from(self.generator.next_u64()) * u128::from(self.rows)) >> 64;
        let is_drawn = below < u128::from(self.wanted);
        self.rows = self.rows.saturating_sub(1);
        self.wanted = self.wanted.saturating_sub(u64::from(is_drawn));
        is_drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_drawn_as_are_wanted() {
        for (rows, wanted) in [(0, 5), (3, 5), (5, 5), (1000, 100), (1000, 0)] {
            let mut sampling = Sampling::new(1, rows, wanted);
            let drawn = (0..rows).filter(|_| sampling.draw()).count() as u64;
            assert_eq!(drawn, wanted.min(rows));
        }
    }

    #[test]
    fn every_row_is_drawn_as_often() {
        let mut drawn = [0; 10];
        for seed in 0..2000 {
            let mut sampling = Sampling::new(seed, 10, 3);
            drawn.iter_mut().for_each(|count| *count += usize::from(sampling.draw()));
        }
        assert!(drawn.iter().all(|count| (510..690).contains(count)), "{drawn:?}");
    }
}
