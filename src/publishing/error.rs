//! What can go wrong when a folder is published.

use std::io;
use std::path::{Path, PathBuf};

use super::registry;
use crate::messages::Message;

/// A folder that can't be published. Paths are those that the user knows, not those of temporary folders.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum PublishError {
    /// The destination exists.
    Exists(PathBuf),
    /// A single file that exists.
    FileExists(PathBuf),
    /// A folder is where a file has to be.
    IsAFolder(PathBuf),
    /// A file is where a folder has to be.
    NotAFolder {
        /// The destination.
        destination: PathBuf,
        /// The file: the destination itself or a folder above it.
        file: PathBuf,
    },
    /// The destination is a link to nothing.
    Dangling(PathBuf),
    /// Another run writes to the destination.
    InUse(PathBuf),
    /// The destination is the folder in which the program runs, or that of no name.
    Current(PathBuf),
    /// The destination is on another disk than the folder above it, so it can't be exchanged for another.
    MountPoint(PathBuf),
    /// A file or folder that can't be written.
    Write {
        /// Its path.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file of an earlier run that can't be replaced.
    Locked {
        /// Its path.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Something that is not of this program has the name of its temporary folder.
    NotOurs(PathBuf),
    /// A run that was ended while it published has left something of the user's own in this folder.
    Remains(PathBuf),
    /// The folder is complete, but not where it should be.
    Kept {
        /// Why it could not be published.
        error: Box<PublishError>,
        /// Where it is.
        folder: PathBuf,
    },
    /// A folder that could not be put back after something failed.
    HalfWay {
        /// What had failed.
        error: Box<PublishError>,
        /// Where the files of the earlier folder are.
        folder: PathBuf,
    },
    /// The user has ended the run.
    Interrupted,
}

impl PublishError {
    /// A file that can't be written. One in a folder that is not published yet is named as it will be called.
    pub fn write(path: &Path, source: impl Into<io::Error>) -> Self {
        PublishError::Write { path: registry::published_name(path), source: source.into() }
    }

    /// Its message.
    pub fn message(&self) -> Message {
        let of_path = |key, path: &PathBuf| Message::new(key, &[("path", &path.display())]);
        match self {
            PublishError::Exists(path) => of_path("publishing.exists", path),
            PublishError::FileExists(path) => of_path("publishing.file_exists", path),
            PublishError::IsAFolder(path) => of_path("publishing.folder", path),
            PublishError::NotAFolder { destination, file } if destination == file => {
                of_path("publishing.file", file)
            }
            PublishError::NotAFolder { destination, file } => Message::new(
                "publishing.file_above",
                &[("path", &destination.display()), ("file", &file.display())],
            ),
            PublishError::Dangling(path) => of_path("publishing.dangling", path),
            PublishError::InUse(path) => of_path("publishing.in_use", path),
            PublishError::Current(path) => of_path("publishing.current", path),
            PublishError::MountPoint(path) => of_path("publishing.mount_point", path),
            PublishError::Write { path, source } => {
                Message::new("publishing.write", &[("path", &path.display()), ("source", source)])
            }
            PublishError::Locked { path, source } => {
                Message::new("publishing.locked", &[("path", &path.display()), ("source", source)])
            }
            PublishError::NotOurs(path) => of_path("publishing.not_ours", path),
            PublishError::Remains(path) => of_path("publishing.remains", path),
            PublishError::Kept { error, folder } => {
                Message::new("publishing.kept", &[("folder", &folder.display())])
                    .with("error", error.message())
            }
            PublishError::HalfWay { error, folder } => {
                Message::new("publishing.half_way", &[("folder", &folder.display())])
                    .with("error", error.message())
            }
            PublishError::Interrupted => Message::new("publishing.interrupted", &[]),
        }
    }
}
