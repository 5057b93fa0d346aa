//! `hedgerow merge`.

use std::path::PathBuf;

use hedgerow::analysis::{self, MergeOptions, Merged};

use super::compare::GroupArguments;
use super::error::{Result, report};
use super::language;
use super::show::progress::Bars;
use super::show::summary::{self, LeftOut, PassedOver};
use super::terminal::Output;

/// Put partial results together: the tables of one run over all their documents, in the order of their ids
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow merge part.jsonl --out merged")]
pub struct Arguments {
    /// Files that `hedgerow count - --partial` wrote, as they are or compressed (.gz, .zst), or folders with such files
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    /// The folder to write the tables to; it must not exist, unless --force is given
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: PathBuf,
    #[command(flatten)]
    groups: GroupArguments,
    /// Replace the tables if the folder exists
    #[arg(long, help_heading = "Output")]
    force: bool,
    /// Leave the text of the documents out of the tables, to share them without it: of a hit, its offsets remain
    #[arg(long, help_heading = "Output")]
    without_text: bool,
    #[command(flatten)]
    outputs: super::report::OutputArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let options = MergeOptions {
        compare: arguments.groups.asked(),
        replace: arguments.force,
        without_text: arguments.without_text,
        outputs: arguments.outputs.outputs(),
        language: language::asked(),
    };
    // The parts are read twice: to be checked, and to be added up.
    let bars = Bars::new(2 * analysis::bytes_of_parts(&arguments.parts));
    let merged = analysis::merge(&arguments.parts, options, &arguments.out, &|progress| bars.show(progress));
    bars.clear();
    let Merged { summary, labels, options } = merged?;
    let left_out =
        LeftOut { other_languages: options.skip_other_languages, duplicates: options.drop_duplicates };
    report(out, &arguments.out, |out| {
        summary::print(out, &labels, &summary, &PassedOver::default(), left_out, &arguments.out)
    })
}
