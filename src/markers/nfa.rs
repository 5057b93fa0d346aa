//! One NFA for many patterns (Thompson 1968).

use rustc_hash::FxHashMap;

use super::alphabet::{AlphabetBuilder, TestId};
use super::symbol::Symbol;
use crate::lexicon::pattern::Pattern;

/// The index of a pattern in its NFA.
pub type PatternId = u32;

/// The index of a state of an NFA.
pub type NfaStateId = u32;

/// The order in which an NFA reads tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Forward,
    /// From right to left, as for what precedes a marker.
    Backward,
}

/// An NFA; shared by all threads.
pub struct Nfa {
    pub(super) states: Vec<State>,
    /// By pattern: its start state.
    pub(super) starts: Vec<NfaStateId>,
    /// The token tests on its transitions, each once.
    pub(super) tests: Vec<TestId>,
    test_indices: FxHashMap<TestId, u32>,
    direction: Direction,
}

#[derive(Default)]
pub(super) struct State {
    pub transition: Option<(Label, NfaStateId)>,
    pub epsilon: Vec<NfaStateId>,
    pub accepts: Option<PatternId>,
    /// The pattern that it was compiled from.
    pub pattern: PatternId,
}

/// What a transition consumes.
#[derive(Clone, Copy)]
pub(super) enum Label {
    /// A token that passes a test, by its index in `tests`.
    Test(u32),
    /// A sentence boundary, START or END.
    Boundary(Symbol),
}

impl Nfa {
    /// An NFA without patterns.
    pub fn new(direction: Direction) -> Self {
        Nfa {
            states: Vec::new(),
            starts: Vec::new(),
            tests: Vec::new(),
            test_indices: FxHashMap::default(),
            direction,
        }
    }

    /// The number of patterns.
    pub fn patterns(&self) -> usize {
        self.starts.len()
    }

    /// Adds a pattern.
    pub fn add<'l>(&mut self, pattern: &'l Pattern, alphabet: &mut AlphabetBuilder<'l>) -> PatternId {
        let id = self.starts.len() as PatternId;
        let end = self.push(State { accepts: Some(id), ..State::default() });
        let start = self.compile(pattern, end, alphabet);
        self.starts.push(start);
        id
    }

    fn push(&mut self, state: State) -> NfaStateId {
        // A pattern's start is pushed after its states.
        self.states.push(State { pattern: self.starts.len() as PatternId, ..state });
        (self.states.len() - 1) as NfaStateId
    }

    /// Adds the states that read `pattern` and continue at `next`; gives the first of them.
    fn compile<'l>(
        &mut self,
        pattern: &'l Pattern,
        next: NfaStateId,
        alphabet: &mut AlphabetBuilder<'l>,
    ) -> NfaStateId {
        let reading = |label| State { transition: Some((label, next)), ..State::default() };
        match pattern {
            Pattern::Token(test) => {
                let test = alphabet.test(test);
                let index = *self.test_indices.entry(test).or_insert_with(|| {
                    self.tests.push(test);
                    (self.tests.len() - 1) as u32
                });
                self.push(reading(Label::Test(index)))
            }
            Pattern::SentenceStart => self.push(reading(Label::Boundary(Symbol::START))),
            Pattern::SentenceEnd => self.push(reading(Label::Boundary(Symbol::END))),
            Pattern::Sequence(parts) => {
                let direction = self.direction;
                let prepend = |next, part: &'l Pattern| self.compile(part, next, alphabet);
                match direction {
                    Direction::Forward => parts.iter().rev().fold(next, prepend),
                    Direction::Backward => parts.iter().fold(next, prepend),
                }
            }
            Pattern::Alternatives(parts) => {
                let epsilon = parts.iter().map(|part| self.compile(part, next, alphabet)).collect();
                self.push(State { epsilon, ..State::default() })
            }
            Pattern::Repeat { inner, min, max } => {
                let mut start = next;
                match max {
                    None => {
                        let repeat = self.push(State { epsilon: vec![next], ..State::default() });
                        let body = self.compile(inner, repeat, alphabet);
                        self.states[repeat as usize].epsilon.push(body);
                        start = repeat;
                    }
                    Some(max) => {
                        for _ in *min..*max {
                            let body = self.compile(inner, start, alphabet);
                            start = self.push(State { epsilon: vec![body, next], ..State::default() });
                        }
                    }
                }
                (0..*min).fold(start, |next, _| self.compile(inner, next, alphabet))
            }
        }
    }
}
