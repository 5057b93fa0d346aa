//! The help of each command, in lines that fit.

use clap::{Arg, Command};

use crate::cli::messages::own_words;
use crate::cli::show::wrapping;

/// The columns before the description of an option.
const DESCRIPTION: usize = 10;

/// The columns beside the names in a list of commands.
const BESIDE_NAMES: usize = 4;

/// A command and those below it, with descriptions in lines of at most so many columns. clap breaks lines at blanks alone, of which
/// Japanese has none.
pub fn laid_out(command: Command, columns: usize) -> Command {
    listed(command, columns, columns)
}

/// The same for a command whose description stands in a list with fewer columns.
fn listed(command: Command, columns: usize, in_list: usize) -> Command {
    let about = command.get_about().map(|about| wrapping::lines(&about.to_string(), in_list, 0).join("\n"));
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    let names = command.get_subcommands().map(|below| below.get_name().len());
    let below = columns.saturating_sub(names.max().unwrap_or_default() + BESIDE_NAMES);
    command
        .mut_args(|argument| described(argument, columns.saturating_sub(DESCRIPTION)))
        .mut_subcommands(|command| listed(command, columns, below))
}

/// An option or argument with its description in lines of at most so many columns, what is taken for granted and what may be
/// said included.
fn described(argument: Arg, columns: usize) -> Arg {
    let Some(help) = argument.get_help().map(|help| help.to_string()) else { return argument };
    let in_lines = |text: &str| wrapping::lines(text, columns, 0).join("\n");
    let argument = argument.next_line_help(true);
    if !argument.get_action().takes_values() {
        return argument.help(in_lines(&help));
    }
    let mut parts = vec![help];
    let defaults: Vec<_> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        parts.push(own_words("help.default", &[("value", &defaults.join(", "))]));
    }
    let possible = argument.get_possible_values();
    let possible: Vec<&str> =
        possible.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name()).collect();
    if !possible.is_empty() {
        parts.push(own_words("help.possible", &[("values", &possible.join(", "))]));
    }
    argument.help(in_lines(&parts.join(" "))).hide_default_value(true).hide_possible_values(true)
}
