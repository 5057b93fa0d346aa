//! What quotes the words before it, so that their mark ends no sentence: `本当？と思う。`, `行くな！」と叫んだ。`

use super::characters::is_hiragana;

/// Beginnings of what quotes any words; with `!`, of what may begin a sentence with と.
const BEGINNINGS: &str = include_str!("quotatives.txt");

/// Whether `behind` quotes what stands before it: a stretch that ends in `mark`, and in a closing bracket where it `is_closed`.
pub(super) fn quotes(behind: &str, mark: char, is_closed: bool) -> bool {
    if is_closed && ["を", "など"].iter().any(|particle| behind.starts_with(particle)) {
        return true;
    }
    let Some(next) = behind.strip_prefix('と') else { return behind.starts_with("って") };
    let mut beginnings = BEGINNINGS.lines().filter(|line| !line.starts_with('#'));
    if beginnings.clone().any(|beginning| behind.starts_with(beginning)) {
        return true;
    }
    let is_open = is_closed || !matches!(mark, '。' | '｡' | '．' | '.');
    let may_quote = is_closed || next.starts_with(|c: char| c.is_alphabetic() && !is_hiragana(c));
    is_open
        && may_quote
        && !beginnings.any(|line| line.strip_prefix('!').is_some_and(|word| behind.starts_with(word)))
}
