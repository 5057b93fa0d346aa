//! `hedgerow completions`.

use std::io::Write;

use clap::Command;
use clap_complete::Shell;

use super::error::Result;
use super::terminal::Terminal;

/// Print what a shell completes commands and options by
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  hedgerow completions bash > hedgerow.bash")]
pub struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub fn run(arguments: &Arguments, mut command: Command, out: &mut Terminal<impl Write>) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "hedgerow", &mut script);
    // A shell reads it.
    Ok(out.unescaped().write_all(&script)?)
}
