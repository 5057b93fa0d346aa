//! A cache of the symbols of unknown words.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::symbol::Symbol;
use crate::morphology::Word;

/// The limit of the cache, in words: memory does not grow with the corpus.
const MAX_WORDS: usize = 200_000;

/// Symbols by class and form: the same form may have several classes (a name here, a noun there).
#[derive(Default)]
pub(super) struct UnknownWords {
    words: HashTable<Known>,
    /// All forms, concatenated: an allocation for each takes as long as its look-up.
    forms: String,
}

struct Known {
    class: Word,
    start: u32,
    end: u32,
    symbol: Symbol,
}

impl UnknownWords {
    /// The symbol of a word, if it is cached.
    pub fn get(&self, class: Word, form: &str) -> Option<Symbol> {
        let is_it = |known: &Known| known.class == class && self.form(known) == form;
        self.words.find(hash(class, form), is_it).map(|known| known.symbol)
    }

    /// Adds a word that is not cached; a full cache is emptied first.
    pub fn add(&mut self, class: Word, form: &str, symbol: Symbol) {
        if self.words.len() == MAX_WORDS {
            self.words.clear();
            self.forms.clear();
        }
        let start = self.forms.len() as u32;
        self.forms.push_str(form);
        let known = Known { class, start, end: self.forms.len() as u32, symbol };
        let forms = &self.forms;
        let hash_of = |known: &Known| hash(known.class, &forms[known.start as usize..known.end as usize]);
        self.words.insert_unique(hash(class, form), known, hash_of);
    }

    fn form(&self, known: &Known) -> &str {
        &self.forms[known.start as usize..known.end as usize]
    }
}

fn hash(class: Word, form: &str) -> u64 {
    FxBuildHasher.hash_one((class, form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_its_form_and_its_class_and_memory_does_not_grow() {
        let (one, other) = (Word::unknown(1), Word::unknown(2));
        let mut words = UnknownWords::default();
        words.add(one, "ヘッジロウ", Symbol::START);
        words.add(other, "ヘッジロウ", Symbol::END);
        assert_eq!(words.get(one, "ヘッジロウ"), Some(Symbol::START));
        assert_eq!(words.get(other, "ヘッジロウ"), Some(Symbol::END));
        assert_eq!(words.get(one, "ヘッジ"), None);
        for number in 0..2 * MAX_WORDS {
            let form = number.to_string();
            words.add(one, &form, Symbol::END);
            assert_eq!(words.get(one, &form), Some(Symbol::END));
            assert!(words.words.len() <= MAX_WORDS);
        }
        assert!(words.forms.len() < 20 * MAX_WORDS);
        assert_eq!(words.get(one, "ヘッジロウ"), None);
    }
}
