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
}
