//! Putting a new folder in the place of an old one.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::operations::{carry, create_dir, exchange, remove_dir, remove_dir_all, remove_file, rename};
use super::syncing::sync_folder;
use super::workplace::{EXCHANGED, NEW, OLD, REPLACED, Workplace};
use super::{PublishError, names};
use crate::digest::sha256_of_file;

/// A file that the program wrote to the folder that is replaced.
#[derive(Debug, Clone)]
pub struct OwnFile {
    /// Its name; with `/` where it is in a folder of its own.
    pub name: String,
    /// Its SHA-256 as it was written, if that is known: a file that was changed is kept under another name.
    pub sha256: Option<String>,
}

/// A rename that is taken back if a later one fails.
enum Done {
    Moved { from: PathBuf, to: PathBuf },
    Exchanged,
}

/// The old folder and the new one.
pub(super) struct Exchange<'a> {
    workplace: &'a Workplace,
    /// The new folder, complete.
    folder: &'a Path,
    target: &'a Path,
    /// What the user calls the target.
    destination: &'a Path,
    own: HashMap<&'a OsStr, Option<&'a str>>,
    /// Where entries of the old folder go that have to move: what is not to be found here was replaced or carried.
    names: HashMap<OsString, OsString>,
    /// Entries of the old folder that are replaced, or have a second name in the new one.
    over: Vec<OsString>,
    /// Second names in the new folder.
    carried: Vec<PathBuf>,
    done: Vec<Done>,
}

impl<'a> Exchange<'a> {
    pub fn new(
        workplace: &'a Workplace,
        folder: &'a Path,
        target: &'a Path,
        destination: &'a Path,
        own: &'a [OwnFile],
    ) -> Self {
        Exchange {
            workplace,
            folder,
            target,
            destination,
            own: own.iter().map(|file| (OsStr::new(&file.name), file.sha256.as_deref())).collect(),
            names: HashMap::new(),
            over: Vec::new(),
            carried: Vec::new(),
            done: Vec::new(),
        }
    }

    /// Puts the new folder in the place of the old one, which is deleted; gives the names of files that were changed and are
    /// kept. If that fails, the old one is in its place as it was, and the new one in its own.
    pub fn run(mut self) -> Result<Vec<OsString>, PublishError> {
        let replaced = self.carry_over().and_then(|kept| {
            let aside = self.replace()?;
            self.empty(&aside)?;
            Ok((kept, aside))
        });
        match replaced {
            Ok((kept, aside)) => {
                // Both are whole now whatever happens.
                let _ = self.target.parent().map(sync_folder);
                let _ = remove_dir_all(&self.workplace.join(REPLACED));
                let _ = remove_dir(&aside);
                Ok(kept)
            }
            Err(error) => Err(self.roll_back(error)),
        }
    }

    /// Gives what stays of the old folder a second name in the new one. Folders can't have one: they are moved later.
    fn carry_over(&mut self) -> Result<Vec<OsString>, PublishError> {
        let mut kept = Vec::new();
        let fail = |source| PublishError::Write { path: self.destination.into(), source };
        let entries = fs::read_dir(self.target).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for entry in entries.map_err(fail)? {
            let (name, path) = (entry.file_name(), entry.path());
            let kind = entry.file_type().map_err(fail)?;
            let is_own = match kind.is_dir() {
                true => self.holds_nothing_else(&name, &path),
                false => kind.is_file() && self.is_own(&name, &path),
            };
            if is_own {
                self.over.push(name);
                continue;
            }
            let is_taken = self.own.keys().any(|own| Path::new(own).starts_with(&name))
                || self.folder.join(&name).symlink_metadata().is_ok();
            let new_name = match is_taken {
                true => names::edited(&name, &[self.target, self.folder]),
                false => name.clone(),
            };
            if is_taken {
                kept.push(new_name.clone());
            }
            let second = self.folder.join(&new_name);
            if (kind.is_file() || kind.is_symlink()) && carry(&path, &second).is_ok() {
                self.carried.push(second);
                self.over.push(name);
            } else {
                self.names.insert(name, new_name);
            }
        }
        kept.sort();
        Ok(kept)
    }

    /// Whether a file is as the program wrote it.
    fn is_own(&self, name: &OsStr, path: &Path) -> bool {
        let is_unchanged = |digest: &str| sha256_of_file(path).is_ok_and(|found| found == digest);
        self.own.get(name).is_some_and(|digest| digest.is_none_or(is_unchanged))
    }

    /// Whether a folder holds files that the program wrote, and nothing else.
    fn holds_nothing_else(&self, folder: &OsStr, path: &Path) -> bool {
        let Ok(entries) = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) else {
            return false;
        };
        let is_own = |entry: &fs::DirEntry| {
            let name = [folder, OsStr::new("/"), &entry.file_name()].into_iter().collect::<OsString>();
            entry.file_type().is_ok_and(|kind| kind.is_file()) && self.is_own(&name, &entry.path())
        };
        !entries.is_empty() && entries.iter().all(is_own)
    }

    /// Exchanges the folders; gives the path of the old one.
    fn replace(&mut self) -> Result<PathBuf, PublishError> {
        let folder_fails = |source| PublishError::Write { path: self.destination.into(), source };
        take_permissions(self.folder, self.target)
            .and_then(|()| sync_folder(self.folder))
            .and_then(|()| create_dir(&self.workplace.join(REPLACED)))
            .map_err(folder_fails)?;
        let [exchanged, old] = [EXCHANGED, OLD].map(|name| self.workplace.join(name));
        self.rename(self.folder.into(), exchanged.clone()).map_err(folder_fails)?;
        let can_exchange = exchange(&exchanged, self.target).map_err(|source| self.locked(source))?;
        if can_exchange {
            self.done.push(Done::Exchanged);
            return Ok(exchanged);
        }
        self.rename(self.target.into(), old.clone()).map_err(|source| self.locked(source))?;
        self.rename(exchanged, self.target.into()).map_err(folder_fails)?;
        Ok(old)
    }

    /// Moves everything out of the old folder: what can't be moved can't be replaced.
    fn empty(&mut self, aside: &Path) -> Result<(), PublishError> {
        let fail = |path: &Path, source| PublishError::Locked { path: path.into(), source };
        let entries = fs::read_dir(aside).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = entries.map_err(|source| fail(self.destination, source))?;
        // What the user misses as long as it is not moved is first.
        entries.sort_by_key(|entry| (self.over.contains(&entry.file_name()), entry.file_name()));
        for entry in entries {
            let name = entry.file_name();
            let to = if self.over.contains(&name) {
                self.workplace.join(REPLACED).join(&name)
            } else {
                let new_name = match self.names.get(&name) {
                    Some(new_name) => new_name.clone(),
                    // It has come into being meanwhile.
                    None if self.target.join(&name).symlink_metadata().is_err() => name.clone(),
                    None => names::edited(&name, &[self.target, aside]),
                };
                self.target.join(new_name)
            };
            let named = self.destination.join(&name);
            self.rename(entry.path(), to).map_err(|source| fail(&named, source))?;
        }
        Ok(())
    }

    fn rename(&mut self, from: PathBuf, to: PathBuf) -> io::Result<()> {
        rename(&from, &to)?;
        self.done.push(Done::Moved { from, to });
        Ok(())
    }

    /// The error of a folder that can't be renamed: some systems refuse that where a file in it is open.
    fn locked(&self, source: io::Error) -> PublishError {
        let mut files: Vec<&OsStr> = self.own.keys().copied().collect();
        files.sort();
        for name in files {
            let opened = OpenOptions::new().append(true).open(self.target.join(name));
            if let Err(source) = opened
                && source.kind() != io::ErrorKind::NotFound
            {
                return PublishError::Locked { path: self.destination.join(name), source };
            }
        }
        PublishError::Locked { path: self.destination.into(), source }
    }

    /// Takes back what was done.
    fn roll_back(self, error: PublishError) -> PublishError {
        for done in self.done.iter().rev() {
            let undone = match done {
                Done::Moved { from, to } => rename(to, from),
                Done::Exchanged => exchange(&self.workplace.join(EXCHANGED), self.target).map(drop),
            };
            if undone.is_err() {
                self.workplace.leave();
                let folder = self.workplace.path().into();
                return PublishError::HalfWay { error: Box::new(error), folder };
            }
        }
        for path in &self.carried {
            let _ = remove_file(path);
        }
        let _ = remove_dir(&self.workplace.join(REPLACED));
        error
    }
}

/// Gives a folder the permissions of another; its owner may write to it in any case, as it has to be moved.
fn take_permissions(folder: &Path, from: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = from.metadata()?.permissions().mode() | 0o700;
        fs::set_permissions(folder, fs::Permissions::from_mode(mode))?;
    }
    let _ = (folder, from);
    Ok(())
}

/// Where the new folder is as long as it isn't published.
pub(super) fn new_folder(workplace: &Workplace) -> PathBuf {
    workplace.join(NEW)
}
