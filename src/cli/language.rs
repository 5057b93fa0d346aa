//! The language of the program's words, and of the files that it writes.
//!
//! It is known before the command line is understood, as what is wrong with that is said in it too.

use std::env;
use std::ffi::{OsStr, OsString};
use std::sync::RwLock;

use hedgerow::messages::Language;

/// The variable of the environment that says which language is wanted.
const VARIABLE: &str = "HEDGEROW_LANG";

/// The variables that say what the user's locale is, the first that is set.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// The option that says which language is wanted; parsed here, and by clap for its help alone.
#[derive(clap::Args)]
pub struct LanguageArguments {
    /// The language of files and of what is printed, en or ja; without it that of HEDGEROW_LANG, else English for files and that of the locale for what is printed
    #[arg(id = "lang", long = "lang", value_name = "LANG", global = true, display_order = 900)]
    _lang: Option<String>,
}

/// Which language was asked for, and which is spoken.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Choice {
    asked: Option<Language>,
    spoken: Language,
}

/// That of this run of the program. Only `choose` writes it.
static CHOICE: RwLock<Choice> = RwLock::new(Choice { asked: None, spoken: Language::English });

/// A language that there is not.
#[derive(Debug, PartialEq)]
pub struct UnknownLanguage {
    /// The option or the variable.
    pub by: &'static str,
    /// Its value.
    pub value: String,
}

/// The language that was asked for, by option or environment: files have it. None where nothing was said.
pub fn asked() -> Option<Language> {
    CHOICE.read().map_or(None, |choice| choice.asked)
}

/// The language of what is printed.
pub fn spoken() -> Language {
    CHOICE.read().map_or(Language::English, |choice| choice.spoken)
}

/// The language of what is said where there are no arguments: by the environment alone.
pub fn of_environment() -> Language {
    let variable = |name: &str| env::var_os(name);
    chosen(&[], variable).ok().flatten().unwrap_or_else(|| of_locale(variable))
}

/// Chooses the languages of this run of the program by its arguments and its environment.
///
/// # Errors
/// A language that there is not; what is printed is then in that of the locale.
pub fn choose(arguments: &[OsString]) -> Result<(), UnknownLanguage> {
    let variable = |name: &str| env::var_os(name);
    let locale = of_locale(variable);
    let chosen = chosen(arguments, variable);
    if let Ok(mut choice) = CHOICE.write() {
        let asked = chosen.as_ref().ok().copied().flatten();
        *choice = Choice { asked, spoken: asked.unwrap_or(locale) };
    }
    chosen.map(drop)
}

/// The language by the option, else by the variable.
fn chosen(
    arguments: &[OsString],
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Language>, UnknownLanguage> {
    let by_option = option(arguments).map(|value| ("--lang", value.to_owned()));
    let by_variable = || {
        let value = variable(VARIABLE).filter(|value| !value.is_empty())?;
        Some((VARIABLE, value))
    };
    let Some((by, value)) = by_option.or_else(by_variable) else { return Ok(None) };
    let value = value.to_string_lossy().into_owned();
    value.parse().map(Some).map_err(|()| UnknownLanguage { by, value })
}

/// The value of the last `--lang`; an option without a value is clap's to refuse.
fn option(arguments: &[OsString]) -> Option<&OsStr> {
    let mut value = None;
    let mut rest = arguments.iter().take_while(|argument| *argument != "--");
    while let Some(argument) = rest.next() {
        if argument == "--lang" {
            value = rest.next().map(OsString::as_os_str).or(value);
        } else if let Some(joined) = argument.to_str().and_then(|text| text.strip_prefix("--lang=")) {
            value = Some(OsStr::new(joined));
        }
    }
    value
}

/// The language of the user's locale.
fn of_locale(variable: impl Fn(&str) -> Option<OsString>) -> Language {
    let locale = LOCALE.iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    match locale.is_some_and(|locale| locale.to_string_lossy().starts_with("ja")) {
        true => Language::Japanese,
        false => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &str, set: &[(&str, &str)]) -> Result<Choice, UnknownLanguage> {
        let arguments: Vec<OsString> = arguments.split_whitespace().map(OsString::from).collect();
        let variable =
            |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        let asked = chosen(&arguments, variable)?;
        Ok(Choice { asked, spoken: asked.unwrap_or(of_locale(variable)) })
    }

    #[test]
    fn the_option_wins_then_the_variable_and_files_never_follow_the_locale() {
        let (en, ja) = (Language::English, Language::Japanese);
        for (arguments, set, asked, spoken) in [
            ("count", &[][..], None, en),
            ("--lang ja count", &[], Some(ja), ja),
            ("count --lang=ja x", &[("HEDGEROW_LANG", "en")], Some(ja), ja),
            ("count --lang ja --lang en", &[], Some(en), en),
            ("count -- --lang ja", &[], None, en),
            ("count", &[("HEDGEROW_LANG", "ja")], Some(ja), ja),
            ("count", &[("HEDGEROW_LANG", ""), ("LANG", "ja_JP.UTF-8")], None, ja),
            ("count", &[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")], None, en),
            ("count", &[("LC_ALL", ""), ("LC_MESSAGES", "ja_JP.eucJP"), ("LANG", "C")], None, ja),
            ("count --lang en", &[("LANG", "ja_JP.UTF-8")], Some(en), en),
        ] {
            assert_eq!(of(arguments, set), Ok(Choice { asked, spoken }), "{arguments} {set:?}");
        }
    }

    #[test]
    fn an_unknown_language_is_named_with_where_it_stands() {
        let unknown = |by, value: &str| Err(UnknownLanguage { by, value: value.into() });
        assert_eq!(of("count --lang fr", &[("HEDGEROW_LANG", "ja")]), unknown("--lang", "fr"));
        assert_eq!(of("count", &[("HEDGEROW_LANG", "japanese")]), unknown("HEDGEROW_LANG", "japanese"));
    }
}
