//! What the dictionary says of characters, looked up once for each: categories, and the trie behind its first edge.

use lindera_dictionary::dictionary::character_definition::CategoryId;

use super::DictionaryView;
use super::trie::{NO_CODE, TrieNode, Words};

/// A character, as the search needs it.
#[derive(Clone, Copy)]
pub struct Character {
    /// Its code in the trie.
    pub code: u32,
    /// Whether it separates words without being one: it has the category of blanks in `char.def`.
    pub is_blank: bool,
    /// Whether unknown words may begin with it even where a word of the dictionary begins.
    pub invokes: bool,
    /// The words that are written as this character alone.
    pub words: Words,
    /// The node of the trie that it leads to.
    pub node: TrieNode,
    /// Its categories in the table of all, the first and the one behind the last.
    categories: (u32, u32),
}

/// The index of a character in the order in which they were first met: frequent ones share cache lines.
pub type CharacterId = u32;

/// The sentinel behind the last character: it has no category, and no word begins with it.
pub const END_OF_TEXT: CharacterId = 0;

/// The number of code points, of surrogates too.
const CODE_POINTS: usize = char::MAX as usize + 1;

/// The name of the category of blanks in MeCab's `char.def`.
const BLANKS: &str = "SPACE";

/// A cache of the characters met so far; one for each thread and dictionary.
pub struct Characters {
    met: Vec<Character>,
    /// The categories of each character that has been met.
    categories: Vec<CategoryId>,
    /// By code point: the character's id; `END_OF_TEXT` before it is met. Most of its pages are never touched.
    ids: Box<[CharacterId; CODE_POINTS]>,
    blanks: Option<CategoryId>,
}

impl Characters {
    pub fn new(dictionary: DictionaryView) -> Self {
        let ids = vec![END_OF_TEXT; CODE_POINTS].into_boxed_slice();
        let mut characters = Characters {
            met: Vec::new(),
            categories: Vec::new(),
            ids: ids.try_into().expect("as many as there are code points"),
            blanks: dictionary.words.character_definition.category_id_by_name(BLANKS),
        };
        characters.add(dictionary, NO_CODE, &[], false);
        characters
    }

    /// The category of blanks, if the dictionary has one.
    pub fn blanks(&self) -> Option<CategoryId> {
        self.blanks
    }

    pub fn get(&self, id: CharacterId) -> &Character {
        &self.met[id as usize]
    }

    /// The categories of a character, the one that decides first.
    pub fn categories(&self, id: CharacterId) -> &[CategoryId] {
        let (first, end) = self.get(id).categories;
        &self.categories[first as usize..end as usize]
    }

    #[inline(always)]
    pub fn id(&mut self, dictionary: DictionaryView, character: char) -> CharacterId {
        match self.ids[character as usize] {
            END_OF_TEXT => self.meet(dictionary, character),
            id => id,
        }
    }

    #[cold]
    fn meet(&mut self, dictionary: DictionaryView, character: char) -> CharacterId {
        let mut categories = dictionary.words.character_definition.lookup_categories(character);
        let blanks = self.blanks;
        let is_blank = blanks.is_some_and(|blanks| categories.contains(&blanks));
        // IPADIC and UniDic have the ideographic space as a word of its own, a symbol, but lindera trims the forms that
        // it reads. Without a word it would be an unknown noun.
        if character.is_whitespace() && !is_blank {
            categories = blanks.as_ref().map_or(categories, std::slice::from_ref);
        }
        let id = self.add(dictionary, dictionary.layout.code(character), categories, is_blank);
        self.ids[character as usize] = id;
        id
    }

    fn add(
        &mut self,
        dictionary: DictionaryView,
        code: u32,
        categories: &[CategoryId],
        is_blank: bool,
    ) -> CharacterId {
        let DictionaryView { words, layout } = dictionary;
        let invokes = |category: &CategoryId| words.character_definition.lookup_definition(*category).invoke;
        let (node, alike) = layout.child(layout.root(), code).unwrap_or((TrieNode::NONE, Words::NONE));
        let first = self.categories.len() as u32;
        self.categories.extend(categories);
        self.met.push(Character {
            code,
            is_blank,
            invokes: categories.iter().any(invokes),
            words: alike,
            node,
            categories: (first, self.categories.len() as u32),
        });
        self.met.len() as CharacterId - 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Dictionary;
    use super::*;

    #[test]
    fn a_character_is_what_the_dictionary_says_however_often_it_is_looked_up() {
        let dictionary = Dictionary::embedded().unwrap();
        let dictionary = dictionary.view();
        let definition = &dictionary.words.character_definition;
        let blanks = definition.category_id_by_name("SPACE").unwrap();
        let mut characters = Characters::new(dictionary);
        for (character, is_blank) in [(' ', true), ('語', false)] {
            let id = characters.id(dictionary, character);
            assert_eq!(characters.get(id).is_blank, is_blank);
        }
        for _ in 0..2 {
            for character in (0..0x3_0000).filter_map(char::from_u32) {
                let id = characters.id(dictionary, character);
                let Character { code, is_blank, .. } = *characters.get(id);
                let categories = characters.categories(id);
                let defined = definition.lookup_categories(character);
                let expected = if character.is_whitespace() { &[blanks][..] } else { defined };
                assert_eq!(categories, expected, "{character:?}");
                assert_eq!(is_blank, defined.contains(&blanks), "{character:?}");
                assert_eq!(code, dictionary.layout.code(character));
            }
        }
    }
}
