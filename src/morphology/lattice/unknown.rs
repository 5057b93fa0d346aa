//! Unknown words: those that the dictionary allows for by the categories of their characters (`char.def`, `unk.def`).

use super::super::Word;
use super::candidates::Position;
use super::node::{CostIndex, End, Entry, Predecessor};
use super::search::{add_node, best};
use super::{DictionaryView, Lattice};

/// The cheapest node of a class with the last end that was added; no node ends at 0.
#[derive(Clone, Copy, Default)]
pub struct Cheapest {
    end: u32,
    total_cost: i32,
}

/// Indices of [`Cheapest`] in a class.
const WHOLE_RUN: usize = 0;
const PART: usize = 1;

impl Lattice {
    /// Adds the unknown words that begin at a position: those of all its categories, or, where a word of the dictionary
    /// was `found`, of those that invoke them. Gives the end of the longest of the last category.
    pub(super) fn add_unknown(
        &mut self,
        dictionary: DictionaryView,
        predecessors: &[Predecessor],
        start: usize,
        found: bool,
    ) -> Option<usize> {
        let words = dictionary.words;
        let character = self.positions[start].character;
        let mut last = None;
        for ordinal in 0..self.characters.categories(character).len() {
            let category = self.characters.categories(character)[ordinal];
            let rule = words.character_definition.lookup_definition(category);
            if found && !rule.invoke {
                continue;
            }
            // `length` is the longest of those that end inside a run; a category that groups has the run itself too.
            let longest = rule.length as usize;
            let (whole, parts) = if rule.group {
                let run = self.run_at(start, ordinal);
                (run, run.min(longest))
            } else {
                let positions = &self.positions[start..];
                (1, self.run_length(&positions[..longest.min(positions.len())], ordinal))
            };
            let end = self.end(start + whole);
            for class in words.unknown_dictionary.lookup_word_ids(category) {
                let entry = words.unknown_dictionary.word_entry(*class);
                let entry = Entry {
                    word: Word::unknown(*class),
                    cost: entry.word_cost(),
                    left: entry.left_id() as u16,
                    right: entry.right_id() as u16,
                };
                // The same for every length.
                let predecessor = best(words.connection_cost_matrix.row(entry.left.into()), predecessors);
                let class = *class as usize;
                self.add_if_cheaper(start, end, entry, predecessor, (class, WHOLE_RUN));
                for length in (1..parts + 1).filter(|length| *length != whole) {
                    let end = self.end(start + length);
                    self.add_if_cheaper(start, end, entry, predecessor, (class, PART));
                }
            }
            last = Some(start + whole);
        }
        last
    }

    /// Adds a node unless one of its class has the same end at no higher cost: all have the same edges from there on, so
    /// it can't be on the best path. Without this, each letter of `application` begins a word that ends with it.
    #[inline(always)]
    fn add_if_cheaper(
        &mut self,
        start: usize,
        end: End,
        entry: Entry,
        predecessor: CostIndex,
        (class, kind): (usize, usize),
    ) {
        let position = end.position as u32;
        let total_cost = predecessor.total_cost() + i32::from(entry.cost);
        let cheapest = &mut self.cheapest[class][kind];
        if cheapest.end != position || total_cost < cheapest.total_cost {
            *cheapest = Cheapest { end: position, total_cost };
            let ending = &mut self.predecessors[end.next];
            add_node(&mut self.nodes, ending, start..end.position, entry, predecessor);
        }
    }

    /// How many characters from `start` on have, at `ordinal`, the same category.
    fn run_at(&mut self, start: usize, ordinal: usize) -> usize {
        // Each character of a long run asks for the rest of it.
        if ordinal == 0 && self.run.contains(&start) {
            return self.run.end - start;
        }
        let length = self.run_length(&self.positions[start..], ordinal);
        if ordinal == 0 {
            self.run = start..start + length;
        }
        length
    }

    /// How many of the positions have, at `ordinal`, the category of the first.
    fn run_length(&self, positions: &[Position], ordinal: usize) -> usize {
        let Some(first) = positions.first() else { return 0 };
        let category = |position: &Position| self.characters.categories(position.character).get(ordinal);
        let wanted = category(first);
        positions.iter().take_while(|position| category(position) == wanted).count()
    }
}
