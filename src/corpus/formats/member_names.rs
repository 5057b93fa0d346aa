//! The names of an archive's members: decoded, and with `/` between folders.

use std::collections::HashMap;

use crate::corpus::decoding::decode_whole;
use crate::corpus::{Encoding, ReadOptions};
use crate::text::composed;

/// Decodes names. Archives made in Japan often have names in Shift_JIS without a flag that says so; a name is too short
/// to tell from, but all of them together are not.
pub(super) struct NameDecoder(Option<Encoding>);

impl NameDecoder {
    /// For an archive with these names, those left out that are flagged as UTF-8.
    pub fn new<'a>(names: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut all = Vec::new();
        for name in names {
            all.extend(name);
            all.push(b'\n');
        }
        let decoded = decode_whole("", all, None, &ReadOptions::default());
        NameDecoder(decoded.ok().map(|all| all.encoding))
    }

    /// A name, by the encoding of them all or, where that is not clear, by its own.
    pub fn decode(&self, name: &[u8], is_utf8: bool) -> String {
        if is_utf8 && let Ok(name) = std::str::from_utf8(name) {
            return name.to_owned();
        }
        let options =
            |encoding, allow_malformed| ReadOptions { encoding, allow_malformed, ..Default::default() };
        let decode =
            |options: &ReadOptions| decode_whole("", name.to_vec(), None, options).map(|name| name.text);
        decode(&options(self.0, false))
            .or_else(|_| decode(&options("Shift_JIS".parse().ok(), true)))
            .unwrap_or_else(|_| String::from_utf8_lossy(name).into_owned())
    }
}

/// A name with `/` between folders, whatever the archiver put there, and without what says where it was: a root, a drive,
/// or the folder itself. None if it leads out of the archive.
pub(super) fn relative(name: &str) -> Option<String> {
    // Some programs on Windows separate folders by a backslash.
    let name = composed(name).replace('\\', "/").replace(char::is_control, "�");
    let name = match name.as_bytes() {
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => &name[2..],
        _ => &name,
    };
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.is_empty() || parts.contains(&"..") { None } else { Some(parts.join("/")) }
}

/// Gives names that were given before a number: ` (2)`, ` (3)` and so on.
#[derive(Debug, Default)]
pub(super) struct Numbering(HashMap<String, u64>);

impl Numbering {
    /// The name, if it is the first of its kind; or with a number, if it is not.
    pub fn number(&mut self, name: &str) -> Option<String> {
        let Some(last) = self.0.get(name).copied() else {
            self.0.insert(name.to_owned(), 1);
            return None;
        };
        let mut number = last;
        let numbered = loop {
            number = number.saturating_add(1);
            let numbered = format!("{name} ({number})");
            if !self.0.contains_key(&numbered) {
                break numbered;
            }
        };
        self.0.insert(name.to_owned(), number);
        self.0.insert(numbered.clone(), 1);
        Some(numbered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_below_the_archive() {
        for (name, expected) in [
            ("a.txt", "a.txt"),
            ("./a.txt", "a.txt"),
            ("././b//a.txt", "b/a.txt"),
            ("b\\a.txt", "b/a.txt"),
            (".\\b\\a.txt", "b/a.txt"),
            ("/etc/a.txt", "etc/a.txt"),
            ("C:\\b\\a.txt", "b/a.txt"),
            ("c:/a.txt", "a.txt"),
            ("C:a.txt", "C:a.txt"),
            ("a\u{7}.txt", "a�.txt"),
            ("か\u{3099}.txt", "が.txt"),
            ("...", "..."),
        ] {
            assert_eq!(relative(name).as_deref(), Some(expected), "{name}");
        }
        for name in ["../a.txt", "a/../../b.txt", "..\\a.txt", "a/..", "", "/", "."] {
            assert_eq!(relative(name), None, "{name}");
        }
    }

    #[test]
    fn equal_names_are_numbered() {
        let mut numbering = Numbering::default();
        let names = ["a", "a", "a (2)", "a", "b"].map(|name| numbering.number(name));
        let expected = [None, Some("a (2)"), Some("a (2) (2)"), Some("a (3)"), None];
        assert_eq!(names.each_ref().map(Option::as_deref), expected);
    }

    #[test]
    fn names_are_decoded_by_all_of_them_together() {
        let encode = |label: &str, name: &str| label.parse::<Encoding>().unwrap().encode(name);
        for label in ["UTF-8", "Shift_JIS", "EUC-JP"] {
            let names = ["報告書のまとめ.txt", "ソ表.txt", "ｱ.txt"].map(|name| encode(label, name));
            let decoder = NameDecoder::new(names.iter().map(Vec::as_slice));
            assert_eq!(
                names.map(|name| decoder.decode(&name, false)),
                ["報告書のまとめ.txt", "ソ表.txt", "ｱ.txt"]
            );
        }
        let short = encode("Shift_JIS", "表.txt");
        assert_eq!(NameDecoder::new([short.as_slice()].into_iter()).decode(&short, false), "表.txt");
        let flagged = "é.txt".as_bytes();
        assert_eq!(NameDecoder::new([].into_iter()).decode(flagged, true), "é.txt");
    }
}
