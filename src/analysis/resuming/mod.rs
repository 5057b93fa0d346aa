//! Runs that can be interrupted: what has been coded is kept in a journal, and a later run takes it from there.
//!
//! Documents are read and surveyed anew, which is cheap, and only their coding, which is not, is taken from the journal.
//! So tables, figures and duplicates come out by the same code, byte for byte. A passage is known by a digest of its text
//! and of all else that its coding depends on; what the run was begun with stands in the first lines of the journal.
//!
//! The journal is read as a stream, in the order of the corpus, and appended to behind its end. What a kill has torn is cut
//! off; what is coded is synced every few megabytes of text.

mod beginning;
mod error;
mod folder;
mod lines;
mod row;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub use self::error::{InputChange, ResumeError};

pub(super) use self::beginning::Beginning;
use self::beginning::Found;
use self::folder::{NEW, PartialFolder, is_interrupted};
use self::lines::{Line, length, read_line, write_line};
pub(super) use self::row::Place;
use self::row::Row;
use super::Passage;

/// What is written into the journal when the run is about to be published.
const COMPLETE: &str = "\"complete\"";

/// How much text is coded before the journal is synced, in bytes: a power failure loses no more, a killed process nothing
/// that has been written.
const SYNCED_BYTES: usize = 4 << 20;

/// What the journal needs to know of a passage.
pub(super) struct Journaled {
    key: String,
    /// How many bytes it takes in the journal, if it was taken from there.
    taken: Option<u64>,
}

/// The folder and the journal of a run that can be gone on with. Dropped before anything has been coded, the folder is
/// removed.
pub(super) struct Resumable {
    folder: Option<PartialFolder>,
    path: PathBuf,
    journal: File,
    /// Where the passages that have been taken so far end, in bytes; none, once one has been written.
    taken: Option<u64>,
    /// Lines that are still to be written.
    lines: Vec<u8>,
    /// How much text has been coded since the journal was synced, in bytes.
    unsynced: usize,
    is_empty: bool,
    is_complete: bool,
}

/// What an earlier run has coded, in the order of the corpus.
pub(super) struct Earlier {
    path: PathBuf,
    journal: BufReader<File>,
    left: u64,
    /// Whether a passage that has changed is coded anew; otherwise it is an error.
    is_replaced: bool,
}

/// The folder of an interrupted run for a destination, if there is one.
pub fn interrupted(destination: &Path) -> Option<PathBuf> {
    PartialFolder::of(destination).ok().filter(|path| is_interrupted(path))
}

/// Removes an interrupted run.
pub(super) fn remove_interrupted(destination: &Path) -> Result<(), ResumeError> {
    interrupted(destination).map_or(Ok(()), |path| PartialFolder::take(&path)?.remove())
}

impl Resumable {
    /// Goes on with the interrupted run for a destination, or begins one. Where `replace` is set, it is no error if the
    /// interrupted one was begun with something else: what has changed is coded anew.
    pub fn open(
        destination: &Path,
        beginning: &Beginning,
        replace: bool,
    ) -> Result<(Self, Earlier), ResumeError> {
        let failed = |path: &Path, source| ResumeError::File { path: path.into(), source };
        let path = PartialFolder::of(destination).map_err(|source| failed(destination, source))?;
        let folder = PartialFolder::take(&path)?;
        let whole = match whole_lines(&folder, beginning) {
            Ok(Some(Whole { change: Some(change), .. })) if !replace => return Err(change),
            Err(ResumeError::Begun { .. } | ResumeError::Damaged(_)) if replace => None,
            whole => whole?,
        };
        let path = folder.journal();
        let opened = |whole| open_journal(&path, beginning, whole);
        let (whole, journal, read) = opened(whole).map_err(|source| failed(&path, source))?;
        let earlier = Earlier {
            path: folder.path().into(),
            journal: BufReader::new(read),
            left: whole.passages,
            is_replaced: replace,
        };
        let resumable = Resumable {
            folder: Some(folder),
            path,
            journal,
            taken: Some(whole.start),
            lines: Vec::new(),
            unsynced: 0,
            is_empty: whole.passages == 0,
            is_complete: whole.is_complete,
        };
        Ok((resumable, earlier))
    }

    /// Whether the interrupted run was about to publish its tables: those at the destination are its own.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Adds a passage of a text of so many bytes, to be written with the next [`Resumable::write`]; gives whether it stands
    /// in the journal already.
    pub fn add(
        &mut self,
        journaled: &Journaled,
        passage: &Passage,
        text: usize,
    ) -> Result<bool, ResumeError> {
        if let (Some(end), Some(bytes)) = (&mut self.taken, journaled.taken) {
            *end += bytes;
            return Ok(true);
        }
        self.unsynced += text;
        let line = serde_json::to_string(&Row::new(&journaled.key, passage)).map_err(io::Error::from);
        line.and_then(|line| write_line(&mut self.lines, &line)).map_err(|source| self.failed(source))?;
        Ok(false)
    }

    /// Writes what has been added.
    pub fn write(&mut self) -> Result<(), ResumeError> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let is_synced = self.unsynced >= SYNCED_BYTES;
        self.append(is_synced).map_err(|source| self.failed(source))?;
        self.lines.clear();
        self.is_empty = false;
        if is_synced {
            self.unsynced = 0;
        }
        Ok(())
    }

    /// Appends the lines to those that have been taken; what stands behind these is torn or has changed.
    fn append(&mut self, is_synced: bool) -> io::Result<()> {
        if let Some(end) = self.taken.take() {
            self.journal.set_len(end)?;
            self.journal.seek(SeekFrom::Start(end))?;
        }
        self.journal.write_all(&self.lines)?;
        if is_synced { self.journal.sync_data() } else { Ok(()) }
    }

    /// Notes that the tables are complete and about to be published.
    pub fn complete(&mut self) -> Result<(), ResumeError> {
        let noted = write_line(&mut self.lines, COMPLETE).and_then(|()| self.append(true));
        noted.map_err(|source| self.failed(source))
    }

    /// Removes the folder, as the tables are published.
    pub fn remove(mut self) -> Result<(), ResumeError> {
        self.folder.take().map_or(Ok(()), PartialFolder::remove)
    }

    fn failed(&self, source: io::Error) -> ResumeError {
        ResumeError::File { path: self.path.clone(), source }
    }
}

impl Drop for Resumable {
    fn drop(&mut self) {
        if self.is_empty
            && let Some(folder) = self.folder.take()
        {
            // The error that ends the run is the one to be told.
            let _ = folder.remove();
        }
    }
}

impl Earlier {
    /// The lines of the next passages, at most so many.
    pub fn next(&mut self, passages: usize) -> Result<Vec<String>, ResumeError> {
        let mut lines = Vec::new();
        while self.left > 0 && lines.len() < passages {
            let line = read_line(&mut self.journal)
                .map_err(|source| ResumeError::File { path: self.path.clone(), source })?;
            let Line::Whole(line) = line else { return Err(self.damaged()) };
            lines.push(line);
            self.left -= 1;
        }
        Ok(lines)
    }

    /// The passage of a place: that of a line of the journal, or coded.
    pub fn passage(
        &self,
        line: Option<String>,
        place: Place,
        code: impl FnOnce() -> Passage,
    ) -> Result<(Passage, Journaled), ResumeError> {
        let key = place.key();
        let Some(line) = line else { return Ok((code(), Journaled { key, taken: None })) };
        let row: Row = serde_json::from_str(&line).map_err(|_| self.damaged())?;
        if row.key() == key {
            let passage = row.passage(&place).ok_or_else(|| self.damaged())?;
            return Ok((passage, Journaled { key, taken: Some(length(&line)) }));
        }
        if self.is_replaced {
            return Ok((code(), Journaled { key, taken: None }));
        }
        let (path, document) = (self.path.clone(), place.document.into());
        Err(ResumeError::Input { path, document, change: InputChange::Changed })
    }

    /// Takes nothing more from the journal once a passage of a window has been coded.
    pub fn end_behind_first_new<'j>(&mut self, window: impl Iterator<Item = &'j mut Journaled>) {
        for journaled in window.skip_while(|journaled| journaled.taken.is_some()) {
            journaled.taken = None;
            self.left = 0;
        }
    }

    fn damaged(&self) -> ResumeError {
        ResumeError::Damaged(self.path.clone())
    }
}

/// How much of a journal is whole.
struct Whole {
    /// Where its passages begin, in bytes.
    start: u64,
    /// Where they end.
    end: u64,
    passages: u64,
    is_complete: bool,
    /// An input that is not as it was.
    change: Option<ResumeError>,
}

/// Looks how much of a journal is whole; nothing, where not even its beginning is.
fn whole_lines(folder: &PartialFolder, beginning: &Beginning) -> Result<Option<Whole>, ResumeError> {
    let failed = |source| ResumeError::File { path: folder.journal(), source };
    let file = match File::open(folder.journal()) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mut journal = BufReader::new(file);
    let Found::Whole { bytes: start, change } = beginning.check(folder.path(), &mut journal)? else {
        return Ok(None);
    };
    let mut whole = Whole { start, end: start, passages: 0, is_complete: false, change };
    while let Line::Whole(line) = read_line(&mut journal).map_err(failed)? {
        if line == COMPLETE {
            whole.is_complete = true;
            break;
        }
        whole.passages += 1;
        whole.end += length(&line);
    }
    Ok(Some(whole))
}

/// Opens a journal to write and to read its passages; it gets a new beginning where it has none, or another.
fn open_journal(path: &Path, beginning: &Beginning, whole: Option<Whole>) -> io::Result<(Whole, File, File)> {
    let whole = match whole {
        Some(whole) if whole.change.is_none() => whole,
        earlier => {
            let new = path.with_extension(NEW);
            let mut file = BufWriter::new(File::create(&new)?);
            let start = beginning.write(&mut file)?;
            let mut whole = Whole { start, end: start, passages: 0, is_complete: false, change: None };
            if let Some(earlier) = earlier {
                let mut passages = File::open(path)?;
                passages.seek(SeekFrom::Start(earlier.start))?;
                whole.end += io::copy(&mut passages.take(earlier.end - earlier.start), &mut file)?;
                whole.passages = earlier.passages;
            }
            file.into_inner()?.sync_all()?;
            fs::rename(&new, path)?;
            whole
        }
    };
    let mut read = File::open(path)?;
    read.seek(SeekFrom::Start(whole.start))?;
    Ok((whole, File::options().write(true).open(path)?, read))
}
