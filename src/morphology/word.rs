//! What the analyser gives: morphemes, and the features of their words.

/// A word of the dictionary, or the class of a word that the dictionary does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word(u32);

impl Word {
    const UNKNOWN: u32 = 1 << 31;

    /// The word of the dictionary with this number.
    pub fn known(id: u32) -> Self {
        Word(id)
    }

    /// A word of the class of unknown words with this number.
    pub fn unknown(class: u32) -> Self {
        Word(class | Self::UNKNOWN)
    }

    /// The number of the dictionary word; `None` for a word that the dictionary does not know.
    pub fn known_id(self) -> Option<u32> {
        (self.0 & Self::UNKNOWN == 0).then_some(self.0)
    }

    /// The number of the class of unknown words; `None` for a word of the dictionary.
    pub fn unknown_class(self) -> Option<u32> {
        (self.0 & Self::UNKNOWN != 0).then_some(self.0 & !Self::UNKNOWN)
    }
}

/// One morpheme of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Morpheme {
    /// Its first byte in the sentence.
    pub start: u32,
    /// The byte behind its last.
    pub end: u32,
    /// Which word it is.
    pub word: Word,
}

impl Morpheme {
    /// Its form in the sentence that it was cut from.
    pub fn surface<'a>(&self, sentence: &'a str) -> &'a str {
        &sentence[self.start as usize..self.end as usize]
    }
}

/// What the dictionary says of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features<'a> {
    /// The citation form; for a word that the dictionary does not know, the form itself.
    pub lemma: &'a str,
    /// The part of speech, its levels joined by `-`.
    pub pos: String,
}
