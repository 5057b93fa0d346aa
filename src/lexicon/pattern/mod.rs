//! The pattern language: the subset of CQL (Corpus Query Language) that corpus tools share.
//!
//! `[lemma="期待"] [lemma="する"]? [lemma="れる|られる"]` is read token by token. An attribute is
//! `word`, `lemma` or `pos`; a value is a regular expression that must match the whole attribute.
//! A bare string stands for `[word="…"]`, `[]` for any token, `<s>` and `</s>` for the sentence boundaries,
//! `/name[]` for the macro of this name.
//!
//! Source of the syntax: Christ, O. (1994), "A modular and flexible architecture for an integrated
//! corpus query system", COMPLEX'94; Evert & Hardie (2011), "Twenty-first century Corpus Workbench".

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unwrap_used
    )
)]

mod error;
mod folding;
mod parser;
pub(crate) mod value;

use std::collections::BTreeMap;

pub use error::{Expected, PatternError};
pub use parser::parse;

/// Patterns by the name that other patterns call them by.
pub type Macros = BTreeMap<String, Pattern>;

/// The largest bound of a repetition; more is a slip of the pen, and would only cost memory.
pub const MAX_REPETITIONS: u32 = 50;

/// How deep groups and repetitions may be nested. Reading, checking, compiling and dropping a pattern recurse into it.
pub const MAX_NESTING: usize = 100;

/// How many tokens a pattern may come to when its repetitions are written out, as the compiled one has them.
pub const MAX_TOKENS: usize = 10_000;

/// How many characters a pattern may have.
pub const MAX_LENGTH: usize = 1_000_000;

/// What of a token a condition tests.
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
    /// Whether whatever passes has a word or lemma that the test names, not merely a part of speech.
    fn is_lexical(&self) -> bool {
        match self {
            TokenTest::Any | TokenTest::Different(..) => false,
            TokenTest::Equal(attribute, _) => *attribute != Attribute::Pos,
            TokenTest::All(parts) => parts.iter().any(TokenTest::is_lexical),
            TokenTest::Either(parts) => parts.iter().all(TokenTest::is_lexical),
        }
    }

    fn regexes(&self) -> usize {
        match self {
            TokenTest::Any => 0,
            TokenTest::Equal(_, value) | TokenTest::Different(_, value) => value::regexes(value),
            TokenTest::All(parts) | TokenTest::Either(parts) => parts.iter().map(TokenTest::regexes).sum(),
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
    /// `?`, `*`, `+`, `{n,m}`; no `max` means without limit.
    Repeat { inner: Box<Pattern>, min: u32, max: Option<u32> },
}

impl Pattern {
    /// The pattern of a citation form: one token for each of its lemmas, whatever their inflection.
    pub fn of_lemmas<'a>(lemmas: impl IntoIterator<Item = &'a str>) -> Pattern {
        let token =
            |lemma: &str| Pattern::Token(TokenTest::Equal(Attribute::Lemma, regex_lite::escape(lemma)));
        Pattern::Sequence(lemmas.into_iter().map(token).collect())
    }

    /// Whether the pattern matches the empty sequence, without a sentence boundary, and so everywhere.
    pub fn is_nullable(&self) -> bool {
        match self {
            Pattern::Token(_) | Pattern::SentenceStart | Pattern::SentenceEnd => false,
            Pattern::Sequence(parts) => parts.iter().all(Pattern::is_nullable),
            Pattern::Alternatives(parts) => parts.iter().any(Pattern::is_nullable),
            Pattern::Repeat { inner, min, .. } => *min == 0 || inner.is_nullable(),
        }
    }

    /// Whether the first token of every match is tested for its word or lemma, not merely for its part of speech.
    pub fn starts_lexically(&self) -> bool {
        match self {
            Pattern::Token(test) => test.is_lexical(),
            Pattern::SentenceStart | Pattern::SentenceEnd => false,
            Pattern::Sequence(parts) => {
                // Up to the first that is required.
                let mut is_open = true;
                let first = |part: &&Pattern| std::mem::replace(&mut is_open, part.is_nullable());
                parts.iter().take_while(first).all(Pattern::starts_lexically)
            }
            Pattern::Alternatives(parts) => parts.iter().all(Pattern::starts_lexically),
            Pattern::Repeat { inner, .. } => inner.starts_lexically(),
        }
    }

    /// Whether `<s>` or `</s>` stands in it.
    pub fn has_sentence_boundary(&self) -> bool {
        match self {
            Pattern::Token(_) => false,
            Pattern::SentenceStart | Pattern::SentenceEnd => true,
            Pattern::Sequence(parts) | Pattern::Alternatives(parts) => {
                parts.iter().any(Pattern::has_sentence_boundary)
            }
            Pattern::Repeat { inner, .. } => inner.has_sentence_boundary(),
        }
    }

    /// How many repetitions are nested at most.
    fn nested_repeats(&self) -> usize {
        match self {
            Pattern::Token(_) | Pattern::SentenceStart | Pattern::SentenceEnd => 0,
            Pattern::Sequence(parts) | Pattern::Alternatives(parts) => {
                parts.iter().map(Pattern::nested_repeats).max().unwrap_or(0)
            }
            Pattern::Repeat { inner, .. } => inner.nested_repeats().saturating_add(1),
        }
    }

    /// How many branches of the values in it need a regular expression.
    pub(super) fn regexes(&self) -> usize {
        match self {
            Pattern::Token(test) => test.regexes(),
            Pattern::SentenceStart | Pattern::SentenceEnd => 0,
            Pattern::Sequence(parts) | Pattern::Alternatives(parts) => {
                parts.iter().map(Pattern::regexes).sum()
            }
            Pattern::Repeat { inner, .. } => inner.regexes(),
        }
    }

    /// How many tokens and boundaries it comes to when its repetitions are written out.
    pub(super) fn size(&self) -> usize {
        match self {
            Pattern::Token(_) | Pattern::SentenceStart | Pattern::SentenceEnd => 1,
            Pattern::Sequence(parts) | Pattern::Alternatives(parts) => {
                parts.iter().map(Pattern::size).fold(0, usize::saturating_add)
            }
            Pattern::Repeat { inner, min, max } => {
                inner.size().saturating_mul(max.unwrap_or(min.saturating_add(1)) as usize)
            }
        }
    }
}
