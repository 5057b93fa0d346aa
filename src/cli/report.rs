//! `hedgerow report`.

use std::path::PathBuf;

use hedgerow::analysis::{Outputs, report_run};

use super::error::{Result, report};
use super::show::progress::Bars;
use super::show::{notes, page};
use super::terminal::Output;

/// Make the report of a finished run anew: the page report.html, and its plots in figures/
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow report stats\n  hedgerow report stats --xlsx")]
pub struct Arguments {
    /// The folder that `hedgerow count` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Write the tables as one workbook, too: tables.xlsx, a sheet for each
    #[arg(long)]
    xlsx: bool,
}

/// What a run writes besides its tables.
#[derive(clap::Args)]
pub struct OutputArguments {
    /// Write the tables alone: no report.html, no figures/
    #[arg(long, help_heading = "Output")]
    no_report: bool,
    /// Write the tables as one workbook, too: tables.xlsx, a sheet for each
    #[arg(long, help_heading = "Output")]
    xlsx: bool,
}

impl OutputArguments {
    /// What is asked for.
    pub fn outputs(&self) -> Outputs {
        Outputs { report: !self.no_report, workbook: self.xlsx }
    }
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let bars = Bars::new(0);
    let outputs = Outputs { report: true, workbook: arguments.xlsx };
    let said = report_run(&arguments.folder, outputs, &|progress| bars.show(progress));
    bars.clear();
    let said = said?;
    report(out, &arguments.folder, |out| {
        notes(out, &said)?;
        page(out, &arguments.folder)
    })
}
