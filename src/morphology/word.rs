//! Morphemes, their words, and the features of these.

/// A word of the dictionary, by its id, or an unknown word, by its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word(u32);

impl Word {
    const UNKNOWN: u32 = 1 << 31;

    /// The word of the dictionary with this id, below 2³¹.
    pub fn known(id: u32) -> Self {
        Word(id)
    }

    /// An unknown word of this class, below 2³¹.
    pub fn unknown(class: u32) -> Self {
        Word(class | Self::UNKNOWN)
    }

    /// The id of a word of the dictionary; `None` for an unknown word.
    pub fn known_id(self) -> Option<u32> {
        (self.0 & Self::UNKNOWN == 0).then_some(self.0)
    }

    /// The class of an unknown word; `None` for a word of the dictionary.
    pub fn unknown_class(self) -> Option<u32> {
        (self.0 & Self::UNKNOWN != 0).then_some(self.0 & !Self::UNKNOWN)
    }
}

/// One morpheme of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Morpheme {
    /// The byte offset of its beginning in the sentence.
    pub start: u32,
    /// The byte offset of its end.
    pub end: u32,
    /// Its word.
    pub word: Word,
}

impl Morpheme {
    /// Its surface form in the sentence that it was cut from.
    pub fn surface<'a>(&self, sentence: &'a str) -> &'a str {
        &sentence[self.start as usize..self.end as usize]
    }
}

/// The features of a word, as its schema names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features<'a> {
    /// The citation form; the surface form where the dictionary has none.
    pub lemma: &'a str,
    /// The part of speech, its levels joined by `-`.
    pub pos: String,
}
