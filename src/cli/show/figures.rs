//! Figures as the terminal shows them.

use hedgerow::messages::grouped;

use crate::cli::messages::own_words;

/// A number with its noun in the singular or plural, by the key of this noun; thousands set off by commas.
pub fn counted(number: u64, key: &'static str) -> String {
    own_words(key, &[("count", &grouped(number))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_follows_its_number() {
        assert_eq!(
            [0, 1, 2].map(|number| counted(number, "counted.token")),
            ["0 tokens", "1 token", "2 tokens"]
        );
    }
}
