//! The operations on the disk by which a folder is published, each a point at which a run may be killed or fail.

use std::fs;
use std::io;
use std::path::Path;

/// Renames a file or folder.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    fs::rename(from, to)
}

/// Exchanges the names of two folders in one step; false where the system or the file system can't do that.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    step()?;
    exchange_names(one, other)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_names(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    #[cfg(test)]
    if seam::is_exchange_missing() {
        return Ok(false);
    }
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_names(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Gives a file a second name, or copies it where the file system knows no second names. A symbolic link is made anew.
pub(super) fn carry(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    #[cfg(unix)]
    if from.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::hard_link(from, to).or_else(|_| {
        fs::copy(from, to)?;
        let modified = from.metadata()?.modified()?;
        fs::File::options().write(true).open(to)?.set_modified(modified)
    })
}

/// Makes a folder.
pub(super) fn create_dir(folder: &Path) -> io::Result<()> {
    step()?;
    fs::create_dir(folder)
}

/// Removes a file or a symbolic link.
pub(super) fn remove_file(file: &Path) -> io::Result<()> {
    step()?;
    fs::remove_file(file)
}

/// Removes an empty folder.
pub(super) fn remove_dir(folder: &Path) -> io::Result<()> {
    step()?;
    fs::remove_dir(folder)
}

/// Removes a folder and what is in it; one that is not there is no error. Another thread may still write to it.
pub(super) fn remove_dir_all(folder: &Path) -> io::Result<()> {
    const ATTEMPTS: usize = 50;
    for attempt in 1.. {
        step()?;
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => break,
            Err(error) if attempt >= ATTEMPTS || error.kind() != io::ErrorKind::DirectoryNotEmpty => {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(not(test))]
fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use self::seam::{Fault, step, with_fault};

/// Faults for tests, one thread each.
#[cfg(test)]
mod seam {
    use std::cell::Cell;
    use std::io;

    /// What happens at the operation with this number, from 0.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Fault {
        /// It fails.
        Fails(usize),
        /// It and all after it do nothing, as if the program had been killed before it.
        Killed(usize),
    }

    thread_local! {
        static FAULT: Cell<Option<Fault>> = const { Cell::new(None) };
        static STEPS: Cell<usize> = const { Cell::new(0) };
        static NO_EXCHANGE: Cell<bool> = const { Cell::new(false) };
    }

    pub fn step() -> io::Result<()> {
        let number = STEPS.replace(STEPS.get() + 1);
        match FAULT.get() {
            Some(Fault::Fails(at)) if at == number => Err(io::Error::other("a fault")),
            Some(Fault::Killed(at)) if at <= number => Err(io::Error::other("killed")),
            _ => Ok(()),
        }
    }

    pub fn is_exchange_missing() -> bool {
        NO_EXCHANGE.get()
    }

    /// Does something with a fault in it; gives what it gives, and whether the fault was reached.
    pub fn with_fault<T>(fault: Fault, has_exchange: bool, action: impl FnOnce() -> T) -> (T, bool) {
        FAULT.set(Some(fault));
        STEPS.set(0);
        NO_EXCHANGE.set(!has_exchange);
        let done = action();
        FAULT.set(None);
        NO_EXCHANGE.set(false);
        let (Fault::Fails(at) | Fault::Killed(at)) = fault;
        (done, STEPS.get() > at)
    }
}
