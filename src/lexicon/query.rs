//! A search for any words: a pattern of the lexicon's language, or words as one writes them.

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

use std::fmt;

use super::error::excerpt;
use super::pattern::{self, Pattern, PatternError};
use super::size::Size;
use super::{Category, Contexts, Entry, Lexicon, LexiconLoader, Stance};
use crate::messages::Message;
use crate::text::folded;

/// A query that can't be searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// There is nothing in it.
    Empty,
    /// Its pattern can't be read.
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        error: PatternError,
    },
    /// `<s>` or `</s>` stands in it.
    Boundary(String),
    /// It matches the empty sequence, and so everywhere.
    Nullable(String),
    /// It comes to too many tokens, or needs too many regular expressions.
    TooLarge,
}

impl QueryError {
    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            QueryError::Empty => Message::new("query.empty", &[]),
            QueryError::Pattern { pattern, error } => {
                let pattern = excerpt(pattern, error.offset);
                Message::new("query.pattern", &[("pattern", &pattern)]).with("error", error.message())
            }
            QueryError::Boundary(pattern) => {
                Message::new("query.boundary", &[("pattern", &excerpt(pattern, 0))])
            }
            QueryError::Nullable(pattern) => {
                Message::new("query.nullable", &[("pattern", &excerpt(pattern, 0))])
            }
            QueryError::TooLarge => Message::new("query.too_large", &[]),
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for QueryError {}

/// Whether a query is a pattern: what else would have a token, a word in quotation marks, or a boundary in it?
fn is_pattern(query: &str) -> bool {
    query.contains(['[', ']', '"', '<', '>'])
}

impl LexiconLoader<'_> {
    /// A lexicon whose one entry is what is searched for; its form is the pattern. A query without `[`, `"` and `<` is words:
    /// they are cut into morphemes, and their lemmas are searched for in this order, whatever their inflection.
    ///
    /// # Errors
    /// A query that is no pattern, or matches everywhere.
    pub fn query(&self, query: &str) -> Result<Lexicon, QueryError> {
        let (node, form) = if is_pattern(query) {
            let parsed = pattern::parse(query, self.macros());
            let node = parsed.map_err(|error| QueryError::Pattern { pattern: query.into(), error })?;
            (node, query.trim().to_owned())
        } else {
            let words: Vec<Pattern> =
                query.split_whitespace().map(|word| self.pattern_of_form(&folded(word))).collect();
            let node = Pattern::Sequence(words);
            let form = notation(&node);
            (node, form)
        };
        if form.is_empty() {
            return Err(QueryError::Empty);
        }
        if node.has_sentence_boundary() {
            return Err(QueryError::Boundary(form));
        }
        if node.is_nullable() {
            return Err(QueryError::Nullable(form));
        }
        let entry = Entry::of_pattern(node, form);
        if Size::default().add(&entry).is_err() || entry.node.size() > pattern::MAX_TOKENS {
            return Err(QueryError::TooLarge);
        }
        Ok(Lexicon::of_entries(vec![entry]))
    }
}

/// The pattern of words, as one would write it.
fn notation(words: &Pattern) -> String {
    match words {
        Pattern::Sequence(parts) => parts.iter().map(notation).collect::<Vec<_>>().join(" "),
        Pattern::Token(pattern::TokenTest::Equal(_, lemma)) => {
            format!("[lemma=\"{}\"]", lemma.replace('"', "\\\""))
        }
        _ => String::new(),
    }
}

impl Entry {
    fn of_pattern(node: Pattern, form: String) -> Self {
        Entry {
            id: form.clone(),
            form,
            category: 0,
            node,
            before: None,
            not_before: None,
            after: None,
            not_after: None,
            negated: Some(false),
            examples: Vec::new(),
            denied: Vec::new(),
            counterexamples: Vec::new(),
            note: String::new(),
            origin: (String::new(), 1),
        }
    }
}

impl Lexicon {
    /// A lexicon of some entries in a category without a name, and without rules for their context.
    pub(crate) fn of_entries(entries: Vec<Entry>) -> Self {
        let category = Category {
            name: String::new(),
            stance: Stance::Hedge,
            term: String::new(),
            definition: String::new(),
            source: String::new(),
        };
        Lexicon { categories: vec![category], entries, contexts: Contexts::none(), files: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lexicon::LoadedMacros;
    use crate::morphology::Analyser;

    #[test]
    fn words_are_their_lemmas_and_a_pattern_is_taken_as_it_is() {
        let analyser = Arc::new(Analyser::embedded().unwrap());
        let loader = LexiconLoader::new(&analyser, LoadedMacros::read().unwrap());
        for (query, form) in [
            ("期待", r#"[lemma="期待"]"#),
            (" 期待された ", r#"[lemma="期待"] [lemma="する"] [lemma="れる"] [lemma="た"]"#),
            ("効果 が　ある", r#"[lemma="効果"] [lemma="が"] [lemma="ある"]"#),
            ("ＡＩ", r#"[lemma="AI"]"#),
            (r#""期待""#, r#""期待""#),
            ("[]", "[]"),
        ] {
            let lexicon = loader.query(query).unwrap();
            assert_eq!(lexicon.entries[0].form, form, "{query}");
            assert_eq!(loader.query(form).unwrap().entries[0].node.size(), lexicon.entries[0].node.size());
        }
        let boundary = |pattern: &str| QueryError::Boundary(pattern.into());
        for (query, error) in [
            ("", QueryError::Empty),
            (" \n", QueryError::Empty),
            (r#"<s> "犬""#, boundary(r#"<s> "犬""#)),
            (r#""犬"?"#, QueryError::Nullable(r#""犬"?"#.into())),
            (&"犬".repeat(20_000), QueryError::TooLarge),
        ] {
            assert_eq!(loader.query(query).unwrap_err(), error, "{query:.20}");
        }
        let message = loader.query(r#"[lema="期待"]"#).unwrap_err().to_string();
        assert!(message.contains("at character 2") && message.contains(r#"[lema="期待"]"#), "{message}");
    }
}
