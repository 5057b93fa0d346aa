//! The alphabet that the automata read: words that no pattern tells apart are one symbol.
//!
//! A pattern asks conditions of a token (`lemma="期待"`). Words that meet the same conditions get the same
//! symbol, found out once for each word of the dictionary that occurs and kept in a table by its number.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::values::Values;
use crate::lexicon::pattern::{Attribute, TokenTest};
use crate::morphology::{Analyser, Features, Morpheme, Word};

/// A set of words that meet the same conditions, or an end of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// No symbol yet.
    const UNSEEN: Symbol = Symbol(0);
    /// The beginning of the sentence.
    pub const START: Symbol = Symbol(1);
    /// The end of the sentence.
    pub const END: Symbol = Symbol(2);
    /// Set in the number of a symbol whose words are tokens, as every morpheme is asked.
    const TOKEN: u32 = 1 << 31;

    /// Its number, for tables.
    pub fn index(self) -> usize {
        (self.0 & !Self::TOKEN) as usize
    }

    /// Whether its words count as tokens.
    pub fn is_token(self) -> bool {
        self.0 & Self::TOKEN != 0
    }
}

/// Number of a condition `attribute = value`.
type ConditionId = u32;

/// The number of a token test.
pub type TestId = u32;

/// The test whether a word counts as a token: the first of all.
const IS_TOKEN: TestId = 0;

/// The conditions and token tests of a lexicon; shared by all threads.
pub struct Alphabet {
    /// By attribute: what is asked of it, with the numbers of the conditions.
    values: [Values; Attribute::NAMES.len()],
    tests: Vec<Formula>,
}

/// A token test over numbered conditions.
enum Formula {
    Any,
    Holds(ConditionId),
    Fails(ConditionId),
    All(Vec<Formula>),
    Either(Vec<Formula>),
}

impl Formula {
    fn holds(&self, met: &Met) -> bool {
        match self {
            Formula::Any => true,
            Formula::Holds(condition) => met.has(*condition),
            Formula::Fails(condition) => !met.has(*condition),
            Formula::All(parts) => parts.iter().all(|part| part.holds(met)),
            Formula::Either(parts) => parts.iter().any(|part| part.holds(met)),
        }
    }
}

/// The conditions that a word meets, as a set that is quickly asked: a bit for each condition.
pub struct Met(Vec<u64>);

impl Met {
    /// The set of these conditions, which are in order.
    pub fn new(conditions: &[ConditionId]) -> Self {
        let mut bits = vec![0; conditions.last().map_or(0, |last| *last as usize / 64 + 1)];
        conditions.iter().for_each(|condition| bits[*condition as usize / 64] |= 1 << (condition % 64));
        Met(bits)
    }

    fn has(&self, condition: ConditionId) -> bool {
        self.0.get(condition as usize / 64).is_some_and(|bits| bits & 1 << (condition % 64) != 0)
    }
}

/// Room for the tests of the default lexicon: to grow, a table would read every test again.
const TESTS: usize = 1_500;

/// Numbers conditions and tests while the patterns are compiled.
pub struct AlphabetBuilder<'l> {
    conditions: [FxHashMap<&'l str, ConditionId>; Attribute::NAMES.len()],
    numbers: FxHashMap<&'l TokenTest, TestId>,
    /// The number of the next condition.
    next: ConditionId,
    alphabet: Alphabet,
}

impl<'l> AlphabetBuilder<'l> {
    /// A builder; `not_tokens` are the parts of speech that don't count as tokens.
    pub fn new(not_tokens: &'l str) -> Self {
        let alphabet = Alphabet { values: Default::default(), tests: Vec::new() };
        let mut builder = AlphabetBuilder {
            conditions: Default::default(),
            numbers: FxHashMap::with_capacity_and_hasher(TESTS, FxBuildHasher),
            next: 0,
            alphabet,
        };
        let is_token = Formula::Fails(builder.condition(Attribute::Pos, not_tokens));
        // IS_TOKEN is its number.
        builder.alphabet.tests.push(is_token);
        builder
    }

    /// The number of a test, the same for equal tests.
    pub fn test(&mut self, test: &'l TokenTest) -> TestId {
        let next = self.alphabet.tests.len() as TestId;
        let number = *self.numbers.entry(test).or_insert(next);
        if number == next {
            let formula = self.formula(test);
            self.alphabet.tests.push(formula);
        }
        number
    }

    /// The finished alphabet.
    pub fn finish(self) -> Alphabet {
        self.alphabet
    }

    fn formula(&mut self, test: &'l TokenTest) -> Formula {
        match test {
            TokenTest::Any => Formula::Any,
            TokenTest::Equal(attribute, value) => Formula::Holds(self.condition(*attribute, value)),
            TokenTest::Different(attribute, value) => Formula::Fails(self.condition(*attribute, value)),
            TokenTest::All(parts) => Formula::All(parts.iter().map(|part| self.formula(part)).collect()),
            TokenTest::Either(parts) => {
                Formula::Either(parts.iter().map(|part| self.formula(part)).collect())
            }
        }
    }

    fn condition(&mut self, attribute: Attribute, value: &'l str) -> ConditionId {
        let number = *self.conditions[attribute as usize].entry(value).or_insert(self.next);
        if number == self.next {
            self.next += 1;
            self.alphabet.values[attribute as usize].add(value, number);
        }
        number
    }
}

impl Alphabet {
    /// Whether the words of a symbol pass a test.
    pub fn passes(&self, test: TestId, met: &Met) -> bool {
        self.tests[test as usize].holds(met)
    }

    fn met(&self, attribute: Attribute, value: &str, met: &mut Vec<ConditionId>) {
        self.values[attribute as usize].matching(value, met);
    }
}

/// The symbols of the words seen so far; one table for each thread.
pub struct SymbolTable<'a> {
    analyser: &'a Analyser,
    alphabet: &'a Alphabet,
    /// By the number of the dictionary word: the number of its symbol. Of plain numbers, as the system hands out zeros
    /// that take neither time nor memory before they are touched.
    known: Vec<u32>,
    /// By class and form of an unknown word: the same form may be of several classes (a name here, a noun there).
    unknown: FxHashMap<Word, FxHashMap<Box<str>, Symbol>>,
    by_pos: FxHashMap<String, Vec<ConditionId>>,
    numbers: FxHashMap<Vec<ConditionId>, Symbol>,
    /// By symbol: the conditions it meets, in order.
    symbols: Vec<Vec<ConditionId>>,
}

/// Unknown words of a class are kept up to this number, so that memory does not grow with the corpus.
const MOST_UNKNOWN: usize = 50_000;

impl<'a> SymbolTable<'a> {
    /// An empty table.
    pub fn new(analyser: &'a Analyser, alphabet: &'a Alphabet) -> Self {
        SymbolTable {
            analyser,
            alphabet,
            known: vec![Symbol::UNSEEN.0; analyser.dictionary().words()],
            unknown: FxHashMap::default(),
            by_pos: FxHashMap::default(),
            numbers: FxHashMap::default(),
            // No symbol, start and end: nothing but their names is asked of them.
            symbols: vec![Vec::new(); 3],
        }
    }

    /// The symbol of a morpheme of `sentence`.
    pub fn symbol(&mut self, morpheme: &Morpheme, sentence: &str) -> Symbol {
        if let Some(id) = morpheme.word.known_id() {
            let symbol = Symbol(self.known[id as usize]);
            if symbol != Symbol::UNSEEN {
                return symbol;
            }
        }
        self.unseen(morpheme.word, morpheme.surface(sentence))
    }

    /// The conditions that the words of a symbol meet.
    pub fn met(&self, symbol: Symbol) -> &[u32] {
        &self.symbols[symbol.index()]
    }

    fn unseen(&mut self, word: Word, surface: &str) -> Symbol {
        let Some(id) = word.known_id() else {
            if let Some(symbol) = self.unknown.get(&word).and_then(|known| known.get(surface)) {
                return *symbol;
            }
            let symbol = self.classify(word, surface);
            let known = self.unknown.entry(word).or_default();
            if known.len() == MOST_UNKNOWN {
                known.clear();
            }
            known.insert(surface.into(), symbol);
            return symbol;
        };
        let symbol = self.classify(word, surface);
        self.known[id as usize] = symbol.0;
        symbol
    }

    fn classify(&mut self, word: Word, surface: &str) -> Symbol {
        let Features { lemma, pos } = self.analyser.features(word, surface);
        let mut met = self.by_pos.get(&pos).cloned().unwrap_or_else(|| {
            let mut met = Vec::new();
            self.alphabet.met(Attribute::Pos, &pos, &mut met);
            self.by_pos.insert(pos, met.clone());
            met
        });
        self.alphabet.met(Attribute::Word, surface, &mut met);
        self.alphabet.met(Attribute::Lemma, lemma, &mut met);
        met.sort_unstable();
        met.dedup();
        if let Some(symbol) = self.numbers.get(&met) {
            return *symbol;
        }
        let is_token = self.alphabet.passes(IS_TOKEN, &Met::new(&met));
        let symbol = Symbol(self.symbols.len() as u32 | if is_token { Symbol::TOKEN } else { 0 });
        self.symbols.push(met.clone());
        self.numbers.insert(met, symbol);
        symbol
    }
}
