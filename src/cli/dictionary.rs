//! `hedgerow dictionary build`.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use hedgerow::morphology::{Analyser, DictionarySource};

use super::error::{Result, report};
use super::show::{notes, one_line};

/// Compile a dictionary of your own for --dictionary
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Compile a source in MeCab's format: IPADIC, or UniDic as NINJAL and Debian's unidic-mecab ship it
    Build {
        /// The folder of the source: .csv files of words, matrix.def, char.def, unk.def
        #[arg(value_name = "SOURCE")]
        source: PathBuf,
        /// The folder to write the dictionary to; it must not exist
        #[arg(value_name = "OUT")]
        out: PathBuf,
    },
}

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    let Command::Build { source, out: folder } = &arguments.command;
    let source = DictionarySource::find(source, folder)?;
    let gigabytes = source.memory as f64 / 1e9;
    writeln!(out, "{}: this needs about {:.1} GB of memory", one_line(&source.name), gigabytes.max(0.1))?;
    out.flush()?;
    let began = Instant::now();
    let built = source.build()?;
    let analyser = Analyser::from_folder(folder)?;
    let words = analyser.dictionary().words();
    let seconds = began.elapsed().as_secs_f64();
    report(out, folder, |out| {
        notes(out, &built)?;
        writeln!(
            out,
            "{words} words in {seconds:.0} s; use it with --dictionary {}",
            one_line(folder.display())
        )
    })
}
