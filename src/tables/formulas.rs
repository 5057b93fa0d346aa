//! Cells that a spreadsheet would run as formulas; a `'` before them protects them.
//!
//! A formula that has apostrophes before it gets one more, so that taking one off always gives the text back: no two
//! texts are written as the same cell.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

use std::borrow::Cow;

/// The cell of a text: with a `'` before one that a spreadsheet would run.
pub fn protected(text: &str) -> Cow<'_, str> {
    match needs_protection(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text of a cell, without the `'` that protected it.
pub fn unprotected(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| needs_protection(text)).unwrap_or(cell)
}

/// Whether a `'` is put before a text.
pub(super) fn needs_protection(text: &str) -> bool {
    is_formula(text.trim_start_matches('\''))
}

/// Whether a spreadsheet would run a cell as a formula. A number is no formula, and a variable may be negative.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(text)
}

/// Whether a text is an optional sign and digits with at most one decimal point.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.chars().any(|c| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() < 2
}

#[cfg(test)]
mod tests {
    use super::{is_number, needs_protection, unprotected};

    #[test]
    fn only_the_mark_of_a_formula_is_taken_off() {
        for (cell, text) in [
            ("'=5", "=5"),
            ("'-5", "'-5"),
            ("'a", "'a"),
            ("'@x", "@x"),
            ("=5", "=5"),
            ("", ""),
            ("''=x", "'=x"),
            ("''-5", "''-5"),
        ] {
            assert_eq!(unprotected(cell), text);
        }
    }

    #[test]
    fn what_is_protected_is_taken_off_without_loss() {
        for text in ["=x", "'=x", "''=x", "'", "''", "", "-5", "'-5", "''-5", "'-", "-", "'a", "\t", "'\r'"] {
            let cell = if needs_protection(text) { format!("'{text}") } else { text.into() };
            assert_eq!(unprotected(&cell), text);
        }
    }

    #[test]
    fn a_number_is_no_formula() {
        for (text, number) in [("-5", true), ("+1.5", true), ("-", false), ("-5+1", false), ("=5", false)] {
            assert_eq!(is_number(text), number, "{text}");
        }
    }
}
