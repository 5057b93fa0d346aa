//! The dictionary and the lexicon: the options that several commands share.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use anyhow::anyhow;
use hedgerow::analysis::Setup;
use hedgerow::lexicon::Source;
use hedgerow::morphology::Analyser;

use super::Result;

/// What a text is coded with.
#[derive(clap::Args)]
pub struct CodingArguments {
    /// A lexicon file whose entries are added to the default, or take the place of those with the same id; repeatable
    #[arg(long, value_name = "FILE", global = true)]
    lexicon: Vec<PathBuf>,
    /// A dictionary that `hedgerow dictionary build` has written, in the place of the one inside the program
    #[arg(long, value_name = "DIR", global = true)]
    dictionary: Option<PathBuf>,
}

impl CodingArguments {
    /// What was asked for.
    pub fn setup(&self) -> Result<Setup> {
        let own = sources(&self.lexicon)?;
        Ok(match &self.dictionary {
            Some(folder) => Setup::with(Analyser::from_folder(folder)?, &own)?,
            None => Setup::new(&own)?,
        })
    }
}

/// The user's lexicon files.
fn sources(paths: &[PathBuf]) -> Result<Vec<Source>> {
    let read = |path: &PathBuf| {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => anyhow!("{name}: the lexicon is not UTF-8; save it as UTF-8"),
            _ => anyhow!("{name}: {error}; check the path of the lexicon, and the rights to read it"),
        })?;
        Ok(Source { name, text })
    };
    paths.iter().map(read).collect()
}
