//! The compiled lexicon, and the finder that runs it over a sentence.
//!
//! At each morpheme, from the left, the longest node whose conditions hold is a hit, and the search goes on
//! behind it: no morpheme belongs to two hits. Of entries with the same span, one with conditions goes
//! before one without, and then the id decides: the order of the files never changes a result.

use super::alphabet::{Alphabet, AlphabetBuilder, Symbol, SymbolTable};
use super::automaton::{Automaton, BEGIN, DEAD, Determined, Direction, PatternId};
use super::hit::Hit;
use crate::lexicon::pattern::Pattern;
use crate::lexicon::{ContextRules, Lexicon, Position};
use crate::morphology::{Analyser, Morpheme};

/// The lexicon compiled for matching; shared by all threads.
pub struct Matcher {
    pub(super) alphabet: Alphabet,
    /// The pattern with the number n is the node of `ranked[n]`.
    pub(super) nodes: Automaton,
    pub(super) ranked: Vec<Ranked>,
    before: Automaton,
    after: Automaton,
    rules: Rules,
}

/// An entry in the order of precedence.
pub(super) struct Ranked {
    pub entry: usize,
    negated: Option<bool>,
    pub before: Option<PatternId>,
    pub not_before: Option<PatternId>,
    pub after: Option<PatternId>,
    pub not_after: Option<PatternId>,
}

impl Ranked {
    pub fn has_conditions(&self) -> bool {
        self.before.or(self.not_before).or(self.after).or(self.not_after).is_some()
    }
}

/// The rules of all columns of context, with one automaton for each side.
struct Rules {
    before: Automaton,
    node: Automaton,
    after: Automaton,
    negated: Column<bool>,
    interrogative: Column<bool>,
    quoted: Column<bool>,
    position: Column<Position>,
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
        let mut before = Automaton::new(Direction::Backward);
        let mut after = Automaton::new(Direction::Forward);
        let mut nodes = Automaton::new(Direction::Forward);
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
                    before: before.add_optional(&entry.before, &mut alphabet),
                    not_before: before.add_optional(&entry.not_before, &mut alphabet),
                    after: after.add_optional(&entry.after, &mut alphabet),
                    not_after: after.add_optional(&entry.not_after, &mut alphabet),
                }
            })
            .collect();
        let rules = Rules::new(lexicon, &mut alphabet);
        Matcher { alphabet: alphabet.finish(), nodes, ranked, before, after, rules }
    }

    /// A finder with buffers of its own; one for each thread.
    pub fn finder<'a>(&'a self, analyser: &'a Analyser) -> Finder<'a> {
        let determined = |automaton| Determined::new(automaton, &self.alphabet);
        Finder {
            matcher: self,
            symbols: SymbolTable::new(analyser, &self.alphabet),
            sentence: Vec::new(),
            candidates: Vec::new(),
            nodes: determined(&self.nodes),
            before: Side::new(determined(&self.before), &self.before),
            after: Side::new(determined(&self.after), &self.after),
            rules_before: Side::new(determined(&self.rules.before), &self.rules.before),
            rules_node: Side::new(determined(&self.rules.node), &self.rules.node),
            rules_after: Side::new(determined(&self.rules.after), &self.rules.after),
        }
    }
}

impl Automaton {
    fn add_optional(
        &mut self,
        pattern: &Option<Pattern>,
        alphabet: &mut AlphabetBuilder,
    ) -> Option<PatternId> {
        pattern.as_ref().map(|pattern| self.add(pattern, alphabet))
    }
}

impl Rules {
    fn new(lexicon: &Lexicon, alphabet: &mut AlphabetBuilder) -> Self {
        let mut before = Automaton::new(Direction::Backward);
        let mut node = Automaton::new(Direction::Forward);
        let mut after = Automaton::new(Direction::Forward);
        let contexts = &lexicon.contexts;
        let mut sides = (&mut before, &mut node, &mut after);
        let negated = Column::new(&contexts.negated, &mut sides, alphabet);
        let interrogative = Column::new(&contexts.interrogative, &mut sides, alphabet);
        let quoted = Column::new(&contexts.quoted, &mut sides, alphabet);
        let position = Column::new(&contexts.position, &mut sides, alphabet);
        Rules { before, node, after, negated, interrogative, quoted, position }
    }
}

impl<T: Copy> Column<T> {
    fn new(
        rules: &ContextRules<T>,
        (before, node, after): &mut (&mut Automaton, &mut Automaton, &mut Automaton),
        alphabet: &mut AlphabetBuilder,
    ) -> Self {
        let compile = |rule: &crate::lexicon::ContextRule<T>| Rule {
            value: rule.value,
            before: before.add_optional(&rule.before, alphabet),
            node: node.add_optional(&rule.node, alphabet),
            after: after.add_optional(&rule.after, alphabet),
        };
        Column { default: rules.default, rules: rules.rules.iter().map(compile).collect() }
    }

    fn judge(&self, before: &Side, node: &Side, after: &Side) -> T {
        let fits =
            |rule: &&Rule<T>| before.meets(rule.before) && node.meets(rule.node) && after.meets(rule.after);
        self.rules.iter().find(fits).map_or(self.default, |rule| rule.value)
    }
}

/// One automaton run over one side of a candidate, and the patterns that matched there.
pub(super) struct Side<'a> {
    automaton: Determined<'a>,
    matched: Vec<bool>,
    touched: Vec<PatternId>,
}

impl<'a> Side<'a> {
    fn new(determined: Determined<'a>, automaton: &Automaton) -> Self {
        Side { automaton: determined, matched: vec![false; automaton.patterns()], touched: Vec::new() }
    }

    fn clear(&mut self) {
        for pattern in self.touched.drain(..) {
            self.matched[pattern as usize] = false;
        }
    }

    fn note(&mut self, state: u32) {
        for pattern in self.automaton.accepts(state) {
            if !std::mem::replace(&mut self.matched[*pattern as usize], true) {
                self.touched.push(*pattern);
            }
        }
    }

    /// Notes every pattern that matches some beginning of `line`.
    fn run(&mut self, line: impl Iterator<Item = Symbol>, symbols: &SymbolTable) {
        self.clear();
        let mut state = BEGIN;
        for symbol in line {
            state = self.automaton.step(state, symbol, symbols);
            if state == DEAD {
                break;
            }
            self.note(state);
        }
    }

    /// Notes every pattern that matches the whole of `line`.
    fn run_whole(&mut self, line: &[Symbol], symbols: &SymbolTable) {
        self.clear();
        let step = |state, symbol: &Symbol| self.automaton.step(state, *symbol, symbols);
        let state = line.iter().fold(BEGIN, step);
        self.note(state);
    }

    /// Whether a wanted pattern has matched; nothing wanted is always met.
    pub fn meets(&self, wanted: Option<PatternId>) -> bool {
        wanted.is_none_or(|pattern| self.matched[pattern as usize])
    }

    /// Whether an unwanted pattern has matched.
    pub fn violates(&self, unwanted: Option<PatternId>) -> bool {
        unwanted.is_some_and(|pattern| self.matched[pattern as usize])
    }
}

/// Finds the markers of sentences, reusing its buffers.
pub struct Finder<'a> {
    pub(super) matcher: &'a Matcher,
    pub(super) symbols: SymbolTable<'a>,
    pub(super) sentence: Vec<Symbol>,
    /// Nodes that match at the current morpheme: the morpheme behind each, and its rank.
    pub(super) candidates: Vec<(usize, PatternId)>,
    pub(super) nodes: Determined<'a>,
    pub(super) before: Side<'a>,
    pub(super) after: Side<'a>,
    rules_before: Side<'a>,
    rules_node: Side<'a>,
    rules_after: Side<'a>,
}

impl Finder<'_> {
    /// Appends the hits of a sentence, from left to right, and gives its number of tokens:
    /// morphemes that are neither punctuation, symbols nor blanks.
    pub fn find(&mut self, sentence: &str, morphemes: &[Morpheme], hits: &mut Vec<Hit>) -> usize {
        let tokens = self.read(sentence, morphemes);
        let mut first = 0;
        while first < self.sentence.len() {
            match self.longest(first) {
                Some((rank, last)) => {
                    hits.push(self.hit(rank, first, last));
                    first = last;
                }
                None => first += 1,
            }
        }
        tokens
    }

    /// Turns the morphemes of a sentence into symbols, and counts the tokens.
    pub(super) fn read(&mut self, sentence: &str, morphemes: &[Morpheme]) -> usize {
        self.sentence.clear();
        let mut tokens = 0;
        for morpheme in morphemes {
            let symbol = self.symbols.symbol(morpheme, sentence);
            tokens += usize::from(self.symbols.is_token(symbol));
            self.sentence.push(symbol);
        }
        tokens
    }

    /// The nodes that match at `first`, shorter ones first, by precedence within a length.
    pub(super) fn collect_candidates(&mut self, first: usize) {
        self.candidates.clear();
        let mut state = BEGIN;
        for at in first..self.sentence.len() {
            state = self.nodes.step(state, self.sentence[at], &self.symbols);
            if state == DEAD {
                break;
            }
            let accepted = self.nodes.accepts(state).iter();
            self.candidates.extend(accepted.map(|rank| (at + 1, *rank)));
        }
    }

    /// The longest hit at `first`: its rank and the morpheme behind it.
    fn longest(&mut self, first: usize) -> Option<(PatternId, usize)> {
        self.collect_candidates(first);
        let mut longer = self.candidates.len();
        let mut before_is_known = false;
        while longer > 0 {
            let last = self.candidates[longer - 1].0;
            let shorter = self.candidates[..longer].partition_point(|(end, _)| *end < last);
            let mut after_is_known = false;
            for at in shorter..longer {
                let (_, rank) = self.candidates[at];
                let ranked = &self.matcher.ranked[rank as usize];
                if !ranked.has_conditions() {
                    return Some((rank, last));
                }
                if !before_is_known {
                    self.look_before(first);
                    before_is_known = true;
                }
                if !after_is_known {
                    self.look_after(last);
                    after_is_known = true;
                }
                if self.holds(rank) {
                    return Some((rank, last));
                }
            }
            longer = shorter;
        }
        None
    }

    pub(super) fn look_before(&mut self, first: usize) {
        let left = self.sentence[..first].iter().rev().copied().chain([Symbol::START]);
        self.before.run(left, &self.symbols);
    }

    pub(super) fn look_after(&mut self, last: usize) {
        let right = self.sentence[last..].iter().copied().chain([Symbol::END]);
        self.after.run(right, &self.symbols);
    }

    /// Whether the conditions of an entry hold on the sides that were looked at last.
    fn holds(&self, rank: PatternId) -> bool {
        let ranked = &self.matcher.ranked[rank as usize];
        self.before.meets(ranked.before)
            && self.after.meets(ranked.after)
            && !self.before.violates(ranked.not_before)
            && !self.after.violates(ranked.not_after)
    }

    fn hit(&mut self, rank: PatternId, first: usize, last: usize) -> Hit {
        let left = self.sentence[..first].iter().rev().copied().chain([Symbol::START]);
        self.rules_before.run(left, &self.symbols);
        self.rules_node.run_whole(&self.sentence[first..last], &self.symbols);
        let right = self.sentence[last..].iter().copied().chain([Symbol::END]);
        self.rules_after.run(right, &self.symbols);
        let ranked = &self.matcher.ranked[rank as usize];
        let rules = &self.matcher.rules;
        let (before, node, after) = (&self.rules_before, &self.rules_node, &self.rules_after);
        Hit {
            entry: ranked.entry,
            first,
            last,
            negated: ranked.negated.unwrap_or_else(|| rules.negated.judge(before, node, after)),
            interrogative: rules.interrogative.judge(before, node, after),
            quoted: rules.quoted.judge(before, node, after),
            position: rules.position.judge(before, node, after),
        }
    }
}
