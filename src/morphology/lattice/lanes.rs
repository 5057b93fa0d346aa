//! The search in lanes: what words arrive at a place is kept in blocks of eight, and eight are weighed at once, with one
//! instruction of SSE4.1 that finds the least of eight numbers of 16 bits and where it stands (`phminposuw`).
//!
//! Total costs have 32 bits. But of those at one place only the differences from the least matter; from 65,535 on all
//! differences are one, and so is the sum of difference and connection cost, less the least cost of the matrix. The
//! cheapest way has a sum that is at most the spread of the matrix, as the way with the difference 0 has. So as long as
//! the spread is below 65,535, which [`fits`] asks, the least sum and all that equal it are exact.

use std::arch::x86_64::{_mm_cvtsi128_si32, _mm_minpos_epu16};
use std::iter::successors;

use super::arrivals::{Arrivals, Cheapest, NO_WAY, Span, Step, Way};
use super::trie::{Entry, Layout, Row, Words};

/// Words in a block.
const LANES: usize = 8;

/// The most words that arrive at a place: their ordinals have 16 bits. Tests can't do with so many.
pub const MOST: usize = if cfg!(test) { 1 << 9 } else { 1 << 16 };

/// The most blanks behind a word, which are kept in 8 bits.
pub const MOST_BLANKS: usize = u8::MAX as usize;

/// Whether costs of connections are near enough to each other.
pub fn fits(layout: Layout) -> bool {
    layout.spread < u32::from(u16::MAX)
}

/// Words that arrive at one place: two lines of the cache, of which weighing reads the first.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Block {
    /// Total costs; of a lane without a word the highest number.
    costs: [i32; LANES],
    /// Right contexts.
    rights: [u16; LANES],
    /// The blanks between the words and the place.
    blanks: [u8; LANES],
    /// Another block of the place, 0 for none. Behind the first stands the newest, the oldest is the last.
    following: u32,
    /// How many words it has; the first block of a place, how many arrive there.
    count: u32,
    /// The ways before the words.
    before: [Way; LANES],
    words: [u32; LANES],
}

impl Block {
    const EMPTY: Block = Block {
        costs: [i32::MAX; LANES],
        rights: [0; LANES],
        blanks: [0; LANES],
        following: 0,
        count: 0,
        before: [NO_WAY; LANES],
        words: [0; LANES],
    };

    fn empty(&mut self) {
        self.costs = Self::EMPTY.costs;
        self.following = 0;
        self.count = 0;
    }

    #[inline(always)]
    fn set(&mut self, lane: usize, span: Span, word: u32, entry: Entry, way: Cheapest) {
        let lane = lane % LANES;
        self.costs[lane] = way.cost + i32::from(entry.cost);
        self.rights[lane] = entry.right;
        self.blanks[lane] = span.blanks as u8;
        self.before[lane] = way.before;
        self.words[lane] = word;
    }

    #[inline(always)]
    fn least(&self) -> i32 {
        self.costs.iter().fold(i32::MAX, |least, cost| least.min(*cost))
    }

    /// The block as words behind it are weighed by it. `base` is at most its least cost, and so many lanes have a word.
    // The compiler makes vectors of these loops, but not of zipped iterators.
    #[allow(clippy::needless_range_loop)]
    #[inline(always)]
    fn turned_to(&self, base: i32, filled: usize) -> Differences {
        let mut turned_to = Differences::default();
        for lane in 0..LANES {
            let difference = self.costs[lane].wrapping_sub(base) as u32;
            turned_to.differences[lane] = difference.min(u16::MAX.into()) as u16;
        }
        // Lanes without a word get the context of the last, whose costs are read in any case.
        let last = self.rights[filled.wrapping_sub(1) % LANES];
        let free = &FREE[filled % FREE.len()];
        for lane in 0..LANES {
            turned_to.rights[lane] = (self.rights[lane] & !free[lane]) | (last & free[lane]);
        }
        turned_to
    }
}

/// By count of words: all bits of the lanes without one. Longer than is needed, so that no index needs a check.
static FREE: [[u16; LANES]; 2 * LANES] = {
    let mut free = [[0; LANES]; 2 * LANES];
    let mut count = 0;
    while count < LANES {
        let mut lane = count;
        while lane < LANES {
            free[count][lane] = u16::MAX;
            lane += 1;
        }
        count += 1;
    }
    free
};

/// What eight words cost more than the cheapest of their place, and their right contexts.
#[derive(Clone, Copy, Default)]
#[repr(C, align(16))]
struct Differences {
    differences: [u16; LANES],
    rights: [u16; LANES],
}

impl Differences {
    /// What it costs to come from each of them, less the least cost of the matrix in all lanes.
    #[inline(always)]
    fn sums(&self, costs: &Row, least: &[u16; LANES]) -> [u16; LANES] {
        let mut sums = [0; LANES];
        for lane in 0..LANES {
            sums[lane] = costs[self.rights[lane] as usize] as u16;
        }
        for lane in 0..LANES {
            sums[lane] = sums[lane].wrapping_sub(least[lane]).saturating_add(self.differences[lane]);
        }
        sums
    }
}

/// The blocks: one for each place, then those that follow others.
pub struct Lanes {
    /// The place that the search has turned to: its first block, and those that follow.
    first: Differences,
    following: Vec<Differences>,
    /// The least cost of the matrix, in all lanes.
    least: [u16; LANES],
    /// The least total cost of the place, and that of the matrix.
    base: i32,
    /// Its number, where ways have it.
    place: Way,
    blocks: Vec<Block>,
    /// How many are in use.
    used: usize,
    /// Whether words were left out, as a place had too many.
    pub is_overfull: bool,
}

impl Lanes {
    pub fn new(layout: Layout) -> Self {
        Lanes {
            first: Differences::default(),
            following: Vec::new(),
            least: [layout.least as u16; LANES],
            base: 0,
            place: 0,
            blocks: Vec::new(),
            used: 0,
            is_overfull: false,
        }
    }

    /// Turns to all blocks of a place; gives the least cost.
    #[cold]
    #[inline(never)]
    fn turn_to_chain(&mut self, place: usize) -> i32 {
        let first = &self.blocks[place];
        let following =
            |block: &Block| self.blocks.get(block.following as usize).filter(|_| block.following > 0);
        let others = || successors(following(first), |block| following(block));
        let base = others().map(Block::least).fold(first.least(), i32::min);
        self.first = first.turned_to(base, LANES);
        self.following.clear();
        self.following.extend(others().map(|block| block.turned_to(base, block.count as usize)));
        base
    }

    /// The block for another word of a place whose first block is full.
    #[cold]
    #[inline(never)]
    fn with_room(&mut self, place: usize) -> &mut Block {
        let first = &mut self.blocks[place];
        let newest = first.following;
        if first.count as usize == MOST {
            self.is_overfull = true;
            let newest = &mut self.blocks[newest as usize];
            newest.count -= 1;
            return newest;
        }
        first.count += 1;
        if newest > 0 && (self.blocks[newest as usize].count as usize) < LANES {
            return &mut self.blocks[newest as usize];
        }
        let added = self.used;
        self.blocks[place].following = added as u32;
        self.used += 1;
        if added == self.blocks.len() {
            self.blocks.push(Block::EMPTY);
        }
        let block = &mut self.blocks[added];
        block.empty();
        block.following = newest;
        block
    }
}

/// Lanes, and how the least of eight numbers is found: the number and its lane.
pub struct Weighing<'l, F> {
    pub lanes: &'l mut Lanes,
    pub least: F,
}

impl<F: Fn([u16; LANES]) -> (u16, u32)> Arrivals for Weighing<'_, F> {
    fn begin(&mut self, length: usize) {
        let lanes = &mut *self.lanes;
        if lanes.blocks.len() <= length {
            lanes.blocks.resize(length + 1, Block::EMPTY);
        }
        lanes.blocks[..=length].iter_mut().for_each(Block::empty);
        lanes.used = length + 1;
        lanes.is_overfull = false;
    }

    #[inline(always)]
    fn turn_to(&mut self, place: usize) -> bool {
        let lanes = &mut *self.lanes;
        let block = &lanes.blocks[place];
        if block.count == 0 {
            return false;
        }
        let base = if block.following > 0 {
            lanes.turn_to_chain(place)
        } else {
            let base = block.least();
            lanes.first = block.turned_to(base, block.count as usize);
            lanes.following.clear();
            base
        };
        lanes.base = base + i32::from(lanes.least[0] as i16);
        lanes.place = (place as Way) << 16;
        true
    }

    #[inline(always)]
    fn cheapest(&self, costs: &Row) -> Cheapest {
        let lanes = &*self.lanes;
        let (mut least, mut ordinal) = (self.least)(lanes.first.sums(costs, &lanes.least));
        let mut oldest = (u16::MAX, 0);
        for (block, differences) in (1..).zip(&lanes.following) {
            let (other, lane) = (self.least)(differences.sums(costs, &lanes.least));
            if other <= oldest.0 {
                oldest = (other, block * LANES as u32 + lane);
            }
        }
        if oldest.0 < least {
            (least, ordinal) = oldest;
        }
        Cheapest { cost: lanes.base + i32::from(least), before: lanes.place | ordinal }
    }

    #[inline(always)]
    fn add(&mut self, span: Span, word: u32, entry: Entry, way: Cheapest) {
        let place = span.next as usize;
        let mut block = &mut self.lanes.blocks[place];
        if block.count as usize >= LANES {
            block = self.lanes.with_room(place);
        }
        block.set(block.count as usize, span, word, entry, way);
        block.count += 1;
    }

    #[inline(always)]
    fn add_alike(&mut self, layout: Layout, span: Span, words: Words) {
        let lanes = &mut *self.lanes;
        let entries = layout.entries(words);
        let block = &mut lanes.blocks[span.next as usize];
        let filled = block.count as usize;
        if !lanes.following.is_empty() || filled + entries.len() > LANES {
            for (number, entry) in entries {
                let way = self.cheapest(layout.row(entry.row));
                self.add(span, number, entry, way);
            }
            return;
        }
        // What nearly all words are: weighed by one block, and with room in one.
        block.count = (filled + entries.len()) as u32;
        for (lane, (number, entry)) in (filled..).zip(entries) {
            let (least, ordinal) = (self.least)(lanes.first.sums(layout.row(entry.row), &lanes.least));
            let way = Cheapest { cost: lanes.base + i32::from(least), before: lanes.place | ordinal };
            block.set(lane, span, number, entry, way);
        }
    }

    fn step(&self, way: Way) -> Step {
        let (place, ordinal) = (way >> 16, way as usize & 0xffff);
        let mut block = &self.lanes.blocks[place as usize];
        for _ in 0..ordinal / LANES {
            block = &self.lanes.blocks[block.following as usize];
        }
        let lane = ordinal % LANES;
        let before = block.before[lane];
        // The beginning has no word before it, and is asked for nothing else.
        Step {
            word: block.words[lane],
            start: before >> 16,
            end: place - u32::from(block.blanks[lane]),
            before,
        }
    }
}

/// The least of eight numbers, and the first lane that has it.
#[target_feature(enable = "sse4.1")]
#[inline]
pub fn least_of_eight(numbers: [u16; LANES]) -> (u16, u32) {
    let found = _mm_cvtsi128_si32(_mm_minpos_epu16(bytemuck::cast(numbers))) as u32;
    (found as u16, found >> 16)
}
