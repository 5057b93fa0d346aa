//! What runs have left that were killed.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::operations::{remove_dir, remove_dir_all, remove_file, rename};
use super::publication::resolved;
use super::workplace::{self, EXCHANGED, NEW, OLD, REPLACED, Workplace};
use super::{PublishError, names};

/// Brings a folder back that a run was about to replace when it was killed, if it was. True if there was one.
///
/// # Errors
/// A folder that can't be renamed.
pub fn restore(destination: &Path) -> Result<bool, PublishError> {
    if destination.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let Ok(target) = resolved(destination) else { return Ok(false) };
    if !Workplace::of(&target).join(OLD).is_dir() {
        return Ok(false);
    }
    let place = Workplace::open(&target, Vec::new(), destination)?;
    restore_in(&place, &target)
}

fn restore_in(place: &Workplace, target: &Path) -> Result<bool, PublishError> {
    let is_missing = target.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    if !(is_missing && place.has(OLD)) {
        return Ok(false);
    }
    rename(&place.join(OLD), target).map_err(|source| PublishError::Write { path: target.into(), source })?;
    Ok(true)
}

/// Clears a workplace of what a dead run has left there, so that a new one can begin. `own` are the names of all files that the
/// program writes to the target; what else is in an old folder that was set aside goes back. True if there was anything.
pub(super) fn recover(place: &Workplace, target: &Path, own: &[&str]) -> Result<bool, PublishError> {
    let is_left = [NEW, REPLACED, EXCHANGED, OLD].iter().any(|name| place.has(name));
    let fail = |source| PublishError::Write { path: place.path().into(), source };
    restore_in(place, target)?;
    // The user may have made another folder between two renames: what was set aside is whole, and isn't deleted.
    if place.has(OLD) && place.has(EXCHANGED) {
        return Err(PublishError::Remains(place.join(OLD)));
    }
    for name in [NEW, REPLACED] {
        remove_dir_all(&place.join(name)).map_err(fail)?;
    }
    for aside in [EXCHANGED, OLD].map(|name| place.join(name)) {
        if aside.symlink_metadata().is_ok() {
            clear(&aside, target, own).map_err(fail)?;
            remove_dir(&aside).map_err(|_| PublishError::Remains(aside))?;
        }
    }
    Ok(is_left)
}

/// Empties a folder that was exchanged or set aside: before that, the user's files in it got a second name in the target.
fn clear(aside: &Path, target: &Path, own: &[&str]) -> io::Result<()> {
    for entry in fs::read_dir(aside)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let is_file = kind.is_file() || kind.is_symlink();
        let is_own = own.iter().any(|own| OsStr::new(own) == name);
        let is_free = |name: &OsStr| target.join(name).symlink_metadata().is_err();
        if is_file && (is_own || !is_free(&name)) {
            remove_file(&entry.path())?;
        } else if target.is_dir() {
            let name = if is_free(&name) { name } else { names::edited(&name, &[target]) };
            rename(&entry.path(), &target.join(name))?;
        }
    }
    Ok(())
}

/// Removes the workplaces of dead runs beside a target, other than those that hold folders of theirs; gives their paths.
pub(super) fn sweep(target: &Path) -> Vec<PathBuf> {
    let mut removed = Vec::new();
    for path in workplace::beside(target) {
        if path == Workplace::of(target) {
            continue;
        }
        let Some(place) = Workplace::of_dead_run(&path) else { continue };
        if ![EXCHANGED, OLD].iter().any(|name| place.has(name)) && place.remove().is_ok() {
            removed.push(path);
        }
    }
    removed
}
