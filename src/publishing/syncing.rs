//! Bringing files to the disk, so that a power cut after a rename leaves no folder of empty files.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Writes a folder, the folders below it and all their files through to the disk. The error has the path.
pub(super) fn sync_all(folder: &Path) -> Result<(), (PathBuf, io::Error)> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    for entry in fs::read_dir(folder).map_err(fail(folder))? {
        let entry = entry.map_err(fail(folder))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(fail(&path))?;
        if kind.is_dir() {
            sync_all(&path)?;
        } else if kind.is_file() {
            // Windows flushes only what may be written.
            let file = OpenOptions::new().append(true).open(&path).map_err(fail(&path))?;
            sync(&file).map_err(fail(&path))?;
        }
    }
    sync_folder(folder).map_err(fail(folder))
}

/// Writes the names in a folder through to the disk, where the system can do that.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { sync(&File::open(folder)?) } else { Ok(()) }
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
