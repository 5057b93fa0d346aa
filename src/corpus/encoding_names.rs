//! The names that users give encodings.

use std::str::FromStr;

use super::{Encoding, ReadOptionError};
use crate::nearest::nearest;

/// Names that are no labels of the WHATWG Encoding Standard, and the label of each.
const NAMES: &str = include_str!("encoding_names.txt");

/// What is suggested where a name is nearly one of these.
const SUGGESTED: [&str; 5] = ["UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-16LE"];

impl FromStr for Encoding {
    type Err = ReadOptionError;

    /// The encoding of a label of the WHATWG Encoding Standard, or of another name that is used for one of Japanese;
    /// hyphens, underlines, blanks and case make no difference.
    fn from_str(name: &str) -> Result<Self, ReadOptionError> {
        let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let letters = letters.to_ascii_lowercase();
        let of_name = || names().find(|(known, _)| *known == letters).map(|(_, label)| label);
        let labels = [name.trim(), of_name().unwrap_or_default(), &letters];
        labels.into_iter().find_map(|label| Encoding::of_label(label.as_bytes())).ok_or_else(|| {
            let nearest = nearest(name, SUGGESTED).map(str::to_owned);
            ReadOptionError::Encoding { name: name.into(), nearest }
        })
    }
}

fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.lines().filter_map(|line| line.split_once(' ')).filter(|(known, _)| *known != "#")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_known_by_the_names_that_are_in_use() {
        for (names, expected) in [
            (
                &["shiftjis", "Shift-JIS", "SHIFT_JIS", "sjis", "cp932", "CP-932", "MS932", "Windows-31J"][..],
                "Shift_JIS",
            ),
            (&["eucjp", "EUC-JP", "euc_jp", "eucJP-ms", "ujis", "CP51932"], "EUC-JP"),
            (&["jis", "ISO2022JP", "iso-2022-jp", "iso_2022_jp"], "ISO-2022-JP"),
            (&["utf8", "UTF-8", "utf_8", "utf-8-sig", "UTF-8N", "65001"], "UTF-8"),
            (&["utf16", "UTF-16LE", "utf16le", "unicode"], "UTF-16LE"),
            (&["utf16be", "UTF-16 BE"], "UTF-16BE"),
        ] {
            for name in names {
                assert_eq!(name.parse::<Encoding>().map(Encoding::name), Ok(expected), "{name}");
            }
        }
    }

    #[test]
    fn every_name_has_a_label_that_is_known() {
        for (name, label) in names() {
            assert!(Encoding::of_label(label.as_bytes()).is_some(), "{name}");
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{name}");
        }
    }

    #[test]
    fn what_is_nearly_a_name_is_suggested() {
        for (name, expected) in
            [("shfit_jis", Some("Shift_JIS")), ("utf-9", Some("UTF-8")), ("klingon", None), ("", None)]
        {
            let error = name.parse::<Encoding>().unwrap_err();
            let nearest = expected.map(str::to_owned);
            assert_eq!(error, ReadOptionError::Encoding { name: name.into(), nearest });
        }
    }
}
