//! Why an interrupted run can't be gone on with.

use std::io;
use std::path::PathBuf;

use crate::messages::Message;

/// An interrupted run that can't be gone on with.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum ResumeError {
    /// There is one, and nobody has said whether to go on with it.
    Interrupted(PathBuf),
    /// Another process is at work in its folder.
    Locked(PathBuf),
    /// Its folder holds something else.
    Foreign(PathBuf),
    /// What it was begun with, by name, and what it would be gone on with.
    Begun {
        /// The folder.
        path: PathBuf,
        /// What differs.
        name: String,
        /// Its value then.
        begun: String,
        /// Its value now.
        now: String,
    },
    /// A file that is not as it was.
    Input {
        /// The folder.
        path: PathBuf,
        /// The document, or the file with it.
        document: String,
        /// What has happened to it.
        change: InputChange,
    },
    /// Its journal is not as it was written.
    Damaged(PathBuf),
    /// A file or folder of it can't be read or written.
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What has happened to an input since the run was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputChange {
    /// It has another text.
    Changed,
    /// It is no longer there.
    Gone,
    /// It was not there.
    New,
}

impl ResumeError {
    /// Its words.
    #[doc(hidden)]
    pub fn message(&self) -> Message {
        match self {
            ResumeError::Interrupted(path) => {
                Message::new("resuming.interrupted", &[("path", &path.display())])
            }
            ResumeError::Locked(path) => Message::new("resuming.locked", &[("path", &path.display())]),
            ResumeError::Foreign(path) => Message::new("resuming.foreign", &[("path", &path.display())]),
            ResumeError::Begun { path, name, begun, now } => Message::new(
                "resuming.begun",
                &[("path", &path.display()), ("name", name), ("begun", begun), ("now", now)],
            ),
            ResumeError::Input { path, document, change } => {
                let key = match change {
                    InputChange::Changed => "resuming.changed",
                    InputChange::Gone => "resuming.gone",
                    InputChange::New => "resuming.new",
                };
                Message::new(key, &[("path", &path.display()), ("document", document)])
            }
            ResumeError::Damaged(path) => Message::new("resuming.damaged", &[("path", &path.display())]),
            ResumeError::File { path, source } => {
                Message::new("publishing.write", &[("path", &path.display()), ("source", source)])
            }
        }
    }
}
