//! A folder that is to be published.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::exchange::{Exchange, OwnFile, new_folder};
use super::operations::{create_dir, rename};
use super::syncing::{sync_all, sync_folder};
use super::workplace::Workplace;
use super::{PublishError, names, recovery, registry};
use crate::messages::Message;

/// A folder that is not published yet. Dropped before, it is removed.
pub struct Publication {
    workplace: Arc<Workplace>,
    /// Where it is written.
    folder: PathBuf,
    /// The folder that it becomes, as the user calls it.
    destination: PathBuf,
    /// The same without links.
    target: PathBuf,
    is_published: bool,
    notes: Vec<Message>,
}

impl Publication {
    /// Begins a folder that is to be published as `destination`. The folders above it are created.
    ///
    /// # Errors
    /// A destination that exists, or to which another run writes; a parent folder that can't be written.
    pub fn create(destination: &Path) -> Result<Self, PublishError> {
        Publication::begin(destination, None)
    }

    /// The same, but the destination may be a folder that the program has written: `own` are the names of all files that
    /// there may be. Whether it is such a folder is for the caller to see.
    ///
    /// # Errors
    /// The same, and a folder that can't be exchanged for another: the current one, or one on another disk than that above.
    pub fn replace(destination: &Path, own: &[&str]) -> Result<Self, PublishError> {
        Publication::begin(destination, Some(own))
    }

    fn begin(destination: &Path, own: Option<&[&str]>) -> Result<Self, PublishError> {
        check_free(destination, own.is_some())?;
        let _guard = registry::publishing()?;
        let made = make_parents(destination)?;
        let target = resolved(destination)?;
        let workplace = Arc::new(Workplace::open(&target, made, destination)?);
        let folder = new_folder(&workplace);
        registry::open(&workplace, &folder, destination);
        let mut publication = Publication {
            workplace,
            folder,
            destination: destination.into(),
            target,
            is_published: false,
            notes: Vec::new(),
        };
        let Publication { workplace, folder, target, .. } = &publication;
        let is_left = recovery::recover(workplace, target, own.unwrap_or_default())?;
        // Another run may have published it while this one waited, or a killed run's old folder is back.
        check_free(destination, own.is_some())?;
        if target.is_dir() {
            check_exchangeable(destination, target)?;
        }
        let mut left = recovery::sweep(target);
        left.extend(is_left.then(|| workplace.path().to_owned()));
        create_dir(folder).map_err(|source| PublishError::Write { path: destination.into(), source })?;
        if !left.is_empty() {
            let names: Vec<_> = left.iter().map(|path| path.display().to_string()).collect();
            let values: [(_, &dyn std::fmt::Display); 2] =
                [("count", &left.len()), ("folders", &names.join(", "))];
            publication.notes.push(Message::new("publishing.removed", &values));
        }
        Ok(publication)
    }

    /// Where it is written.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// The folder that it becomes.
    pub fn destination(&self) -> &Path {
        &self.destination
    }

    /// Whether it replaces a folder.
    pub fn replaces(&self) -> bool {
        self.target.is_dir()
    }

    /// Writes a file; folders in its name, with `/`, are created.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> Result<(), PublishError> {
        // Not `create_dir_all`: where the whole is gone, it isn't made again.
        let folders = name.match_indices('/').filter_map(|(end, _)| name.get(..end));
        let made = folders.map(|folder| fs::create_dir(self.folder.join(folder)));
        let made = made
            .filter(|made| made.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::AlreadyExists));
        let written =
            made.collect::<io::Result<()>>().and_then(|()| fs::write(self.folder.join(name), bytes));
        written.map_err(|source| PublishError::Write { path: self.destination.join(name), source })
    }

    /// Appends to a file that was written.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn append(&self, name: &str, bytes: impl AsRef<[u8]>) -> Result<(), PublishError> {
        let file = fs::File::options().append(true).open(self.folder.join(name));
        file.and_then(|mut file| file.write_all(bytes.as_ref()))
            .map_err(|source| PublishError::Write { path: self.destination.join(name), source })
    }

    /// Puts the folder in its place. `own` are the files that the program has written to the folder there, if there is one.
    /// Gives notes for the user.
    ///
    /// # Errors
    /// A folder that can't take its place: it is kept under a name that the error tells, and an earlier one stays as it was.
    pub fn publish(mut self, own: &[OwnFile]) -> Result<Vec<Message>, PublishError> {
        let synced = sync_all(&self.folder).map_err(|(path, source)| PublishError::write(&path, source));
        synced?;
        let guard = registry::publishing()?;
        let result = match self.target.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => {
                Exchange::new(&self.workplace, &self.folder, &self.target, &self.destination, own).run()
            }
            _ => self.take_place(),
        };
        let result = match result {
            Ok(kept) => {
                self.is_published = true;
                self.note_kept(&kept);
                Ok(std::mem::take(&mut self.notes))
            }
            Err(error) => Err(self.kept(error)),
        };
        // Removed within the guard, as all of it is published or said.
        drop(self);
        drop(guard);
        result
    }

    fn take_place(&self) -> Result<Vec<OsString>, PublishError> {
        if self.target.symlink_metadata().is_ok() {
            return Err(in_the_way(&self.destination));
        }
        rename(&self.folder, &self.target)
            .map_err(|source| PublishError::Write { path: self.destination.clone(), source })?;
        let _ = self.target.parent().map(sync_folder);
        Ok(Vec::new())
    }

    fn note_kept(&mut self, kept: &[OsString]) {
        if !kept.is_empty() {
            let paths: Vec<_> =
                kept.iter().map(|name| self.destination.join(name).display().to_string()).collect();
            let values: [(_, &dyn std::fmt::Display); 2] =
                [("count", &kept.len()), ("files", &paths.join(", "))];
            self.notes.push(Message::new("publishing.edited", &values));
        }
        if self.workplace.remove().is_err() {
            let path = self.workplace.path().display();
            self.notes.push(Message::new("publishing.not_removed", &[("path", &path)]));
        }
    }

    /// Keeps the complete folder beside its destination, if it can be.
    fn kept(&self, error: PublishError) -> PublishError {
        if matches!(error, PublishError::HalfWay { .. } | PublishError::Interrupted) {
            return error;
        }
        let beside = names::beside(&self.target);
        match rename(&self.folder, &beside) {
            Ok(()) => PublishError::Kept {
                error: Box::new(error),
                folder: self.destination.with_file_name(beside.file_name().unwrap_or_default()),
            },
            Err(_) => error,
        }
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // What can't be removed is removed by the next run.
        let _ = self.workplace.remove();
        registry::close(&self.workplace, self.is_published);
    }
}

/// Refuses a destination that exists, unless it is a folder that may be replaced.
fn check_free(destination: &Path, may_replace: bool) -> Result<(), PublishError> {
    match destination.symlink_metadata() {
        Ok(_) if !(may_replace && destination.is_dir()) => Err(in_the_way(destination)),
        Ok(_) => Ok(()),
        // Of a file above it more can be said later.
        Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) => {
            Ok(())
        }
        // A name that is too long is better known before all is counted.
        Err(source) => Err(PublishError::Write { path: destination.into(), source }),
    }
}

fn in_the_way(destination: &Path) -> PublishError {
    if destination.is_dir() {
        PublishError::Exists(destination.into())
    } else if destination.exists() {
        PublishError::NotAFolder { destination: destination.into(), file: destination.into() }
    } else {
        PublishError::Dangling(destination.into())
    }
}

/// A folder that has to be renamed to be replaced.
fn check_exchangeable(destination: &Path, target: &Path) -> Result<(), PublishError> {
    let current = std::env::current_dir().and_then(fs::canonicalize);
    if current.is_ok_and(|current| current == target) {
        return Err(PublishError::Current(destination.into()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| path.metadata().map(|metadata| metadata.dev()).ok();
        if target.parent().is_none_or(|parent| device(parent) != device(target)) {
            return Err(PublishError::MountPoint(destination.into()));
        }
    }
    Ok(())
}

/// A path without links, of a folder that need not exist but is in one that does.
pub(super) fn resolved(destination: &Path) -> Result<PathBuf, PublishError> {
    let fail = |source| PublishError::Write { path: destination.into(), source };
    if destination.exists() {
        return fs::canonicalize(destination).map_err(fail);
    }
    let name = destination.file_name().ok_or_else(|| PublishError::Current(destination.into()))?;
    Ok(fs::canonicalize(parent(destination)).map_err(fail)?.join(name))
}

/// The folder above a path, by which it can be reached.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Creates the folders above a destination; gives those that were not there, the deepest first.
fn make_parents(destination: &Path) -> Result<Vec<PathBuf>, PublishError> {
    let parent = parent(destination);
    let missing = parent.ancestors().filter(|above| *above != Path::new(""));
    let missing: Vec<PathBuf> =
        missing.take_while(|above| above.symlink_metadata().is_err()).map(Path::to_owned).collect();
    fs::create_dir_all(parent).map_err(|source| {
        let is_dangling = |above: &&Path| above.is_symlink() && !above.exists();
        if let Some(file) = parent.ancestors().find(|above| above.is_file()) {
            PublishError::NotAFolder { destination: destination.into(), file: file.into() }
        } else if let Some(link) = parent.ancestors().find(is_dangling) {
            PublishError::Dangling(link.into())
        } else {
            PublishError::Write { path: destination.into(), source }
        }
    })?;
    Ok(missing)
}
