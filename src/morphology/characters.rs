//! What the dictionary says of characters: the forms that begin with them, and the words that may which it does not know.
//! Each character is looked at once.

use lindera_dictionary::dictionary::character_definition::{CategoryId, CharacterDefinition};

use super::forms::{Branch, Forms, Record};

/// A character.
#[derive(Clone, Copy)]
pub(super) struct Character<'d> {
    /// What stands for it when forms are looked up.
    pub code: u32,
    /// The number of its categories.
    pub kind: KindId,
    pub is_blank: bool,
    /// Whether words that the dictionary does not know may begin with it where one begins that it knows.
    pub invokes: bool,
    /// The words that are written as this character alone.
    pub words: &'d [Record],
    /// Where the forms go on that begin with it.
    pub branch: Branch,
}

/// The number of a character that has been seen, in the order in which they were: frequent ones stand together.
pub(super) type CharacterId = u32;

/// The number of some categories that characters have.
pub(super) type KindId = u16;

/// What stands behind the last character has no category.
pub(super) const END: KindId = 0;

/// The characters of a dictionary, as far as they have been seen.
pub(super) struct Characters<'d> {
    definition: &'d CharacterDefinition,
    forms: Forms<'d>,
    /// The category of blanks, if there is one.
    blanks: Option<CategoryId>,
    kinds: Vec<&'d [CategoryId]>,
    seen: Vec<Character<'d>>,
    /// By character: its number plus 1, or 0 before it is seen. Most pages of this are never touched.
    numbers: Vec<u32>,
}

impl<'d> Characters<'d> {
    pub fn new(definition: &'d CharacterDefinition, forms: Forms<'d>, blanks: Option<CategoryId>) -> Self {
        let numbers = vec![0; char::MAX as usize + 1];
        Characters { definition, forms, blanks, kinds: vec![&[]], seen: Vec::new(), numbers }
    }

    /// The categories that characters of a kind have.
    pub fn categories(&self, kind: KindId) -> &'d [CategoryId] {
        self.kinds[usize::from(kind)]
    }

    pub fn get(&self, number: CharacterId) -> &Character<'d> {
        &self.seen[number as usize]
    }

    #[inline(always)]
    pub fn number(&mut self, character: char) -> CharacterId {
        match self.numbers[character as usize].checked_sub(1) {
            Some(number) => number,
            None => self.see(character),
        }
    }

    #[cold]
    fn see(&mut self, character: char) -> CharacterId {
        let categories = self.definition.lookup_categories(character);
        let kind = self.kinds.iter().position(|kind| *kind == categories).unwrap_or_else(|| {
            self.kinds.push(categories);
            self.kinds.len() - 1
        });
        let invokes = |category: &CategoryId| self.definition.lookup_definition(*category).invoke;
        let code = self.forms.code(character);
        let (branch, words) = self.forms.step(self.forms.root(), code).unwrap_or((Branch::NONE, &[]));
        self.seen.push(Character {
            code,
            kind: kind as KindId,
            is_blank: self.blanks.is_some_and(|blanks| categories.contains(&blanks)),
            invokes: categories.iter().any(invokes),
            words,
            branch,
        });
        self.numbers[character as usize] = self.seen.len() as u32;
        self.seen.len() as CharacterId - 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dictionary;
    use super::*;

    #[test]
    fn a_character_is_what_the_dictionary_says_however_often_it_is_looked_up() {
        let dictionary = Dictionary::embedded().unwrap();
        let definition = &dictionary.inner().character_definition;
        let blanks = definition.category_id_by_name("SPACE").unwrap();
        let mut characters = Characters::new(definition, dictionary.forms(), Some(blanks));
        for (character, is_blank) in [(' ', true), ('語', false)] {
            let number = characters.number(character);
            assert_eq!(characters.get(number).is_blank, is_blank);
        }
        for _ in 0..2 {
            for character in (0..0x3_0000).filter_map(char::from_u32) {
                let number = characters.number(character);
                let Character { code, kind, is_blank, .. } = *characters.get(number);
                let categories = characters.categories(kind);
                assert_eq!(categories, definition.lookup_categories(character), "{character:?}");
                assert_eq!(is_blank, categories.contains(&blanks), "{character:?}");
                assert_eq!(code, dictionary.forms().code(character));
            }
        }
        assert!(characters.kinds.len() < 30, "characters of the same categories are of one kind");
    }
}
