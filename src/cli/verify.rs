//! `hedgerow verify`.

use std::path::PathBuf;

use hedgerow::analysis::{
    Finding, bytes, bytes_of_parts, verify_inputs, verify_parts, verify_set_up, verify_tables,
};
use hedgerow::corpus::Corpus;
use hedgerow::tables::RunRecord;

use super::error::{Error, Result};
use super::show::progress::Bars;
use super::show::wrapping;
use super::terminal::Output;
use super::{again, messages, paths};

/// Check that the tables of a finished run, this program and, with PATH, the documents are those that its run.json tells of
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow verify stats texts")]
pub struct Arguments {
    /// The folder that `hedgerow count` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Files or folders: the documents that were counted, or the parts that were merged
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The table of variables, if one was given with --variables
    #[arg(long, value_name = "FILE", requires = "paths")]
    variables: Option<PathBuf>,
    #[command(flatten)]
    coding: super::coding_options::CodingArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let record = RunRecord::read(&arguments.folder)?;
    let name = arguments.folder.join("run.json");
    let bars = Bars::new(0);
    let progress = |progress| bars.show(progress);
    let mut findings = verify_tables(&arguments.folder, &record, &progress);
    let asked = again::Asked::recorded(&name, &record, arguments.variables.clone())?;
    let counter = arguments.coding.counter(asked.wrapping)?;
    findings.extend(verify_set_up(&name.display(), &record, &counter));
    if !arguments.paths.is_empty() && !record.parts.is_empty() {
        bars.expect_text(bytes_of_parts(&arguments.paths));
        findings.extend(verify_parts(&record, &arguments.paths, &progress)?);
    } else if !arguments.paths.is_empty() {
        let corpus = Corpus::open(&paths::expanded(&arguments.paths)?, &asked.reading)?;
        bars.expect_text(bytes(&corpus.inputs));
        findings.extend(verify_inputs(&record, &corpus, &asked.reading, &progress));
    }
    bars.clear();
    let mut problems = Vec::new();
    for finding in &findings {
        match finding {
            Finding::Agrees(message) => wrapping::print(out, &messages::words(message), 2)?,
            Finding::Differs(message) => problems.push(messages::with_remedy(message)),
        }
    }
    match problems[..] {
        [] => Ok(()),
        _ => Err(Error::Problems(problems)),
    }
}
