//! The dictionary and the lexicon: the options that several commands share.

use std::path::PathBuf;

use hedgerow::{Counter, SetupError, WrapPolicy};

/// What a text is coded with.
#[derive(clap::Args)]
#[command(next_help_heading = "Coding")]
pub struct CodingArguments {
    /// A lexicon file whose entries are added to the default, or take the place of those with the same id; repeatable
    #[arg(long, value_name = "FILE", global = true)]
    lexicon: Vec<PathBuf>,
    /// A dictionary that `hedgerow dictionary build` has written, in the place of the one inside the program
    #[arg(long, value_name = "DIR", global = true)]
    dictionary: Option<PathBuf>,
}

impl CodingArguments {
    /// A counter with what was asked for.
    pub fn counter(&self, wrapping: WrapPolicy) -> Result<Counter, SetupError> {
        let builder = Counter::builder().wrapping(wrapping);
        let builder = self.lexicon.iter().fold(builder, |builder, path| builder.lexicon_file(path));
        let builder = self.dictionary.iter().fold(builder, |builder, folder| builder.dictionary(folder));
        builder.build()
    }
}
