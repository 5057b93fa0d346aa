//! `--help` in the language that is spoken. English stands in the doc comments of commands and arguments, Japanese in a data
//! file, by the names that clap has for them; the tests hold the two to each other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use clap::{Arg, Command};
use hedgerow::messages::Language;

/// By command, with those above it (`lexicon explain`), the words of it and its arguments.
type Words = BTreeMap<String, BTreeMap<String, String>>;

static JAPANESE: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("ja.toml")).expect("the tests read the data file"));

/// The program itself.
const TOP: &str = "hedgerow";

/// The headings.
const HEADINGS: &str = "headings";

/// Arguments that several commands have.
const SHARED: &str = "shared";

/// A complete command with all its help in a language.
pub fn localised(mut command: Command, language: Language) -> Command {
    match language {
        Language::English => command,
        Language::Japanese => {
            // From here on, it has the arguments that clap adds, and subcommands have those that are global.
            command.build();
            in_japanese(command, TOP)
        }
    }
}

/// What stands before the usage of a command.
pub fn usage_heading(language: Language) -> &'static str {
    match language {
        Language::English => "Usage:",
        Language::Japanese => word(HEADINGS, "usage").unwrap_or_default(),
    }
}

fn in_japanese(command: Command, path: &str) -> Command {
    let about = word(path, "about");
    let examples = command
        .get_after_help()
        .map(|help| help.to_string().replace("Examples:", word(HEADINGS, "examples").unwrap_or_default()));
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        word(HEADINGS, "usage").unwrap_or_default()
    );
    let mut command = command
        .help_template(template)
        .mut_args(|argument| argument_in_japanese(argument, path))
        .mut_subcommands(|subcommand| {
            let name = subcommand.get_name().to_owned();
            in_japanese(subcommand, &below(path, &name))
        });
    if let Some(heading) = word(HEADINGS, "commands") {
        command = command.subcommand_help_heading(heading);
    }
    if let Some(about) = about {
        command = command.about(about).long_about(None::<&str>);
    }
    match examples {
        Some(examples) => command.after_help(examples),
        None => command,
    }
}

/// The path of a command below another. Below `help`, clap has all commands once more.
fn below(path: &str, name: &str) -> String {
    match path {
        TOP | "help" => name.into(),
        _ => format!("{path} {name}"),
    }
}

fn argument_in_japanese(argument: Arg, path: &str) -> Arg {
    let id = argument.get_id().as_str().to_owned();
    let heading = match argument.get_help_heading() {
        Some(heading) => word(HEADINGS, heading),
        None if argument.is_positional() => word(HEADINGS, "arguments"),
        None => word(HEADINGS, "options"),
    };
    let argument = match heading {
        Some(heading) => argument.help_heading(heading),
        None => argument,
    };
    let Some(help) = word(path, &id).or_else(|| word(SHARED, &id)) else { return argument };
    argument.help(help).long_help(None::<&str>)
}

fn word(section: &str, name: &str) -> Option<&'static str> {
    JAPANESE.get(section)?.get(name).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;

    /// Calls back with every command and its path.
    fn each<'c>(command: &'c Command, path: &str, call: &mut dyn FnMut(&'c Command, &str)) {
        call(command, path);
        for subcommand in command.get_subcommands() {
            each(subcommand, &below(path, subcommand.get_name()), call);
        }
    }

    #[test]
    fn every_command_and_every_argument_has_japanese_help() {
        let mut command = Arguments::command();
        command.build();
        let mut used = BTreeSet::new();
        each(&command, "hedgerow", &mut |command, path| {
            let mut need = |name: &str| {
                let own = JAPANESE.get(path).is_some_and(|words| words.contains_key(name));
                let section = if own { path } else { SHARED };
                assert!(word(section, name).is_some(), "src/cli/help/ja.toml: [{path}] lacks {name}");
                used.insert((section.to_owned(), name.to_owned()));
            };
            need("about");
            command
                .get_arguments()
                .filter(|argument| !argument.is_hide_set())
                .for_each(|argument| need(argument.get_id().as_str()));
            for heading in command.get_arguments().filter_map(Arg::get_help_heading) {
                assert!(
                    word(HEADINGS, heading).is_some(),
                    "src/cli/help/ja.toml: [headings] lacks {heading}"
                );
            }
        });
        for (section, words) in JAPANESE.iter().filter(|(section, _)| *section != HEADINGS) {
            for name in words.keys() {
                let key = (section.clone(), name.clone());
                assert!(
                    used.contains(&key),
                    "src/cli/help/ja.toml: [{section}] has {name}, which no command has"
                );
            }
        }
    }

    #[test]
    fn help_in_japanese_has_no_english_of_clap_and_parses_as_before() {
        let command = || localised(Arguments::command(), Language::Japanese);
        command().debug_assert();
        let mut all = command();
        let help = all.find_subcommand_mut("count").unwrap().render_help().to_string();
        for words in ["Usage:", "Options:", "Arguments:", "Print help", "Examples:"] {
            assert!(!help.contains(words), "{words}: {help}");
        }
        for words in ["使い方: hedgerow count", "引数:", "オプション:", "ヘルプを表示する"]
        {
            assert!(help.contains(words), "{words}: {help}");
        }
        assert!(all.render_help().to_string().contains("コマンド:"));
        let matches = command().try_get_matches_from(["hedgerow", "count", "in", "--out", "o"]).unwrap();
        assert_eq!(matches.subcommand_name(), Some("count"));
    }
}
