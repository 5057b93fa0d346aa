//! A file that has been found and not yet read.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tempfile::{NamedTempFile, TempPath};

use super::{CorpusError, Form, Kind};

/// The name of the document that comes from standard input.
pub const STANDARD_INPUT: &str = "stdin";

/// Where a document comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input, copied to a temporary file: tables are opened twice.
    StandardInput(Arc<TempPath>),
}

impl Origin {
    /// The file to read.
    pub fn path(&self) -> &Path {
        match self {
            Origin::File(path) => path,
            Origin::StandardInput(path) => path,
        }
    }
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
    size: OnceLock<u64>,
}

impl Input {
    pub(super) fn new(document: String, path: &Path, form: Form, argument: usize) -> Self {
        let origin = Origin::File(path.into());
        Input { document, origin, form, argument, size: OnceLock::new() }
    }

    /// Copies standard input to a temporary file. JSON Lines are known by the brace they begin with.
    pub(super) fn from_standard_input(argument: usize) -> io::Result<Self> {
        let mut input = BufReader::new(io::stdin().lock());
        let head = input.fill_buf()?;
        let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
        let kind = if head.trim_ascii_start().starts_with(b"{") { Kind::JsonLines } else { Kind::Text };
        let mut file = NamedTempFile::new()?;
        let size = io::copy(&mut input, &mut file)?;
        Ok(Input {
            document: STANDARD_INPUT.into(),
            origin: Origin::StandardInput(Arc::new(file.into_temp_path())),
            form: Form { kind, compression: None },
            argument,
            size: size.into(),
        })
    }

    /// Its size in bytes, asked of the system when it is first needed. 0 if that fails: the error comes up again when
    /// the file is read.
    pub fn bytes(&self) -> u64 {
        *self.size.get_or_init(|| self.origin.path().metadata().map_or(0, |metadata| metadata.len()))
    }

    pub(super) fn open(&self) -> Result<File, CorpusError> {
        File::open(self.origin.path()).map_err(|source| self.unreadable(source))
    }

    pub(super) fn read(&self) -> Result<Vec<u8>, CorpusError> {
        fs::read(self.origin.path()).map_err(|source| self.unreadable(source))
    }

    fn unreadable(&self, source: io::Error) -> CorpusError {
        CorpusError::Unreadable { document: self.document.clone(), source }
    }
}
