//! Symbol classes: symbols that pass the same tests of an NFA have the same transitions.

use rustc_hash::FxHashMap;

use super::alphabet::{PassedTests, TestId};
use super::interning::SymbolTable;
use super::symbol::Symbol;

/// The index of a class.
pub type ClassId = u32;

/// No class yet.
const UNMET: ClassId = 0;
/// The classes of the sentence boundaries, which pass no test.
const BOUNDARIES: [(Symbol, ClassId); 2] = [(Symbol::START, 1), (Symbol::END, 2)];

/// The classes of the symbols met so far; one for each DFA and thread.
pub struct Classes {
    by_symbol: Vec<ClassId>,
    /// By class: the tests that its symbols pass, by their indices in the NFA.
    passed: Vec<PassedTests>,
    ids: FxHashMap<PassedTests, ClassId>,
}

impl Classes {
    /// The classes of the boundaries alone.
    pub fn new() -> Self {
        let passed = vec![PassedTests::default(); 1 + BOUNDARIES.len()];
        let mut classes = Classes { by_symbol: Vec::new(), passed, ids: FxHashMap::default() };
        BOUNDARIES.into_iter().for_each(|(symbol, class)| classes.set(symbol, class));
        classes
    }

    /// The class of a symbol that has been met.
    #[inline]
    pub fn get(&self, symbol: Symbol) -> Option<ClassId> {
        self.by_symbol.get(symbol.index()).copied().filter(|class| *class != UNMET)
    }

    /// Whether the symbols of a class pass a test, by its index in the NFA.
    pub fn passes(&self, class: ClassId, test: u32) -> bool {
        self.passed[class as usize].contains(test as usize)
    }

    /// Adds a symbol that has not been met; `tests` are those of the NFA.
    #[cold]
    pub fn add(&mut self, symbol: Symbol, symbols: &SymbolTable, tests: &[TestId]) -> ClassId {
        let of_all = symbols.passed(symbol);
        let passes = |index: &usize| of_all.contains(tests[*index] as usize);
        let passed: PassedTests = (0..tests.len()).filter(passes).collect();
        let next = self.passed.len() as ClassId;
        let class = *self.ids.entry(passed).or_insert_with_key(|passed| {
            self.passed.push(passed.clone());
            next
        });
        self.set(symbol, class);
        class
    }

    fn set(&mut self, symbol: Symbol, class: ClassId) {
        if self.by_symbol.len() <= symbol.index() {
            self.by_symbol.resize(symbol.index() + 1, UNMET);
        }
        self.by_symbol[symbol.index()] = class;
    }
}
