//! A single file that appears whole or not at all.

use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

use super::publication::parent;
use super::{PublishError, registry};

/// A file that is not published yet. Dropped before, it is removed.
#[derive(Debug)]
pub struct NewFile {
    /// Where it is written, beside its destination.
    temporary: TempPath,
    destination: PathBuf,
    may_replace: bool,
}

impl NewFile {
    /// Begins a file that is to be published as `destination`, which may exist if it is to be replaced.
    ///
    /// # Errors
    /// A destination that exists, or a folder that can't be written.
    pub fn create(destination: &Path, may_replace: bool) -> Result<Self, PublishError> {
        if destination.is_dir() {
            return Err(PublishError::IsAFolder(destination.into()));
        }
        if !may_replace && destination.symlink_metadata().is_ok() {
            return Err(PublishError::FileExists(destination.into()));
        }
        let _guard = registry::publishing()?;
        let mut builder = Builder::new();
        builder.prefix(".hedgerow-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file; the system takes off what the user does not want.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let made = builder.tempfile_in(parent(destination));
        let made = made.map_err(|source| PublishError::Write { path: destination.into(), source })?;
        let temporary = made.into_temp_path();
        registry::open_file(&temporary, destination);
        Ok(NewFile { temporary, destination: destination.into(), may_replace })
    }

    /// Where it is written.
    pub fn path(&self) -> &Path {
        &self.temporary
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// A destination that has come into existence, or a file that can't take its place.
    pub fn publish(self) -> Result<(), PublishError> {
        let NewFile { temporary, destination, may_replace } = self;
        let path = temporary.to_path_buf();
        let write = |source| PublishError::Write { path: destination.clone(), source };
        std::fs::File::options().write(true).open(&path).and_then(|file| file.sync_all()).map_err(write)?;
        let guard = registry::publishing()?;
        let placed = match may_replace {
            true => temporary.persist(&destination),
            false => temporary.persist_noclobber(&destination),
        };
        registry::close_file(&path, placed.is_ok());
        drop(guard);
        placed.map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => PublishError::FileExists(destination.clone()),
            _ => write(error.error),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_when_it_is_published_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let destination = folder.path().join("a.csv");
        let file = NewFile::create(&destination, false).unwrap();
        fs::write(file.path(), "a").unwrap();
        let error = PublishError::write(file.path(), std::io::Error::other("full"));
        assert!(matches!(&error, PublishError::Write { path, .. } if *path == destination), "{error}");
        assert!(!destination.exists());
        file.publish().unwrap();
        assert_eq!(fs::read(&destination).unwrap(), b"a");
        drop(NewFile::create(&folder.path().join("b.csv"), false).unwrap());
        assert_eq!(names(folder.path()), ["a.csv"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::write(folder.path().join("other"), "").unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode(&destination), mode(&folder.path().join("other")));
        }
    }

    #[test]
    fn a_file_that_exists_is_refused_unless_it_may_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let destination = folder.path().join("a.csv");
        let late = NewFile::create(&destination, false).unwrap();
        fs::write(&destination, "old").unwrap();
        assert!(matches!(late.publish(), Err(PublishError::FileExists(path)) if path == destination));
        assert!(matches!(NewFile::create(&destination, false), Err(PublishError::FileExists(_))));
        assert!(matches!(NewFile::create(folder.path(), true), Err(PublishError::IsAFolder(_))));
        assert_eq!(fs::read(&destination).unwrap(), b"old");
        let file = NewFile::create(&destination, true).unwrap();
        fs::write(file.path(), "new").unwrap();
        file.publish().unwrap();
        assert_eq!(fs::read(&destination).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }
}
