//! `hedgerow correct`.

use std::path::PathBuf;

use hedgerow::checking::{CorrectionOptions, correct_run};

use super::error::{Result, report};
use super::show::progress::Bars;
use super::show::{correction, notes, tables};
use super::terminal::Output;

/// Take the program's error out of the rates of a finished run, by a sample of it that was judged by hand
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  hedgerow correct stats judged.csv\n  hedgerow correct stats judged.csv --force"
)]
pub struct Arguments {
    /// The folder that `hedgerow count` wrote; corrected.csv is put beside its tables
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The filled sheets of `hedgerow sample`, one for each coder
    #[arg(required = true, value_name = "SHEET")]
    sheets: Vec<PathBuf>,
    /// The variable by whose values the documents are grouped, if it is not that of the sheets
    #[arg(long, id = "group_by", value_name = "VARIABLE")]
    by: Option<String>,
    /// The variable whose values are independent of each other, if documents are not and the run's comparison does not name it
    #[arg(long, id = "cluster_by", value_name = "VARIABLE")]
    cluster: Option<String>,
    /// Replace the corrected.csv of an earlier check
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let options = CorrectionOptions {
        by: arguments.by.clone(),
        cluster: arguments.cluster.clone(),
        replace: arguments.force,
    };
    let bars = Bars::new(0);
    let corrected =
        correct_run(&arguments.folder, &arguments.sheets, &options, &|progress| bars.show(progress));
    bars.clear();
    let corrected = corrected?;
    report(out, &arguments.folder, |out| {
        correction::print(out, &corrected)?;
        notes(out, &corrected.notes)?;
        tables(out, &arguments.folder)
    })
}
