//! In which fifth of their documents the markers stand.

/// How many parts a document is divided into.
pub const FIFTHS: usize = 5;

/// Of the affirmed markers of each measure in the documents of each group, how many begin in each fifth of their document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fifths {
    /// By group, then by index of the measure; zeros for a share, which counts no markers.
    counts: Vec<Vec<[u64; FIFTHS]>>,
}

impl Fifths {
    /// Begins with no marker.
    pub fn new(groups: usize, measures: usize) -> Self {
        Fifths { counts: vec![vec![[0; FIFTHS]; measures]; groups] }
    }

    /// Adds markers of a measure that begin in one fifth.
    pub fn add(&mut self, group: usize, measure: usize, fifth: usize, markers: u64) {
        let counts = self.counts.get_mut(group).and_then(|measures| measures.get_mut(measure));
        if let Some(count) = counts.and_then(|counts| counts.get_mut(fifth)) {
            *count = count.saturating_add(markers);
        }
    }

    /// How many begin in each fifth; zeros where nothing is known of their places.
    pub fn of(&self, group: usize, measure: usize) -> [u64; FIFTHS] {
        let counts = self.counts.get(group).and_then(|measures| measures.get(measure));
        counts.copied().unwrap_or_default()
    }
}

/// The fifth of a document, from 0, in which the character with an offset stands; none behind its end.
pub fn fifth(start: u64, characters: u64) -> Option<usize> {
    let fifths = u128::from(start).checked_mul(FIFTHS as u128)?;
    let fifth = usize::try_from(fifths.checked_div(u128::from(characters))?).ok()?;
    Some(fifth).filter(|fifth| *fifth < FIFTHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_five_parts_that_are_equal() {
        let fifths = |characters| (0..=characters).map(|start| fifth(start, characters)).collect::<Vec<_>>();
        assert_eq!(fifths(5), [Some(0), Some(1), Some(2), Some(3), Some(4), None]);
        assert_eq!(fifths(3), [Some(0), Some(1), Some(3), None]);
        assert_eq!(fifths(0), [None]);
        assert_eq!((fifth(19, 100), fifth(20, 100), fifth(99, 100)), (Some(0), Some(1), Some(4)));
        assert_eq!((fifth(u64::MAX - 1, u64::MAX), fifth(u64::MAX, u64::MAX)), (Some(4), None));
    }

    #[test]
    fn a_fifth_is_that_of_the_relative_position_in_the_concordance() {
        for characters in 1..700_u64 {
            for start in 0..characters {
                let relative = start as f64 / characters as f64;
                assert_eq!(
                    fifth(start, characters),
                    Some((relative * 5.0) as usize),
                    "{start} of {characters}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_known_is_zero() {
        let mut fifths = Fifths::new(1, 2);
        fifths.add(0, 1, 4, 3);
        fifths.add(0, 1, 4, 1);
        fifths.add(0, 2, 0, 1);
        fifths.add(0, 0, 5, 1);
        assert_eq!((fifths.of(0, 1), fifths.of(0, 0)), ([0, 0, 0, 0, 4], [0; FIFTHS]));
        assert_eq!((fifths.of(1, 0), Fifths::default().of(0, 0)), ([0; FIFTHS], [0; FIFTHS]));
    }
}
