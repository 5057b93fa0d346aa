//! A stretch of text.

use std::ops::Range;

/// A stretch of a text, in bytes from its beginning; half-open.
pub type Span = Range<usize>;
