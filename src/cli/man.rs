//! `hedgerow man`.

use std::io::Write;
use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man;
use hedgerow::publishing::Publication;

use super::error::Result;
use super::terminal::Terminal;

/// Print the manual page, or write a page for each command
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow man > hedgerow.1\n  hedgerow man --out man1")]
pub struct Arguments {
    /// The folder to write a page for each command to; it must not exist
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, command: Command, out: &mut Terminal<impl Write>) -> Result<()> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.out else {
        // `man` reads it.
        return Ok(Man::new(command).render(out.unescaped())?);
    };
    let publication = Publication::create(folder)?;
    let mut waiting = vec![command];
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands().cloned());
        let page = Man::new(command);
        let mut bytes = Vec::new();
        page.render(&mut bytes)?;
        publication.write(&page.get_filename(), bytes)?;
    }
    publication.publish(&[])?;
    Ok(())
}
