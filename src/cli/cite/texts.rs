//! The texts and references of `hedgerow cite`, from a data file.

use serde::Deserialize;

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
}

/// The captions of the LaTeX table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Captions {
    pub caption_two: String,
    pub caption_several: String,
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

    /// A text with its names and references filled in; notes the keys of the references.
    pub fn filled(&self, text: &str, names: &Names, cited: &mut Vec<String>) -> String {
        let mut filled = text.to_owned();
        for reference in &self.reference {
            let place = format!("{{@{}}}", reference.key);
            if filled.contains(&place) {
                cited.push(reference.key.clone());
                filled = filled.replace(&place, &reference.short);
            }
        }
        names.fill(&filled)
    }
}

/// What the names in braces stand for.
pub struct Names(pub Vec<(&'static str, String)>);

impl Names {
    /// The same names with other values.
    pub fn map(self, value: impl Fn(&str) -> String) -> Self {
        Names(self.0.into_iter().map(|(name, own)| (name, value(&own))).collect())
    }

    /// A text with its names filled in.
    pub fn fill(&self, text: &str) -> String {
        let fill = |text: String, (name, value): &(&str, String)| text.replace(&format!("{{{name}}}"), value);
        self.0.iter().fold(text.to_owned(), fill)
    }
}
