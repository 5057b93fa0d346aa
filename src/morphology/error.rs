//! What can go wrong with a dictionary.

use std::io;
use std::path::PathBuf;

/// A dictionary that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DictionaryError {
    /// The dictionary inside the program is damaged.
    #[error("the embedded dictionary does not load: {0}; build or download the program again")]
    Embedded(String),
    /// A folder that holds no dictionary of this version's format.
    #[error("the dictionary in {} does not load: {message}", folder.display())]
    Folder {
        /// The folder asked for.
        folder: PathBuf,
        /// What the loader said.
        message: String,
    },
    /// A file of a dictionary that cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A schema that can't be read.
    #[error("{}, line {line}: {message}; build the dictionary anew", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A source that can't be compiled, or a place where it can't be put.
    #[error("{}: {message}", folder.display())]
    Source {
        /// The folder.
        folder: PathBuf,
        /// What is wrong, and what to do.
        message: String,
    },
    /// A folder that can't be written.
    #[error("cannot write {}: {source}; check that the disk has room and that you may write there", path.display())]
    Write {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}
