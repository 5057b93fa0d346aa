//! The beginning and the end of a long text.

/// The most characters of the sentence on either side of a node. Without a limit, a text without full stops would be
/// repeated for each of its hits.
const MAX_CONTEXT: usize = 200;

/// What is shown of a sentence before a node.
pub fn left_context(text: &str) -> &str {
    last_characters(text, MAX_CONTEXT)
}

/// What is shown of a sentence behind a node.
pub fn right_context(text: &str) -> &str {
    first_characters(text, MAX_CONTEXT)
}

/// What a text begins with, at most so many characters.
pub(crate) fn first_characters(text: &str, most: usize) -> &str {
    &text[..text.len() - behind_characters(text, most).len()]
}

/// What a text ends with, at most so many characters.
pub(crate) fn last_characters(text: &str, most: usize) -> &str {
    // No character has more than four bytes.
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(4 * most))..];
    behind_characters(end, end.chars().count().saturating_sub(most))
}

/// What stands behind so many characters. `Chars::nth` passes over many at once, that of `char_indices` over one by one.
fn behind_characters(text: &str, number: usize) -> &str {
    let mut characters = text.chars();
    if let Some(last) = number.checked_sub(1) {
        characters.nth(last);
    }
    characters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_is_cut_at_characters() {
        assert_eq!((first_characters("あいう", 2), first_characters("あい", 2)), ("あい", "あい"));
        assert_eq!((last_characters("あいう", 2), last_characters("あ", 2)), ("いう", "あ"));
        assert_eq!((last_characters("a𠮷𠮷", 2), last_characters("𠮷aab", 2)), ("𠮷𠮷", "ab"));
        assert_eq!((first_characters("あ", 0), last_characters("あ", 0)), ("", ""));
    }
}
