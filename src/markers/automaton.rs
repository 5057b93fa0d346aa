//! One nondeterministic automaton for many patterns (Thompson 1968).

use rustc_hash::FxHashMap;

use super::alphabet::{AlphabetBuilder, TestId};
use super::symbols::Symbol;
use crate::lexicon::pattern::Pattern;

/// The number of a pattern in its automaton.
pub type PatternId = u32;

/// Which way the tokens are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Forward,
    /// From right to left, as for what stands before a marker.
    Backward,
}

/// The nondeterministic automaton; shared by all threads.
pub struct Automaton {
    pub(super) states: Vec<State>,
    /// By pattern: its first state.
    pub(super) starts: Vec<u32>,
    /// The tests that it asks, each once; and the place of each.
    pub(super) tests: Vec<TestId>,
    places: FxHashMap<TestId, u32>,
    direction: Direction,
}

#[derive(Default)]
pub(super) struct State {
    pub step: Option<(Label, u32)>,
    pub free: Vec<u32>,
    pub accepts: Option<PatternId>,
    /// The pattern that it is a part of.
    pub pattern: PatternId,
}

/// What a step takes.
#[derive(Clone, Copy)]
pub(super) enum Label {
    /// What passes a test, by its place in `tests`.
    Test(u32),
    Boundary(Symbol),
}

impl Automaton {
    /// An automaton without patterns.
    pub fn new(direction: Direction) -> Self {
        Automaton {
            states: Vec::new(),
            starts: Vec::new(),
            tests: Vec::new(),
            places: FxHashMap::default(),
            direction,
        }
    }

    /// How many patterns it holds.
    pub fn patterns(&self) -> usize {
        self.starts.len()
    }

    /// Adds a pattern and gives its number.
    pub fn add<'l>(&mut self, pattern: &'l Pattern, alphabet: &mut AlphabetBuilder<'l>) -> PatternId {
        let number = self.starts.len() as PatternId;
        let end = self.state(State { accepts: Some(number), ..State::default() });
        let start = self.compile(pattern, end, alphabet);
        self.starts.push(start);
        number
    }

    fn state(&mut self, state: State) -> u32 {
        // Patterns are compiled one after the other, and their start is noted when they are done.
        self.states.push(State { pattern: self.starts.len() as PatternId, ..state });
        (self.states.len() - 1) as u32
    }

    /// Makes the states that read `pattern` and go on to `next`; gives the first of them.
    fn compile<'l>(&mut self, pattern: &'l Pattern, next: u32, alphabet: &mut AlphabetBuilder<'l>) -> u32 {
        let step = |label| State { step: Some((label, next)), ..State::default() };
        match pattern {
            Pattern::Token(test) => {
                let test = alphabet.test(test);
                let place = *self.places.entry(test).or_insert_with(|| {
                    self.tests.push(test);
                    (self.tests.len() - 1) as u32
                });
                self.state(step(Label::Test(place)))
            }
            Pattern::SentenceStart => self.state(step(Label::Boundary(Symbol::START))),
            Pattern::SentenceEnd => self.state(step(Label::Boundary(Symbol::END))),
            Pattern::Sequence(parts) => {
                let direction = self.direction;
                let onto = |next, part: &'l Pattern| self.compile(part, next, alphabet);
                match direction {
                    Direction::Forward => parts.iter().rev().fold(next, onto),
                    Direction::Backward => parts.iter().fold(next, onto),
                }
            }
            Pattern::Alternatives(parts) => {
                let free = parts.iter().map(|part| self.compile(part, next, alphabet)).collect();
                self.state(State { free, ..State::default() })
            }
            Pattern::Repeat { inner, least, most } => {
                let mut onto = next;
                match most {
                    None => {
                        let round = self.state(State { free: vec![next], ..State::default() });
                        let body = self.compile(inner, round, alphabet);
                        self.states[round as usize].free.push(body);
                        onto = round;
                    }
                    Some(most) => {
                        for _ in *least..*most {
                            let body = self.compile(inner, onto, alphabet);
                            onto = self.state(State { free: vec![body, next], ..State::default() });
                        }
                    }
                }
                (0..*least).fold(onto, |onto, _| self.compile(inner, onto, alphabet))
            }
        }
    }
}
