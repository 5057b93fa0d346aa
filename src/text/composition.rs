//! Composed characters, the form in which names are compared.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A name in NFC: systems differ in whether they write ガ as one character or as カ and a voiced mark.
pub fn composed(name: &str) -> String {
    match is_nfc_quick(name.chars()) {
        IsNormalized::Yes => name.to_owned(),
        _ => name.nfc().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::composed;

    #[test]
    fn names_are_composed() {
        for (name, expected) in
            [("カ\u{3099}イト\u{3099}.txt", "ガイド.txt"), ("e\u{301}", "é"), ("犬.txt", "犬.txt")]
        {
            assert_eq!(composed(name), expected);
        }
    }
}
