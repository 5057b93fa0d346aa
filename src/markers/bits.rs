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
