//! Whether the lines of a text are joined.

use super::Wrapping;

/// In which texts lines are joined that a page's width has broken.
///
/// ```
/// use hedgerow::{Counter, WrapPolicy};
///
/// let text = "効果が\n期待される";
/// let sentences = |policy| Counter::builder().wrapping(policy).build().map(|counter| counter.count(text).sentences);
/// assert_eq!((sentences(WrapPolicy::Auto)?, sentences(WrapPolicy::Always)?), (2, 1));
/// # Ok::<(), hedgerow::SetupError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WrapPolicy {
    /// In texts that plainly are hard-wrapped.
    #[default]
    Auto,
    /// In all.
    Always,
    /// In none.
    Never,
}

impl WrapPolicy {
    /// The wrapping of a text, and its ruby.
    pub fn wrapping(self, text: &str) -> Wrapping<'static> {
        let lines = match self {
            WrapPolicy::Auto => Wrapping::of(text),
            WrapPolicy::Always => Wrapping::forced(text),
            WrapPolicy::Never => Wrapping::NONE,
        };
        lines.with_ruby_of(text)
    }

    /// A wrapping with the line ends of a document that are known to end no sentence, unless no lines are joined at all.
    pub fn with_joined<'a>(self, wrapping: Wrapping<'a>, joined: &'a [usize], start: usize) -> Wrapping<'a> {
        if self == WrapPolicy::Never { wrapping } else { wrapping.with_joined(joined, start) }
    }

    /// Its name in the record of a run.
    pub fn name(self) -> &'static str {
        match self {
            WrapPolicy::Auto => "auto",
            WrapPolicy::Always => "always",
            WrapPolicy::Never => "never",
        }
    }
}
