//! The command line: one small file for each subcommand.

mod cite;
mod coding_options;
mod compare;
mod count;
mod dictionary;
mod evaluate;
mod kinds;
mod lexicon;
mod licenses;
mod messages;
mod read_options;
mod show;
mod texts;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

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
    match done.and_then(|done| out.flush().map(|()| done).map_err(anyhow::Error::from)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {}", messages::explained(&error));
            ExitCode::FAILURE
        }
    }
}

/// How a command ended that has said all there is to say.
enum Outcome {
    Done,
    Failed,
}

type Result<T> = std::result::Result<T, anyhow::Error>;

/// Whether whoever reads our output has seen enough of it (`hedgerow … | head`).
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<io::Error>();
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Names every error on a line of its own.
fn complain(errors: impl IntoIterator<Item = impl std::fmt::Display>) -> Outcome {
    let mut stderr = io::stderr().lock();
    for error in errors {
        let _ = writeln!(stderr, "error: {error}");
    }
    Outcome::Failed
}
