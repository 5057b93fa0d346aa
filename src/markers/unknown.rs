//! The symbols of words that the dictionary does not know.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::symbol::Symbol;
use crate::morphology::Word;

/// As many words are kept, so that memory does not grow with the corpus.
const MOST: usize = 200_000;

/// Symbols by class and form: the same form may be of several classes (a name here, a noun there).
#[derive(Default)]
pub(super) struct UnknownWords {
    words: HashTable<Known>,
    /// All forms one behind the other: thousands of pieces of their own take as long to make as to look up.
    forms: String,
}

struct Known {
    class: Word,
    start: u32,
    end: u32,
    symbol: Symbol,
}

impl UnknownWords {
    /// The symbol of a word, if it has been met.
    pub fn get(&self, class: Word, form: &str) -> Option<Symbol> {
        let is_it = |known: &Known| known.class == class && self.form(known) == form;
        self.words.find(hash(class, form), is_it).map(|known| known.symbol)
    }

    /// Remembers the symbol of a word that has not been met; forgets all others if they are too many.
    pub fn add(&mut self, class: Word, form: &str, symbol: Symbol) {
        if self.words.len() == MOST {
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
        for number in 0..2 * MOST {
            let form = number.to_string();
            words.add(one, &form, Symbol::END);
            assert_eq!(words.get(one, &form), Some(Symbol::END));
        }
        assert!(words.words.len() <= MOST && words.forms.len() < 20 * MOST);
        assert_eq!(words.get(one, "ヘッジロウ"), None);
    }
}
