//! `hedgerow dictionary build`.

use std::fmt::Display;
use std::path::PathBuf;
use std::time::Instant;

use hedgerow::morphology::{Analyser, DictionarySource};

use super::error::{Result, report};
use super::messages::own_words;
use super::show::notes;
use super::show::progress::Clock;
use super::terminal::Output;

/// Compile a dictionary of your own for --dictionary
#[derive(clap::Args)]
#[command(disable_help_subcommand = true, after_help = "Examples:\n  hedgerow help dictionary build")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Compile a source in MeCab's format: IPADIC, or UniDic as NINJAL and Debian's unidic-mecab ship it
    #[command(
        after_help = "Examples:\n  hedgerow dictionary build unidic-cwj unidic\n  hedgerow count texts --dictionary unidic --out with-unidic"
    )]
    Build {
        /// The folder of the source: .csv files of words, matrix.def, char.def, unk.def
        #[arg(value_name = "SOURCE")]
        source: PathBuf,
        /// The folder to write the dictionary to; it must not exist
        #[arg(value_name = "OUT")]
        out: PathBuf,
    },
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let Command::Build { source, out: folder } = &arguments.command;
    let source = DictionarySource::find(source, folder)?;
    let gigabytes = source.memory as f64 / 1e9;
    let gigabytes = format!("{:.1}", gigabytes.max(0.1));
    writeln!(out, "{}", own_words("building.memory", &[("name", &source.name), ("gigabytes", &gigabytes)]))?;
    out.flush()?;
    let began = Instant::now();
    let clock = Clock::start(source.time);
    let built = source.build().and_then(|notes| Ok((notes, Analyser::from_folder(folder)?)));
    clock.clear();
    let (built, analyser) = built?;
    let words = analyser.dictionary().words();
    let seconds = began.elapsed().as_secs_f64();
    report(out, folder, |out| {
        notes(out, &built)?;
        let seconds = format!("{seconds:.0}");
        let values: [(_, &dyn Display); 3] =
            [("words", &words), ("seconds", &seconds), ("folder", &folder.display())];
        writeln!(out, "{}", own_words("building.done", &values))
    })
}
