//! Word candidates: all words of the dictionary that begin anywhere in a text.

use lindera_dictionary::dictionary::character_definition::CategoryId;

use super::DictionaryView;
use super::characters::{Character, CharacterId, Characters, END_OF_TEXT};
use super::trie::Words;

/// A place in the text: a character and what is before it, or the end.
#[derive(Clone, Copy, Default)]
pub struct Position {
    /// The first byte.
    pub byte: u32,
    /// The index of the first of the candidates that begin here.
    pub candidates: u32,
    pub character: CharacterId,
    /// That of its character: every word that ends before it asks.
    is_blank: bool,
}

/// The words that are written as a stretch of the text.
#[derive(Clone, Copy)]
pub struct Candidate {
    pub words: Words,
    /// The position behind the blanks that follow: where its successors begin.
    pub next: u16,
    /// How many blanks follow.
    pub blanks: u16,
}

/// Where a word ends.
#[derive(Clone, Copy)]
pub struct End {
    /// The position behind its last character.
    pub position: usize,
    /// The position behind the blanks that follow.
    pub next: usize,
}

/// A text, its characters and the words in it.
pub struct Text {
    pub characters: Characters,
    /// By position: the trie's code of its character. Longer than the text.
    codes: Vec<u32>,
    /// Longer than the text, too.
    positions: Vec<Position>,
    /// In characters.
    length: usize,
    /// Those that begin at the same position stand together, the shortest first.
    pub candidates: Vec<Candidate>,
}

impl Text {
    pub fn new(dictionary: DictionaryView) -> Self {
        Text {
            characters: Characters::new(dictionary),
            codes: Vec::new(),
            positions: Vec::new(),
            length: 0,
            candidates: Vec::new(),
        }
    }

    /// Looks the words of a text up, which has fewer than 65,536 bytes.
    pub fn look_up(&mut self, dictionary: DictionaryView, text: &str) {
        let Text { characters, codes, positions, length, candidates } = self;
        if positions.len() <= text.len() {
            codes.resize(text.len(), 0);
            positions.resize(text.len() + 1, Position::default());
        }
        *length = 0;
        for (((byte, character), code), position) in text.char_indices().zip(&mut *codes).zip(&mut *positions)
        {
            let id = characters.id(dictionary, character);
            let Character { code: its_code, is_blank, .. } = *characters.get(id);
            *code = its_code;
            *position = Position { byte: byte as u32, candidates: 0, character: id, is_blank };
            *length += 1;
        }
        let codes = &codes[..*length];
        let positions = &mut positions[..=*length];
        positions[codes.len()] =
            Position { byte: text.len() as u32, candidates: 0, character: END_OF_TEXT, is_blank: false };
        candidates.clear();
        for start in 0..codes.len() {
            positions[start].candidates = candidates.len() as u32;
            let Character { words, node, .. } = *characters.get(positions[start].character);
            let mut add = |end, words: Words| {
                if !words.is_empty() {
                    let next = behind_blanks(positions, end);
                    candidates.push(Candidate { words, next: next as u16, blanks: (next - end) as u16 });
                }
            };
            add(start + 1, words);
            dictionary.layout.common_prefixes(node, &codes[start + 1..], |length, words| {
                add(start + 1 + length, words);
            });
        }
        positions[codes.len()].candidates = candidates.len() as u32;
    }

    /// In characters.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Those of its characters, and its end.
    #[inline(always)]
    pub fn positions(&self) -> &[Position] {
        &self.positions[..=self.length]
    }

    /// The categories of the character at a position, the one that decides first.
    #[inline(always)]
    pub fn categories(&self, position: usize) -> &[CategoryId] {
        self.characters.categories(self.positions[position].character)
    }

    /// The end of a word that ends before a position.
    #[inline(always)]
    pub fn end(&self, position: usize) -> End {
        End { position, next: behind_blanks(&self.positions, position) }
    }

    /// Whether somewhere more blanks than these follow each other.
    #[cfg(target_arch = "x86_64")]
    pub fn has_more_blanks_than(&self, most: usize) -> bool {
        let runs = self.positions().chunk_by(|one, next| one.is_blank && next.is_blank);
        self.length > most && runs.map(<[_]>::len).max() > Some(most)
    }
}

/// The first position from one on that is no blank; the end is none.
#[inline(always)]
fn behind_blanks(positions: &[Position], mut position: usize) -> usize {
    while positions[position].is_blank {
        position += 1;
    }
    position
}
