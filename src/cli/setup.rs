//! The dictionary and the lexicon: the options that several commands share.

use std::path::PathBuf;

use hedgerow::analysis::Setup;
use hedgerow::morphology::Analyser;

use super::Result;
use super::count::sources;

/// What a text is coded with.
#[derive(clap::Args)]
pub struct SetupArguments {
    /// A lexicon file whose entries are added to the default, or take the place of those with the same id; repeatable
    #[arg(long, value_name = "FILE", global = true)]
    lexicon: Vec<PathBuf>,
    /// A dictionary that `hedgerow dictionary build` has written, in the place of the one inside the program
    #[arg(long, value_name = "DIR", global = true)]
    dictionary: Option<PathBuf>,
}

impl SetupArguments {
    /// What was asked for.
    pub fn setup(&self) -> Result<Setup> {
        let own = sources(&self.lexicon)?;
        Ok(match &self.dictionary {
            Some(folder) => Setup::with(Analyser::from_folder(folder)?, &own)?,
            None => Setup::new(&own)?,
        })
    }
}
