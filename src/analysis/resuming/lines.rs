//! Lines with a checksum each: what is whole can be told from what a kill or a power failure has torn.

use std::io::{self, BufRead, Read, Write};

use crate::digest::sha256;

/// The digits of a checksum, the first of a SHA-256 in hexadecimal.
const CHECKSUM: usize = 16;

/// No line is longer, in bytes: what is was not written by this program.
const MOST: u64 = 256 << 20;

/// What comes next in a file of lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line as it was written.
    Whole(String),
    /// The end of the file, or a line that was not written to its end.
    Torn,
    /// A line that is not as it was written.
    Damaged,
}

/// Writes a line; `text` has no line end.
pub(super) fn write_line(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{} {text}", checksum(text))
}

/// Reads the next line.
///
/// # Errors
/// A file that can't be read.
pub(super) fn read_line(file: &mut impl BufRead) -> io::Result<Line> {
    let mut line = Vec::new();
    file.take(MOST).read_until(b'\n', &mut line)?;
    let Some(line) = line.strip_suffix(b"\n") else { return Ok(Line::Torn) };
    let whole = str::from_utf8(line).ok().and_then(|line| line.split_at_checked(CHECKSUM));
    let text = whole.and_then(|(checksum, text)| Some((checksum, text.strip_prefix(' ')?)));
    Ok(match text {
        Some((written, text)) if written == checksum(text) => Line::Whole(text.to_owned()),
        _ => Line::Damaged,
    })
}

/// How many bytes a line takes.
pub(super) fn length(text: &str) -> u64 {
    (CHECKSUM + 1 + text.len() + 1) as u64
}

fn checksum(text: &str) -> String {
    let mut digest = sha256(text);
    digest.truncate(CHECKSUM);
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(texts: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        texts.iter().for_each(|text| write_line(&mut bytes, text).unwrap());
        bytes
    }

    #[test]
    fn lines_are_read_as_they_were_written() {
        let bytes = written(&["犬", ""]);
        assert_eq!(bytes.len() as u64, length("犬") + length(""));
        let mut file = &bytes[..];
        let mut next = || read_line(&mut file).unwrap();
        assert_eq!([next(), next(), next()], [Line::Whole("犬".into()), Line::Whole("".into()), Line::Torn]);
    }

    #[test]
    fn a_line_cut_at_any_byte_is_torn_and_a_changed_byte_is_never_read() {
        let bytes = written(&["[1,2]"]);
        for end in 0..bytes.len() {
            assert_eq!(read_line(&mut &bytes[..end]).unwrap(), Line::Torn, "{end}");
        }
        for (at, bit) in (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            assert!(!matches!(read_line(&mut &damaged[..]).unwrap(), Line::Whole(_)), "{at}, {bit}");
        }
    }
}
