//! A lazy DFA: the subset construction of an NFA, a state at a time, when the text first leads to it (Aho, Sethi & Ullman
//! 1986, §3.7).

use std::mem;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::classes::{ClassId, Classes};
use super::interning::SymbolTable;
use super::nfa::{self, Label, Nfa, NfaStateId, PatternId};
use super::symbol::Symbol;

/// A DFA whose states are built on demand and cached; one for each NFA and thread.
pub struct LazyDfa {
    nfa: Arc<Nfa>,
    classes: Classes,
    ids: FxHashMap<Box<[NfaStateId]>, StateId>,
    states: Vec<State>,
    /// By state, and within it by class: the state that follows.
    pub(super) transitions: Vec<StateId>,
    /// Each state has room for 2 to the power of this classes.
    stride2: u32,
    /// By pattern: the start state of it alone; `UNKNOWN` before it is built.
    starts: Vec<StateId>,
    closure: Closure,
    /// How many NFA states the states stand for, together.
    pub(super) members: usize,
    /// The cache is reset when it holds this many transitions, or members, which are kept twice.
    limit: usize,
    /// How often it has been.
    pub resets: u64,
    /// How many symbols have been read.
    #[cfg(test)]
    pub steps: u64,
}

/// The index of a state, and a flag that a pattern has matched there.
pub type StateId = u32;

struct State {
    /// The NFA states that it stands for, sorted: those with a transition or a pattern to accept.
    members: Box<[NfaStateId]>,
    accepts: Box<[PatternId]>,
}

/// A transition that has not been built.
const UNKNOWN: StateId = 0;
/// No pattern can match any more.
pub const DEAD: StateId = 1;
/// The start state of all patterns at once.
pub const START: StateId = 2;
/// The flag of states where a pattern has matched: every state is asked, and few have one.
const ACCEPTS: StateId = 1 << 31;

/// The limit of a cache: 32 MiB of transitions and members, so that no text and no lexicon can fill the memory.
pub const MAX_TRANSITIONS: usize = 8 << 20;

/// The first `stride2`.
const FIRST_STRIDE2: u32 = 4;

fn index(state: StateId) -> usize {
    (state & !ACCEPTS) as usize
}

impl LazyDfa {
    /// A DFA with an empty cache, which is reset when it holds `limit` transitions.
    pub fn with_limit(nfa: Arc<Nfa>, limit: usize) -> Self {
        let closure = Closure { seen: vec![false; nfa.states.len()], ..Closure::default() };
        let mut dfa = LazyDfa {
            nfa,
            classes: Classes::new(),
            ids: FxHashMap::default(),
            states: Vec::new(),
            transitions: Vec::new(),
            stride2: FIRST_STRIDE2,
            starts: Vec::new(),
            closure,
            members: 0,
            limit,
            resets: 0,
            #[cfg(test)]
            steps: 0,
        };
        dfa.begin();
        dfa
    }

    /// The first state from `state` on, over `line`, in which a pattern has matched or none can any more; or the last.
    pub fn first_accepting(
        &mut self,
        mut state: StateId,
        line: impl Iterator<Item = Symbol>,
        symbols: &SymbolTable,
    ) -> StateId {
        for symbol in line {
            state = self.step(state, symbol, symbols);
            if state == DEAD || state & ACCEPTS != 0 {
                break;
            }
        }
        state
    }

    /// Marks every pattern that matches from `state` on some prefix of `line`, reading it once for all of them, and gives
    /// the state behind it.
    pub fn mark(
        &mut self,
        mut state: StateId,
        line: impl Iterator<Item = Symbol>,
        symbols: &SymbolTable,
        marks: &mut [bool],
    ) -> StateId {
        for symbol in line {
            state = self.step(state, symbol, symbols);
            if state == DEAD {
                break;
            }
            for pattern in self.accepts(state) {
                marks[*pattern as usize] = true;
            }
        }
        state
    }

    /// Marks every pattern that matches the whole of `line`.
    pub fn mark_whole(&mut self, line: &[Symbol], symbols: &SymbolTable, marks: &mut [bool]) {
        marks.fill(false);
        let mut state = START;
        for symbol in line {
            state = self.step(state, *symbol, symbols);
        }
        for pattern in self.accepts(state) {
            marks[*pattern as usize] = true;
        }
    }

    /// The state after `symbol`. It may reset the cache: other states than DEAD, START and the one returned are no longer
    /// valid then. If it returns DEAD, all are.
    #[inline]
    pub fn step(&mut self, state: StateId, symbol: Symbol, symbols: &SymbolTable) -> StateId {
        #[cfg(test)]
        {
            self.steps += 1;
        }
        let Some(class) = self.classes.get(symbol) else {
            let class = self.classes.add(symbol, symbols, &self.nfa.tests);
            self.widen(class);
            return self.step(state, symbol, symbols);
        };
        match self.transitions[self.transition(state, class)] {
            UNKNOWN => self.build(state, class),
            next => next,
        }
    }

    /// The patterns that have matched when this state is reached.
    #[inline]
    pub fn accepts(&self, state: StateId) -> &[PatternId] {
        if state & ACCEPTS == 0 { &[] } else { &self.states[index(state)].accepts }
    }

    /// The patterns that can still match from this state on, sorted.
    pub fn open(&self, state: StateId) -> Vec<PatternId> {
        let members = self.states[index(state)].members.iter();
        let members = members.map(|member| &self.nfa.states[*member as usize]);
        let mut open: Vec<_> =
            members.filter(|state| state.transition.is_some()).map(|state| state.pattern).collect();
        open.sort_unstable();
        open.dedup();
        open
    }

    /// The index of a transition.
    fn transition(&self, state: StateId, class: ClassId) -> usize {
        index(state) << self.stride2 | class as usize
    }

    /// Makes room for a class in each state.
    #[cold]
    fn widen(&mut self, class: ClassId) {
        let old = 1 << self.stride2;
        while class >> self.stride2 > 0 {
            self.stride2 += 1;
        }
        let new = 1 << self.stride2;
        if new > old {
            let rows = mem::take(&mut self.transitions);
            self.transitions.resize(self.states.len() << self.stride2, UNKNOWN);
            for (row, known) in self.transitions.chunks_exact_mut(new).zip(rows.chunks_exact(old)) {
                row[..old].copy_from_slice(known);
            }
        }
    }

    /// Builds the first states.
    fn begin(&mut self) {
        let empty = || State { members: Box::default(), accepts: Box::default() };
        self.push(empty());
        self.push(empty());
        self.ids.insert(Box::default(), DEAD);
        self.closure.stack.extend(&self.nfa.starts);
        // The start state of no patterns is dead, but START must be a state.
        if self.closed() == DEAD {
            self.push(empty());
        }
        self.starts.resize(self.nfa.patterns(), UNKNOWN);
    }

    /// Empties the cache but for the first states: START stands for the starts of all patterns, and takes long to build.
    fn reset(&mut self) {
        self.resets += 1;
        self.ids.retain(|_, id| index(*id) <= index(START));
        self.states.truncate(index(START) + 1);
        self.transitions.clear();
        self.transitions.resize(self.states.len() << self.stride2, UNKNOWN);
        self.members = self.states.iter().map(|state| state.members.len()).sum();
        self.starts.fill(UNKNOWN);
    }

    /// The start state of a pattern alone.
    pub fn start_of(&mut self, pattern: PatternId) -> StateId {
        match self.starts[pattern as usize] {
            UNKNOWN => {
                self.closure.stack.push(self.nfa.starts[pattern as usize]);
                let start = self.closed();
                self.starts[pattern as usize] = start;
                start
            }
            start => start,
        }
    }

    /// Builds a transition, and the state that it leads to.
    #[cold]
    fn build(&mut self, state: StateId, class: ClassId) -> StateId {
        let consumes = |label: Label| match label {
            Label::Test(test) => self.classes.passes(class, test),
            Label::Boundary(boundary) => self.classes.get(boundary) == Some(class),
        };
        let members = self.states[index(state)].members.iter();
        let transitions = members.filter_map(|member| self.nfa.states[*member as usize].transition);
        let targets = transitions.filter(|(label, _)| consumes(*label)).map(|(_, target)| target);
        self.closure.stack.extend(targets);
        if !self.closure.stack.is_empty() && self.is_full() {
            let targets = mem::take(&mut self.closure.stack);
            self.reset();
            self.closure.stack = targets;
            return self.closed();
        }
        let next = self.closed();
        let transition = self.transition(state, class);
        self.transitions[transition] = next;
        next
    }

    fn is_full(&self) -> bool {
        self.transitions.len() + 2 * self.members >= self.limit
    }

    /// The state of the epsilon closure of the NFA states in `closure.stack`.
    fn closed(&mut self) -> StateId {
        let Closure { stack, seen, visited, members, accepts } = &mut self.closure;
        members.clear();
        accepts.clear();
        while let Some(state) = stack.pop() {
            if mem::replace(&mut seen[state as usize], true) {
                continue;
            }
            visited.push(state);
            let nfa::State { transition, epsilon, accepts: accepted, .. } = &self.nfa.states[state as usize];
            stack.extend(epsilon);
            accepts.extend(accepted);
            if transition.is_some() || accepted.is_some() {
                members.push(state);
            }
        }
        visited.drain(..).for_each(|state| seen[state as usize] = false);
        members.sort_unstable();
        if let Some(id) = self.ids.get(members.as_slice()) {
            return *id;
        }
        accepts.sort_unstable();
        let state = State { members: members.as_slice().into(), accepts: accepts.as_slice().into() };
        let members = state.members.clone();
        let id = self.push(state);
        self.ids.insert(members, id);
        id
    }

    fn push(&mut self, state: State) -> StateId {
        let accepts = if state.accepts.is_empty() { 0 } else { ACCEPTS };
        self.members += state.members.len();
        self.states.push(state);
        self.transitions.resize(self.states.len() << self.stride2, UNKNOWN);
        (self.states.len() - 1) as StateId | accepts
    }
}

/// The buffers of the epsilon closure.
#[derive(Default)]
struct Closure {
    /// NFA states that have been reached and not visited.
    stack: Vec<NfaStateId>,
    /// By NFA state: whether it has been visited.
    seen: Vec<bool>,
    visited: Vec<NfaStateId>,
    members: Vec<NfaStateId>,
    accepts: Vec<PatternId>,
}
