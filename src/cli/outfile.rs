//! A file that is written whole or not at all.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::{Error, Result};

/// Where the output of a command goes that can write it to a file.
#[derive(clap::Args)]
#[command(next_help_heading = "Output")]
pub struct OutFile {
    /// Write to this file in the place of standard output; it must not exist, unless --force is given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "out")]
    force: bool,
}

impl OutFile {
    /// The file, if there is to be one. One that stands in the way is refused before anything is computed.
    pub fn path(&self) -> Result<Option<&Path>> {
        match &self.out {
            Some(path) if !self.force && path.symlink_metadata().is_ok() => Err(exists(path)),
            path => Ok(path.as_deref()),
        }
    }

    /// Puts the bytes into the file, or prints them as `print` does where there is none.
    pub fn write(&self, bytes: &[u8], out: &mut impl Write) -> Result<()> {
        let Some(path) = self.path()? else { return Ok(out.write_all(bytes)?) };
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let written =
            tempfile::Builder::new().prefix(".hedgerow-").tempfile_in(folder).and_then(|mut file| {
                file.write_all(bytes)?;
                file.as_file().sync_all()?;
                // As other files have them, which those of temporary files are not.
                let permissions = std::fs::metadata(folder)?.permissions();
                let _ = set_permissions(file.path(), &permissions);
                let put = if self.force { file.persist(path) } else { file.persist_noclobber(path) };
                put.map(drop).map_err(|error| error.error)
            });
        match written {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(exists(path)),
            written => written.map_err(|source| failed("outfile.write", path, &source)),
        }
    }
}

/// Lets a file be read by whoever may read the folder.
fn set_permissions(file: &Path, folder: &std::fs::Permissions) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(folder.mode() & 0o644 | 0o600))?;
    }
    #[cfg(not(unix))]
    let _ = (file, folder);
    Ok(())
}

fn exists(path: &Path) -> Error {
    Error::own("outfile.exists", &[("path", &path.display())])
}

fn failed(key: &'static str, path: &Path, source: &dyn Display) -> Error {
    Error::own(key, &[("path", &path.display()), ("source", source)])
}
