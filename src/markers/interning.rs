//! Interning: words that meet the same conditions become one symbol.
//!
//! The symbol of a word of the dictionary is found once for all threads, those of other words once for each thread.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::alphabet::{Alphabet, IS_TOKEN, PassedTests};
use super::symbol::Symbol;
use super::unknown::UnknownWords;
use super::values::ConditionId;
use crate::lexicon::pattern::Attribute;
use crate::morphology::{Analyser, Features, Morpheme, Word};

/// The symbols met so far; shared by all threads, as classifying a word takes longer than a lock.
pub struct SymbolTable {
    alphabet: Alphabet,
    /// By id of the dictionary's word: the bits of its symbol; 0 before it is met.
    by_word: Box<[AtomicU32]>,
    sets: Mutex<ConditionSets>,
}

/// The sets of conditions that words have met.
struct ConditionSets {
    symbols: FxHashMap<Vec<ConditionId>, Symbol>,
    /// By symbol: the tests that its words pass.
    passed: Vec<Arc<PassedTests>>,
}

impl SymbolTable {
    /// A table for a dictionary of so many words.
    pub fn new(alphabet: Alphabet, words: usize) -> Self {
        // A start does not touch the memory of words that it does not meet.
        let by_word = bytemuck::zeroed_slice_box(words);
        let passed = vec![Arc::default(); Symbol::RESERVED];
        let sets = ConditionSets { symbols: FxHashMap::default(), passed };
        SymbolTable { alphabet, by_word, sets: Mutex::new(sets) }
    }

    /// The tests that the words of a symbol pass.
    pub fn passed(&self, symbol: Symbol) -> Arc<PassedTests> {
        Arc::clone(&self.sets().passed[symbol.index()])
    }

    /// The symbol of words that meet these conditions and no others.
    fn intern(&self, mut conditions: Vec<ConditionId>) -> Symbol {
        conditions.sort_unstable();
        conditions.dedup();
        let mut sets = self.sets();
        if let Some(symbol) = sets.symbols.get(&conditions) {
            return *symbol;
        }
        let passed = self.alphabet.passed(&conditions);
        let symbol = Symbol::new(sets.passed.len(), passed.contains(IS_TOKEN as usize));
        sets.passed.push(Arc::new(passed));
        sets.symbols.insert(conditions, symbol);
        symbol
    }

    fn sets(&self) -> MutexGuard<'_, ConditionSets> {
        // `passed` is pushed before the symbol is known: a panic in between leaves them consistent.
        self.sets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Finds the symbols of morphemes; one for each thread.
pub struct SymbolCache {
    analyser: Arc<Analyser>,
    table: Arc<SymbolTable>,
    unknown: UnknownWords,
    by_pos: FxHashMap<String, OfPos>,
}

/// What the words of a part of speech meet by this alone.
struct OfPos {
    conditions: Vec<ConditionId>,
    /// The symbol of words that meet no other condition, as most do.
    symbol: Symbol,
}

impl SymbolCache {
    /// An empty cache. The analyser must have the dictionary that the table is for.
    pub fn new(analyser: Arc<Analyser>, table: Arc<SymbolTable>) -> Self {
        SymbolCache { analyser, table, unknown: UnknownWords::default(), by_pos: FxHashMap::default() }
    }

    /// The table that it fills.
    pub fn table(&self) -> &SymbolTable {
        &self.table
    }

    /// The symbol of a morpheme of `sentence`.
    pub fn symbol(&mut self, morpheme: &Morpheme, sentence: &str) -> Symbol {
        if let Some(id) = morpheme.word.known_id() {
            // Relaxed is enough: what a symbol stands for is read behind the lock that it was made under.
            let bits = self.table.by_word[id as usize].load(Ordering::Relaxed);
            if let Some(symbol) = Symbol::from_bits(bits) {
                return symbol;
            }
        }
        self.find(morpheme.word, morpheme.surface(sentence))
    }

    fn find(&mut self, word: Word, surface: &str) -> Symbol {
        let Some(id) = word.known_id() else {
            if let Some(symbol) = self.unknown.get(word, surface) {
                return symbol;
            }
            let symbol = self.classify(word, surface);
            self.unknown.add(word, surface, symbol);
            return symbol;
        };
        let symbol = self.classify(word, surface);
        self.table.by_word[id as usize].store(symbol.bits(), Ordering::Relaxed);
        symbol
    }

    fn classify(&mut self, word: Word, surface: &str) -> Symbol {
        let Features { lemma, pos } = self.analyser.features(word, surface);
        let alphabet = &self.table.alphabet;
        let mut met = Vec::new();
        alphabet.met(Attribute::Word, surface, &mut met);
        alphabet.met(Attribute::Lemma, lemma, &mut met);
        if let Some(of_pos) = self.by_pos.get(&pos) {
            if met.is_empty() {
                return of_pos.symbol;
            }
            met.extend(&of_pos.conditions);
            return self.table.intern(met);
        }
        let mut conditions = Vec::new();
        alphabet.met(Attribute::Pos, &pos, &mut conditions);
        let symbol = self.table.intern(conditions.clone());
        met.extend(&conditions);
        self.by_pos.insert(pos, OfPos { conditions, symbol });
        self.table.intern(met)
    }
}
