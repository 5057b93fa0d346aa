//! Nodes of the lattice, and the costs of the paths that lead to them.

use super::super::Word;

/// The context id of both ends of a sentence (BOS and EOS), in every dictionary.
pub const BOUNDARY: u16 = 0;

/// The index of the node that stands for the beginning of the text.
pub const BEGINNING: u32 = 0;

/// A lattice node: a word ending at some position, and its best predecessor.
#[derive(Clone, Copy)]
pub struct Node {
    pub word: Word,
    /// Its first position.
    pub start: u32,
    /// In characters.
    pub length: u16,
    /// The index of the best node before it.
    pub predecessor: u32,
}

/// A word as the dictionary weighs it.
#[derive(Clone, Copy)]
pub struct Entry {
    pub word: Word,
    pub cost: i16,
    /// The left context id: what its connection with the word before costs.
    pub left: u16,
    /// The right context id, for the word behind.
    pub right: u16,
}

/// Where a word ends.
#[derive(Clone, Copy)]
pub struct End {
    /// The position behind its last character.
    pub position: usize,
    /// The position behind the blanks that follow: where its successors begin.
    pub next: usize,
}

/// What an edge from a node needs: the node's cost and index, and its right context.
pub struct Predecessor {
    pub node: CostIndex,
    pub right: u16,
}

/// Total cost and index of a node, packed in an i64, so that ties go to the earlier node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CostIndex(i64);

impl CostIndex {
    pub const ZERO: CostIndex = CostIndex(0);

    pub fn new(total_cost: i32, index: u32) -> Self {
        CostIndex((i64::from(total_cost) << 32) | i64::from(index))
    }

    /// The same node at a higher cost.
    pub fn plus(self, cost: i16) -> Self {
        CostIndex(self.0 + (i64::from(cost) << 32))
    }

    pub fn total_cost(self) -> i32 {
        (self.0 >> 32) as i32
    }

    pub fn index(self) -> u32 {
        self.0 as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheaper_node_is_less_and_of_equal_ones_the_earlier() {
        let (cheap, dear) = (CostIndex::new(-3, 9), CostIndex::new(2, 0));
        assert!(cheap < dear && CostIndex::new(2, 1) > dear && CostIndex::new(2, u32::MAX) > dear);
        assert!(cheap.plus(5) > dear && cheap.plus(4) < dear);
        for (cost, index) in [(i32::MIN, u32::MAX), (-1, 0), (0, u32::MAX), (i32::MAX, 7)] {
            let node = CostIndex::new(cost, index);
            assert_eq!((node.total_cost(), node.index()), (cost, index));
        }
        assert_eq!((cheap.plus(-4).total_cost(), cheap.plus(-4).index()), (-7, 9));
    }
}
