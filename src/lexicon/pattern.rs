//! The pattern language: the subset of CQL (Corpus Query Language) that corpus tools share.
//!
//! `[lemma="期待"] [lemma="する"]? [lemma="れる|られる"]` is read token by token. An attribute is
//! `word`, `lemma` or `pos`; a value is a regular expression that must match the whole attribute.
//! A bare string stands for `[word="…"]`, `[]` for any token, `<s>` and `</s>` for the ends of the sentence,
//! `/name[]` for a pattern that has been given this name.
//!
//! Source of the syntax: Christ, O. (1994), "A modular and flexible architecture for an integrated
//! corpus query system", COMPLEX'94; Evert & Hardie (2011), "Twenty-first century Corpus Workbench".

mod parser;
pub(crate) mod value;

use std::collections::BTreeMap;
use std::fmt;

pub use parser::parse;

/// Patterns by the name that other patterns call them by.
pub type Macros = BTreeMap<String, Pattern>;

/// How often a bounded repetition may be asked for; more is a slip of the pen, and would only cost memory.
pub const MOST_REPETITIONS: u32 = 50;

/// What a token is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Attribute {
    /// The form as it stands in the text.
    Word,
    /// The citation form that the dictionary gives; for a word it does not know, the form itself.
    Lemma,
    /// The part of speech, its levels joined by `-` (`名詞-サ変接続`).
    Pos,
}

impl Attribute {
    /// Every attribute with the name it has in a pattern.
    pub const NAMES: [(&'static str, Attribute); 3] =
        [("word", Attribute::Word), ("lemma", Attribute::Lemma), ("pos", Attribute::Pos)];
}

/// A condition on one token.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TokenTest {
    /// `[]`: any token.
    Any,
    /// `attribute="value"`.
    Equal(Attribute, String),
    /// `attribute!="value"`.
    Different(Attribute, String),
    /// `a & b`.
    All(Vec<TokenTest>),
    /// `a | b`.
    Either(Vec<TokenTest>),
}

impl TokenTest {
    fn asks_for_a_word(&self) -> bool {
        match self {
            TokenTest::Any | TokenTest::Different(..) => false,
            TokenTest::Equal(attribute, _) => *attribute != Attribute::Pos,
            TokenTest::All(parts) => parts.iter().any(TokenTest::asks_for_a_word),
            TokenTest::Either(parts) => parts.iter().all(TokenTest::asks_for_a_word),
        }
    }
}

/// A pattern over tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// One token.
    Token(TokenTest),
    /// `<s>`: the beginning of the sentence.
    SentenceStart,
    /// `</s>`: the end of the sentence.
    SentenceEnd,
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of them.
    Alternatives(Vec<Pattern>),
    /// `?`, `*`, `+`, `{n,m}`; no `most` means without limit.
    Repeat { inner: Box<Pattern>, least: u32, most: Option<u32> },
}

impl Pattern {
    /// The pattern of a citation form: one token for each of its lemmas, whatever their inflection.
    pub fn of_lemmas<'a>(lemmas: impl IntoIterator<Item = &'a str>) -> Pattern {
        let token =
            |lemma: &str| Pattern::Token(TokenTest::Equal(Attribute::Lemma, regex_lite::escape(lemma)));
        Pattern::Sequence(lemmas.into_iter().map(token).collect())
    }

    /// Whether the pattern is satisfied everywhere, by no token and no end of a sentence.
    pub fn matches_nothing(&self) -> bool {
        match self {
            Pattern::Token(_) | Pattern::SentenceStart | Pattern::SentenceEnd => false,
            Pattern::Sequence(parts) => parts.iter().all(Pattern::matches_nothing),
            Pattern::Alternatives(parts) => parts.iter().any(Pattern::matches_nothing),
            Pattern::Repeat { inner, least, .. } => *least == 0 || inner.matches_nothing(),
        }
    }

    /// Whether its first token is asked for its word or lemma.
    pub fn begins_with_a_word(&self) -> bool {
        match self {
            Pattern::Token(test) => test.asks_for_a_word(),
            Pattern::SentenceStart | Pattern::SentenceEnd => false,
            Pattern::Sequence(parts) => {
                let needed = parts.iter().position(|part| !part.matches_nothing());
                parts[..needed.map_or(parts.len(), |at| at + 1)].iter().all(Pattern::begins_with_a_word)
            }
            Pattern::Alternatives(parts) => parts.iter().all(Pattern::begins_with_a_word),
            Pattern::Repeat { inner, .. } => inner.begins_with_a_word(),
        }
    }

    /// Whether `<s>` or `</s>` stands in it.
    pub fn names_a_sentence_end(&self) -> bool {
        match self {
            Pattern::Token(_) => false,
            Pattern::SentenceStart | Pattern::SentenceEnd => true,
            Pattern::Sequence(parts) | Pattern::Alternatives(parts) => {
                parts.iter().any(Pattern::names_a_sentence_end)
            }
            Pattern::Repeat { inner, .. } => inner.names_a_sentence_end(),
        }
    }
}

/// A mistake in a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Where it is: characters from the beginning of the pattern, from 0.
    pub at: usize,
    /// What was expected there.
    pub expected: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at character {} of the pattern: expected {}", self.at + 1, self.expected)
    }
}

impl std::error::Error for PatternError {}
