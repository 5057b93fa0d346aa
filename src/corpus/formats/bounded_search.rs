//! A bound for the search for an archive's directory: `zip` looks for one that is not where it should be in all of the file,
//! which may be terabytes of nothing.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::corpus::input::Source;

/// How much may be read to find a directory and to read it, in bytes: that of 100,000 members has some 20 MB.
const MOST: u64 = 512 << 20;

/// A file that is read no farther than the bound, until the search has ended.
struct Bounded {
    file: Box<dyn Source>,
    left: Arc<AtomicU64>,
}

/// The search in a file.
pub(super) struct BoundedSearch(Arc<AtomicU64>);

impl BoundedSearch {
    /// Begins one.
    pub fn of(file: Box<dyn Source>) -> (Box<dyn Source>, Self) {
        BoundedSearch::within(file, MOST)
    }

    fn within(file: Box<dyn Source>, bytes: u64) -> (Box<dyn Source>, Self) {
        let left = Arc::new(AtomicU64::new(bytes));
        (Box::new(Bounded { file, left: Arc::clone(&left) }), BoundedSearch(left))
    }

    /// What is read from now on is not bounded.
    pub fn end(self) {
        self.0.store(u64::MAX, Ordering::Relaxed);
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::Error::other("its directory is not where it should be"));
        }
        let read = self.file.read(buffer)?;
        if left < u64::MAX {
            self.left.store(left.saturating_sub(read as u64), Ordering::Relaxed);
        }
        Ok(read)
    }
}

impl Seek for Bounded {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_until_the_search_has_ended() {
        let (mut file, search) = BoundedSearch::within(Box::new(io::Cursor::new([7; 30])), 10);
        let mut buffer = [0; 8];
        assert_eq!(file.read(&mut buffer).unwrap(), 8);
        assert_eq!(file.read(&mut buffer).unwrap(), 8);
        assert!(file.read(&mut buffer).is_err());
        search.end();
        assert_eq!(file.read(&mut buffer).unwrap(), 8);
    }
}
