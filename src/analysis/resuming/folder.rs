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
    /// The folders above it that were made for it, the deepest first.
    made: Vec<PathBuf>,
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
        let above = path.ancestors().skip(1).filter(|above| *above != Path::new(""));
        let made = above.take_while(|above| above.symlink_metadata().is_err()).map(Path::to_owned).collect();
        fs::create_dir_all(path).map_err(fail)?;
        let lock =
            File::options().create(true).truncate(false).write(true).open(path.join(LOCK)).map_err(fail)?;
        match lock.try_lock() {
            Ok(()) => Ok(PartialFolder { path: path.into(), made, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(ResumeError::Locked(path.into())),
            // On a file system without locks a second run can't be told.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(PartialFolder { path: path.into(), made, _lock: lock })
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

    /// Removes the folder, but for files that are not of this program. The error is the path that can't be removed.
    pub fn remove(self) -> Result<(), PathBuf> {
        for path in [self.journal(), self.journal().with_extension(NEW), self.path.join(LOCK)] {
            if fs::remove_file(&path).is_err_and(|error| error.kind() != io::ErrorKind::NotFound) {
                return Err(path);
            }
        }
        if fs::remove_dir(&self.path).is_err_and(|error| error.kind() != io::ErrorKind::DirectoryNotEmpty) {
            return Err(self.path);
        }
        for folder in &self.made {
            // The destination is there, unless the run has failed.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }
}

/// Whether a path is a folder that this program has made for a run.
pub(super) fn is_interrupted(path: &Path) -> bool {
    path.join(LOCK).is_file()
}

fn is_empty(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}
