//! The finder, which runs the compiled lexicon over sentences.
//!
//! At each morpheme, from the left, the longest node whose conditions hold is a hit, and the search continues behind it: no
//! morpheme belongs to two hits. Of entries with the same span, one with conditions precedes one without, and then the id
//! decides: the order of the files never changes a result.

use std::sync::Arc;

use super::hit::Hit;
use super::interning::SymbolCache;
use super::lazy_dfa::{DEAD, LazyDfa, START, StateId};
use super::matcher::Matcher;
use super::nfa::PatternId;
use super::side::Side;
use super::symbol::Symbol;
use crate::lexicon::SentenceType;
use crate::morphology::{Analyser, Morpheme};

/// Finds the markers of sentences, reusing its buffers; one for each thread.
pub struct Finder {
    pub(super) matcher: Arc<Matcher>,
    /// The nodes that match at the current morpheme: the index behind the last morpheme of each, and its rank.
    pub(super) candidates: Vec<(usize, PatternId)>,
    nodes: LazyDfa,
    pub(super) sides: Sides,
    before: Side,
    node: Side,
    after: Side,
    ending: Side,
}

/// Evaluates the conditions of entries.
pub(super) struct Sides {
    symbols: SymbolCache,
    forward: Side,
    backward: Side,
}

impl Sides {
    /// Whether a pattern matches right before the morpheme `first`.
    pub fn precedes(&mut self, pattern: PatternId, sentence: &[Symbol], first: usize) -> bool {
        self.backward.matches(pattern, before(sentence, first), Symbol::START, self.symbols.table())
    }

    /// Whether a pattern matches from the morpheme `last` on.
    pub fn follows(&mut self, pattern: PatternId, sentence: &[Symbol], last: usize) -> bool {
        self.forward.matches(pattern, from(sentence, last), Symbol::END, self.symbols.table())
    }
}

/// The symbols before a morpheme, from right to left.
fn before(sentence: &[Symbol], first: usize) -> impl ExactSizeIterator<Item = Symbol> {
    sentence[..first].iter().rev().copied()
}

/// The symbols from a morpheme on.
fn from(sentence: &[Symbol], last: usize) -> impl ExactSizeIterator<Item = Symbol> {
    sentence[last..].iter().copied()
}

/// The furthest that nodes match from a morpheme on.
pub(super) struct Furthest {
    state: StateId,
    /// The index behind the last morpheme that some node consumes.
    pub last: usize,
}

impl Finder {
    /// A finder whose DFAs reset their caches at `limit` transitions.
    pub(super) fn new(matcher: &Arc<Matcher>, analyser: &Arc<Analyser>, limit: usize) -> Self {
        let side = |nfa| Side::new(nfa, limit);
        let Matcher { rules, endings, .. } = &**matcher;
        Finder {
            matcher: Arc::clone(matcher),
            candidates: Vec::new(),
            nodes: LazyDfa::with_limit(Arc::clone(&matcher.nodes), limit),
            sides: Sides {
                symbols: SymbolCache::new(Arc::clone(analyser), Arc::clone(&matcher.symbols)),
                forward: side(&matcher.forward),
                backward: side(&matcher.backward),
            },
            before: side(&rules.before),
            node: side(&rules.node),
            after: side(&rules.after),
            ending: side(&endings.nfa),
        }
    }

    /// Appends the symbols of a sentence, one for each morpheme: what this finder searches.
    pub fn read(&mut self, sentence: &str, morphemes: &[Morpheme], symbols: &mut Vec<Symbol>) {
        let cache = &mut self.sides.symbols;
        symbols.extend(morphemes.iter().map(|morpheme| cache.symbol(morpheme, sentence)));
    }

    /// Whether a node begins with a morpheme.
    pub fn begins(&mut self, symbol: Symbol) -> bool {
        self.nodes.step(START, symbol, self.sides.symbols.table()) != DEAD
    }

    /// Appends the hits of a sentence, from left to right.
    pub fn search(&mut self, sentence: &[Symbol], hits: &mut Vec<Hit>) {
        let Sides { forward, backward, .. } = &mut self.sides;
        for side in [forward, backward, &mut self.before, &mut self.after] {
            side.begin();
        }
        let mut first = 0;
        while first < sentence.len() {
            // No node begins with most words.
            match if self.begins(sentence[first]) { self.longest(sentence, first) } else { None } {
                Some((rank, last)) => {
                    hits.push(self.hit(rank, sentence, first, last));
                    first = last;
                }
                None => first += 1,
            }
        }
    }

    /// The type of a sentence, by how it ends.
    pub fn sentence_type(&mut self, sentence: &[Symbol]) -> SentenceType {
        let Finder { matcher, sides: Sides { symbols, .. }, ending, .. } = self;
        ending.begin();
        ending.mark(before(sentence, sentence.len()), Symbol::START, symbols.table());
        matcher.endings.judge(ending)
    }

    /// Fills `candidates` with the nodes that match at `first`, shorter ones first, by precedence within a length.
    pub(super) fn collect_candidates(&mut self, sentence: &[Symbol], first: usize) -> Furthest {
        self.candidates.clear();
        let mut furthest = Furthest { state: START, last: first };
        let symbols = self.sides.symbols.table();
        for (index, symbol) in sentence.iter().enumerate().skip(first) {
            let state = self.nodes.step(furthest.state, *symbol, symbols);
            if state == DEAD {
                break;
            }
            furthest = Furthest { state, last: index + 1 };
            let accepted = self.nodes.accepts(state).iter();
            self.candidates.extend(accepted.map(|rank| (index + 1, *rank)));
        }
        furthest
    }

    /// The nodes that could have continued.
    pub(super) fn begun(&self, furthest: &Furthest) -> Vec<PatternId> {
        self.nodes.open(furthest.state)
    }

    /// The longest hit at `first`: its rank, and the index behind its last morpheme.
    fn longest(&mut self, sentence: &[Symbol], first: usize) -> Option<(PatternId, usize)> {
        self.collect_candidates(sentence, first);
        let mut end = self.candidates.len();
        while end > 0 {
            let last = self.candidates[end - 1].0;
            let start = self.candidates[..end].partition_point(|(shorter, _)| *shorter < last);
            for index in start..end {
                let (_, rank) = self.candidates[index];
                if self.holds(rank, sentence, first, last) {
                    return Some((rank, last));
                }
            }
            end = start;
        }
        None
    }

    /// Whether the conditions of an entry hold around its node.
    fn holds(&mut self, rank: PatternId, sentence: &[Symbol], first: usize, last: usize) -> bool {
        let ranked = &self.matcher.ranked[rank as usize];
        let sides = &mut self.sides;
        ranked.before.is_none_or(|before| sides.precedes(before, sentence, first))
            && ranked.after.is_none_or(|after| sides.follows(after, sentence, last))
            && !ranked.not_before.is_some_and(|before| sides.precedes(before, sentence, first))
            && !ranked.not_after.is_some_and(|after| sides.follows(after, sentence, last))
    }

    fn hit(&mut self, rank: PatternId, sentence: &[Symbol], first: usize, last: usize) -> Hit {
        let Finder { matcher, sides: Sides { symbols, .. }, before: left, node, after: right, .. } = self;
        let symbols = symbols.table();
        left.mark(before(sentence, first), Symbol::START, symbols);
        node.mark_whole(&sentence[first..last], symbols);
        right.mark(from(sentence, last), Symbol::END, symbols);
        let (ranked, rules) = (&matcher.ranked[rank as usize], &matcher.rules);
        Hit {
            entry: ranked.entry,
            first,
            last,
            negated: ranked.negated.unwrap_or_else(|| rules.negated.judge(left, node, right)),
            interrogative: rules.interrogative.judge(left, node, right),
            quoted: rules.quoted.judge(left, node, right),
            position: rules.position.judge(left, node, right),
        }
    }
}

#[cfg(test)]
impl Finder {
    /// How many symbols its DFAs have read.
    pub(super) fn steps(&self) -> u64 {
        let Sides { forward, backward, .. } = &self.sides;
        let sides = [forward, backward, &self.before, &self.node, &self.after, &self.ending];
        self.nodes.steps + sides.map(Side::steps).iter().sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Setup;
    use crate::lexicon::Source;

    #[test]
    fn a_reset_of_the_caches_changes_no_hit() {
        let Setup { analyser, matcher, lexicon, .. } = Setup::new(&[]).unwrap();
        let mut tokeniser = analyser.tokeniser();
        let mut plain = matcher.finder(&analyser);
        // With 1, each new transition resets the cache; the others let some states live for a while.
        let limits = [1, 2_000, 5_000];
        let mut limited = limits.map(|limit| matcher.finder_with_limit(&analyser, limit));
        let mut all = 0;
        // A few hundred sentences fill the cache often enough; all of them take minutes, as each state is made anew.
        for sentence in lexicon.entries.iter().step_by(4).flat_map(|entry| entry.examples.iter().take(1)) {
            let mut morphemes = Vec::new();
            tokeniser.tokenise(sentence, &mut morphemes);
            let run = |finder: &mut Finder| {
                let (mut symbols, mut hits) = (Vec::new(), Vec::new());
                finder.read(sentence, &morphemes, &mut symbols);
                finder.search(&symbols, &mut hits);
                let sentence_type = finder.sentence_type(&symbols);
                (hits, sentence_type, finder.candidates(sentence, &morphemes, &lexicon))
            };
            let expected = run(&mut plain);
            for finder in &mut limited {
                assert_eq!(run(finder), expected, "{sentence}");
            }
            all += expected.0.len();
        }
        assert!(all > 100, "{all} hits show little");
        assert!(plain.nodes.transitions.len() > 10 * limits[2], "nothing to reset");
        for finder in limited {
            assert!(finder.nodes.transitions.len() < 2 * limits[2], "no reset");
        }
    }

    #[test]
    fn the_cache_counts_what_its_states_stand_for() {
        let text = "category = \"a\"\nstance = \"hedge\"\n[[entry]]\nid = \"a\"\nexamples = [\"a\"]\n\
                    pattern = '([]{,50}){,50} \"猫\"'\n";
        let own = Source { name: "a.toml".into(), text: text.into() };
        let Setup { analyser, matcher, .. } = Setup::new(&[own]).unwrap();
        let (limit, sentence) = (20_000, "犬".repeat(100));
        let mut finder = matcher.finder_with_limit(&analyser, limit);
        let (mut morphemes, mut symbols, mut hits) = (Vec::new(), Vec::new(), Vec::new());
        analyser.tokeniser().tokenise(&sentence, &mut morphemes);
        finder.read(&sentence, &morphemes, &mut symbols);
        finder.search(&symbols, &mut hits);
        assert!((1_000..limit).contains(&finder.nodes.members), "{}", finder.nodes.members);
    }
}
