//! The lexicon that this program brings along.

/// A lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path, for messages and for the record of the run.
    pub name: String,
    /// What it says.
    pub text: String,
}

// `MODALITY` and `CONTEXT`: name and text of each file under dictionaries/modality and dictionaries/context.
include!(concat!(env!("OUT_DIR"), "/standard_lexicon.rs"));

/// The files of the default lexicon, by name.
pub(super) fn modality() -> impl Iterator<Item = Source> {
    MODALITY.iter().map(|(name, text)| Source { name: (*name).into(), text: (*text).into() })
}

/// The file of named patterns.
pub(super) fn macros() -> Source {
    let name = "dictionaries/macros.toml";
    Source { name: name.into(), text: include_str!("../../dictionaries/macros.toml").into() }
}

/// A file of context rules.
pub(super) fn context(column: &str) -> Source {
    let name = format!("dictionaries/context/{column}.toml");
    let (_, text) = CONTEXT.iter().find(|(known, _)| *known == name).expect("the build found the file");
    Source { name, text: (*text).into() }
}
