//! The command line: one small file for each subcommand.

mod again;
mod annotate;
mod cite;
mod coding_options;
mod compare;
mod completions;
mod correct;
mod count;
mod dictionary;
mod diff;
mod dropped;
mod error;
mod evaluate;
mod frequencies;
mod help;
mod kinds;
mod language;
mod lexicon;
mod licenses;
mod list_options;
mod man;
mod merge;
mod messages;
mod outfile;
mod paths;
mod read_options;
mod report;
mod sample;
mod search;
mod show;
mod signals;
mod slips;
mod terminal;
mod texts;
mod verify;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, Write};
use std::panic;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use hedgerow::analysis::parallel;
use hedgerow::catching::is_caught;
use hedgerow::messages::Message;

use self::error::Error;
use self::language::UnknownLanguage;
use self::terminal::{Output, Style, Terminal};

#[derive(Parser)]
#[command(
    name = "hedgerow",
    version,
    about = "Counts hedging and assertive modality in Japanese documents, every figure traceable to its sentences.",
    after_help = "Examples:\n  hedgerow ./texts\n  hedgerow help count"
)]
struct Arguments {
    /// Print the licences of what is inside this program
    #[arg(long)]
    licenses: bool,
    #[command(flatten)]
    language: language::LanguageArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Annotate(annotate::Arguments),
    Count(count::Arguments),
    Dictionary(dictionary::Arguments),
    Compare(compare::Arguments),
    Cite(cite::Arguments),
    Completions(completions::Arguments),
    Diff(diff::Arguments),
    Evaluate(evaluate::Arguments),
    Frequencies(frequencies::Arguments),
    Lexicon(lexicon::Arguments),
    Man(man::Arguments),
    Merge(merge::Arguments),
    Report(report::Arguments),
    Sample(sample::Arguments),
    Correct(correct::Arguments),
    Search(search::Arguments),
    Texts(texts::Arguments),
    Verify(verify::Arguments),
    #[command(external_subcommand)]
    Dropped(Vec<OsString>),
}

/// The status of a command that did what it was asked to.
const SUCCESS: u8 = 0;

/// The status of one that failed.
const FAILURE: u8 = 1;

/// The status of one that was not understood.
const USAGE: u8 = 2;

/// A message of the library for whoever gives no arguments, such as the Python package: in the language that the environment asks for.
pub fn said(message: &Message) -> String {
    message.in_language(language::of_environment())
}

/// Runs the program with its arguments, its own name before them, and gives its exit status. A signal ends the process.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    report_panics();
    let typed: Vec<OsString> = arguments.into_iter().collect();
    if let Err(UnknownLanguage { by, value }) = language::choose(&typed) {
        fail(&[messages::own(&Message::new("program.language", &[("by", &by), ("value", &value)]))]);
        return USAGE;
    }
    let command = help::localised(Arguments::command(), language::spoken());
    let mut command = help::laid_out(command, Terminal::stdout(io::stdout()).columns());
    let parsed = command.try_get_matches_from_mut(&typed);
    let arguments = match parsed.and_then(|mut matches| Arguments::from_arg_matches_mut(&mut matches)) {
        Ok(arguments) => arguments,
        Err(answer) => return say(&answer),
    };
    if let Some(Command::Dropped(paths)) = &arguments.command
        && !dropped::are_paths(paths)
    {
        // The name of a command that is none.
        let slip = command.allow_external_subcommands(false).try_get_matches_from(&typed);
        return slip.err().map_or(USAGE, |answer| say(&answer));
    }
    parallel::limit_threads();
    signals::handle();
    let mut out = Terminal::stdout(io::stdout());
    let done = match arguments.command {
        _ if arguments.licenses => licenses::print(&mut out),
        Some(Command::Annotate(arguments)) => annotate::run(&arguments, &mut out),
        Some(Command::Count(arguments)) => count::run(&arguments, &mut out),
        Some(Command::Dictionary(arguments)) => dictionary::run(&arguments, &mut out),
        Some(Command::Compare(arguments)) => compare::run(&arguments, &mut out),
        Some(Command::Diff(arguments)) => diff::run(&arguments, &mut out),
        Some(Command::Cite(arguments)) => cite::run(&arguments, &mut out),
        Some(Command::Completions(arguments)) => completions::run(&arguments, Arguments::command(), &mut out),
        Some(Command::Correct(arguments)) => correct::run(&arguments, &mut out),
        Some(Command::Man(arguments)) => man::run(&arguments, Arguments::command(), &mut out),
        Some(Command::Evaluate(arguments)) => evaluate::run(&arguments, &mut out),
        Some(Command::Frequencies(arguments)) => frequencies::run(&arguments, &mut out),
        Some(Command::Lexicon(arguments)) => lexicon::run(&arguments, &mut out),
        Some(Command::Merge(arguments)) => merge::run(&arguments, &mut out),
        Some(Command::Report(arguments)) => report::run(&arguments, &mut out),
        Some(Command::Sample(arguments)) => sample::run(&arguments, &mut out),
        Some(Command::Search(arguments)) => search::run(&arguments, &mut out),
        Some(Command::Texts(arguments)) => texts::run(&arguments, &mut out),
        Some(Command::Verify(arguments)) => verify::run(&arguments, &mut out),
        Some(Command::Dropped(paths)) => {
            let status = ended(dropped::run(&paths, &mut out), &mut out);
            dropped::wait_for_a_key();
            return status;
        }
        None => {
            let _ = print_help(&mut Terminal::stderr(io::stderr()), &command.render_help().to_string());
            dropped::wait_for_a_key();
            return USAGE;
        }
    };
    ended(done, &mut out)
}

/// Says what went wrong, and gives the exit status.
fn ended(done: error::Result<()>, out: &mut impl Write) -> u8 {
    let done = done.and_then(|()| Ok(out.flush()?));
    signals::wait_if_ending();
    match done {
        Ok(()) => SUCCESS,
        // Whoever reads our output has seen enough of it (`hedgerow … | head`).
        Err(Error::Output(source) | Error::Report { source, .. })
            if source.kind() == io::ErrorKind::BrokenPipe =>
        {
            SUCCESS
        }
        Err(Error::Output(source)) => {
            fail(&[messages::own(&Message::new("program.output", &[("source", &source)]))])
        }
        Err(Error::Report { results, source }) => {
            let values: [(_, &dyn Display); 2] = [("results", &results.display()), ("source", &source)];
            fail(&[messages::own(&Message::new("program.report", &values))])
        }
        Err(Error::Problems(problems)) => fail(&problems),
    }
}

/// Prints what is to be said of the arguments themselves: help, the version, or a slip.
fn say(answer: &clap::Error) -> u8 {
    let text = slips::words(answer);
    let _ = match answer.use_stderr() {
        true => print_help(&mut Terminal::stderr(io::stderr()), &text),
        false => print_help(&mut Terminal::stdout(io::stdout()), &text),
    };
    answer.exit_code().try_into().unwrap_or(USAGE)
}

/// Prints help or a slip, with its headings and the word before a slip in their colours.
fn print_help(out: &mut impl Output, text: &str) -> io::Result<()> {
    let error = messages::own_words("program.error", &[]);
    let error = error.trim_end();
    for line in text.split_inclusive('\n') {
        let is_heading = line.trim_end().ends_with([':', '：']) && !line.starts_with(' ');
        match line.strip_prefix(error) {
            Some(rest) => {
                out.paint(Style::Error, error)?;
                out.write_all(rest.as_bytes())?;
            }
            None if is_heading => {
                out.paint(Style::Header, line.trim_end())?;
                writeln!(out)?;
            }
            None => out.write_all(line.as_bytes())?,
        }
    }
    Ok(())
}

/// Says nothing of a panic that becomes an error of a document.
fn report_panics() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !is_caught() {
            report(panic);
        }
    }));
}

/// Reports every problem on a line of its own.
fn fail(problems: &[String]) -> u8 {
    let mut stderr = Terminal::stderr(io::stderr());
    for problem in problems {
        let word = messages::own_words("program.error", &[]);
        let _ = stderr.paint(Style::Error, word.trim_end());
        let _ = writeln!(stderr, " {problem}");
    }
    FAILURE
}
