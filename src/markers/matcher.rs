//! The compiled lexicon, and the finder that runs it over a sentence.
//!
//! At each morpheme, from the left, the longest node whose conditions hold is a hit, and the search goes on
//! behind it: no morpheme belongs to two hits. Of entries with the same span, one with conditions goes
//! before one without, and then the id decides: the order of the files never changes a result.

use std::sync::Arc;

use super::alphabet::AlphabetBuilder;
use super::hit::Hit;
use super::interning::{SymbolCache, SymbolTable};
use super::lazy_dfa::{DEAD, LazyDfa, START, StateId};
use super::nfa::{Direction, Nfa, PatternId};
use super::symbol::Symbol;
use crate::lexicon::pattern::Pattern;
use crate::lexicon::{ContextRule, ContextRules, Contexts, Lexicon, Position, SentenceType};
use crate::morphology::{Analyser, Morpheme};

/// The lexicon compiled for matching; shared by all threads.
pub struct Matcher {
    symbols: Arc<SymbolTable>,
    /// The digest of the dictionary that it was compiled for: `symbols` are those of its words.
    dictionary: String,
    /// Pattern n is the node of `ranked[n]`.
    nodes: Arc<Nfa>,
    pub(super) ranked: Vec<Ranked>,
    /// What entries ask of the text behind and before a node.
    forward: Arc<Nfa>,
    backward: Arc<Nfa>,
    rules: Rules,
    endings: Endings,
}

/// An entry in the order of precedence; its conditions by their numbers in [`Conditions`].
pub(super) struct Ranked {
    pub entry: usize,
    negated: Option<bool>,
    pub before: Option<PatternId>,
    pub not_before: Option<PatternId>,
    pub after: Option<PatternId>,
    pub not_after: Option<PatternId>,
}

/// The rules for the columns of context. There are dozens, and every hit asks all of them: they share one
/// reading of each side, where an entry's conditions are few and decided after a morpheme or two.
struct Rules {
    before: Arc<Nfa>,
    node: Arc<Nfa>,
    after: Arc<Nfa>,
    negated: Column<bool>,
    interrogative: Column<bool>,
    quoted: Column<bool>,
    position: Column<Position>,
}

/// The rules for how a sentence is closed, read from its end; only sentences without an affirmed marker ask them.
struct Endings {
    nfa: Arc<Nfa>,
    default: SentenceType,
    rules: Vec<(PatternId, SentenceType)>,
}

struct Column<T> {
    default: T,
    rules: Vec<Rule<T>>,
}

struct Rule<T> {
    value: T,
    before: Option<PatternId>,
    node: Option<PatternId>,
    after: Option<PatternId>,
}

impl Matcher {
    /// Compiles a lexicon.
    pub fn new(lexicon: &Lexicon, analyser: &Analyser) -> Self {
        let mut alphabet = AlphabetBuilder::new(&analyser.schema().not_tokens);
        let mut nodes = Nfa::new(Direction::Forward);
        let mut conditions =
            Conditions { forward: Nfa::new(Direction::Forward), backward: Nfa::new(Direction::Backward) };
        let mut order: Vec<usize> = (0..lexicon.entries.len()).collect();
        order.sort_by_key(|entry| (!lexicon.entries[*entry].has_conditions(), *entry));
        let ranked = order
            .into_iter()
            .map(|number| {
                let entry = &lexicon.entries[number];
                nodes.add(&entry.node, &mut alphabet);
                Ranked {
                    entry: number,
                    negated: entry.negated,
                    before: conditions.before(&entry.before, &mut alphabet),
                    not_before: conditions.before(&entry.not_before, &mut alphabet),
                    after: conditions.after(&entry.after, &mut alphabet),
                    not_after: conditions.after(&entry.not_after, &mut alphabet),
                }
            })
            .collect();
        let rules = Rules::new(&lexicon.contexts, &mut alphabet);
        let endings = Endings::new(&lexicon.contexts.sentence, &mut alphabet);
        let dictionary = analyser.dictionary();
        Matcher {
            symbols: Arc::new(SymbolTable::new(alphabet.finish(), dictionary.words())),
            dictionary: dictionary.digest().to_owned(),
            nodes: Arc::new(nodes),
            ranked,
            forward: Arc::new(conditions.forward),
            backward: Arc::new(conditions.backward),
            rules,
            endings,
        }
    }

    /// A finder with buffers of its own; one for each thread.
    ///
    /// # Panics
    /// With an analyser that has another dictionary than that which the lexicon was compiled for.
    pub fn finder(self: &Arc<Self>, analyser: &Arc<Analyser>) -> Finder {
        // Else one word's symbol would be taken for another's.
        assert_eq!(
            analyser.dictionary().digest(),
            self.dictionary,
            "the lexicon was compiled for another dictionary"
        );
        Finder {
            matcher: Arc::clone(self),
            candidates: Vec::new(),
            nodes: LazyDfa::new(Arc::clone(&self.nodes)),
            sides: Sides {
                symbols: SymbolCache::new(Arc::clone(analyser), Arc::clone(&self.symbols)),
                forward: LazyDfa::new(Arc::clone(&self.forward)),
                backward: LazyDfa::new(Arc::clone(&self.backward)),
            },
            before: Marked::new(&self.rules.before),
            node: Marked::new(&self.rules.node),
            after: Marked::new(&self.rules.after),
            ending: Marked::new(&self.endings.nfa),
        }
    }
}

/// What entries ask of the text around a node.
struct Conditions {
    forward: Nfa,
    backward: Nfa,
}

impl Conditions {
    fn before<'l>(
        &mut self,
        pattern: &'l Option<Pattern>,
        alphabet: &mut AlphabetBuilder<'l>,
    ) -> Option<PatternId> {
        pattern.as_ref().map(|pattern| self.backward.add(pattern, alphabet))
    }

    fn after<'l>(
        &mut self,
        pattern: &'l Option<Pattern>,
        alphabet: &mut AlphabetBuilder<'l>,
    ) -> Option<PatternId> {
        pattern.as_ref().map(|pattern| self.forward.add(pattern, alphabet))
    }
}

impl Rules {
    fn new<'l>(contexts: &'l Contexts, alphabet: &mut AlphabetBuilder<'l>) -> Self {
        let mut before = Nfa::new(Direction::Backward);
        let mut node = Nfa::new(Direction::Forward);
        let mut after = Nfa::new(Direction::Forward);
        let mut sides = [&mut before, &mut node, &mut after];
        let negated = Column::new(&contexts.negated, &mut sides, alphabet);
        let interrogative = Column::new(&contexts.interrogative, &mut sides, alphabet);
        let quoted = Column::new(&contexts.quoted, &mut sides, alphabet);
        let position = Column::new(&contexts.position, &mut sides, alphabet);
        Rules {
            before: Arc::new(before),
            node: Arc::new(node),
            after: Arc::new(after),
            negated,
            interrogative,
            quoted,
            position,
        }
    }
}

impl Endings {
    fn new<'l>(rules: &'l ContextRules<SentenceType>, alphabet: &mut AlphabetBuilder<'l>) -> Self {
        let mut nfa = Nfa::new(Direction::Backward);
        let compile = |rule: &'l ContextRule<SentenceType>| {
            let pattern = rule.before.as_ref();
            pattern.map(|pattern| (nfa.add(pattern, alphabet), rule.value))
        };
        let in_order = rules.rules.iter().filter_map(compile).collect();
        Endings { nfa: Arc::new(nfa), default: rules.default, rules: in_order }
    }
}

impl<T: Copy> Column<T> {
    fn new<'l>(
        rules: &'l ContextRules<T>,
        [before, node, after]: &mut [&mut Nfa; 3],
        alphabet: &mut AlphabetBuilder<'l>,
    ) -> Self {
        let mut add = |side: &mut Nfa, pattern: &'l Option<Pattern>| {
            pattern.as_ref().map(|pattern| side.add(pattern, alphabet))
        };
        let compile = |rule: &'l ContextRule<T>| Rule {
            value: rule.value,
            before: add(before, &rule.before),
            node: add(node, &rule.node),
            after: add(after, &rule.after),
        };
        Column { default: rules.default, rules: rules.rules.iter().map(compile).collect() }
    }

    fn judge(&self, before: &Marked, node: &Marked, after: &Marked) -> T {
        let fits =
            |rule: &&Rule<T>| before.meets(rule.before) && node.meets(rule.node) && after.meets(rule.after);
        self.rules.iter().find(fits).map_or(self.default, |rule| rule.value)
    }
}

/// One side of a hit, and which of the rules' patterns match there.
struct Marked {
    dfa: LazyDfa,
    /// By pattern.
    marks: Vec<bool>,
}

impl Marked {
    fn new(nfa: &Arc<Nfa>) -> Self {
        Marked { dfa: LazyDfa::new(Arc::clone(nfa)), marks: vec![false; nfa.patterns()] }
    }

    /// Whether a wanted pattern matches; nothing wanted is always met.
    fn meets(&self, wanted: Option<PatternId>) -> bool {
        wanted.is_none_or(|pattern| self.marks[pattern as usize])
    }
}

/// What conditions can be asked of a sentence.
pub(super) struct Sides {
    symbols: SymbolCache,
    forward: LazyDfa,
    backward: LazyDfa,
}

impl Sides {
    /// Whether a pattern matches what stands right before the morpheme `first`.
    pub fn precedes(&mut self, pattern: PatternId, sentence: &[Symbol], first: usize) -> bool {
        self.backward.matches(pattern, before(sentence, first), self.symbols.table())
    }

    /// Whether a pattern matches what stands from the morpheme `last` on.
    pub fn follows(&mut self, pattern: PatternId, sentence: &[Symbol], last: usize) -> bool {
        self.forward.matches(pattern, behind(sentence, last), self.symbols.table())
    }
}

/// What stands before a morpheme, from right to left, to the beginning of the sentence.
fn before(sentence: &[Symbol], first: usize) -> impl Iterator<Item = Symbol> {
    sentence[..first].iter().rev().copied().chain([Symbol::START])
}

/// What stands from a morpheme on, to the end of the sentence.
fn behind(sentence: &[Symbol], last: usize) -> impl Iterator<Item = Symbol> {
    sentence[last..].iter().copied().chain([Symbol::END])
}

/// Finds the markers of sentences, reusing its buffers.
pub struct Finder {
    pub(super) matcher: Arc<Matcher>,
    /// Nodes that match at the current morpheme: the morpheme behind each, and its rank.
    pub(super) candidates: Vec<(usize, PatternId)>,
    nodes: LazyDfa,
    pub(super) sides: Sides,
    before: Marked,
    node: Marked,
    after: Marked,
    ending: Marked,
}

impl Finder {
    /// Appends the symbols of a sentence, one for each of its morphemes: what this finder searches.
    pub fn read(&mut self, sentence: &str, morphemes: &[Morpheme], symbols: &mut Vec<Symbol>) {
        let table = &mut self.sides.symbols;
        symbols.extend(morphemes.iter().map(|morpheme| table.symbol(morpheme, sentence)));
    }

    /// Appends the hits of a sentence, from left to right.
    pub fn search(&mut self, sentence: &[Symbol], hits: &mut Vec<Hit>) {
        let mut first = 0;
        while first < sentence.len() {
            // No node begins with most words.
            let begins = self.nodes.step(START, sentence[first], self.sides.symbols.table()) != DEAD;
            match if begins { self.longest(sentence, first) } else { None } {
                Some((rank, last)) => {
                    hits.push(self.hit(rank, sentence, first, last));
                    first = last;
                }
                None => first += 1,
            }
        }
    }

    /// How a sentence is closed.
    pub fn sentence_type(&mut self, sentence: &[Symbol]) -> SentenceType {
        let Finder { matcher, sides: Sides { symbols, .. }, ending, .. } = self;
        ending.dfa.mark(before(sentence, sentence.len()), symbols.table(), &mut ending.marks);
        let Endings { rules, default, .. } = &matcher.endings;
        rules
            .iter()
            .find(|(pattern, _)| ending.marks[*pattern as usize])
            .map_or(*default, |(_, value)| *value)
    }

    /// The nodes that match at `first`, shorter ones first, by precedence within a length; gives where the
    /// last node that still could match stopped.
    pub(super) fn collect_candidates(&mut self, sentence: &[Symbol], first: usize) -> Furthest {
        self.candidates.clear();
        let mut furthest = Furthest { state: START, last: first };
        let symbols = self.sides.symbols.table();
        for (at, symbol) in sentence.iter().enumerate().skip(first) {
            let state = self.nodes.step(furthest.state, *symbol, symbols);
            if state == DEAD {
                break;
            }
            furthest = Furthest { state, last: at + 1 };
            let accepted = self.nodes.accepts(state).iter();
            self.candidates.extend(accepted.map(|rank| (at + 1, *rank)));
        }
        furthest
    }

    /// The nodes that could have gone on where the reading stopped.
    pub(super) fn begun(&self, furthest: &Furthest) -> Vec<PatternId> {
        self.nodes.open(furthest.state)
    }

    /// The longest hit at `first`: its rank and the morpheme behind it.
    fn longest(&mut self, sentence: &[Symbol], first: usize) -> Option<(PatternId, usize)> {
        self.collect_candidates(sentence, first);
        let mut longer = self.candidates.len();
        while longer > 0 {
            let last = self.candidates[longer - 1].0;
            let shorter = self.candidates[..longer].partition_point(|(end, _)| *end < last);
            for at in shorter..longer {
                let (_, rank) = self.candidates[at];
                if self.holds(rank, sentence, first, last) {
                    return Some((rank, last));
                }
            }
            longer = shorter;
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
        left.dfa.mark(before(sentence, first), symbols, &mut left.marks);
        node.dfa.mark_whole(&sentence[first..last], symbols, &mut node.marks);
        right.dfa.mark(behind(sentence, last), symbols, &mut right.marks);
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

/// How far nodes matched from a morpheme on.
pub(super) struct Furthest {
    state: StateId,
    /// The morpheme behind the last that some node took.
    pub last: usize,
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::lexicon::{LexiconLoader, LoadedMacros};
    use crate::morphology::Dictionary;

    #[test]
    #[should_panic(expected = "compiled for another dictionary")]
    fn a_finder_has_the_dictionary_that_the_lexicon_was_compiled_for() {
        let analyser = Arc::new(Analyser::embedded().unwrap());
        let loader = LexiconLoader::new(&analyser, LoadedMacros::read().unwrap());
        let contexts = loader.contexts().unwrap();
        let lexicon = loader.finish(Vec::new(), contexts).unwrap();
        let matcher = Arc::new(Matcher::new(&lexicon, &analyser));
        let other = Dictionary::from_folder(&Path::new(env!("HEDGEROW_BUILT")).join("ipadic")).unwrap();
        matcher.finder(&Arc::new(Analyser::new(other, analyser.schema().clone())));
    }
}
