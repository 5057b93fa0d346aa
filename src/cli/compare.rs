//! `hedgerow compare`.

use std::io::Write;
use std::path::PathBuf;

use hedgerow::analysis::{Plan, compare_run};

use super::error::{Result, report};
use super::show::progress::Bars;
use super::show::{comparison, notes, one_line};

/// Compare groups of documents from the tables of a finished run, without reading the texts again
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that `hedgerow count` wrote; groups.csv and comparisons.csv are put beside its tables
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The variable by whose values the documents are grouped
    #[arg(long, value_name = "VARIABLE")]
    by: String,
    #[command(flatten)]
    plan: PlanArguments,
    /// Replace the tables of an earlier comparison
    #[arg(long)]
    force: bool,
}

/// How a comparison is made.
#[derive(clap::Args)]
pub struct PlanArguments {
    /// The seed of the random numbers of --by; it stands in run.json
    #[arg(long, value_name = "N", default_value_t = Plan::default().seed, requires = "by")]
    seed: u64,
    /// How many resamples an interval, and how many permutations a test of --by is made of
    #[arg(long, value_name = "N", default_value_t = Plan::default().resamples as u64, requires = "by",
        value_parser = clap::value_parser!(u64).range(100..=1_000_000))]
    resamples: u64,
}

impl PlanArguments {
    pub fn plan(&self) -> Plan {
        Plan { seed: self.seed, resamples: self.resamples as usize }
    }
}

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    let bars = Bars::new(0);
    let compared =
        compare_run(&arguments.folder, &arguments.by, arguments.plan.plan(), arguments.force, &|progress| {
            bars.show(progress)
        });
    bars.clear();
    let compared = compared?;
    report(out, &arguments.folder, |out| {
        comparison::print(out, &compared)?;
        notes(out, &compared.notes)?;
        writeln!(out, "tables: {}", one_line(arguments.folder.display()))
    })
}
