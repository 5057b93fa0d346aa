//! The plain search: a list of words for each place, each with its total cost. It is right with every dictionary and on
//! every processor, and what [`Lanes`](super::lanes::Lanes) are held against.

use std::mem;

use super::arrivals::{Arrivals, Cheapest, Span, Step, Way};
use super::trie::{Entry, Row};

/// What an edge from a word needs.
struct Arrival {
    /// Its total cost and its way, so packed that ties go to the earlier word.
    cost_and_way: i64,
    /// Its right context.
    right: u16,
}

/// The words in the order in which they were added, and the arrivals by place.
#[derive(Default)]
pub struct Plain {
    steps: Vec<Step>,
    places: Vec<Vec<Arrival>>,
    /// Those of the place that the search has turned to.
    turned_to: Vec<Arrival>,
}

impl Arrivals for Plain {
    fn begin(&mut self, length: usize) {
        if self.places.len() <= length {
            self.places.resize_with(length + 1, Vec::new);
        }
        self.steps.clear();
    }

    fn turn_to(&mut self, place: usize) -> bool {
        self.turned_to.clear();
        mem::swap(&mut self.turned_to, &mut self.places[place]);
        !self.turned_to.is_empty()
    }

    #[inline(always)]
    fn cheapest(&self, costs: &Row) -> Cheapest {
        // A loop: the closures of an iterator are not always inlined here, which costs a quarter of the time of cutting.
        let mut least = i64::MAX;
        for Arrival { cost_and_way, right } in &self.turned_to {
            least = least.min(cost_and_way + (i64::from(costs[*right as usize]) << 32));
        }
        Cheapest { cost: (least >> 32) as i32, before: least as Way }
    }

    #[inline(always)]
    fn add(&mut self, Span { start, next, blanks }: Span, word: u32, entry: Entry, way: Cheapest) {
        let (cost, index) = (way.cost + i32::from(entry.cost), self.steps.len());
        let cost_and_way = i64::from(cost) << 32 | index as i64;
        self.places[next as usize].push(Arrival { cost_and_way, right: entry.right });
        self.steps.push(Step { word, start, end: next - blanks, before: way.before });
    }

    fn step(&self, way: Way) -> Step {
        self.steps[way as usize]
    }
}
