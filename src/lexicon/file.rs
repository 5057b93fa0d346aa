//! The TOML of the lexicon's files.

use serde::Deserialize;
use toml::Spanned;

use super::Stance;

/// A file of `dictionaries/modality/` or of a user's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryFile {
    pub category: Spanned<String>,
    pub stance: Stance,
    #[serde(default)]
    pub term: String,
    #[serde(default)]
    pub definition: String,
    #[serde(default)]
    pub source: String,
    pub entry: Vec<EntryTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryTable {
    pub id: Spanned<String>,
    pub form: Option<String>,
    pub pattern: Option<Spanned<String>>,
    pub before: Option<Spanned<String>>,
    pub not_before: Option<Spanned<String>>,
    pub after: Option<Spanned<String>>,
    pub not_after: Option<Spanned<String>>,
    pub negated: Option<bool>,
    pub examples: Vec<String>,
    #[serde(default)]
    pub denied: Vec<String>,
    #[serde(default)]
    pub counterexamples: Vec<String>,
    #[serde(default)]
    pub note: String,
}

/// `dictionaries/macros.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MacroFile {
    /// In this order; each may call those before it.
    #[serde(rename = "macro")]
    pub macros: Vec<MacroTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MacroTable {
    pub name: Spanned<String>,
    pub pattern: Spanned<String>,
    #[serde(rename = "note")]
    _note: String,
}

/// A file of `dictionaries/context/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextFile {
    pub default: Spanned<String>,
    pub rule: Vec<RuleTable>,
    pub example: Vec<ExampleTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleTable {
    pub id: String,
    pub value: Spanned<String>,
    pub node: Option<Spanned<String>>,
    pub before: Option<Spanned<String>>,
    pub after: Option<Spanned<String>>,
    #[serde(default, rename = "note")]
    _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleTable {
    pub text: Spanned<String>,
    #[serde(default)]
    pub node: String,
    pub value: Spanned<String>,
}
