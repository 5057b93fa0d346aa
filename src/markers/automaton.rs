//! One automaton for many patterns, read symbol by symbol.
//!
//! The patterns become one nondeterministic automaton (Thompson 1968); its deterministic states are
//! made when the text first leads to them and kept for the thread (as in `grep`: Aho, Sethi & Ullman 1986, §3.7).

use std::collections::HashMap;
use std::mem;

use super::alphabet::{Alphabet, AlphabetBuilder, Symbol, SymbolTable, TestId};
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
    states: Vec<State>,
    /// By pattern: its first state.
    starts: Vec<u32>,
    direction: Direction,
}

#[derive(Default)]
struct State {
    step: Option<(Label, u32)>,
    free: Vec<u32>,
    accepts: Option<PatternId>,
    /// The pattern that it is a part of.
    pattern: PatternId,
}

#[derive(Clone, Copy)]
enum Label {
    Test(TestId),
    Boundary(Symbol),
}

impl Automaton {
    /// An automaton without patterns.
    pub fn new(direction: Direction) -> Self {
        Automaton { states: Vec::new(), starts: Vec::new(), direction }
    }

    /// How many patterns it holds.
    pub fn patterns(&self) -> usize {
        self.starts.len()
    }

    /// Adds a pattern and gives its number.
    pub fn add(&mut self, pattern: &Pattern, alphabet: &mut AlphabetBuilder) -> PatternId {
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
    fn compile(&mut self, pattern: &Pattern, next: u32, alphabet: &mut AlphabetBuilder) -> u32 {
        let step = |label| State { step: Some((label, next)), ..State::default() };
        match pattern {
            Pattern::Token(test) => {
                let test = alphabet.test(test);
                self.state(step(Label::Test(test)))
            }
            Pattern::SentenceStart => self.state(step(Label::Boundary(Symbol::START))),
            Pattern::SentenceEnd => self.state(step(Label::Boundary(Symbol::END))),
            Pattern::Sequence(parts) => {
                let direction = self.direction;
                let onto = |next, part: &Pattern| self.compile(part, next, alphabet);
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

/// The deterministic states made so far; one for each automaton and thread.
pub struct Determined<'a> {
    automaton: &'a Automaton,
    alphabet: &'a Alphabet,
    numbers: HashMap<Box<[u32]>, StateId>,
    states: Vec<Made>,
    /// By symbol: the state after it, where all patterns begin at once; it is asked of every word.
    firsts: Vec<StateId>,
    /// By pattern: the state in which it alone begins; `UNMADE` where nobody has asked yet.
    begins: Vec<StateId>,
    /// By nondeterministic state: whether the state that is being made has come by it.
    seen: Vec<bool>,
}

/// A deterministic state.
pub type StateId = u32;

struct Made {
    /// The nondeterministic states it stands for: those with a step to take or a pattern to accept.
    members: Box<[u32]>,
    accepts: Box<[PatternId]>,
    next: Row,
}

const UNMADE: StateId = 0;
/// From here no pattern can match any more.
pub const DEAD: StateId = 1;
/// Where all patterns begin at once.
pub const BEGIN: StateId = 2;

/// States are kept up to this number, and then made anew, so that no text and no lexicon can fill the memory.
const MOST_STATES: usize = 20_000;

/// The states that follow a state, by symbol, in pages: most states meet few of the symbols.
#[derive(Default)]
struct Row(Vec<Option<Box<[StateId; PAGE]>>>);

const PAGE: usize = 64;

impl Row {
    #[inline]
    fn get(&self, symbol: Symbol) -> StateId {
        match self.0.get(symbol.index() / PAGE) {
            Some(Some(page)) => page[symbol.index() % PAGE],
            _ => UNMADE,
        }
    }

    fn set(&mut self, symbol: Symbol, next: StateId) {
        let page = symbol.index() / PAGE;
        if self.0.len() <= page {
            self.0.resize_with(page + 1, || None);
        }
        self.0[page].get_or_insert_with(|| Box::new([UNMADE; PAGE]))[symbol.index() % PAGE] = next;
    }
}

impl<'a> Determined<'a> {
    /// No states but the first.
    pub fn new(automaton: &'a Automaton, alphabet: &'a Alphabet) -> Self {
        let mut determined = Determined {
            automaton,
            alphabet,
            numbers: HashMap::new(),
            states: Vec::new(),
            firsts: Vec::new(),
            begins: Vec::new(),
            seen: vec![false; automaton.states.len()],
        };
        determined.begin();
        determined
    }

    /// Whether a pattern matches some beginning of `line`.
    pub fn matches(
        &mut self,
        pattern: PatternId,
        line: impl Iterator<Item = Symbol>,
        symbols: &SymbolTable,
    ) -> bool {
        let mut state = self.begin_of(pattern);
        for symbol in line {
            state = self.step(state, symbol, symbols);
            if state == DEAD {
                return false;
            }
            if !self.accepts(state).is_empty() {
                return true;
            }
        }
        false
    }

    /// Marks every pattern that matches some beginning of `line`, reading it once for all of them.
    pub fn mark(&mut self, line: impl Iterator<Item = Symbol>, symbols: &SymbolTable, marks: &mut [bool]) {
        marks.fill(false);
        let mut state = BEGIN;
        for symbol in line {
            state = self.step(state, symbol, symbols);
            if state == DEAD {
                break;
            }
            for pattern in self.accepts(state) {
                marks[*pattern as usize] = true;
            }
        }
    }

    /// Marks every pattern that matches the whole of `line`.
    pub fn mark_whole(&mut self, line: &[Symbol], symbols: &SymbolTable, marks: &mut [bool]) {
        marks.fill(false);
        let mut state = BEGIN;
        for symbol in line {
            state = self.step(state, *symbol, symbols);
        }
        for pattern in self.accepts(state) {
            marks[*pattern as usize] = true;
        }
    }

    /// The state after `symbol`, where all patterns begin at once.
    #[inline]
    pub fn begin_with(&mut self, symbol: Symbol, symbols: &SymbolTable) -> StateId {
        match self.firsts.get(symbol.index()) {
            Some(&state) if state != UNMADE => state,
            _ => self.begin_first_with(symbol, symbols),
        }
    }

    #[cold]
    fn begin_first_with(&mut self, symbol: Symbol, symbols: &SymbolTable) -> StateId {
        let state = self.step(BEGIN, symbol, symbols);
        if self.firsts.len() <= symbol.index() {
            self.firsts.resize(symbol.index() + 1, UNMADE);
        }
        self.firsts[symbol.index()] = state;
        state
    }

    /// The state after `symbol`.
    #[inline]
    pub fn step(&mut self, state: StateId, symbol: Symbol, symbols: &SymbolTable) -> StateId {
        match self.states[state as usize].next.get(symbol) {
            UNMADE => self.find(state, symbol, symbols),
            next => next,
        }
    }

    /// The patterns that have matched when this state is reached.
    #[inline]
    pub fn accepts(&self, state: StateId) -> &[PatternId] {
        &self.states[state as usize].accepts
    }

    /// The patterns that still can match from this state on, in order.
    pub fn open(&self, state: StateId) -> Vec<PatternId> {
        let members = self.states[state as usize].members.iter();
        let members = members.map(|member| &self.automaton.states[*member as usize]);
        let mut open: Vec<_> =
            members.filter(|state| state.step.is_some()).map(|state| state.pattern).collect();
        open.sort_unstable();
        open.dedup();
        open
    }

    fn begin(&mut self) {
        self.numbers.clear();
        self.states.clear();
        self.firsts.clear();
        self.begins.clear();
        self.begins.resize(self.automaton.starts.len(), UNMADE);
        let nothing = || Made { members: Box::default(), accepts: Box::default(), next: Row::default() };
        self.states.extend([nothing(), nothing()]);
        self.numbers.insert(Box::default(), DEAD);
        let begin = self.make(self.automaton.starts.clone());
        // Without patterns the beginning is dead, but keeps its number.
        if begin == DEAD {
            self.states.push(nothing());
        }
    }

    fn begin_of(&mut self, pattern: PatternId) -> StateId {
        match self.begins[pattern as usize] {
            UNMADE => {
                let begin = self.make(vec![self.automaton.starts[pattern as usize]]);
                self.begins[pattern as usize] = begin;
                begin
            }
            begin => begin,
        }
    }

    #[cold]
    fn find(&mut self, state: StateId, symbol: Symbol, symbols: &SymbolTable) -> StateId {
        let met = symbols.met(symbol);
        let is_boundary = symbol == Symbol::START || symbol == Symbol::END;
        let takes = |label: Label| match label {
            Label::Test(test) => !is_boundary && self.alphabet.passes(test, met),
            Label::Boundary(boundary) => boundary == symbol,
        };
        let steps = self.states[state as usize].members.iter();
        let steps = steps.filter_map(|member| self.automaton.states[*member as usize].step);
        let reached = steps.filter(|(label, _)| takes(*label)).map(|(_, next)| next).collect();
        if self.states.len() >= MOST_STATES {
            self.begin();
            return self.make(reached);
        }
        let next = self.make(reached);
        self.states[state as usize].next.set(symbol, next);
        next
    }

    fn make(&mut self, reached: Vec<u32>) -> StateId {
        let mut members = Vec::new();
        let mut accepts = Vec::new();
        let mut visited = Vec::new();
        let mut open = reached;
        while let Some(state) = open.pop() {
            if mem::replace(&mut self.seen[state as usize], true) {
                continue;
            }
            visited.push(state);
            let State { step, free, accepts: accepted, .. } = &self.automaton.states[state as usize];
            open.extend(free);
            accepts.extend(accepted);
            if step.is_some() || accepted.is_some() {
                members.push(state);
            }
        }
        visited.into_iter().for_each(|state| self.seen[state as usize] = false);
        members.sort_unstable();
        accepts.sort_unstable();
        let members = members.into_boxed_slice();
        if let Some(number) = self.numbers.get(&members) {
            return *number;
        }
        let number = self.states.len() as StateId;
        self.numbers.insert(members.clone(), number);
        self.states.push(Made { members, accepts: accepts.into(), next: Row::default() });
        number
    }
}
