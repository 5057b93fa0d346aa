//! The texts and references of the methods paragraph, from a data file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::counts::{ComparisonForm, Design, Order};
use crate::messages::{Language, fill, grouped};
use crate::tables::ComparisonRecord;

/// The data file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    pub en: Sentences,
    pub ja: Sentences,
    latex: CaptionsByLanguage,
    pub reference: Vec<Reference>,
}

/// The sentences of a methods paragraph.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    pub heading: String,
    pub counted: String,
    pub dictionary: String,
    pub ipadic: String,
    pub unidic: String,
    pub unidic_without_version: String,
    pub default_lexicon: String,
    pub own_lexicon: String,
    pub skipped: String,
    pub checked: String,
    pub coders: String,
    pub comparison: Comparison,
    /// What stands between sentences.
    pub between: String,
    /// What stands between the items of a list.
    pub comma: String,
    /// By name of a number: the noun behind it, in the singular and the plural; none where the sentences have it.
    #[serde(default)]
    nouns: BTreeMap<String, [String; 2]>,
}

/// The sentences on a comparison of groups.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    units_documents: String,
    units_clusters: String,
    units_pairs: String,
    pub group: String,
    pub clustered_group: String,
    pub many_groups: String,
    pub grouped: String,
    pub ordered: String,
    pub independent: String,
    pub likely: String,
    pub likely_site: String,
    pub clustered: String,
    pub paired: String,
    pub rates: String,
    pub two: String,
    pub two_paired: String,
    pub exact: String,
    pub random: String,
    pub adjusted_two: String,
    pub untested: String,
    pub several: String,
    pub pairs_of_groups: String,
    pub trend: String,
    pub trend_steps: String,
    pub within: String,
    pub left_out: String,
    pub left_out_pairs: String,
    pub few: String,
    pub few_in_all: String,
    pub least: String,
}

impl Comparison {
    /// The noun for the units of a design.
    pub fn units(&self, design: &Design) -> &str {
        match (&design.pair, &design.cluster) {
            (Some(_), _) => &self.units_pairs,
            (None, Some(_)) => &self.units_clusters,
            (None, None) => &self.units_documents,
        }
    }
}

impl Sentences {
    /// A number with the noun that follows it.
    pub fn counted(&self, name: &str, number: u64) -> String {
        match self.nouns.get(name) {
            Some([one, other]) => format!("{} {}", grouped(number), if number == 1 { one } else { other }),
            None => grouped(number),
        }
    }
}

/// The captions of the LaTeX table, by language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaptionsByLanguage {
    en: Captions,
    ja: Captions,
}

/// The captions of the LaTeX table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Captions {
    two: String,
    several: String,
    trend: String,
    step_of_order: String,
    step_of_variable: String,
    within: String,
}

/// A reference with its form in a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    pub key: String,
    pub short: String,
    /// Its form in a Japanese text, where that is another.
    ja: Option<String>,
    pub bibtex: String,
}

impl Texts {
    pub fn standard() -> Self {
        toml::from_str(include_str!("texts.toml")).expect("the tests read the data file")
    }

    /// The caption of the LaTeX table of a comparison; the names of its variables and groups are not yet filled in.
    pub fn caption(&self, comparison: &ComparisonRecord, language: Language) -> String {
        let (captions, sentences) = match language {
            Language::English => (&self.latex.en, &self.en),
            Language::Japanese => (&self.latex.ja, &self.ja),
        };
        let Captions { two, several, trend, step_of_order, step_of_variable, within } = captions;
        let design = &comparison.design;
        let step = if matches!(design.order, Order::Listed(_)) { step_of_order } else { step_of_variable };
        let caption = match ComparisonForm::new(comparison.groups.len(), comparison.trend) {
            ComparisonForm::Pair => two,
            ComparisonForm::Several => several,
            ComparisonForm::Trend => trend,
        };
        let caption = fill(caption, |name| match name {
            "units" => Some(sentences.comparison.units(design)),
            "step" => Some(step.as_str()),
            _ => None,
        });
        let within = design.within.as_ref().filter(|_| comparison.groups.len() == 2).map(|_| within.as_str());
        caption + within.unwrap_or_default()
    }
}

/// What the names in braces stand for: the figures and names of a run, and its references.
pub struct Names<'t> {
    references: &'t [Reference],
    are_japanese: bool,
    values: Vec<(&'static str, String)>,
}

impl<'t> Names<'t> {
    pub fn new(texts: &'t Texts, language: &Sentences, values: Vec<(&'static str, String)>) -> Self {
        let are_japanese = std::ptr::eq(language, &texts.ja);
        Names { references: &texts.reference, are_japanese, values }
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
        self.fill_with(template, &[])
    }

    /// A template filled in, with more names.
    pub fn fill_with(&self, template: &str, more: &[(&'static str, String)]) -> String {
        fill(template, |name| match name.strip_prefix('@') {
            Some(key) => {
                let reference = self.references.iter().find(|reference| reference.key == key)?;
                let ja = reference.ja.as_ref().filter(|_| self.are_japanese);
                Some(ja.unwrap_or(&reference.short))
            }
            None => {
                let mut values = more.iter().chain(&self.values);
                values.find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
            }
        })
    }

    /// The references that a template names, in the order of the data file.
    pub fn cited(&self, template: &str) -> impl Iterator<Item = &'t Reference> {
        self.references.iter().filter(move |reference| template.contains(&format!("{{@{}}}", reference.key)))
    }
}
