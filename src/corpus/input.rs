//! A file that has been found and not yet read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::UNIX_EPOCH;

use super::limits::read_whole;
use super::{CorpusError, Form, Kind};

/// The name of the document that comes from standard input.
pub const STANDARD_INPUT: &str = "stdin";

/// What documents are read from.
pub(crate) trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// Where a document comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input, copied to a temporary file: tables are opened twice. The file has no name, so that nothing is left
    /// of it however the program ends.
    StandardInput(Arc<File>),
}

/// A file that is read from its beginning.
pub(super) enum OpenInput {
    Empty,
    File(File),
    /// Without a name it can't be opened again: a position of its own in the one file that there is.
    StandardInput {
        file: Arc<File>,
        position: u64,
    },
}

impl Read for OpenInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            OpenInput::Empty => Ok(0),
            OpenInput::File(file) => file.read(buffer),
            OpenInput::StandardInput { file, position } => {
                let read = read_at(file, buffer, *position)?;
                *position = position.saturating_add(read as u64);
                Ok(read)
            }
        }
    }
}

impl Seek for OpenInput {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            OpenInput::Empty => Ok(0),
            OpenInput::File(file) => file.seek(to),
            OpenInput::StandardInput { file, position } => {
                let moved = match to {
                    SeekFrom::Start(offset) => Some(offset),
                    SeekFrom::End(offset) => file.metadata()?.len().checked_add_signed(offset),
                    SeekFrom::Current(offset) => position.checked_add_signed(offset),
                };
                *position = moved.ok_or(io::ErrorKind::InvalidInput)?;
                Ok(*position)
            }
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, position)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, position)
}

/// A file that has been found and not yet read.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name in the tables: the path below the folder that the user gave, with `/`.
    pub document: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What it is.
    pub form: Form,
    /// The index of the user's path that led to it.
    pub argument: usize,
    /// Whether the documents of a table are named by their ids alone, without the name of the table.
    pub(super) is_named_by_ids: bool,
    stamp: OnceLock<Stamp>,
}

/// What the system says of a file.
#[derive(Debug, Clone, Copy, Default)]
struct Stamp {
    bytes: u64,
    modified: u64,
}

impl Input {
    pub(super) fn new(document: String, path: &Path, form: Form, argument: usize) -> Self {
        let origin = Origin::File(path.into());
        Input { document, origin, form, argument, is_named_by_ids: false, stamp: OnceLock::new() }
    }

    /// Copies standard input to a temporary file. JSON Lines are known by the brace they begin with, or by a column of ids
    /// that is asked for, as only a table has one.
    pub(super) fn from_standard_input(argument: usize, has_ids: bool) -> Result<Self, CorpusError> {
        let unreadable = |source| CorpusError::Unreadable { document: STANDARD_INPUT.into(), source };
        let unwritable = |source| CorpusError::TemporaryFile { folder: std::env::temp_dir(), source };
        let mut input = BufReader::new(io::stdin().lock());
        let head = input.fill_buf().map_err(unreadable)?;
        let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
        let is_table = has_ids || head.trim_ascii_start().starts_with(b"{");
        let kind = if is_table { Kind::JsonLines } else { Kind::Text };
        let mut file = tempfile::tempfile().map_err(unwritable)?;
        let mut size = 0_u64;
        loop {
            let read = match input.fill_buf() {
                Ok([]) => break,
                Ok(bytes) => {
                    file.write_all(bytes).map_err(unwritable)?;
                    bytes.len()
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(error)),
            };
            input.consume(read);
            size = size.saturating_add(read as u64);
        }
        Ok(Input {
            document: STANDARD_INPUT.into(),
            origin: Origin::StandardInput(Arc::new(file)),
            form: Form { kind, compression: None },
            argument,
            is_named_by_ids: false,
            stamp: Stamp { bytes: size, modified: 0 }.into(),
        })
    }

    /// Its size in bytes, asked of the system when it is first needed. 0 if that fails: the error comes up again when
    /// the file is read.
    pub fn bytes(&self) -> u64 {
        self.stamp().bytes
    }

    /// When it was last modified, in nanoseconds since 1970; 0 if that is not known, as of standard input.
    pub(crate) fn modified(&self) -> u64 {
        self.stamp().modified
    }

    fn stamp(&self) -> Stamp {
        let asked = || {
            let metadata = match &self.origin {
                Origin::File(path) => path.metadata().ok()?,
                Origin::StandardInput(file) => file.metadata().ok()?,
            };
            let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            let modified = modified.and_then(|since| u64::try_from(since.as_nanos()).ok());
            Some(Stamp { bytes: metadata.len(), modified: modified.unwrap_or_default() })
        };
        *self.stamp.get_or_init(|| asked().unwrap_or_default())
    }

    /// Opens the file. Of one without any byte, nothing is read: those of /proc say so of themselves, and some of them
    /// never end.
    pub(super) fn open(&self) -> Result<OpenInput, CorpusError> {
        let path = match &self.origin {
            Origin::File(path) => path,
            Origin::StandardInput(file) => {
                return Ok(OpenInput::StandardInput { file: Arc::clone(file), position: 0 });
            }
        };
        let metadata = path.metadata().map_err(|source| self.unreadable(source))?;
        if !metadata.is_file() {
            return Err(CorpusError::NotAFile { document: self.document.clone() });
        }
        if metadata.len() == 0 {
            return Ok(OpenInput::Empty);
        }
        File::open(path).map(OpenInput::File).map_err(|source| self.unreadable(source))
    }

    /// Reads the file, which may have so many bytes.
    pub(super) fn read(&self, limit: u64) -> Result<Vec<u8>, CorpusError> {
        let (file, size) = (self.open()?, self.bytes());
        let too_large = |size| CorpusError::TooLarge { document: self.document.clone(), size, limit };
        if size > limit {
            return Err(too_large(Some(size)));
        }
        let bytes = read_whole(file, size, limit).map_err(|source| self.unreadable(source))?;
        bytes.ok_or_else(|| too_large(None))
    }

    fn unreadable(&self, source: io::Error) -> CorpusError {
        CorpusError::Unreadable { document: self.document.clone(), source }
    }
}
