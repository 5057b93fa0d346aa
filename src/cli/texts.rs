//! `hedgerow texts`: the text of each document, as the offsets of the concordance count in it.

use std::path::PathBuf;

use hedgerow::analysis::{self, write_texts};
use hedgerow::corpus::Corpus;

use super::error::{Result, report};
use super::messages::{own_words, words};
use super::show::progress::Bars;
use super::show::{counted, note, notes};
use super::terminal::Output;

/// Write the text of each document as it is counted, so that offsets can be looked up in it
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow texts texts --out as-counted")]
pub struct Arguments {
    /// Files or folders, as for count
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write the texts to; it must not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Leave out documents that can't be read
    #[arg(long)]
    skip_unreadable: bool,
    #[command(flatten)]
    reading: super::read_options::ReadArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let options = arguments.reading.reading();
    let corpus = Corpus::open(&arguments.reading.paths(&arguments.paths)?, &options)?;
    let bars = Bars::new(analysis::bytes(&corpus.inputs));
    let written = write_texts(corpus, &options, arguments.skip_unreadable, &arguments.out, &|progress| {
        bars.show(progress)
    });
    bars.clear();
    let written = written?;
    report(out, &arguments.out, |out| {
        for error in &written.skipped {
            note(out, "texts.left_out", &[("error", &words(&error.message()))])?;
        }
        notes(out, &written.notes)?;
        let texts = counted(written.texts, "counted.text");
        writeln!(
            out,
            "{}",
            own_words("texts.written", &[("texts", &texts), ("folder", &arguments.out.display())])
        )
    })
}
