//! The texts and references of `hedgerow cite`, from a data file.

use std::collections::BTreeMap;

use hedgerow::messages::fill;
use serde::Deserialize;

use super::super::show::grouped;

/// The data file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    pub en: Language,
    pub ja: Language,
    pub latex: Captions,
    pub reference: Vec<Reference>,
}

/// The sentences of a methods paragraph.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    pub heading: String,
    pub counted: String,
    pub dictionary: String,
    pub ipadic: String,
    pub default_lexicon: String,
    pub own_lexicon: String,
    pub skipped: String,
    pub compared: String,
    pub two: String,
    pub several: String,
    pub adjusted: String,
    pub left_out: String,
    pub group: String,
    /// What stands between sentences.
    pub between: String,
    /// What stands between the items of a list.
    pub comma: String,
    /// By name of a number: the noun behind it, in the singular and the plural; none where the sentences have it.
    #[serde(default)]
    nouns: BTreeMap<String, [String; 2]>,
}

impl Language {
    /// A number with the noun that follows it.
    pub fn counted(&self, name: &str, number: u64) -> String {
        match self.nouns.get(name) {
            Some([one, other]) => format!("{} {}", grouped(number), if number == 1 { one } else { other }),
            None => grouped(number),
        }
    }
}

/// The captions of the LaTeX table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Captions {
    caption_two: String,
    caption_several: String,
}

impl Captions {
    /// The caption of a table of so many groups.
    pub fn caption(&self, groups: usize) -> &str {
        if groups == 2 { &self.caption_two } else { &self.caption_several }
    }
}

/// A reference with its form in a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    pub key: String,
    pub short: String,
    pub bibtex: String,
}

impl Texts {
    pub fn standard() -> Self {
        toml::from_str(include_str!("texts.toml")).expect("the tests read the data file")
    }
}

/// What the names in braces stand for: the figures and names of a run, and its references.
pub struct Names<'t> {
    references: &'t [Reference],
    values: Vec<(&'static str, String)>,
}

impl<'t> Names<'t> {
    pub fn new(texts: &'t Texts, values: Vec<(&'static str, String)>) -> Self {
        Names { references: &texts.reference, values }
    }

    /// Adds what a name stands for.
    pub fn add(&mut self, name: &'static str, value: String) {
        self.values.push((name, value));
    }

    /// The same names with other values.
    pub fn map(self, value: impl Fn(&str) -> String) -> Self {
        let values = self.values.into_iter().map(|(name, own)| (name, value(&own))).collect();
        Names { values, ..self }
    }

    /// A template filled in. Braces in a value, which may be the user's, stay as they are.
    pub fn fill(&self, template: &str) -> String {
        fill(template, |name| match name.strip_prefix('@') {
            Some(key) => {
                let reference = self.references.iter().find(|reference| reference.key == key);
                reference.map(|reference| reference.short.as_str())
            }
            None => self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str()),
        })
    }

    /// The references that a template names, in the order of the data file.
    pub fn cited(&self, template: &str) -> impl Iterator<Item = &'t Reference> {
        self.references.iter().filter(move |reference| template.contains(&format!("{{@{}}}", reference.key)))
    }
}
