//! The hidden folder beside a destination in which everything that is not published stands, with the lock that keeps a
//! second run away.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::PublishError;
use super::operations::{create_dir, remove_dir, remove_dir_all, remove_file};
use super::publication::parent;
use crate::digest::sha256;

/// How the names of all workplaces begin.
const PREFIX: &str = ".hedgerow-";

/// The most bytes of a destination's name that go into that of its workplace: file systems allow 255, some 143.
const LONGEST_NAME: usize = 100;

/// The file that is locked as long as the run lives.
const LOCK: &str = "lock";

/// What the lock file holds: only a folder with it is ever removed.
const SIGNATURE: &str = "A run of hedgerow is writing here, or was ended before it was done.\n";

/// The folder being written.
pub(super) const NEW: &str = "new";

/// The folder that is exchanged for its destination: before, the new one; after, the old one.
pub(super) const EXCHANGED: &str = "exchanged";

/// The old folder, set aside where folders can't be exchanged in one step.
pub(super) const OLD: &str = "old";

/// Files of the old folder that have been replaced.
pub(super) const REPLACED: &str = "replaced";

/// How often, and after how many milliseconds, a lock is tried: a run that removes what others have left holds it for a
/// moment.
const ATTEMPTS: usize = 20;
const PAUSE: Duration = Duration::from_millis(25);

/// A locked workplace.
#[derive(Debug)]
pub(super) struct Workplace {
    path: PathBuf,
    /// Folders above it that were made for it, the deepest first.
    made: Vec<PathBuf>,
    /// Whether it is no longer this run's: its name may be another one's already.
    is_given_up: Mutex<bool>,
    _lock: File,
}

/// How an attempt to lock a workplace ended.
enum Attempt {
    Locked(File),
    InUse,
    /// Another run has removed it meanwhile.
    Gone,
}

impl Workplace {
    /// Where the workplace of a folder is.
    pub fn of(target: &Path) -> PathBuf {
        let name = target.file_name().unwrap_or_default();
        let mut own = OsString::from(PREFIX);
        if name.len() <= LONGEST_NAME {
            own.push(name);
        } else {
            own.push(sha256(name.as_encoded_bytes()));
        }
        target.with_file_name(own)
    }

    /// Makes the workplace of a folder, or takes over that of a dead run. `made` are folders above that were made for it,
    /// and `destination` is what the user calls the folder.
    pub fn open(target: &Path, made: Vec<PathBuf>, destination: &Path) -> Result<Self, PublishError> {
        let path = Workplace::of(target);
        for _ in 0..ATTEMPTS {
            match Workplace::attempt(&path, true, destination)? {
                Attempt::Locked(lock) => return Ok(Workplace::locked(path, made, lock)),
                Attempt::InUse => thread::sleep(PAUSE),
                Attempt::Gone => {}
            }
        }
        Err(PublishError::InUse(destination.into()))
    }

    /// Locks a workplace that may be that of a dead run; none if it isn't.
    pub fn of_dead_run(path: &Path) -> Option<Self> {
        match Workplace::attempt(path, false, path) {
            Ok(Attempt::Locked(lock)) => Some(Workplace::locked(path.into(), Vec::new(), lock)),
            _ => None,
        }
    }

    fn locked(path: PathBuf, made: Vec<PathBuf>, lock: File) -> Self {
        Workplace { path, made, is_given_up: Mutex::new(false), _lock: lock }
    }

    fn attempt(path: &Path, may_make: bool, destination: &Path) -> Result<Attempt, PublishError> {
        let fail = |source| PublishError::Write { path: parent(destination).into(), source };
        let is_made = match may_make.then(|| create_dir(path)) {
            Some(Ok(())) => true,
            Some(Err(error)) if error.kind() != io::ErrorKind::AlreadyExists => return Err(fail(error)),
            _ => false,
        };
        if !is_made && !is_ours(path) {
            return match path.symlink_metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound && may_make => Ok(Attempt::Gone),
                _ => Err(PublishError::NotOurs(path.into())),
            };
        }
        let lock_path = path.join(LOCK);
        let mut options = OpenOptions::new();
        let mut lock = match options.read(true).write(true).create(may_make).truncate(false).open(&lock_path)
        {
            Ok(lock) => lock,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Attempt::Gone),
            Err(error) => return Err(fail(error)),
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Attempt::InUse),
            // Some file systems have no locks: the folder itself is one.
            Err(TryLockError::Error(_)) if is_made => {}
            Err(TryLockError::Error(source)) => return Err(fail(source)),
        }
        if !is_same_file(&lock, &lock_path) {
            return Ok(Attempt::Gone);
        }
        let is_empty = lock.metadata().is_ok_and(|metadata| metadata.len() == 0);
        if is_empty && entries(path).len() == 1 {
            lock.write_all(SIGNATURE.as_bytes()).map_err(fail)?;
        } else if !is_signed(&mut lock) {
            return Err(PublishError::NotOurs(path.into()));
        }
        Ok(Attempt::Locked(lock))
    }

    /// The workplace.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of something in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Whether it has something in it.
    pub fn has(&self, name: &str) -> bool {
        self.join(name).symlink_metadata().is_ok()
    }

    fn given_up(&self) -> MutexGuard<'_, bool> {
        self.is_given_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves everything in it to the next run.
    pub fn leave(&self) {
        *self.given_up() = true;
    }

    /// Removes it; but not an old folder that was set aside, with which the lock file stays, by which it is known.
    pub fn remove(&self) -> io::Result<()> {
        // A signal and the end of the run may come at once.
        let mut is_given_up = self.given_up();
        if *is_given_up {
            return Ok(());
        }
        remove_dir_all(&self.join(NEW))?;
        remove_dir_all(&self.join(REPLACED))?;
        if [OLD, EXCHANGED].into_iter().any(|name| self.has(name)) {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        *is_given_up = true;
        match remove_file(&self.join(LOCK)).and_then(|()| remove_dir(&self.path)) {
            // A run that waits for it may have made another lock file.
            Err(error)
                if ![io::ErrorKind::NotFound, io::ErrorKind::DirectoryNotEmpty].contains(&error.kind()) =>
            {
                return Err(error);
            }
            _ => {}
        }
        for folder in &self.made {
            // Others may have put something there.
            let _ = remove_dir(folder);
        }
        Ok(())
    }
}

/// The workplaces beside a folder.
pub(super) fn beside(target: &Path) -> Vec<PathBuf> {
    let Some(entries) = target.parent().and_then(|parent| fs::read_dir(parent).ok()) else {
        return Vec::new();
    };
    let is_workplace =
        |entry: &fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
    let mut found: Vec<PathBuf> = entries.flatten().filter(is_workplace).map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// Whether a folder looks as workplaces do: there is nothing else in it, and a lock file with anything.
fn is_ours(path: &Path) -> bool {
    if !path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return false;
    }
    let names = entries(path);
    let is_known = |name: &OsString| [LOCK, NEW, EXCHANGED, OLD, REPLACED].iter().any(|known| name == known);
    let is_lock = |name: &OsString| name == LOCK;
    names.iter().all(is_known) && (names.is_empty() || names.iter().any(is_lock))
}

fn entries(folder: &Path) -> Vec<OsString> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name()).collect()
}

fn is_signed(lock: &mut File) -> bool {
    let mut text = Vec::new();
    let read = lock.rewind().and_then(|()| lock.take(SIGNATURE.len() as u64 + 1).read_to_end(&mut text));
    read.is_ok() && text == SIGNATURE.as_bytes()
}

/// Whether a path still leads to an open file, which another run may have removed before it was locked.
#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let key = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(open), Ok(found)) => key(open) == key(found),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
