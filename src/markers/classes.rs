//! Classes of symbols that an automaton can't tell apart: those that pass the same of its tests.

use rustc_hash::FxHashMap;

use super::alphabet::{Passed, TestId};
use super::symbols::{Symbol, SymbolTable};

/// The number of a class.
pub type Class = u32;

/// No class yet.
const UNMET: Class = 0;
/// The classes of the ends of a sentence, which pass no test.
const ENDS: [(Symbol, Class); 2] = [(Symbol::START, 1), (Symbol::END, 2)];

/// The classes of the symbols met so far; one for each automaton and thread.
pub struct Classes<'a> {
    tests: &'a [TestId],
    /// By symbol.
    of: Vec<Class>,
    /// By class: which of the tests its symbols pass, by their places in the list.
    passed: Vec<Passed>,
    numbers: FxHashMap<Passed, Class>,
}

impl<'a> Classes<'a> {
    /// No classes but those of the ends of a sentence.
    pub fn new(tests: &'a [TestId]) -> Self {
        let mut classes = Classes {
            tests,
            of: Vec::new(),
            passed: vec![Passed::default(); 1 + ENDS.len()],
            numbers: FxHashMap::default(),
        };
        ENDS.into_iter().for_each(|(symbol, class)| classes.set(symbol, class));
        classes
    }

    /// The class of a symbol that has been met.
    #[inline]
    pub fn of(&self, symbol: Symbol) -> Option<Class> {
        self.of.get(symbol.index()).copied().filter(|class| *class != UNMET)
    }

    /// Whether the symbols of a class pass the test at a place in the automaton's list.
    pub fn passes(&self, class: Class, test: u32) -> bool {
        self.passed[class as usize].contains(test as usize)
    }

    /// Finds the class of a symbol that has not been met.
    #[cold]
    pub fn meet(&mut self, symbol: Symbol, symbols: &SymbolTable) -> Class {
        let of_all = symbols.passed(symbol);
        let passes = |place: &usize| of_all.contains(self.tests[*place] as usize);
        let passed: Passed = (0..self.tests.len()).filter(passes).collect();
        let next = self.passed.len() as Class;
        let class = *self.numbers.entry(passed).or_insert_with_key(|passed| {
            self.passed.push(passed.clone());
            next
        });
        self.set(symbol, class);
        class
    }

    fn set(&mut self, symbol: Symbol, class: Class) {
        if self.of.len() <= symbol.index() {
            self.of.resize(symbol.index() + 1, UNMET);
        }
        self.of[symbol.index()] = class;
    }
}
