//! Names in a line of what is printed.

use std::fmt::Display;

use hedgerow::lexicon::Stance;
use hedgerow::messages::{Language, printable};

use crate::cli::language::spoken;
use crate::cli::messages::own_words;

/// A name, or several, on one line, whatever they hold.
pub fn one_line(names: impl Display) -> String {
    printable(&names.to_string()).into_owned()
}

/// A stance.
pub fn stance_name(stance: Stance) -> String {
    let key = match stance {
        Stance::Hedge => "stance.hedge",
        Stance::Assertive => "stance.assertive",
    };
    own_words(key, &[])
}

/// A category: its name in the tables, or its Japanese term.
pub fn in_words(category: &str, term: &str) -> String {
    match spoken() {
        Language::English => category.into(),
        Language::Japanese => term.into(),
    }
}
