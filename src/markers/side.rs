//! Reading the sides of nodes: from a node to the edge of its sentence.
//!
//! What is read from two nodes is the same from some morpheme on, and mostly in the same state of the DFA. So a reading
//! that comes to where an earlier one of the sentence has been, in its state, knows the rest. Otherwise the time for a
//! sentence of many hits would grow with the square of its length.

use std::mem;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::interning::SymbolTable;
use super::lazy_dfa::{DEAD, LazyDfa, START, StateId};
use super::nfa::{Nfa, PatternId};
use super::symbol::Symbol;

/// A reading asks for an earlier one where a multiple of this many symbols are left, and remembers where it has been. Few
/// sentences are longer.
const STRIDE: usize = 64;

/// A DFA for one side of nodes, and what it has found in the current sentence.
pub struct Side {
    dfa: LazyDfa,
    /// By pattern: whether it matches what was read last.
    pub marks: Vec<bool>,
    known: Known,
}

/// What readings of the current sentence have found.
#[derive(Default)]
struct Known {
    /// By how many symbols are left, and the state there: where its marks stand in `marks`.
    rests: FxHashMap<(usize, StateId), usize>,
    /// What each of these rests marks, by pattern.
    marks: Vec<bool>,
    /// Where the current reading has been.
    pending: Vec<(usize, StateId)>,
    /// What it has marked before each of them and behind the one before, by pattern.
    stretches: Vec<bool>,
    /// How many of `pending` name states that are no longer valid.
    stale: usize,
    /// How often the cache of the DFA had been reset.
    resets: u64,
}

impl Side {
    /// Nothing read yet; `limit` is that of the DFA's cache.
    pub fn new(nfa: &Arc<Nfa>, limit: usize) -> Self {
        Side {
            dfa: LazyDfa::with_limit(Arc::clone(nfa), limit),
            marks: vec![false; nfa.patterns()],
            known: Known::default(),
        }
    }

    /// Begins a sentence.
    pub fn begin(&mut self) {
        self.known.forget();
    }

    /// Whether a pattern matches some prefix of `side`, which ends with `edge`.
    pub fn matches(
        &mut self,
        pattern: PatternId,
        mut side: impl ExactSizeIterator<Item = Symbol>,
        edge: Symbol,
        symbols: &SymbolTable,
    ) -> bool {
        let Side { dfa, known, .. } = self;
        let mut state = dfa.start_of(pattern);
        while let Some(stretch) = stretch(side.len()) {
            state = dfa.first_accepting(state, side.by_ref().take(stretch), symbols);
            if state == DEAD || !dfa.accepts(state).is_empty() {
                break;
            }
            known.follow(dfa.resets);
            if let Some(found) = known.rests.get(&(side.len(), state)) {
                let found = known.marks[*found];
                known.settle(dfa.resets, &mut [found]);
                return found;
            }
            known.pending.push((side.len(), state));
            known.stretches.push(false);
        }
        if state != DEAD && dfa.accepts(state).is_empty() {
            state = dfa.first_accepting(state, side.chain([edge]), symbols);
        }
        let found = !dfa.accepts(state).is_empty();
        known.settle(dfa.resets, &mut [found]);
        found
    }

    /// Marks every pattern that matches some prefix of `side`, which ends with `edge`, reading it once for all of them.
    pub fn mark(
        &mut self,
        mut side: impl ExactSizeIterator<Item = Symbol>,
        edge: Symbol,
        symbols: &SymbolTable,
    ) {
        let Side { dfa, marks, known } = self;
        marks.fill(false);
        let mut state = START;
        while let Some(stretch) = stretch(side.len()) {
            state = dfa.mark(state, side.by_ref().take(stretch), symbols, marks);
            if state == DEAD {
                return known.settle(dfa.resets, marks);
            }
            known.follow(dfa.resets);
            if let Some(found) = known.rests.get(&(side.len(), state)) {
                add(marks, &known.marks[*found..]);
                return known.settle(dfa.resets, marks);
            }
            known.pending.push((side.len(), state));
            known.stretches.extend_from_slice(marks);
            marks.fill(false);
        }
        dfa.mark(state, side.chain([edge]), symbols, marks);
        known.settle(dfa.resets, marks);
    }

    /// Marks every pattern that matches the whole of `line`.
    pub fn mark_whole(&mut self, line: &[Symbol], symbols: &SymbolTable) {
        self.dfa.mark_whole(line, symbols, &mut self.marks);
    }
}

/// How many symbols are read to where a multiple of [`STRIDE`] is left; none if the rest is read at once.
fn stretch(left: usize) -> Option<usize> {
    (left > STRIDE).then(|| (left - 1) % STRIDE + 1)
}

/// Marks what others mark, too.
fn add(marks: &mut [bool], others: &[bool]) {
    marks.iter_mut().zip(others).for_each(|(mark, other)| *mark |= other);
}

impl Known {
    fn forget(&mut self) {
        if !self.rests.is_empty() {
            self.rests.clear();
            self.marks.clear();
        }
    }

    /// Forgets the states of the DFA if its cache has been reset since.
    fn follow(&mut self, resets: u64) {
        if mem::replace(&mut self.resets, resets) != resets {
            self.forget();
            self.stale = self.pending.len();
        }
    }

    /// Ends a reading: `marks` are those behind the last of `pending`, and become those of all of it.
    fn settle(&mut self, resets: u64, marks: &mut [bool]) {
        if self.pending.is_empty() {
            return;
        }
        self.follow(resets);
        let stretches = self.stretches.chunks_exact(marks.len());
        for (index, (place, before)) in self.pending.iter().zip(stretches).enumerate().rev() {
            if index >= self.stale {
                self.rests.insert(*place, self.marks.len());
                self.marks.extend_from_slice(marks);
            }
            add(marks, before);
        }
        self.pending.clear();
        self.stretches.clear();
        self.stale = 0;
    }
}

#[cfg(test)]
impl Side {
    pub fn steps(&self) -> u64 {
        self.dfa.steps
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::Setup;

    /// Hits whose sides are read to the edges: brackets that open and close, questions, denials.
    const UNITS: [&str; 6] = [
        "必ず",
        "効果が期待されるかもしれないが",
        "「必ず効く」と言う",
        "何か必ず、期待できないのではないか",
        "「研究によると、薬が効くことが示された",
        "「期待される」『必ず』」、調査は",
    ];

    /// How many transitions of DFAs are taken for the hits of a sentence of so many units, and how many hits there are.
    fn steps(units: usize, limit: Option<usize>) -> (u64, Vec<crate::markers::Hit>) {
        let Setup { analyser, matcher, .. } = Setup::new(&[]).unwrap();
        let mut tokeniser = analyser.tokeniser();
        let mut finder = match limit {
            Some(limit) => matcher.finder_with_limit(&analyser, limit),
            None => matcher.finder(&analyser),
        };
        let sentence: String = (0..units).map(|at| UNITS[at * at % UNITS.len()]).collect();
        let (mut morphemes, mut symbols, mut hits) = (Vec::new(), Vec::new(), Vec::new());
        tokeniser.tokenise(&sentence, &mut morphemes);
        finder.read(&sentence, &morphemes, &mut symbols);
        finder.search(&symbols, &mut hits);
        (finder.steps(), hits)
    }

    #[test]
    fn the_work_for_a_sentence_grows_as_its_length_does() {
        let [(short, some), (long, many)] = [200, 2_000].map(|units| steps(units, None));
        assert!(many.len() > 9 * some.len() && many.len() > 1_500, "{} and {}", some.len(), many.len());
        assert!(long < 13 * short, "{short} and {long}");
    }

    #[test]
    fn a_reset_of_the_caches_changes_no_hit_of_a_long_sentence() {
        let expected = steps(60, None).1;
        for limit in [500, 2_000, 5_000] {
            assert!(steps(60, Some(limit)).1 == expected, "{limit}");
        }
    }
}
