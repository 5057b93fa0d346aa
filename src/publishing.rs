//! A folder that appears whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::messages::Message;

/// A folder that can't be published.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum PublishError {
    /// The destination exists.
    Exists(PathBuf),
    /// A file is where a folder has to be.
    NotAFolder {
        /// The destination.
        destination: PathBuf,
        /// The file: the destination itself or a folder above it.
        file: PathBuf,
    },
    /// A file or folder that can't be written.
    Write {
        /// Its path.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
}

impl PublishError {
    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            PublishError::Exists(path) => Message::new("publishing.exists", &[("path", &path.display())]),
            PublishError::NotAFolder { destination, file } if destination == file => {
                Message::new("publishing.file", &[("path", &file.display())])
            }
            PublishError::NotAFolder { destination, file } => Message::new(
                "publishing.file_above",
                &[("path", &destination.display()), ("file", &file.display())],
            ),
            PublishError::Write { path, source } => {
                Message::new("publishing.write", &[("path", &path.display()), ("source", source)])
            }
        }
    }
}

/// A temporary folder beside its destination, which it becomes with [`Publication::publish`]. Dropped before, it is
/// removed.
pub struct Publication {
    folder: TempDir,
    destination: PathBuf,
}

impl Publication {
    /// Begins a folder that is to be published as `destination`. The folders above it are created.
    ///
    /// # Errors
    /// A destination that exists, unless it is a folder and `replace` is set; a parent folder that can't be written.
    pub fn create(destination: &Path, replace: bool) -> Result<Self, PublishError> {
        if destination.symlink_metadata().is_ok() && !(replace && destination.is_dir()) {
            return Err(in_the_way(destination));
        }
        let parent = match destination.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let fail = |source| match parent.ancestors().find(|above| above.is_file()) {
            Some(file) => PublishError::NotAFolder { destination: destination.into(), file: file.into() },
            None => PublishError::Write { path: destination.into(), source },
        };
        fs::create_dir_all(parent).map_err(fail)?;
        // Unlike temporary files, temporary folders have the permissions that others have: 0o777 less the umask.
        let folder = tempfile::Builder::new().prefix(".hedgerow-").tempdir_in(parent).map_err(fail)?;
        Ok(Publication { folder, destination: destination.into() })
    }

    /// The temporary folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder that it becomes.
    pub fn destination(&self) -> &Path {
        &self.destination
    }

    /// Renames the temporary folder to its destination.
    ///
    /// # Errors
    /// A destination that has come into existence, or can't be written; the temporary folder is removed.
    pub fn publish(self) -> Result<(), PublishError> {
        fs::rename(self.path(), &self.destination).map_err(|source| {
            match self.destination.symlink_metadata() {
                Ok(_) => in_the_way(&self.destination),
                Err(_) => PublishError::Write { path: self.destination.clone(), source },
            }
        })?;
        // Nothing is left under its temporary name.
        let _ = self.folder.keep();
        Ok(())
    }

    /// Moves one file of the temporary folder to the destination, which is a folder already.
    ///
    /// # Errors
    /// A file that can't be moved.
    pub fn publish_file(&self, name: &str) -> Result<(), PublishError> {
        let path = self.destination.join(name);
        fs::rename(self.path().join(name), &path).map_err(|source| PublishError::Write { path, source })
    }
}

fn in_the_way(destination: &Path) -> PublishError {
    match destination.is_dir() {
        true => PublishError::Exists(destination.into()),
        false => PublishError::NotAFolder { destination: destination.into(), file: destination.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        entries.map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn a_published_folder_is_whole_and_has_the_permissions_of_any_other() {
        let place = tempfile::tempdir().unwrap();
        let destination = place.path().join("deep/out");
        let publication = Publication::create(&destination, false).unwrap();
        fs::write(publication.path().join("a"), "a").unwrap();
        assert!(!destination.exists());
        publication.publish().unwrap();
        assert_eq!(names(&place.path().join("deep")), ["out"]);
        assert_eq!(names(&destination), ["a"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let other = place.path().join("other");
            fs::create_dir(&other).unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode(&destination), mode(&other));
        }
    }

    #[test]
    fn what_is_not_published_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        let publication = Publication::create(&place.path().join("out"), false).unwrap();
        fs::write(publication.path().join("a"), "a").unwrap();
        drop(publication);
        assert!(names(place.path()).is_empty());
    }

    #[test]
    fn a_failing_rename_leaves_nothing_and_says_what_is_in_the_way() {
        let place = tempfile::tempdir().unwrap();
        let destination = place.path().join("out");
        let publication = Publication::create(&destination, false).unwrap();
        fs::write(&destination, "a file").unwrap();
        let error = publication.publish().unwrap_err();
        assert!(matches!(&error, PublishError::NotAFolder { file, .. } if *file == destination), "{error}");
        assert_eq!(names(place.path()), ["out"]);
        fs::remove_file(&destination).unwrap();

        let publication = Publication::create(&destination, false).unwrap();
        fs::create_dir(&destination).unwrap();
        fs::write(destination.join("a"), "mine").unwrap();
        let error = publication.publish().unwrap_err();
        assert!(matches!(&error, PublishError::Exists(path) if *path == destination), "{error}");
        assert_eq!(names(place.path()), ["out"]);
        assert_eq!(fs::read(destination.join("a")).unwrap(), b"mine");
    }

    #[test]
    fn a_destination_that_exists_is_refused_unless_it_is_a_folder_to_be_replaced() {
        let place = tempfile::tempdir().unwrap();
        let [folder, file] = ["folder", "file"].map(|name| place.path().join(name));
        fs::create_dir(&folder).unwrap();
        fs::write(&file, "").unwrap();
        let error = |destination: &Path, replace| Publication::create(destination, replace).err();
        assert!(matches!(error(&folder, false), Some(PublishError::Exists(_))));
        assert!(error(&folder, true).is_none());
        for replace in [false, true] {
            assert!(matches!(error(&file, replace), Some(PublishError::NotAFolder { .. })));
            let below = error(&file.join("out"), replace);
            assert!(matches!(below, Some(PublishError::NotAFolder { file: above, .. }) if above == file));
        }
    }
}
