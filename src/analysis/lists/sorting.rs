//! Records in the order of their keys, more than memory holds: an external merge sort (Knuth 1998, *The Art of Computer
//! Programming* 3, §5.4).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::ops::Range;

use crate::analysis::AnalysisError;

/// How much is sorted in memory, in bytes.
const CHUNK: usize = 64 << 20;

/// How many runs are merged at once: systems let a program have some hundred files open.
const FAN_IN: usize = 64;

/// A record: a key and what belongs to it.
pub(super) type Record = (Vec<u8>, Vec<u8>);

/// Takes records in any order. Those with equal keys stay in the order in which they came.
pub(super) struct Sorter {
    chunk: usize,
    fan_in: usize,
    /// Keys and values of the records in memory, and where the key and the value of each begin and end.
    bytes: Vec<u8>,
    places: Vec<(Range<usize>, usize)>,
    runs: Vec<BufReader<File>>,
}

impl Default for Sorter {
    fn default() -> Self {
        Sorter::within(CHUNK, FAN_IN)
    }
}

impl Sorter {
    fn within(chunk: usize, fan_in: usize) -> Self {
        Sorter { chunk, fan_in, bytes: Vec::new(), places: Vec::new(), runs: Vec::new() }
    }

    /// Takes a record.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> Result<(), AnalysisError> {
        let start = self.bytes.len();
        self.bytes.extend(key);
        self.bytes.extend(value);
        self.places.push((start..start + key.len(), self.bytes.len()));
        if self.bytes.len() + self.places.len() * size_of::<(Range<usize>, usize)>() >= self.chunk {
            self.spill().map_err(AnalysisError::Temporary)?;
        }
        Ok(())
    }

    /// All records, in order.
    pub fn finish(mut self) -> Result<Sorted, AnalysisError> {
        self.sort();
        let runs = std::mem::take(&mut self.runs);
        let memory = Source::Memory { bytes: self.bytes, places: self.places.into_iter() };
        let sources = runs.into_iter().map(Source::File).chain([memory]).collect();
        Sorted::new(sources).map_err(AnalysisError::Temporary)
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.places.sort_by(|(one, _), (other, _)| bytes[one.clone()].cmp(&bytes[other.clone()]));
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let mut file = temporary()?;
        for (key, end) in self.places.drain(..) {
            write(&mut file, &self.bytes[key.clone()], &self.bytes[key.end..end])?;
        }
        self.bytes.clear();
        self.runs.push(reread(file)?);
        if self.runs.len() == self.fan_in {
            let runs = std::mem::take(&mut self.runs);
            let mut merged = Sorted::new(runs.into_iter().map(Source::File).collect())?;
            let mut file = temporary()?;
            while let Some((key, value)) = merged.advance()? {
                write(&mut file, &key, &value)?;
            }
            self.runs.push(reread(file)?);
        }
        Ok(())
    }
}

/// A file without a name: nothing is left of it however the program ends.
fn temporary() -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 16, tempfile::tempfile()?))
}

fn reread(file: BufWriter<File>) -> io::Result<BufReader<File>> {
    let mut file = file.into_inner().map_err(|error| error.into_error())?;
    file.rewind()?;
    Ok(BufReader::with_capacity(1 << 16, file))
}

fn write(file: &mut impl Write, key: &[u8], value: &[u8]) -> io::Result<()> {
    for length in [key.len(), value.len()] {
        file.write_all(&(length as u32).to_le_bytes())?;
    }
    file.write_all(key)?;
    file.write_all(value)
}

/// Records that are in order.
enum Source {
    Memory { bytes: Vec<u8>, places: std::vec::IntoIter<(Range<usize>, usize)> },
    File(BufReader<File>),
}

impl Source {
    fn next(&mut self) -> io::Result<Option<Record>> {
        match self {
            Source::Memory { bytes, places } => Ok(places
                .next()
                .map(|(key, end)| (bytes[key.clone()].to_vec(), bytes[key.end..end].to_vec()))),
            Source::File(file) => {
                let mut lengths = [0; 8];
                match file.read_exact(&mut lengths) {
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                    read => read?,
                }
                let length = u64::from_le_bytes(lengths);
                let mut key = vec![0; (length & u64::from(u32::MAX)) as usize];
                let mut value = vec![0; (length >> 32) as usize];
                file.read_exact(&mut key)?;
                file.read_exact(&mut value)?;
                Ok(Some((key, value)))
            }
        }
    }
}

/// A key, the index of its source, and its value.
type Next = (Vec<u8>, usize, Vec<u8>);

/// The records of a [`Sorter`], in order.
pub(super) struct Sorted {
    sources: Vec<Source>,
    /// Of each source that is not at its end, the next record.
    next: BinaryHeap<Reverse<Next>>,
}

impl Sorted {
    fn new(sources: Vec<Source>) -> io::Result<Self> {
        let mut sorted = Sorted { next: BinaryHeap::with_capacity(sources.len()), sources };
        for index in 0..sorted.sources.len() {
            sorted.read(index)?;
        }
        Ok(sorted)
    }

    /// The next record; none at the end.
    pub fn next(&mut self) -> Result<Option<Record>, AnalysisError> {
        self.advance().map_err(AnalysisError::Temporary)
    }

    fn advance(&mut self) -> io::Result<Option<Record>> {
        let Some(Reverse((key, index, value))) = self.next.pop() else { return Ok(None) };
        self.read(index)?;
        Ok(Some((key, value)))
    }

    fn read(&mut self, index: usize) -> io::Result<()> {
        if let Some((key, value)) = self.sources[index].next()? {
            self.next.push(Reverse((key, index, value)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn records_come_in_the_order_of_their_keys_and_equal_ones_as_they_were(
            keys in proptest::collection::vec(proptest::collection::vec(0_u8..3, 0..4), 0..60),
            chunk in 1_usize..400,
            fan_in in 2_usize..5,
        ) {
            let mut sorter = Sorter::within(chunk, fan_in);
            for (number, key) in keys.iter().enumerate() {
                sorter.push(key, &number.to_le_bytes()).unwrap();
            }
            let mut sorted = sorter.finish().unwrap();
            let mut found = Vec::new();
            while let Some(record) = sorted.next().unwrap() {
                found.push(record);
            }
            let mut expected: Vec<Record> = keys
                .iter()
                .enumerate()
                .map(|(number, key)| (key.clone(), number.to_le_bytes().to_vec()))
                .collect();
            expected.sort_by(|one, other| one.0.cmp(&other.0));
            prop_assert_eq!(found, expected);
        }
    }
}
