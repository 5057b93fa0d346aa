//! The form of the lexicon's files, whose texts are those of TOML or of what the build has read.

use serde::Deserialize;

use super::Stance;

/// A file of `dictionaries/modality/` or of a user's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryFile<T> {
    pub category: T,
    pub stance: Stance,
    #[serde(default)]
    pub term: String,
    #[serde(default)]
    pub definition: String,
    #[serde(default)]
    pub source: String,
    pub entry: Vec<EntryTable<T>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryTable<T> {
    pub id: T,
    pub form: Option<String>,
    pub pattern: Option<T>,
    pub before: Option<T>,
    pub not_before: Option<T>,
    pub after: Option<T>,
    pub not_after: Option<T>,
    pub negated: Option<bool>,
    pub examples: Vec<String>,
    #[serde(default)]
    pub denied: Vec<String>,
    #[serde(default)]
    pub counterexamples: Vec<String>,
    #[serde(default)]
    pub note: String,
}

/// The file of named patterns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MacroFile<T> {
    /// In this order; each may call those before it.
    #[serde(rename = "macro")]
    pub macros: Vec<MacroTable<T>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MacroTable<T> {
    pub name: T,
    pub pattern: T,
    #[serde(rename = "note")]
    _note: String,
}

/// A file of `dictionaries/context/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextFile<T> {
    pub default: T,
    pub rule: Vec<RuleTable<T>>,
    pub example: Vec<ExampleTable<T>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleTable<T> {
    pub id: T,
    pub value: T,
    pub node: Option<T>,
    pub before: Option<T>,
    pub after: Option<T>,
    #[serde(default, rename = "note")]
    _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleTable<T> {
    pub text: T,
    #[serde(default)]
    pub node: String,
    pub value: T,
}
