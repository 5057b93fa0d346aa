//! A file in the place of standard output.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use hedgerow::publishing::{NewFile, PublishError};

use super::error::Result;

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
    /// Whether there is to be a file.
    pub fn is_given(&self) -> bool {
        self.out.is_some()
    }

    /// Puts the bytes into the file, or prints them where there is none.
    pub fn write(&self, bytes: &[u8], out: &mut impl Write) -> Result<()> {
        let Some(path) = &self.out else { return Ok(out.write_all(bytes)?) };
        let file = NewFile::create(path, self.force)?;
        fs::write(file.path(), bytes).map_err(|source| PublishError::write(file.path(), source))?;
        Ok(file.publish()?)
    }
}
