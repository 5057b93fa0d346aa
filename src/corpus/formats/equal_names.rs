//! Archives with several members of one name.
//!
//! `zip` keeps members by name, so that the last of several hides the others. Here the others are given names of their
//! own as the directory is read.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek, SeekFrom};

/// The length of what stands before a name in the directory, in bytes.
const HEADER: usize = 46;

/// An archive whose directory is read with other names in the place of some.
pub(super) struct Renamed<R> {
    inner: R,
    position: u64,
    /// Where the names stand, in order, and what is read there.
    names: Vec<(u64, Vec<u8>)>,
    /// The true names, by those in their place.
    pub originals: HashMap<Vec<u8>, Vec<u8>>,
}

impl<R: Read + Seek> Renamed<R> {
    /// Reads the archive as it is.
    pub fn none(inner: R) -> Self {
        Renamed { inner, position: 0, names: Vec::new(), originals: HashMap::new() }
    }

    /// Renames the members that have the name of one before them, in a directory that begins at `start`. Folders keep
    /// theirs.
    pub fn rename(&mut self, start: u64) -> io::Result<()> {
        let mut known = HashSet::new();
        let mut number = 0_u64;
        self.seek(SeekFrom::Start(start))?;
        let mut header = [0; HEADER];
        let mut at = start;
        while self.read_exact(&mut header).is_ok() && header.starts_with(b"PK\x01\x02") {
            // Of the name, of the extra fields and of the comment behind it.
            let lengths = [[header[28], header[29]], [header[30], header[31]], [header[32], header[33]]];
            let lengths = lengths.map(u16::from_le_bytes);
            let mut name = vec![0; usize::from(lengths[0])];
            self.read_exact(&mut name)?;
            at = at.saturating_add(HEADER as u64);
            if !name.ends_with(b"/") && !known.insert(name.clone()) {
                let other = loop {
                    number = number.saturating_add(1);
                    let digits = format!("{number:0width$}", width = name.len()).into_bytes();
                    // One of a letter or two can't be told from so many others.
                    if digits.len() > name.len() {
                        return Err(io::ErrorKind::InvalidData.into());
                    }
                    if known.insert(digits.clone()) {
                        break digits;
                    }
                };
                self.originals.insert(other.clone(), name.clone());
                self.names.push((at, other));
            }
            at = lengths.map(u64::from).into_iter().fold(at, u64::saturating_add);
            self.seek(SeekFrom::Start(at))?;
        }
        self.seek(SeekFrom::Start(0))?;
        Ok(())
    }
}

impl<R: Read> Read for Renamed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let (start, end) = (self.position, self.position.saturating_add(read as u64));
        self.position = end;
        let bytes = buffer.get_mut(..read).unwrap_or_default();
        let first = self.names.partition_point(|(at, name)| at.saturating_add(name.len() as u64) <= start);
        for (at, name) in self.names.iter().skip(first).take_while(|(at, _)| *at < end) {
            for (byte, position) in name.iter().zip(*at..) {
                let index = position.checked_sub(start).and_then(|index| usize::try_from(index).ok());
                if let Some(place) = index.and_then(|index| bytes.get_mut(index)) {
                    *place = *byte;
                }
            }
        }
        Ok(read)
    }
}

impl<R: Seek> Seek for Renamed<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = self.inner.seek(to)?;
        Ok(self.position)
    }
}
