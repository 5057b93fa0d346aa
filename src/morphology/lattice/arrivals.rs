//! What the search asks of whatever keeps the ways to each place of a text: [`Plain`](super::plain::Plain), or
//! [`Lanes`](super::lanes::Lanes) where processor and dictionary allow.

use super::trie::{Entry, Layout, Row, Words};

/// The way to a word, by whatever keeps it.
pub type Way = u32;

/// What stands before the beginning of the text.
pub const NO_WAY: Way = Way::MAX;

/// Where a word stands: its first place, the place where its successors begin, and how many blanks are before that.
#[derive(Clone, Copy)]
pub struct Span {
    pub start: u32,
    pub next: u32,
    pub blanks: u32,
}

/// The cheapest way to the beginning of a word: its cost with that of the connection, and the word before.
#[derive(Clone, Copy)]
pub struct Cheapest {
    pub cost: i32,
    pub before: Way,
}

/// A word on a way: its number as the search has it, its first place and the one behind it, and the word before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub word: u32,
    pub start: u32,
    pub end: u32,
    pub before: Way,
}

/// The words that have been added to the lattice, by the place where their successors begin.
pub trait Arrivals {
    /// Begins with a text of this many characters.
    fn begin(&mut self, length: usize);

    /// Turns to the words that begin at a place; false if no way leads there.
    fn turn_to(&mut self, place: usize) -> bool;

    /// The cheapest way to a word that begins there and whose left context has these costs; of ways that cost the same,
    /// the one that was added first.
    fn cheapest(&self, costs: &Row) -> Cheapest;

    /// Adds a word behind the cheapest way to it.
    fn add(&mut self, span: Span, word: u32, entry: Entry, way: Cheapest);

    /// Adds words that are written alike.
    #[inline(always)]
    fn add_alike(&mut self, layout: Layout, span: Span, words: Words) {
        for (number, entry) in layout.entries(words) {
            let way = self.cheapest(layout.row(entry.row));
            self.add(span, number, entry, way);
        }
    }

    /// The last word of a way.
    fn step(&self, way: Way) -> Step;
}
