//! What is wrong with the command line, in the language that is spoken. clap finds it, and has words in English alone.

use std::error::Error as _;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use hedgerow::messages::{grouped, printable};

use super::help;
use super::language::spoken;
use super::messages::own_words;

/// What clap says before the usage of a command.
const USAGE: &str = "Usage:";

/// How lines below the first are set in.
const INDENT: &str = "  ";

/// A slip in words, as it is printed; what is none, such as help that was asked for, as clap has it.
pub fn words(answer: &clap::Error) -> String {
    let Some(what) = what(answer) else { return answer.render().to_string() };
    let mut text = own_words("program.error", &[]) + &what + "\n";
    let tips = tips(answer);
    if !tips.is_empty() {
        text.push('\n');
        tips.iter().for_each(|tip| text.extend([INDENT, tip, "\n"]));
    }
    if let Some(ContextValue::StyledStr(usage)) = answer.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim().strip_prefix(USAGE).unwrap_or(&usage);
        text.extend(["\n", help::usage_heading(spoken()), usage, "\n"]);
    }
    text.extend(["\n", &own_words("slip.help", &[]), "\n"]);
    text
}

/// The slip itself; none of what is no slip.
fn what(slip: &clap::Error) -> Option<String> {
    let argument = || one(slip, ContextKind::InvalidArg);
    let value = || one(slip, ContextKind::InvalidValue);
    let said = match slip.kind() {
        ErrorKind::UnknownArgument => own_words("slip.unknown_argument", &[("argument", &argument()?)]),
        ErrorKind::InvalidSubcommand => {
            let command = one(slip, ContextKind::InvalidSubcommand)?;
            own_words("slip.unknown_command", &[("command", &command)])
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = several(slip, ContextKind::InvalidArg);
            own_words("slip.missing", &[]) + &listed(&missing)
        }
        ErrorKind::InvalidValue => {
            let (argument, value) = (argument()?, value()?);
            let said = match value.as_str() {
                "" => own_words("slip.no_value", &[("argument", &argument)]),
                _ => own_words("slip.value", &[("argument", &argument), ("value", &value)]),
            };
            let possible = several(slip, ContextKind::ValidValue);
            match possible.is_empty() {
                true => said,
                false => said + &listed(&[own_words("help.possible", &[("values", &possible.join(", "))])]),
            }
        }
        ErrorKind::ValueValidation => {
            let why = slip.source().map(ToString::to_string).unwrap_or_default();
            let values: [(_, &dyn Display); 3] =
                [("argument", &argument()?), ("value", &value()?), ("why", &why)];
            own_words("slip.value_because", &values)
        }
        ErrorKind::TooManyValues => {
            own_words("slip.takes_no_value", &[("argument", &argument()?), ("value", &value()?)])
        }
        ErrorKind::ArgumentConflict => {
            let argument = argument()?;
            match several(slip, ContextKind::PriorArg) {
                others if others.contains(&argument) => own_words("slip.twice", &[("argument", &argument)]),
                others => {
                    let others = others.join(", ");
                    own_words("slip.conflict", &[("argument", &argument), ("others", &others)])
                }
            }
        }
        ErrorKind::InvalidUtf8 => own_words("slip.not_utf8", &[]),
        _ => return None,
    };
    Some(said)
}

/// What may have been meant.
fn tips(slip: &clap::Error) -> Vec<String> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let similar = kinds.into_iter().flat_map(|kind| several(slip, kind)).collect::<Vec<_>>();
    let mut tips = Vec::new();
    if !similar.is_empty() {
        tips.push(own_words("slip.similar", &[("names", &similar.join(", "))]));
    }
    let others = match slip.get(ContextKind::Suggested) {
        Some(ContextValue::StyledStrs(others)) => others.as_slice(),
        _ => &[],
    };
    for other in others.iter().map(ToString::to_string) {
        // Of these clap gives the words alone; what they name stands in quotation marks.
        let names: Vec<&str> = other.split('\'').skip(1).step_by(2).collect();
        tips.push(match (other.split(' ').next(), names.as_slice()) {
            (Some("to"), [argument, ..]) => own_words("slip.as_value", &[("argument", argument)]),
            (Some("subcommand"), [command, ..]) => own_words("slip.no_dashes", &[("command", command)]),
            (_, [argument]) => own_words("slip.elsewhere", &[("argument", argument)]),
            _ => continue,
        });
    }
    tips
}

/// The one text that a slip has of a kind.
fn one(slip: &clap::Error, kind: ContextKind) -> Option<String> {
    several(slip, kind).into_iter().next()
}

fn several(slip: &clap::Error, kind: ContextKind) -> Vec<String> {
    match slip.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// Lines of their own.
fn listed(texts: &[String]) -> String {
    texts.iter().map(|text| format!("\n{INDENT}{}", printable(text))).collect()
}

/// What parses a whole number within bounds.
pub fn whole<T>(
    bounds: RangeInclusive<T>,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static
where
    T: FromStr + PartialOrd + Copy + TryInto<u64> + Send + Sync + 'static,
{
    move |text| {
        let number = text.parse().ok().filter(|number| bounds.contains(number));
        number.ok_or_else(|| {
            let bound = |bound: &T| (*bound).try_into().unwrap_or(u64::MAX);
            let (least, most) = (bound(bounds.start()), bound(bounds.end()));
            match most {
                u64::MAX => own_words("slip.whole", &[]),
                _ => own_words("slip.whole_within", &[("least", &grouped(least)), ("most", &grouped(most))]),
            }
        })
    }
}
