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
use crate::digest::sha256;

/// What stands in the journal, before the digest of the record, when the run is about to be published.
const COMPLETE: &str = "complete ";

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
    /// The digest of the record that was about to be published.
    published: Option<String>,
}

/// What an earlier run has coded, in the order of the corpus.
pub(super) struct Earlier {
    path: PathBuf,
    journal: BufReader<File>,
    left: u64,
    /// Whether a passage that has changed is coded anew; otherwise it is an error.
    is_replaced: bool,
}

/// The folder in which a run that is to be gone on with keeps what is done; the destination itself where it has none.
pub fn partial_folder(destination: &Path) -> PathBuf {
    PartialFolder::of(destination).unwrap_or_else(|_| destination.into())
}

/// The folder of an interrupted run for a destination, if there is one.
pub fn interrupted(destination: &Path) -> Option<PathBuf> {
    PartialFolder::of(destination).ok().filter(|path| is_interrupted(path))
}

/// Takes the folder of an interrupted run, if there is one, to be removed when it has been replaced.
pub(super) fn take_interrupted(destination: &Path) -> Result<Option<PartialFolder>, ResumeError> {
    interrupted(destination).map(|path| PartialFolder::take(&path)).transpose()
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
            published: whole.published,
        };
        Ok((resumable, earlier))
    }

    /// Whether the tables at the destination are those that the interrupted run was about to publish when it was killed.
    pub fn has_published(&self, destination: &Path) -> bool {
        let record = |published: &String| digest_of_record(destination).is_ok_and(|now| now == *published);
        self.published.as_ref().is_some_and(record)
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

    /// Notes that the tables in a folder are complete and about to be published.
    pub fn complete(&mut self, tables: &Path) -> Result<(), ResumeError> {
        let noted = digest_of_record(tables).and_then(|record| {
            write_line(&mut self.lines, &format!("{COMPLETE}{record}"))?;
            self.append(true)
        });
        noted.map_err(|source| self.failed(source))
    }

    /// Its folder, to be removed as the tables are published.
    pub fn into_folder(mut self) -> Option<PartialFolder> {
        self.folder.take()
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
    /// The digest of the record that was about to be published.
    published: Option<String>,
    /// An input that is not as it was.
    change: Option<ResumeError>,
}

fn digest_of_record(tables: &Path) -> io::Result<String> {
    Ok(sha256(fs::read(tables.join("run.json"))?))
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
    let mut whole = Whole { start, end: start, passages: 0, published: None, change };
    while let Line::Whole(line) = read_line(&mut journal).map_err(failed)? {
        if let Some(record) = line.strip_prefix(COMPLETE) {
            whole.published = Some(record.into());
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
            let mut whole = Whole { start, end: start, passages: 0, published: None, change: None };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Coder, Setup};
    use crate::tables::RunRecord;
    use crate::text::Wrapping;

    const TEXTS: [&str; 3] =
        ["必ず効く。", "「効くかもしれない」と言われている。", "効果は証明されていないでしょうか。"];

    fn place(text: &str) -> Place<'_> {
        Place {
            document: "a",
            start: 0,
            text,
            length: text.len(),
            wrapping: Wrapping::NONE,
            entries: usize::MAX,
        }
    }

    /// Goes on with a run over the texts; gives how many of them were taken.
    fn go_on(destination: &Path, coder: &mut Coder, texts: &[&str]) -> usize {
        let record = RunRecord::default();
        let beginning = Beginning::new(&record, None, &[]);
        let (mut resumable, mut earlier) = Resumable::open(destination, &beginning, false).unwrap();
        let mut lines = earlier.next(texts.len()).unwrap().into_iter();
        let mut taken = 0;
        for text in texts {
            let coded = coder.code(text, Wrapping::NONE);
            let of = place(text);
            let (passage, journaled) = earlier.passage(lines.next(), of, || coded.clone()).unwrap();
            assert_eq!(passage, coded);
            taken += usize::from(resumable.add(&journaled, &passage, text.len()).unwrap());
        }
        resumable.write().unwrap();
        taken
    }

    #[test]
    fn a_journal_torn_at_any_byte_or_damaged_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let destination = folder.path().join("out");
        let journal = folder.path().join("out.partial/.hedgerow.journal");
        let coder = &mut Coder::new(&Setup::new(&[]).unwrap());
        assert_eq!(go_on(&destination, coder, &TEXTS), 0);
        let whole = fs::read(&journal).unwrap();
        assert_eq!(go_on(&destination, coder, &TEXTS), 3);
        let ends: Vec<usize> =
            whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect();
        let [beginning, first, second, third] = ends[..] else { panic!("{ends:?}") };
        for end in second..third {
            fs::write(&journal, &whole[..end]).unwrap();
            assert_eq!(go_on(&destination, coder, &TEXTS), 2, "{end}");
            assert_eq!(fs::read(&journal).unwrap(), whole, "{end}");
        }
        for (at, left) in [(beginning, 0), (first - 1, 0), (first + 20, 1), (third - 1, 2)] {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&journal, damaged).unwrap();
            assert_eq!(go_on(&destination, coder, &TEXTS), left, "{at}");
            assert_eq!(fs::read(&journal).unwrap(), whole, "{at}");
        }
    }

    #[test]
    fn a_passage_of_another_text_or_lexicon_is_not_taken() {
        let coder = &mut Coder::new(&Setup::new(&[]).unwrap());
        for text in TEXTS {
            let coded = coder.code(text, Wrapping::NONE);
            assert!(!coded.hits.is_empty());
            assert_eq!(Row::new("", &coded).passage(&place(text)), Some(coded.clone()));
            assert_eq!(Row::new("", &coded).passage(&Place { entries: 0, ..place(text) }), None);
            assert_eq!(Row::new("", &coded).passage(&place("犬")), None);
        }
    }
}
