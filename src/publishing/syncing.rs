//! Bringing files to the disk, so that a power cut after a rename leaves no folder of empty files.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

/// Each file waits for the disk, which serves several at a time.
const THREADS: usize = 8;

/// With more files, the whole file system is written through by one call, where the system has such a call: 5,000 small
/// files took 27 s one by one.
const MANY: usize = 64;

/// What is in a folder and the folders below it.
#[derive(Default)]
struct Contents {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

/// Writes a folder, the folders below it and all their files through to the disk. The error has the path.
pub(super) fn sync_all(folder: &Path) -> Result<(), (PathBuf, io::Error)> {
    let mut contents = Contents::default();
    contents.add(folder)?;
    if contents.files.len() > MANY && sync_file_system(folder) {
        return Ok(());
    }
    let failed = Mutex::new(Vec::new());
    let fail = |path: &Path, source| {
        if let Ok(mut failed) = failed.lock() {
            failed.push((path.to_owned(), source));
        }
    };
    let files = Mutex::new(contents.files.iter());
    thread::scope(|scope| {
        for _ in 0..THREADS.min(contents.files.len()) {
            scope.spawn(|| {
                while let Some(path) = files.lock().ok().and_then(|mut files| files.next()) {
                    // Windows writes through only what may be written.
                    let file = OpenOptions::new().append(true).open(path);
                    if let Err(source) = file.and_then(|file| sync(&file)) {
                        fail(path, source);
                    }
                }
            });
        }
    });
    for folder in &contents.folders {
        if let Err(source) = sync_folder(folder) {
            fail(folder, source);
        }
    }
    let mut failed = failed.into_inner().unwrap_or_default();
    failed.sort_by(|one, other| one.0.cmp(&other.0));
    failed.into_iter().next().map_or(Ok(()), Err)
}

impl Contents {
    fn add(&mut self, folder: &Path) -> Result<(), (PathBuf, io::Error)> {
        let fail = |error| (folder.to_owned(), error);
        for entry in fs::read_dir(folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let kind = entry.file_type().map_err(fail)?;
            if kind.is_dir() {
                self.add(&entry.path())?;
            } else if kind.is_file() {
                self.files.push(entry.path());
            }
        }
        self.folders.push(folder.into());
        Ok(())
    }
}

/// Writes the names in a folder through to the disk, where the system can do that.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { sync(&File::open(folder)?) } else { Ok(()) }
}

/// Writes everything of a folder's file system through to the disk; false where that can't be done.
#[cfg(target_os = "linux")]
fn sync_file_system(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| rustix::fs::syncfs(folder).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn sync_file_system(_: &Path) -> bool {
    false
}

/// Some file systems can't be asked.
fn sync(file: &File) -> io::Result<()> {
    match file.sync_all() {
        Err(error) if [io::ErrorKind::InvalidInput, io::ErrorKind::Unsupported].contains(&error.kind()) => {
            Ok(())
        }
        synced => synced,
    }
}
