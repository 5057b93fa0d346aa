//! `hedgerow cite`.

use std::io::Write;
use std::path::PathBuf;

use hedgerow::messages::Language;
use hedgerow::report::{Methods, Texts};
use hedgerow::tables::{RunRecord, RunTables, latex};

use super::error::{Error, Result};
use super::language::asked;
use super::outfile::OutFile;

/// Print a methods paragraph in English and Japanese, and the BibTeX of what it names
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow cite stats\n  hedgerow cite by-genre --latex")]
pub struct Arguments {
    /// The folder that `hedgerow count` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print a table of the groups in LaTeX (booktabs) instead: stances, shares and categories
    #[arg(long)]
    latex: bool,
    #[command(flatten)]
    file: OutFile,
}

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    let mut printed = Vec::new();
    print(arguments, &mut printed)?;
    arguments.file.write(&printed, out)
}

fn print(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    let record = RunRecord::read(&arguments.folder)?;
    let language = asked().unwrap_or(record.options.lang);
    if arguments.latex {
        let Some(comparison) = &record.comparison else {
            return Err(Error::own("program.no_comparison", &[("folder", &arguments.folder.display())]));
        };
        let tables = RunTables::new(&arguments.folder, &record.tables);
        let caption = Texts::standard().caption(comparison, language);
        write!(out, "{}", latex(tables, comparison, &caption, language)?)?;
        return Ok(());
    }
    let methods = Methods::read(&arguments.folder, &record)?;
    // That in the language of the run is first.
    let paragraphs = Language::ALL.into_iter().zip(&methods.paragraphs);
    let (first, rest): (Vec<_>, Vec<_>) = paragraphs.partition(|(own, _)| *own == language);
    for (_, (heading, paragraph)) in first.into_iter().chain(rest) {
        writeln!(out, "{heading}\n\n{paragraph}\n")?;
    }
    writeln!(out, "BibTeX")?;
    methods.bibtex.iter().try_for_each(|reference| writeln!(out, "\n{reference}"))?;
    Ok(())
}
