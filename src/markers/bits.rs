//! Sets of small numbers.

/// A set of numbers that is quickly asked: a bit for each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Bits(Box<[u64]>);

impl Bits {
    /// An empty set of numbers below `end`.
    pub fn below(end: usize) -> Self {
        Bits(vec![0; end.div_ceil(64)].into())
    }

    /// Whether a number is in it.
    #[inline]
    pub fn has(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|bits| bits & 1 << (number % 64) != 0)
    }

    /// Puts a number in it, or takes it out.
    #[inline]
    pub fn set(&mut self, number: u32, is_in: bool) {
        let bits = &mut self.0[number as usize / 64];
        *bits = *bits & !(1 << (number % 64)) | u64::from(is_in) << (number % 64);
    }
}

impl FromIterator<bool> for Bits {
    /// The set of the places that are true.
    fn from_iter<I: IntoIterator<Item = bool>>(places: I) -> Self {
        let (mut words, mut word, mut filled) = (Vec::new(), 0, 0);
        for is_in in places {
            word |= u64::from(is_in) << filled;
            filled += 1;
            if filled == u64::BITS {
                words.push(word);
                (word, filled) = (0, 0);
            }
        }
        if filled > 0 {
            words.push(word);
        }
        Bits(words.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_what_was_put_in_and_nothing_else() {
        for end in [0, 1, 63, 64, 65, 200] {
            let places: Vec<bool> = (0..end).map(|place| place % 3 == 0 || place == 63).collect();
            let mut put = Bits::below(end);
            (0..end).for_each(|place| put.set(place as u32, true));
            (0..end).for_each(|place| put.set(place as u32, places[place]));
            assert_eq!(put, places.iter().copied().collect());
            assert_eq!(
                (0..300).map(|place| put.has(place)).filter(|is_in| *is_in).count(),
                places.iter().filter(|p| **p).count()
            );
            assert!((0..end).all(|place| put.has(place as u32) == places[place]));
        }
    }
}
