//! The symbols that NFAs and DFAs read.

/// A set of words that meet the same conditions, or a boundary of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// The beginning of the sentence.
    pub const START: Symbol = Symbol(1);
    /// The end of the sentence.
    pub const END: Symbol = Symbol(2);
    /// Set if the words are tokens, as every morpheme is asked for it.
    const TOKEN: u32 = 1 << 31;

    /// The number of indices that are not those of words: no symbol, START and END.
    pub(super) const RESERVED: usize = 3;

    /// The symbol of words.
    pub(super) fn new(index: usize, is_token: bool) -> Self {
        Symbol(index as u32 | if is_token { Self::TOKEN } else { 0 })
    }

    /// The symbol that [`Symbol::bits`] gave; none of 0.
    pub(super) fn from_bits(bits: u32) -> Option<Self> {
        (bits != 0).then_some(Symbol(bits))
    }

    /// The symbol as a number that is never 0.
    pub(super) fn bits(self) -> u32 {
        self.0
    }

    /// Its index, for tables.
    pub fn index(self) -> usize {
        (self.0 & !Self::TOKEN) as usize
    }

    /// Whether its words count as tokens.
    pub fn is_token(self) -> bool {
        self.0 & Self::TOKEN != 0
    }
}
