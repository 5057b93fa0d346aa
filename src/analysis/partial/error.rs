//! Why parts can't be put together.

use std::io;
use std::path::PathBuf;

use crate::messages::Message;

/// Parts that can't be put together.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum PartError {
    /// A file that can't be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that holds no part.
    NoPart(PathBuf),
    /// A part that was not written to its end.
    CutOff {
        /// The file.
        path: PathBuf,
        /// The line that its last part begins on, from 1.
        line: u64,
    },
    /// A part that is not as it was written.
    Changed {
        /// The file.
        path: PathBuf,
        /// The line, from 1; the last of the part where none is known.
        line: u64,
    },
    /// A part that another version of the program has made.
    Version {
        /// The file.
        part: String,
        /// The version that has made it.
        version: String,
        /// That of this program.
        own: String,
    },
    /// Parts that were made with different programs, dictionaries, lexicons, options or tables of variables, or without hits.
    SetUp(Box<Message>),
    /// The same part twice.
    Twice {
        /// The file of one.
        part: String,
        /// That of the other.
        other: String,
    },
    /// A document that is in two parts.
    Document {
        /// The document.
        document: String,
        /// The file of one part.
        part: String,
        /// That of the other.
        other: String,
    },
    /// Ids of which some are numbers and others text: they have no order.
    Ids {
        /// A file with numbers.
        numbers: String,
        /// A file with text.
        text: String,
    },
    /// A document's line that this program does not write.
    Line {
        /// Where it stands.
        place: String,
    },
    /// A temporary file that can't be written or read.
    TemporaryFile {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl PartError {
    pub(super) fn temporary(source: io::Error) -> Self {
        PartError::TemporaryFile { folder: std::env::temp_dir(), source }
    }

    /// Its words.
    #[doc(hidden)]
    pub fn message(&self) -> Message {
        match self {
            PartError::Unreadable { path, source } => {
                Message::new("partial.unreadable", &[("path", &path.display()), ("source", source)])
            }
            PartError::NoPart(path) => Message::new("partial.no_part", &[("path", &path.display())]),
            PartError::CutOff { path, line } => {
                Message::new("partial.cut_off", &[("path", &path.display()), ("line", line)])
            }
            PartError::Changed { path, line } => {
                Message::new("partial.changed", &[("path", &path.display()), ("line", line)])
            }
            PartError::Version { part, version, own } => {
                Message::new("partial.version", &[("part", part), ("version", version), ("own", own)])
            }
            PartError::SetUp(difference) => {
                Message::new("partial.set_up", &[]).with("difference", Message::clone(difference))
            }
            PartError::Twice { part, other } => {
                Message::new("partial.twice", &[("part", part), ("other", other)])
            }
            PartError::Document { document, part, other } => {
                Message::new("partial.document", &[("document", document), ("part", part), ("other", other)])
            }
            PartError::Ids { numbers, text } => {
                Message::new("partial.ids", &[("numbers", numbers), ("text", text)])
            }
            PartError::Line { place } => Message::new("partial.line", &[("place", place)]),
            PartError::TemporaryFile { folder, source } => {
                Message::new("partial.temporary_file", &[("folder", &folder.display()), ("source", source)])
            }
        }
    }
}
