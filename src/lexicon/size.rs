//! Limits of a whole lexicon, so that none can fill the memory.

use super::error::Mistake;
use super::pattern::Pattern;
use super::{Entry, pattern};

/// How many tokens all patterns may come to when their repetitions are written out. Those of the default lexicon come to
/// some 5,000.
pub const MAX_TOKENS: usize = 200_000;

/// How many branches of values may need a regular expression, of at most 64 KiB each. The default lexicon has none.
pub const MAX_REGEXES: usize = 2_000;

/// The size of the entries so far.
#[derive(Default)]
pub(super) struct Size {
    tokens: usize,
    regexes: usize,
}

impl Size {
    /// Adds an entry.
    pub fn add(&mut self, entry: &Entry) -> Result<(), Mistake> {
        for pattern in entry.patterns() {
            self.tokens = self.tokens.saturating_add(pattern.size());
            self.regexes = self.regexes.saturating_add(pattern.regexes());
        }
        if self.tokens > MAX_TOKENS {
            return Err(Mistake::TooManyTokens);
        }
        if self.regexes > MAX_REGEXES {
            return Err(Mistake::TooManyRegexes);
        }
        Ok(())
    }
}

/// Checks the pattern that was made of a citation form.
pub(super) fn check_form(pattern: &Pattern) -> Result<(), Mistake> {
    if pattern.size() > pattern::MAX_TOKENS { Err(Mistake::LongForm) } else { Ok(()) }
}
