//! Word candidates: all words of the dictionary that begin anywhere in a text.

use super::characters::{Character, CharacterId, END_OF_TEXT};
use super::trie::RecordRange;
use super::{DictionaryView, Lattice};

/// A character of the text.
pub struct Position {
    /// Its first byte.
    pub byte: u32,
    /// The index of the first of the candidates that begin here.
    pub candidates: u32,
    pub character: CharacterId,
    /// That of its character: every word that ends before it asks.
    pub is_blank: bool,
}

/// The words that are written as a stretch of the text.
#[derive(Clone, Copy)]
pub struct Candidate {
    /// The position behind their last character.
    pub end: u32,
    pub records: RecordRange,
}

impl Lattice {
    /// Fills `positions`, `codes` and `candidates`.
    pub(super) fn look_up(&mut self, dictionary: DictionaryView, text: &str) {
        let Lattice { characters, codes, positions, candidates, .. } = self;
        let trie = dictionary.trie;
        codes.clear();
        positions.clear();
        candidates.clear();
        for (byte, character) in text.char_indices() {
            let character = characters.id(dictionary, character);
            let Character { code, is_blank, .. } = *characters.get(character);
            codes.push(code);
            positions.push(Position { byte: byte as u32, candidates: 0, character, is_blank });
        }
        for (start, position) in positions.iter_mut().enumerate() {
            position.candidates = candidates.len() as u32;
            let Character { records, node, .. } = *characters.get(position.character);
            let end = start as u32 + 1;
            if !records.is_empty() {
                candidates.push(Candidate { end, records });
            }
            trie.common_prefixes(node, &codes[start + 1..], |length, records| {
                candidates.push(Candidate { end: end + length as u32, records });
            });
        }
        positions.push(Position {
            byte: text.len() as u32,
            candidates: candidates.len() as u32,
            character: END_OF_TEXT,
            is_blank: false,
        });
    }
}
