//! The folder of the results: whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::columns::COLUMNS;
use super::table_writer::BYTE_ORDER_MARK;
use super::{RunRecord, TableError};

/// Every file that a run may write, the record of the run last: where it stands, the others are complete.
/// Those of a comparison are there only where groups were compared.
const FILES: [&str; 8] = [
    "documents.csv",
    "categories.csv",
    "markers.csv",
    "concordance.csv",
    "groups.csv",
    "comparisons.csv",
    "columns.csv",
    "run.json",
];

/// The files of a comparison.
const COMPARISON: [&str; 2] = ["groups.csv", "comparisons.csv"];

/// A folder of results in the making, beside its final place. Dropped before [`Folder::publish`], it leaves nothing.
pub struct Folder {
    making: TempDir,
    destination: PathBuf,
}

impl Folder {
    /// Begins a folder that is to stand at `destination`.
    ///
    /// # Errors
    /// A destination that exists (unless it may be replaced), or a place where nothing can be written.
    pub fn create(destination: &Path, replace: bool) -> Result<Self, TableError> {
        if destination.symlink_metadata().is_ok() {
            match destination.is_dir() {
                true if replace => {}
                true => return Err(TableError::Exists(destination.into())),
                false => return Err(TableError::NoFolder(destination.into())),
            }
        }
        Folder::beside(destination)
    }

    /// Begins the tables of a comparison, which are to join those of a finished run.
    ///
    /// # Errors
    /// A folder that has such tables (unless they may be replaced), or beside which nothing can be written.
    pub fn join(destination: &Path, replace: bool) -> Result<Self, TableError> {
        if !replace && COMPARISON.iter().any(|file| destination.join(file).exists()) {
            return Err(TableError::Compared(destination.into()));
        }
        Folder::beside(destination)
    }

    fn beside(destination: &Path) -> Result<Self, TableError> {
        let fail = |error| TableError::new(destination, error);
        let parent = match destination.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(fail)?;
        let making = tempfile::Builder::new().prefix(".hedgerow-").tempdir_in(parent).map_err(fail)?;
        Ok(Folder { making, destination: destination.into() })
    }

    /// Where the files are written until they are complete.
    pub fn path(&self) -> &Path {
        self.making.path()
    }

    /// Puts the finished files in their place, with `columns.csv`, which is the same in every run.
    ///
    /// # Errors
    /// A file that can't be moved.
    pub fn publish(self) -> Result<(), TableError> {
        let columns = self.path().join("columns.csv");
        fs::write(&columns, [BYTE_ORDER_MARK, COLUMNS.as_bytes()].concat())
            .map_err(|error| TableError::new(&columns, error))?;
        let fail = |error| TableError::new(&self.destination, error);
        if !self.destination.exists() {
            let made = self.making.keep();
            open_to_others(&made).map_err(fail)?;
            return fs::rename(&made, &self.destination).map_err(fail);
        }
        // The record goes first and comes last, so that a mixture of two runs never looks whole.
        for file in FILES.iter().rev() {
            match fs::remove_file(self.destination.join(file)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
                _ => {}
            }
        }
        for file in FILES {
            let made = self.making.path().join(file);
            if !COMPARISON.contains(&file) || made.exists() {
                fs::rename(made, self.destination.join(file)).map_err(fail)?;
            }
        }
        Ok(())
    }

    /// Puts the tables of a comparison in their place, with the record that tells of them.
    ///
    /// # Errors
    /// A file that can't be moved.
    pub fn publish_comparison(self, mut record: RunRecord) -> Result<(), TableError> {
        let put = |file: &str| {
            let place = self.destination.join(file);
            fs::rename(self.path().join(file), &place).map_err(|error| TableError::new(&place, error))
        };
        // At no time does the record tell of tables that are not there.
        let comparison = record.comparison.take();
        record.write(self.path())?;
        put("run.json")?;
        COMPARISON.into_iter().try_for_each(put)?;
        record.comparison = comparison;
        record.write(self.path())?;
        put("run.json")
    }
}

/// A temporary folder is its owner's alone; results are for everybody whom the parent folder lets in.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let plain = folder.join("plain");
    fs::create_dir(&plain)?;
    let mode = fs::metadata(&plain)?.permissions().mode();
    fs::remove_dir(&plain)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}
