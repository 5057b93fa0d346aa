//! The documents of many files in the order of their ids: an external merge sort (Knuth 1998, *The Art of Computer Programming* 3,
//! §5.4), so that memory is bounded whatever the files hold.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::env;
use std::fs::File;
use std::io::{BufWriter, Seek, Write};

use super::error::PartError;
use super::id::Id;
use super::part::{PartFile, PartLines};

/// How much of a file that is not sorted is sorted at once, in bytes.
const CHUNK: usize = 64 << 20;

/// How many files are merged at once: systems let a program have some hundred files open.
const FAN_IN: usize = 128;

/// Lines of documents in the order of their ids.
struct Run {
    lines: PartLines,
    id: Option<Id>,
}

impl Run {
    fn new(lines: PartLines) -> Result<Self, PartError> {
        let mut run = Run { lines, id: None };
        run.advance()?;
        Ok(run)
    }

    /// Goes on to the next line of a document.
    fn advance(&mut self) -> Result<(), PartError> {
        self.id = None;
        while self.id.is_none() && self.lines.next_line()? {
            self.id = id(&self.lines);
        }
        Ok(())
    }
}

/// The id on a line; none where it is not that of a document.
fn id(lines: &PartLines) -> Option<Id> {
    Id::of_line(lines.line()?)
}

/// All lines of some runs, in order.
pub(super) struct Sorted {
    runs: Vec<Run>,
    /// The id of each run that is not at its end, with its index.
    next: BinaryHeap<Reverse<(Id, usize)>>,
}

impl Sorted {
    /// The documents of some files.
    pub fn new(files: &[PartFile]) -> Result<Self, PartError> {
        Sorted::within(files, CHUNK, FAN_IN)
    }

    fn within(files: &[PartFile], chunk: usize, fan_in: usize) -> Result<Self, PartError> {
        let mut runs = Runs { levels: Vec::new(), fan_in };
        for file in files {
            let lines = PartLines::open(&file.path)?;
            match file.is_sorted {
                true => runs.add(lines)?,
                false => sort(lines, chunk, &mut runs)?,
            }
        }
        Sorted::of(runs.levels.into_iter().flatten().collect())
    }

    fn of(lines: Vec<PartLines>) -> Result<Self, PartError> {
        let mut runs = lines.into_iter().map(Run::new).collect::<Result<Vec<_>, _>>()?;
        let first =
            runs.iter_mut().enumerate().filter_map(|(index, run)| Some(Reverse((run.id.take()?, index))));
        let next = first.collect();
        Ok(Sorted { runs, next })
    }

    /// The next documents, up to so many bytes and lines; none at the end.
    pub fn some(&mut self, bytes: usize, lines: usize) -> Result<Vec<(Id, String)>, PartError> {
        let (mut some, mut read) = (Vec::new(), 0);
        while read < bytes && some.len() < lines {
            let Some(next) = self.next(|id, line| (id.clone(), line.to_owned()))? else { break };
            read += next.1.len();
            some.push(next);
        }
        Ok(some)
    }

    /// Hands the next document to `take`; none at the end.
    pub fn next<T>(&mut self, take: impl FnOnce(&Id, &str) -> T) -> Result<Option<T>, PartError> {
        let Some(Reverse((id, index))) = self.next.pop() else { return Ok(None) };
        let Some(run) = self.runs.get_mut(index) else { return Ok(None) };
        let taken = take(&id, run.lines.line().unwrap_or_default());
        run.advance()?;
        if let Some(id) = run.id.take() {
            self.next.push(Reverse((id, index)));
        }
        Ok(Some(taken))
    }

    /// The same as one run, in a temporary file.
    fn written(mut self) -> Result<PartLines, PartError> {
        let mut file = BufWriter::with_capacity(1 << 16, temporary()?);
        while let Some(written) = self.next(|_, line| writeln!(file, "{line}"))? {
            written.map_err(PartError::temporary)?;
        }
        reread(file)
    }
}

/// Runs that are still to be merged. As many as are merged at once become one of the next level, so that a line is copied once a
/// level.
struct Runs {
    levels: Vec<Vec<PartLines>>,
    fan_in: usize,
}

impl Runs {
    fn add(&mut self, mut run: PartLines) -> Result<(), PartError> {
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let Some(runs) = self.levels.get_mut(level) else { break };
            runs.push(run);
            if runs.len() < self.fan_in {
                break;
            }
            run = Sorted::of(std::mem::take(runs))?.written()?;
        }
        Ok(())
    }
}

/// Cuts a file into runs.
fn sort(mut lines: PartLines, chunk: usize, runs: &mut Runs) -> Result<(), PartError> {
    let mut documents: Vec<(Id, String)> = Vec::new();
    let mut bytes = 0;
    loop {
        let has_next = lines.next_line()?;
        if let Some((id, line)) = id(&lines).zip(lines.line()).filter(|_| has_next) {
            bytes += line.len();
            documents.push((id, line.to_owned()));
        }
        if bytes >= chunk || !has_next {
            documents.sort();
            let mut file = BufWriter::with_capacity(1 << 16, temporary()?);
            for (_, line) in documents.drain(..) {
                writeln!(file, "{line}").map_err(PartError::temporary)?;
            }
            bytes = 0;
            runs.add(reread(file)?)?;
        }
        if !has_next {
            return Ok(());
        }
    }
}

/// A file without a name: nothing is left of it however the program ends.
fn temporary() -> Result<File, PartError> {
    tempfile::tempfile().map_err(PartError::temporary)
}

fn reread(file: BufWriter<File>) -> Result<PartLines, PartError> {
    let mut file = file.into_inner().map_err(|error| PartError::temporary(error.into_error()))?;
    file.rewind().map_err(PartError::temporary)?;
    Ok(PartLines::new(env::temp_dir(), Box::new(file)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    fn files(folder: &Path, ids: &[Vec<u8>]) -> Vec<PartFile> {
        let file = |(index, ids): (usize, &Vec<u8>)| {
            let path = folder.join(index.to_string());
            let line = |id: &u8| format!("{{\"id\":\"{id}\",\"of\":{index}}}\n");
            let text = "{\"hedgerow_partial\":1}\n".to_owned() + &ids.iter().map(line).collect::<String>();
            std::fs::write(&path, text).unwrap();
            let is_sorted = ids.is_sorted_by(|a, b| a.to_string() < b.to_string());
            PartFile { path, is_sorted }
        };
        ids.iter().enumerate().map(file).collect()
    }

    proptest! {
        #[test]
        fn documents_come_in_the_order_of_their_ids_whatever_files_they_are_in(
            ids in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..12), 0..9),
            chunk in 1_usize..60,
            fan_in in 2_usize..5,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut sorted = Sorted::within(&files(folder.path(), &ids), chunk, fan_in).unwrap();
            let mut found = Vec::new();
            while let Some((id, line)) = sorted.next(|id, line| (id.to_string(), line.to_owned())).unwrap() {
                let begins = format!("{{\"id\":\"{id}\"");
                prop_assert!(line.starts_with(&begins));
                found.push(id);
            }
            let mut expected: Vec<String> = ids.concat().iter().map(u8::to_string).collect();
            expected.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
