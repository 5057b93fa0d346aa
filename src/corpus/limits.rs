//! Limits against files that would fill the memory.

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use super::{ReadOptionError, ReadOptions};

/// How many bytes may be held in memory as a whole: of a web page, a cell, an object of JSON, a file of Office, a member
/// of an archive. What is read piece by piece, such as plain text and tables, has no limit.
///
/// ```
/// use hedgerow::corpus::MaxDocument;
///
/// assert_eq!("64MB".parse(), Ok(MaxDocument(64 << 20)));
/// assert_eq!(MaxDocument::default(), MaxDocument(64 << 20));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxDocument(pub u64);

impl Default for MaxDocument {
    fn default() -> Self {
        MaxDocument(64 << 20)
    }
}

/// Units of sizes, in powers of two.
const UNITS: [(&str, u32); 4] = [("", 0), ("k", 10), ("m", 20), ("g", 30)];

impl FromStr for MaxDocument {
    type Err = ReadOptionError;

    /// A number of bytes, kB, MB or GB.
    fn from_str(size: &str) -> Result<Self, ReadOptionError> {
        let lower = size.trim().to_ascii_lowercase();
        let digits = lower.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = lower.strip_prefix(digits).unwrap_or_default().trim_start();
        let unit = unit.strip_suffix("ib").or_else(|| unit.strip_suffix('b')).unwrap_or(unit);
        let bytes = UNITS.iter().find(|(name, _)| *name == unit).and_then(|(_, power)| {
            let number: u64 = digits.parse().ok()?;
            number.checked_mul(1 << power)
        });
        bytes
            .filter(|bytes| *bytes > 0)
            .map(MaxDocument)
            .ok_or_else(|| ReadOptionError::Size(size.to_owned()))
    }
}

impl fmt::Display for MaxDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many elements of a page or of XML may stand within one another, and how many attributes one may have. Browsers nest
/// no deeper.
pub(super) const NESTING: usize = 512;
pub(super) const ATTRIBUTES: usize = 4096;

/// How much a file may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How many times a file may grow when it is unpacked. Texts and tables grow four- to thirtyfold; a file made to
    /// fill the memory, a thousandfold.
    pub growth: u64,
    /// The size in bytes up to which any growth is harmless.
    pub harmless: u64,
    /// The number of members of an archive.
    pub members: usize,
    /// The size in bytes of what is held in memory as a whole.
    pub document: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { growth: 200, harmless: 64 << 20, members: 100_000, document: MaxDocument::default().0 }
    }
}

impl Limits {
    /// Those that a user asks for.
    pub fn of(options: &ReadOptions) -> Self {
        Limits { document: options.max_document.0, ..Limits::default() }
    }

    /// The size in bytes up to which a file of `compressed` bytes may grow.
    pub fn unpacked(&self, compressed: u64) -> u64 {
        self.harmless.max(compressed.saturating_mul(self.growth))
    }
}

/// All of what is read, of which so many bytes are expected, if it is not larger than a limit. Memory that can't be had is
/// an error.
pub(super) fn read_whole(reader: impl Read, expected: u64, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // One more, as only a read that gives nothing shows the end.
    let expected = usize::try_from(expected.min(limit).saturating_add(1)).unwrap_or(usize::MAX);
    bytes.try_reserve_exact(expected)?;
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (size, bytes) in [
            ("1", 1),
            ("64MB", 64 << 20),
            ("64 mb", 64 << 20),
            ("3m", 3 << 20),
            ("2GiB", 2 << 30),
            ("5kB", 5 << 10),
            ("7b", 7),
        ] {
            assert_eq!(size.parse(), Ok(MaxDocument(bytes)), "{size}");
        }
        for size in ["", "MB", "0", "-1", "1.5MB", "1TB", "99999999999GB", "x1", "1 000"] {
            assert_eq!(size.parse::<MaxDocument>(), Err(ReadOptionError::Size(size.into())), "{size}");
        }
    }

    #[test]
    fn no_more_is_read_than_the_limit() {
        assert_eq!(read_whole(&b"abc"[..], 3, 3).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(read_whole(io::repeat(0), 0, 3).unwrap(), None);
        assert_eq!(read_whole(&b"abc"[..], 1, u64::MAX).unwrap().map(|bytes| bytes.len()), Some(3));
    }
}
