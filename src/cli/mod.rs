//! The command line: one small file for each subcommand.

mod cite;
mod coding_options;
mod compare;
mod count;
mod dictionary;
mod error;
mod evaluate;
mod kinds;
mod lexicon;
mod licenses;
mod messages;
mod paths;
mod read_options;
mod show;
mod texts;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::error::Error;

#[derive(Parser)]
#[command(
    name = "hedgerow",
    version,
    about = "Counts hedging and assertive modality in Japanese documents, every figure traceable to its sentences.",
    disable_help_subcommand = true,
    after_help = "Example: hedgerow count texts --out stats"
)]
struct Arguments {
    /// Print the licences of what is inside this program
    #[arg(long)]
    licenses: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Count(count::Arguments),
    Dictionary(dictionary::Arguments),
    Compare(compare::Arguments),
    Cite(cite::Arguments),
    Evaluate(evaluate::Arguments),
    Lexicon(lexicon::Arguments),
    Texts(texts::Arguments),
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    let done = match arguments.command {
        _ if arguments.licenses => licenses::print(&mut out),
        Some(Command::Count(arguments)) => count::run(&arguments, &mut out),
        Some(Command::Dictionary(arguments)) => dictionary::run(&arguments, &mut out),
        Some(Command::Compare(arguments)) => compare::run(&arguments, &mut out),
        Some(Command::Cite(arguments)) => cite::run(&arguments, &mut out),
        Some(Command::Evaluate(arguments)) => evaluate::run(&arguments, &mut out),
        Some(Command::Lexicon(arguments)) => lexicon::run(&arguments, &mut out),
        Some(Command::Texts(arguments)) => texts::run(&arguments, &mut out),
        None => {
            let help = Arguments::command().render_help();
            let _ = write!(io::stderr(), "{help}");
            return ExitCode::from(2);
        }
    };
    match done.and_then(|()| Ok(out.flush()?)) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has seen enough of it (`hedgerow … | head`).
        Err(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Error::Output(error)) => fail(&[error.to_string()]),
        Err(Error::Problems(problems)) => fail(&problems),
    }
}

/// Reports every problem on a line of its own.
fn fail(problems: &[String]) -> ExitCode {
    let mut stderr = io::stderr().lock();
    for problem in problems {
        let _ = writeln!(stderr, "error: {problem}");
    }
    ExitCode::FAILURE
}
