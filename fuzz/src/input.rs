//! Taking fuzzed bytes apart.

use hedgerow::corpus::{HtmlPart, ReadOptions};

/// What stands between the parts of an input that has several.
const SEPARATOR: u8 = 0x1f;

/// The first byte, and the others.
pub fn head(bytes: &[u8]) -> (u8, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(head, rest)| (*head, rest))
}

/// `N` parts; those that are missing are empty, and the last has everything behind it.
pub fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut parts = bytes.splitn(N, |byte| *byte == SEPARATOR);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// All parts.
pub fn all_parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == SEPARATOR)
}

/// How a document is read, by a byte. `0` (NUL) and `@` say nothing of its encoding.
pub fn options(byte: u8) -> ReadOptions {
    let encoding = match byte & 7 {
        1 => Some("Shift_JIS"),
        2 => Some("EUC-JP"),
        3 => Some("ISO-2022-JP"),
        4 => Some("UTF-16LE"),
        5 => Some("UTF-8"),
        _ => None,
    };
    let html = match byte >> 3 & 3 {
        1 => HtmlPart::All,
        2 => HtmlPart::Css("p, .a > b".into()),
        _ => HtmlPart::Main,
    };
    ReadOptions {
        encoding: encoding.map(|label| label.parse().expect("a known label")),
        allow_malformed: byte & 32 != 0,
        html,
        text_column: (byte & 64 != 0).then(|| "x".into()),
        id_column: (byte & 128 != 0).then(|| "id".into()),
        ..ReadOptions::default()
    }
}
