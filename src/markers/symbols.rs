//! The symbols that the automata read: words that no pattern tells apart are one.
//!
//! Words that meet the same conditions get the same symbol, found out once for each word of the dictionary that occurs and
//! kept in a table by its number.

use rustc_hash::FxHashMap;

use super::alphabet::{Alphabet, ConditionId, IS_TOKEN, Passed};
use super::unknown::UnknownWords;
use crate::lexicon::pattern::Attribute;
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

/// The symbols of the words seen so far; one table for each thread.
pub struct SymbolTable<'a> {
    analyser: &'a Analyser,
    alphabet: &'a Alphabet,
    /// By the number of the dictionary word: the number of its symbol. Of plain numbers, as the system hands out zeros
    /// that take neither time nor memory before they are touched.
    known: Vec<u32>,
    unknown: UnknownWords,
    by_pos: FxHashMap<String, OfPos>,
    numbers: FxHashMap<Vec<ConditionId>, Symbol>,
    /// By symbol: the tests that its words pass.
    symbols: Vec<Passed>,
}

/// What the words of a part of speech meet by this alone.
struct OfPos {
    conditions: Vec<ConditionId>,
    /// The symbol of those that meet nothing else, as most do.
    symbol: Symbol,
}

impl<'a> SymbolTable<'a> {
    /// An empty table.
    pub fn new(analyser: &'a Analyser, alphabet: &'a Alphabet) -> Self {
        SymbolTable {
            analyser,
            alphabet,
            known: vec![Symbol::UNSEEN.0; analyser.dictionary().words()],
            unknown: UnknownWords::default(),
            by_pos: FxHashMap::default(),
            numbers: FxHashMap::default(),
            // No symbol, start and end: nothing but their names is asked of them.
            symbols: vec![Passed::default(); 3],
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

    /// The tests that the words of a symbol pass.
    pub fn passed(&self, symbol: Symbol) -> &Passed {
        &self.symbols[symbol.index()]
    }

    fn unseen(&mut self, word: Word, surface: &str) -> Symbol {
        let Some(id) = word.known_id() else {
            if let Some(symbol) = self.unknown.get(word, surface) {
                return symbol;
            }
            let symbol = self.classify(word, surface);
            self.unknown.add(word, surface, symbol);
            return symbol;
        };
        let symbol = self.classify(word, surface);
        self.known[id as usize] = symbol.0;
        symbol
    }

    fn classify(&mut self, word: Word, surface: &str) -> Symbol {
        let Features { lemma, pos } = self.analyser.features(word, surface);
        let mut met = Vec::new();
        self.alphabet.met(Attribute::Word, surface, &mut met);
        self.alphabet.met(Attribute::Lemma, lemma, &mut met);
        if let Some(of_pos) = self.by_pos.get(&pos) {
            if met.is_empty() {
                return of_pos.symbol;
            }
            met.extend(&of_pos.conditions);
            return self.meeting(met);
        }
        let mut conditions = Vec::new();
        self.alphabet.met(Attribute::Pos, &pos, &mut conditions);
        let symbol = self.meeting(conditions.clone());
        met.extend(&conditions);
        self.by_pos.insert(pos, OfPos { conditions, symbol });
        self.meeting(met)
    }

    /// The symbol of words that meet these conditions and no others.
    fn meeting(&mut self, mut conditions: Vec<ConditionId>) -> Symbol {
        conditions.sort_unstable();
        conditions.dedup();
        if let Some(symbol) = self.numbers.get(&conditions) {
            return *symbol;
        }
        let passed = self.alphabet.passed(&conditions);
        let is_token = passed.contains(IS_TOKEN as usize);
        let symbol = Symbol(self.symbols.len() as u32 | if is_token { Symbol::TOKEN } else { 0 });
        self.symbols.push(passed);
        self.numbers.insert(conditions, symbol);
        symbol
    }
}
