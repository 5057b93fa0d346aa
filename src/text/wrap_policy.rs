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
    pub fn wrapping(self, text: &str) -> Wrapping {
        let lines = match self {
            WrapPolicy::Auto => Wrapping::of(text),
            WrapPolicy::Always => Wrapping::forced(text),
            WrapPolicy::Never => Wrapping::NONE,
        };
        lines.with_ruby_of(text)
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
