//! The forward search: a node for each word candidate, connected with its best predecessor.

use std::mem;
use std::ops::Range;

use super::super::Word;
use super::node::{BOUNDARY, CostIndex, End, Entry, Node, Predecessor};
use super::trie::Record;
use super::unknown::Cheapest;
use super::{DictionaryView, Lattice};

impl Lattice {
    /// Fills `nodes`; gives the index of the last node of the best path.
    pub(super) fn search(&mut self, dictionary: DictionaryView, text: &str) -> u32 {
        let length = self.codes.len();
        if self.predecessors.len() <= length {
            self.predecessors.resize_with(length + 1, Vec::new);
        }
        self.nodes.clear();
        self.run = 0..0;
        self.cheapest.fill([Cheapest::default(); 2]);
        // The node of the beginning, which no one asks for its word.
        self.nodes.push(Node { word: Word::unknown(0), start: 0, length: 0, predecessor: 0 });
        let first = self.end(0).next;
        self.predecessors[first].push(Predecessor { node: CostIndex::ZERO, right: BOUNDARY });
        // Where words of the dictionary begin, unknown ones are added only behind the last unknown one.
        let mut unknown_end = 0;
        for start in 0..length {
            if self.predecessors[start].is_empty() {
                continue;
            }
            let mut predecessors = mem::take(&mut self.predecessors[start]);
            let candidates = self.positions[start].candidates..self.positions[start + 1].candidates;
            for index in candidates.clone().rev() {
                let candidate = self.candidates[index as usize];
                let records = dictionary.trie.records(candidate.records);
                self.add_known(dictionary, &predecessors, start, candidate.end as usize, records);
            }
            let found = !candidates.is_empty();
            let invokes = || self.characters.get(self.positions[start].character).invokes;
            if !found || (unknown_end <= start && invokes()) {
                let end = self.add_unknown(dictionary, &predecessors, start, found);
                unknown_end = end.unwrap_or(unknown_end);
            }
            predecessors.clear();
            self.predecessors[start] = predecessors;
        }
        let last = &mut self.predecessors[length];
        // A dictionary without unknown words for some character; half a sentence must not pass for a whole one.
        assert!(!last.is_empty(), "the dictionary has no path through {text:?}");
        let end = best(dictionary.words.connection_cost_matrix.row(BOUNDARY.into()), last).index();
        last.clear();
        end
    }

    /// The end of a word that ends before a position.
    pub(super) fn end(&self, position: usize) -> End {
        let blanks = self.positions[position..].iter().take_while(|position| position.is_blank);
        End { position, next: position + blanks.count() }
    }

    /// Adds the words that are written alike; the last in the dictionary comes first, and so wins ties, as in lindera.
    fn add_known(
        &mut self,
        dictionary: DictionaryView,
        predecessors: &[Predecessor],
        start: usize,
        end: usize,
        records: &[Record],
    ) {
        let End { position, next } = self.end(end);
        let Lattice { nodes, predecessors: by_position, .. } = self;
        let ending = &mut by_position[next];
        let matrix = &*dictionary.words.connection_cost_matrix;
        for record in records.iter().rev() {
            let [i0, i1, i2, i3, c0, c1, l0, l1, r0, r1] = *record;
            let entry = Entry {
                word: Word::known(u32::from_le_bytes([i0, i1, i2, i3])),
                cost: i16::from_le_bytes([c0, c1]),
                left: u16::from_le_bytes([l0, l1]),
                right: u16::from_le_bytes([r0, r1]),
            };
            let predecessor = best(matrix.row(entry.left.into()), predecessors);
            add_node(nodes, ending, start..position, entry, predecessor);
        }
    }
}

/// Adds a node behind its best predecessor, and to those that end where it does.
#[inline(always)]
pub(super) fn add_node(
    nodes: &mut Vec<Node>,
    ending: &mut Vec<Predecessor>,
    Range { start, end }: Range<usize>,
    entry: Entry,
    predecessor: CostIndex,
) {
    let index = nodes.len() as u32;
    let total_cost = predecessor.total_cost() + i32::from(entry.cost);
    ending.push(Predecessor { node: CostIndex::new(total_cost, index), right: entry.right });
    nodes.push(Node {
        word: entry.word,
        start: start as u32,
        length: (end - start) as u16,
        predecessor: predecessor.index(),
    });
}

/// The best predecessor of a word, at its total cost and the connection cost. `costs` are those of the word's left
/// context, by right context.
#[inline(always)]
pub(super) fn best(costs: &[i16], predecessors: &[Predecessor]) -> CostIndex {
    // A loop: the closures of an iterator are not always inlined here, which costs a quarter of the time of cutting.
    let Some((first, others)) = predecessors.split_first() else { return CostIndex::ZERO };
    let mut least = first.node.plus(costs[first.right as usize]);
    for predecessor in others {
        least = least.min(predecessor.node.plus(costs[predecessor.right as usize]));
    }
    least
}
