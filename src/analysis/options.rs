//! What a count is asked to do.

use super::Plan;
use crate::corpus::ReadOptions;
use crate::text::Wrapping;

/// In which texts lines are joined that a page's width has broken.
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
    /// The wrapping of a text.
    pub fn wrapping(self, text: &str) -> Wrapping {
        match self {
            WrapPolicy::Auto => Wrapping::of(text),
            WrapPolicy::Always => Wrapping::told(text),
            WrapPolicy::Never => Wrapping::NONE,
        }
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

/// What a count of a corpus does besides counting.
#[derive(Debug, Clone, Default)]
pub struct CountOptions<'a> {
    /// How documents are read.
    pub reading: ReadOptions,
    /// Whether lines are joined.
    pub wrapped: WrapPolicy,
    /// Leave out documents that can't be read, and list them in the record of the run.
    pub skip_unreadable: bool,
    /// Replace the tables of a folder that exists.
    pub replace: bool,
    /// Compare the groups that a variable makes, so named.
    pub compare: Option<(&'a str, Plan)>,
}
