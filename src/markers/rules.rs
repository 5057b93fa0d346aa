//! The compiled rules for the context of a hit and for the type of a sentence.

use std::sync::Arc;

use super::alphabet::AlphabetBuilder;
use super::matcher::add;
use super::nfa::{Direction, Nfa, PatternId};
use super::side::Side;
use crate::lexicon::{ContextRule, ContextRules, Contexts, Position, SentenceType};

/// The rules for the columns of context. There are dozens, and every hit asks all of them: they share one reading of each
/// side, where an entry's conditions are few and decided after a morpheme or two.
pub struct Rules {
    pub before: Arc<Nfa>,
    pub node: Arc<Nfa>,
    pub after: Arc<Nfa>,
    pub negated: Column<bool>,
    pub interrogative: Column<bool>,
    pub quoted: Column<bool>,
    pub position: Column<Position>,
}

/// The rules for a sentence's type, read from its end; only sentences without an affirmed marker need it.
pub struct Endings {
    pub nfa: Arc<Nfa>,
    default: SentenceType,
    rules: Vec<(PatternId, SentenceType)>,
}

/// The rules for one column; the first that fits decides.
pub struct Column<T> {
    default: T,
    rules: Vec<Rule<T>>,
}

struct Rule<T> {
    value: T,
    before: Option<PatternId>,
    node: Option<PatternId>,
    after: Option<PatternId>,
}

impl Rules {
    pub fn new<'l>(contexts: &'l Contexts, alphabet: &mut AlphabetBuilder<'l>) -> Self {
        let mut before = Nfa::new(Direction::Backward);
        let mut node = Nfa::new(Direction::Forward);
        let mut after = Nfa::new(Direction::Forward);
        let mut sides = [&mut before, &mut node, &mut after];
        let negated = Column::new(&contexts.negated, &mut sides, alphabet);
        let interrogative = Column::new(&contexts.interrogative, &mut sides, alphabet);
        let quoted = Column::new(&contexts.quoted, &mut sides, alphabet);
        let position = Column::new(&contexts.position, &mut sides, alphabet);
        let [before, node, after] = [before, node, after].map(Arc::new);
        Rules { before, node, after, negated, interrogative, quoted, position }
    }
}

impl Endings {
    pub fn new<'l>(rules: &'l ContextRules<SentenceType>, alphabet: &mut AlphabetBuilder<'l>) -> Self {
        let mut nfa = Nfa::new(Direction::Backward);
        let compile =
            |rule: &'l ContextRule<SentenceType>| Some((add(&mut nfa, &rule.before, alphabet)?, rule.value));
        let compiled = rules.rules.iter().filter_map(compile).collect();
        Endings { nfa: Arc::new(nfa), default: rules.default, rules: compiled }
    }

    /// The type of the sentence that `ending` has read.
    pub fn judge(&self, ending: &Side) -> SentenceType {
        let fits = |(pattern, _): &&(PatternId, _)| ending.marks[*pattern as usize];
        self.rules.iter().find(fits).map_or(self.default, |(_, value)| *value)
    }
}

impl<T: Copy> Column<T> {
    fn new<'l>(
        rules: &'l ContextRules<T>,
        [before, node, after]: &mut [&mut Nfa; 3],
        alphabet: &mut AlphabetBuilder<'l>,
    ) -> Self {
        let compile = |rule: &'l ContextRule<T>| Rule {
            value: rule.value,
            before: add(before, &rule.before, alphabet),
            node: add(node, &rule.node, alphabet),
            after: add(after, &rule.after, alphabet),
        };
        Column { default: rules.default, rules: rules.rules.iter().map(compile).collect() }
    }

    /// The value of a hit, from what its sides and its node match.
    pub fn judge(&self, before: &Side, node: &Side, after: &Side) -> T {
        let fits = |rule: &&Rule<T>| {
            meets(before, rule.before) && meets(node, rule.node) && meets(after, rule.after)
        };
        self.rules.iter().find(fits).map_or(self.default, |rule| rule.value)
    }
}

/// Whether a condition is met on what was read last: none always is.
fn meets(side: &Side, condition: Option<PatternId>) -> bool {
    condition.is_none_or(|pattern| side.marks[pattern as usize])
}
