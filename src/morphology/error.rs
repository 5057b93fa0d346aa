//! What can be wrong with a dictionary.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, io, iter};

use lindera::error::LinderaError;

use crate::messages::Message;
#[cfg(feature = "documents")]
use crate::publishing::PublishError;

/// A dictionary that can't be loaded or built. A `reason` is in the words of lindera or of the TOML parser.
#[derive(Debug)]
#[non_exhaustive]
pub enum DictionaryError {
    /// The dictionary inside the program is damaged.
    Embedded {
        /// What the loader says.
        reason: String,
    },
    /// A folder without a dictionary of this version's format.
    Load {
        /// The folder.
        folder: PathBuf,
        /// What the loader says.
        reason: String,
    },
    /// A file or folder that can't be read.
    Read {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A schema with a mistake.
    Schema {
        /// The path of the file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// A dictionary that can't be written.
    #[cfg(feature = "documents")]
    Publish(PublishError),
    /// A source without a file of words.
    NoWords {
        /// The folder of the source.
        folder: PathBuf,
    },
    /// A source without another file that it needs.
    NoFile {
        /// The folder of the source.
        folder: PathBuf,
        /// The name of the file.
        name: &'static str,
    },
    /// A source in the format of no known dictionary, and without metadata and schema of its own.
    Format {
        /// The folder of the source.
        folder: PathBuf,
        /// How many columns the first of its words has.
        columns: usize,
    },
    /// A source whose metadata can't be read.
    Metadata {
        /// The path of the file.
        path: PathBuf,
        /// What the parser says.
        reason: String,
    },
    /// A source that can't be compiled.
    Compile {
        /// The folder of the source.
        folder: PathBuf,
        /// What the compiler says.
        reason: String,
    },
}

impl DictionaryError {
    /// What it says, by key.
    pub fn message(&self) -> Message {
        match self {
            DictionaryError::Embedded { reason } => {
                Message::new("dictionary.embedded", &[("reason", reason)])
            }
            DictionaryError::Load { folder, reason } => {
                Message::new("dictionary.load", &[("folder", &folder.display()), ("reason", reason)])
            }
            DictionaryError::Read { path, source } => {
                Message::new("dictionary.read", &[("path", &path.display()), ("reason", source)])
            }
            DictionaryError::Schema { path, line, reason } => Message::new(
                "dictionary.schema",
                &[("path", &path.display()), ("line", line), ("reason", reason)],
            ),
            #[cfg(feature = "documents")]
            DictionaryError::Publish(error) => error.message(),
            DictionaryError::NoWords { folder } => {
                Message::new("dictionary.no_words", &[("folder", &folder.display())])
            }
            DictionaryError::NoFile { folder, name } => {
                Message::new("dictionary.no_file", &[("folder", &folder.display()), ("name", name)])
            }
            DictionaryError::Format { folder, columns } => {
                Message::new("dictionary.format", &[("folder", &folder.display()), ("count", columns)])
            }
            DictionaryError::Metadata { path, reason } => {
                Message::new("dictionary.metadata", &[("path", &path.display()), ("reason", reason)])
            }
            DictionaryError::Compile { folder, reason } => {
                Message::new("dictionary.compile", &[("folder", &folder.display()), ("reason", reason)])
            }
        }
    }

    /// A schema at `path` with a mistake.
    pub(super) fn schema(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        DictionaryError::Schema { path: path.into(), line, reason: error.message().into() }
    }
}

impl fmt::Display for DictionaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl Error for DictionaryError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            DictionaryError::Read { source, .. } => Some(source),
            #[cfg(feature = "documents")]
            DictionaryError::Publish(error) => error.source(),
            _ => None,
        }
    }
}

#[cfg(feature = "documents")]
impl From<PublishError> for DictionaryError {
    fn from(error: PublishError) -> Self {
        DictionaryError::Publish(error)
    }
}

/// What lindera says, without the Rust notation that its `Display` puts around it.
pub(super) fn reason(error: &LinderaError) -> String {
    let causes = iter::successors(error.source(), |&cause| cause.source());
    let messages: Vec<String> = causes.map(ToString::to_string).collect();
    messages.join(": ")
}
