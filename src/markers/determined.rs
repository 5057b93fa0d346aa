//! The deterministic states of an automaton, made when the text first leads to them and kept for the thread
//! (as in `grep`: Aho, Sethi & Ullman 1986, §3.7).

use std::mem;

use rustc_hash::FxHashMap;

use super::automaton::{Automaton, Label, PatternId, State};
use super::classes::{Class, Classes};
use super::symbols::{Symbol, SymbolTable};

/// The deterministic states made so far; one for each automaton and thread.
pub struct Determined<'a> {
    automaton: &'a Automaton,
    classes: Classes<'a>,
    numbers: FxHashMap<Box<[u32]>, StateId>,
    states: Vec<Made>,
    /// By state, and within it by class: the state that follows.
    next: Vec<StateId>,
    /// A state has room for 2 to the power of this classes.
    room: u32,
    /// By pattern: the state in which it alone begins; `UNMADE` where nobody has asked yet.
    begins: Vec<StateId>,
    work: Work,
}

/// A deterministic state: its number, and whether a pattern has matched there.
pub type StateId = u32;

struct Made {
    /// The nondeterministic states it stands for: those with a step to take or a pattern to accept.
    members: Box<[u32]>,
    accepts: Box<[PatternId]>,
}

const UNMADE: StateId = 0;
/// From here no pattern can match any more.
pub const DEAD: StateId = 1;
/// Where all patterns begin at once.
pub const BEGIN: StateId = 2;
/// Set where a pattern has matched: most states are asked for it, and few have one.
const ACCEPTS: StateId = 1 << 31;

/// States are kept until their successors fill this many places (of 4 bytes), and then made anew, so that no text
/// and no lexicon can fill the memory.
const MOST_PLACES: usize = 8 << 20;

/// The room for classes to begin with: 2 to the power of this.
const FIRST_ROOM: u32 = 4;

fn number(state: StateId) -> usize {
    (state & !ACCEPTS) as usize
}

impl<'a> Determined<'a> {
    /// No states but the first.
    pub fn new(automaton: &'a Automaton) -> Self {
        let mut determined = Determined {
            automaton,
            classes: Classes::new(&automaton.tests),
            numbers: FxHashMap::default(),
            states: Vec::new(),
            next: Vec::new(),
            room: FIRST_ROOM,
            begins: Vec::new(),
            work: Work { seen: vec![false; automaton.states.len()], ..Work::default() },
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

    /// The state after `symbol`.
    #[inline]
    pub fn step(&mut self, state: StateId, symbol: Symbol, symbols: &SymbolTable) -> StateId {
        let Some(class) = self.classes.of(symbol) else {
            let class = self.classes.meet(symbol, symbols);
            self.make_room_for(class);
            return self.step(state, symbol, symbols);
        };
        match self.next[self.place(state, class)] {
            UNMADE => self.find(state, class),
            next => next,
        }
    }

    /// The patterns that have matched when this state is reached.
    #[inline]
    pub fn accepts(&self, state: StateId) -> &[PatternId] {
        if state & ACCEPTS == 0 { &[] } else { &self.states[number(state)].accepts }
    }

    /// The patterns that still can match from this state on, in order.
    pub fn open(&self, state: StateId) -> Vec<PatternId> {
        let members = self.states[number(state)].members.iter();
        let members = members.map(|member| &self.automaton.states[*member as usize]);
        let mut open: Vec<_> =
            members.filter(|state| state.step.is_some()).map(|state| state.pattern).collect();
        open.sort_unstable();
        open.dedup();
        open
    }

    fn place(&self, state: StateId, class: Class) -> usize {
        number(state) << self.room | class as usize
    }

    #[cold]
    fn make_room_for(&mut self, class: Class) {
        let old = 1 << self.room;
        while class >> self.room > 0 {
            self.room += 1;
        }
        let new = 1 << self.room;
        if new > old {
            let rows = mem::take(&mut self.next);
            self.next.resize(self.states.len() << self.room, UNMADE);
            for (row, known) in self.next.chunks_exact_mut(new).zip(rows.chunks_exact(old)) {
                row[..old].copy_from_slice(known);
            }
        }
    }

    fn begin(&mut self) {
        self.numbers.clear();
        self.states.clear();
        self.next.clear();
        self.begins.clear();
        self.begins.resize(self.automaton.starts.len(), UNMADE);
        let nothing = || Made { members: Box::default(), accepts: Box::default() };
        self.add(nothing());
        self.add(nothing());
        self.numbers.insert(Box::default(), DEAD);
        self.work.open.extend(&self.automaton.starts);
        // Without patterns the beginning is dead, but keeps its number.
        if self.make() == DEAD {
            self.add(nothing());
        }
    }

    fn begin_of(&mut self, pattern: PatternId) -> StateId {
        match self.begins[pattern as usize] {
            UNMADE => {
                self.work.open.push(self.automaton.starts[pattern as usize]);
                let begin = self.make();
                self.begins[pattern as usize] = begin;
                begin
            }
            begin => begin,
        }
    }

    #[cold]
    fn find(&mut self, state: StateId, class: Class) -> StateId {
        let takes = |label: Label| match label {
            Label::Test(test) => self.classes.passes(class, test),
            Label::Boundary(boundary) => self.classes.of(boundary) == Some(class),
        };
        let steps = self.states[number(state)].members.iter();
        let steps = steps.filter_map(|member| self.automaton.states[*member as usize].step);
        self.work.open.extend(steps.filter(|(label, _)| takes(*label)).map(|(_, next)| next));
        if self.next.len() >= MOST_PLACES {
            let reached = mem::take(&mut self.work.open);
            self.begin();
            self.work.open = reached;
            return self.make();
        }
        let next = self.make();
        let place = self.place(state, class);
        self.next[place] = next;
        next
    }

    /// The state that stands for the nondeterministic ones in `work.open` and those that they lead to.
    fn make(&mut self) -> StateId {
        let Work { open, seen, visited, members, accepts } = &mut self.work;
        members.clear();
        accepts.clear();
        while let Some(state) = open.pop() {
            if mem::replace(&mut seen[state as usize], true) {
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
        visited.drain(..).for_each(|state| seen[state as usize] = false);
        members.sort_unstable();
        if let Some(number) = self.numbers.get(members.as_slice()) {
            return *number;
        }
        accepts.sort_unstable();
        let made = Made { members: members.as_slice().into(), accepts: accepts.as_slice().into() };
        let members = made.members.clone();
        let number = self.add(made);
        self.numbers.insert(members, number);
        number
    }

    fn add(&mut self, made: Made) -> StateId {
        let accepts = if made.accepts.is_empty() { 0 } else { ACCEPTS };
        self.states.push(made);
        self.next.resize(self.states.len() << self.room, UNMADE);
        (self.states.len() - 1) as StateId | accepts
    }
}

/// What a state is made with; used again for the next one.
#[derive(Default)]
struct Work {
    /// States that have been reached, and not looked at.
    open: Vec<u32>,
    /// By state: whether it has been looked at; and which ones have.
    seen: Vec<bool>,
    visited: Vec<u32>,
    members: Vec<u32>,
    accepts: Vec<PatternId>,
}
