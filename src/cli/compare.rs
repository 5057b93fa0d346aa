//! `hedgerow compare`.

use std::path::PathBuf;

use hedgerow::analysis::{Plan, compare_run};
use hedgerow::{Design, Order};

use super::error::{Result, report};
use super::show::progress::Bars;
use super::show::{comparison, notes, tables};
use super::slips::whole;
use super::terminal::Output;

/// Compare groups of documents from the tables of a finished run, without reading the texts again
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  hedgerow compare stats --by genre\n  hedgerow compare stats --by year --ordered --force"
)]
pub struct Arguments {
    /// The folder that `hedgerow count` wrote; groups.csv and comparisons.csv are put beside its tables
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The variable by whose values the documents are grouped; two with a comma are crossed: genre,medium
    #[arg(long, value_name = "VARIABLE")]
    by: String,
    #[command(flatten)]
    design: DesignArguments,
    #[command(flatten)]
    plan: PlanArguments,
    /// Replace the tables of an earlier comparison
    #[arg(long)]
    force: bool,
}

/// What else a comparison takes account of.
#[derive(clap::Args)]
#[command(next_help_heading = "Groups")]
struct DesignArguments {
    /// Compare the groups of --by within the values of this variable: genres within each medium
    #[arg(long, value_name = "VARIABLE", requires = "by")]
    within: Option<String>,
    /// The variable whose values are independent of each other, if documents are not: the site, the author, the company
    #[arg(long, value_name = "VARIABLE", requires = "by")]
    cluster: Option<String>,
    /// The variable whose values pair the documents of the groups: the same company before and after
    #[arg(long, value_name = "VARIABLE", requires = "by", conflicts_with_all = ["within", "cluster"])]
    pair: Option<String>,
    /// Compute a trend over the groups in the place of their pairs; they are numbers, or listed in their order: --ordered=short,medium,long
    #[arg(long, value_name = "VALUES", requires = "by", num_args = 0..=1, require_equals = true,
        default_missing_value = "", conflicts_with_all = ["within", "pair"])]
    ordered: Option<String>,
}

impl DesignArguments {
    /// The design of a comparison by a variable.
    fn design(&self, by: &str) -> Design {
        let order = match self.ordered.as_deref() {
            None => Order::IfNumbers,
            Some("") => Order::Numbers,
            Some(list) => Order::Listed(list.split(',').map(|value| value.trim().to_owned()).collect()),
        };
        Design {
            by: by.into(),
            within: self.within.clone(),
            cluster: self.cluster.clone(),
            pair: self.pair.clone(),
            order,
        }
    }
}

/// The comparison of groups that a count or a merge ends with.
#[derive(clap::Args)]
#[command(next_help_heading = "Groups")]
pub struct GroupArguments {
    /// Compare the groups of documents that have the same value of this variable; two with a comma are crossed: genre,medium
    #[arg(long, value_name = "VARIABLE")]
    by: Option<String>,
    #[command(flatten)]
    design: DesignArguments,
    #[command(flatten)]
    plan: PlanArguments,
}

impl GroupArguments {
    /// What is asked for, if anything is.
    pub fn asked(&self) -> Option<(Design, Plan)> {
        self.by.as_deref().map(|by| (self.design.design(by), self.plan.plan()))
    }
}

/// How a comparison is made.
#[derive(clap::Args)]
#[command(next_help_heading = "Groups")]
struct PlanArguments {
    /// The seed of the random numbers of --by; it stands in run.json
    #[arg(long, value_name = "N", default_value_t = Plan::default().seed, requires = "by",
        value_parser = whole(0..=u64::MAX))]
    seed: u64,
    /// How many permutations a test of --by is made of, at most
    #[arg(long, value_name = "N", default_value_t = Plan::default().resamples as u64, requires = "by",
        value_parser = whole(100..=1_000_000_u64))]
    resamples: u64,
}

impl PlanArguments {
    fn plan(&self) -> Plan {
        Plan { seed: self.seed, resamples: self.resamples as usize }
    }
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let bars = Bars::new(0);
    let design = arguments.design.design(&arguments.by);
    let compared =
        compare_run(&arguments.folder, &design, arguments.plan.plan(), arguments.force, &|progress| {
            bars.show(progress)
        });
    bars.clear();
    let compared = compared?;
    report(out, &arguments.folder, |out| {
        comparison::print(out, &compared)?;
        notes(out, &compared.notes)?;
        tables(out, &arguments.folder)
    })
}
