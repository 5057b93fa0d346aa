//! The symbols that the automata read: words that no pattern tells apart are one.
//!
//! Words that meet the same conditions get the same symbol, found out once for each word of the dictionary that occurs and
//! kept in a table by its number.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// The symbols of the dictionary's words seen so far, and what they stand for; shared by all threads, as a word takes
/// longer to look at than a lock to open.
pub struct Symbols {
    /// By the number of the dictionary word: the number of its symbol.
    known: Vec<AtomicU32>,
    sets: Mutex<Sets>,
}

/// The sets of conditions that words have met.
struct Sets {
    symbols: FxHashMap<Vec<ConditionId>, Symbol>,
    /// By symbol: the tests that its words pass.
    passed: Vec<Arc<Passed>>,
}

impl Symbols {
    /// No symbols yet of the words of a dictionary.
    pub fn new(words: usize) -> Self {
        // The system hands out plain numbers that are 0 without touching them, and the loop over them comes to nothing.
        let known = vec![Symbol::UNSEEN.0; words].into_iter().map(AtomicU32::new).collect();
        // No symbol, start and end: nothing but their names is asked of them.
        let sets = Sets { symbols: FxHashMap::default(), passed: vec![Arc::default(); 3] };
        Symbols { known, sets: Mutex::new(sets) }
    }

    fn sets(&self) -> MutexGuard<'_, Sets> {
        // A set is there before its number is: no panic leaves them at odds.
        self.sets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Finds the symbols of words; one for each thread.
pub struct SymbolTable<'a> {
    analyser: &'a Analyser,
    alphabet: &'a Alphabet,
    shared: &'a Symbols,
    unknown: UnknownWords,
    by_pos: FxHashMap<String, OfPos>,
}

/// What the words of a part of speech meet by this alone.
struct OfPos {
    conditions: Vec<ConditionId>,
    /// The symbol of those that meet nothing else, as most do.
    symbol: Symbol,
}

impl<'a> SymbolTable<'a> {
    /// A table that knows no more than the others.
    pub fn new(analyser: &'a Analyser, alphabet: &'a Alphabet, shared: &'a Symbols) -> Self {
        let unknown = UnknownWords::default();
        SymbolTable { analyser, alphabet, shared, unknown, by_pos: FxHashMap::default() }
    }

    /// The symbol of a morpheme of `sentence`.
    pub fn symbol(&mut self, morpheme: &Morpheme, sentence: &str) -> Symbol {
        if let Some(id) = morpheme.word.known_id() {
            // Whoever reads a number finds what it stands for behind the lock that it was made under.
            let symbol = Symbol(self.shared.known[id as usize].load(Ordering::Relaxed));
            if symbol != Symbol::UNSEEN {
                return symbol;
            }
        }
        self.unseen(morpheme.word, morpheme.surface(sentence))
    }

    /// The tests that the words of a symbol pass.
    pub fn passed(&self, symbol: Symbol) -> Arc<Passed> {
        Arc::clone(&self.shared.sets().passed[symbol.index()])
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
        self.shared.known[id as usize].store(symbol.0, Ordering::Relaxed);
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
    fn meeting(&self, mut conditions: Vec<ConditionId>) -> Symbol {
        conditions.sort_unstable();
        conditions.dedup();
        let mut sets = self.shared.sets();
        if let Some(symbol) = sets.symbols.get(&conditions) {
            return *symbol;
        }
        let passed = self.alphabet.passed(&conditions);
        let is_token = passed.contains(IS_TOKEN as usize);
        let symbol = Symbol(sets.passed.len() as u32 | if is_token { Symbol::TOKEN } else { 0 });
        sets.passed.push(Arc::new(passed));
        sets.symbols.insert(conditions, symbol);
        symbol
    }
}
