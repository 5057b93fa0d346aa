//! The rows of a list while they are put in order.

use super::sorting::{Sorted, Sorter};
use super::types::Types;
use crate::analysis::AnalysisError;

/// The rows of a list, in the order that was asked for.
pub(super) struct Rows {
    types: Types,
    sorter: Sorter,
    /// How many there are.
    pub items: u64,
}

/// The figures of a row; those that are not defined are NaN where they are stored.
pub(super) type Figures = Vec<Option<f64>>;

impl Rows {
    pub fn new(types: Types) -> Self {
        Rows { types, sorter: Sorter::default(), items: 0 }
    }

    /// Adds the figures of a type; rows of the same rank are in the order of what is written.
    pub fn add(
        &mut self,
        rank: [u8; 8],
        id: u32,
        figures: impl Iterator<Item = Option<f64>>,
    ) -> Result<(), AnalysisError> {
        let (item, pos) = self.types.written(id);
        let key = [&rank, item.as_bytes(), b"\0", pos.as_bytes()].concat();
        let mut value = id.to_le_bytes().to_vec();
        figures.for_each(|figure| value.extend(figure.unwrap_or(f64::NAN).to_le_bytes()));
        self.items += 1;
        self.sorter.push(&key, &value)
    }

    /// The rows, at most so many.
    pub fn finish(self, most: u64) -> Result<SortedRows, AnalysisError> {
        Ok(SortedRows { types: self.types, sorted: self.sorter.finish()?, left: most })
    }
}

/// The rows of a list, in order.
pub(super) struct SortedRows {
    types: Types,
    sorted: Sorted,
    /// How many more are given.
    left: u64,
}

impl SortedRows {
    /// The item, its part of speech and its figures.
    pub fn next(&mut self) -> Result<Option<(String, String, Figures)>, AnalysisError> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        let Some((_, value)) = self.sorted.next()? else { return Ok(None) };
        let (id, figures) = value.split_at(4);
        let (item, pos) = self.types.written(id.try_into().map_or(0, u32::from_le_bytes));
        let figure =
            |bytes: &[u8]| bytes.try_into().ok().map(f64::from_le_bytes).filter(|figure| !figure.is_nan());
        Ok(Some((item, pos, figures.chunks_exact(8).map(figure).collect())))
    }
}

/// A count that was stored as a figure; below 2⁵³ it is exact.
pub(super) fn integer(figure: Option<f64>) -> u64 {
    figure.unwrap_or_default() as u64
}

/// Bytes in whose order the largest figure is first, and what is not defined last.
pub(super) fn descending(figure: Option<f64>) -> [u8; 8] {
    let Some(figure) = figure else { return [u8::MAX; 8] };
    // 0 and −0 are the same.
    let bits = (figure + 0.0).to_bits();
    let ascending = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    (!ascending).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_figure_is_first_and_none_last() {
        let figures = [None, Some(-1.5), Some(0.0), Some(7.0), Some(-0.0), Some(1e-9), Some(-20.0)];
        let mut sorted = figures.to_vec();
        sorted.sort_by_key(|figure| descending(*figure));
        let expected = [Some(7.0), Some(1e-9), Some(0.0), Some(-0.0), Some(-1.5), Some(-20.0), None];
        assert_eq!(sorted, expected);
        assert_eq!(descending(Some(0.0)), descending(Some(-0.0)));
    }
}
