//! What the dictionary says of characters: the forms that begin with them, and the words that may which it does not know.
//! Each character is looked at once.

use lindera_dictionary::dictionary::character_definition::{CategoryId, CharacterDefinition};

use super::forms::{Branch, Forms, NO_CODE, Record};

/// A character.
#[derive(Clone, Copy)]
pub(super) struct Character<'d> {
    /// What stands for it when forms are looked up.
    pub code: u32,
    pub categories: &'d [CategoryId],
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

/// What stands behind the last character: no word begins there, and no category goes on.
pub(super) const END: CharacterId = 0;

/// The characters of a dictionary, as far as they have been seen.
pub(super) struct Characters<'d> {
    definition: &'d CharacterDefinition,
    forms: Forms<'d>,
    /// The category of blanks, if there is one.
    blanks: Option<CategoryId>,
    seen: Vec<Character<'d>>,
    /// By character: its number; that of the end before it is seen. Most pages of this are never touched.
    numbers: Vec<u32>,
}

impl<'d> Characters<'d> {
    pub fn new(definition: &'d CharacterDefinition, forms: Forms<'d>, blanks: Option<CategoryId>) -> Self {
        let numbers = vec![END; char::MAX as usize + 1];
        let mut characters = Characters { definition, forms, blanks, seen: Vec::new(), numbers };
        characters.add(NO_CODE, &[]);
        characters
    }

    pub fn get(&self, number: CharacterId) -> &Character<'d> {
        &self.seen[number as usize]
    }

    #[inline(always)]
    pub fn number(&mut self, character: char) -> CharacterId {
        match self.numbers[character as usize] {
            END => self.see(character),
            number => number,
        }
    }

    #[cold]
    fn see(&mut self, character: char) -> CharacterId {
        let number = self.add(self.forms.code(character), self.definition.lookup_categories(character));
        self.numbers[character as usize] = number;
        number
    }

    fn add(&mut self, code: u32, categories: &'d [CategoryId]) -> CharacterId {
        let invokes = |category: &CategoryId| self.definition.lookup_definition(*category).invoke;
        let (branch, words) = self.forms.step(self.forms.root(), code).unwrap_or((Branch::NONE, &[]));
        self.seen.push(Character {
            code,
            categories,
            is_blank: self.blanks.is_some_and(|blanks| categories.contains(&blanks)),
            invokes: categories.iter().any(invokes),
            words,
            branch,
        });
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
                let Character { code, categories, is_blank, .. } = *characters.get(number);
                assert_eq!(categories, definition.lookup_categories(character), "{character:?}");
                assert_eq!(is_blank, categories.contains(&blanks), "{character:?}");
                assert_eq!(code, dictionary.forms().code(character));
            }
        }
    }
}
