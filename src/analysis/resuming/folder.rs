//! The folder of a run that can be gone on with, beside the one that it becomes.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::ResumeError;

/// What is put behind the name of the destination.
const SUFFIX: &str = ".partial";

/// Names of files in the folder. They are hidden, so that none of them is an input of a run over the folder that the
/// destination stands in.
const JOURNAL: &str = ".hedgerow.journal";
const LOCK: &str = ".hedgerow.lock";

/// The extension of a journal whose beginning is being written.
pub(super) const NEW: &str = "new";

/// The folder of an interrupted run or of one at work, which no other process may use.
pub(in crate::analysis) struct PartialFolder {
    path: PathBuf,
    _lock: File,
}

impl PartialFolder {
    /// Where it is.
    pub fn of(destination: &Path) -> io::Result<PathBuf> {
        let path = match destination.file_name() {
            Some(_) => destination.into(),
            // Of `.` and `..`.
            None => destination.canonicalize()?,
        };
        let mut name: OsString = path.file_name().unwrap_or_default().into();
        name.push(SUFFIX);
        Ok(path.with_file_name(name))
    }

    /// Takes the folder, which is made if need be.
    pub fn take(path: &Path) -> Result<Self, ResumeError> {
        match path.symlink_metadata() {
            Ok(found) if !found.is_dir() || !(is_interrupted(path) || is_empty(path)) => {
                return Err(ResumeError::Foreign(path.into()));
            }
            // Of another kind, it could block.
            Ok(_) if path.join(JOURNAL).metadata().is_ok_and(|journal| !journal.is_file()) => {
                return Err(ResumeError::Foreign(path.into()));
            }
            _ => {}
        }
        let fail = |source| ResumeError::File { path: path.into(), source };
        fs::create_dir_all(path).map_err(fail)?;
        let lock =
            File::options().create(true).truncate(false).write(true).open(path.join(LOCK)).map_err(fail)?;
        match lock.try_lock() {
            Ok(()) => Ok(PartialFolder { path: path.into(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(ResumeError::Locked(path.into())),
            // On a file system without locks a second run can't be told.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(PartialFolder { path: path.into(), _lock: lock })
            }
            Err(TryLockError::Error(error)) => Err(fail(error)),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn journal(&self) -> PathBuf {
        self.path.join(JOURNAL)
    }

    /// Removes the folder, but for files that are not of this program.
    pub fn remove(self) -> Result<(), ResumeError> {
        for path in [self.journal(), self.journal().with_extension(NEW), self.path.join(LOCK)] {
            match fs::remove_file(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(ResumeError::File { path, source });
                }
                _ => {}
            }
        }
        match fs::remove_dir(&self.path) {
            Err(source) if source.kind() != io::ErrorKind::DirectoryNotEmpty => {
                Err(ResumeError::File { path: self.path, source })
            }
            _ => Ok(()),
        }
    }
}

/// Whether a path is a folder that this program has made for a run.
pub(super) fn is_interrupted(path: &Path) -> bool {
    path.join(LOCK).is_file()
}

fn is_empty(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}
