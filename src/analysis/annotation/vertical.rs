//! Vertical text, as the IMS Open Corpus Workbench reads it (`cwb-encode -x`): a token a line, regions as XML tags.
//!
//! Source of the format: Evert, S. & The CWB Development Team, *Corpus Encoding and Management Manual*.

use super::marker::attributes;
use super::passage::AnnotatedPassage;
use super::xml::{escape, escape_attribute};
use super::{Head, Out, Writer};

/// The one file.
pub(super) const FILE: &str = "annotated.vrt";

/// What stands in the columns of a marker where a token belongs to none.
const NONE: &str = "_";

/// The corpus being written.
pub(super) struct Vertical {
    /// The attributes of texts and the variables that they hold.
    attributes: Vec<(String, String)>,
}

impl Vertical {
    /// Names of attributes are lower-case ASCII; a variable with another name is `variable_N`, by its place.
    pub fn new(variables: &[String]) -> Self {
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
                && name != "id"
        };
        let attribute = |(index, variable): (usize, &String)| {
            let name = if is_name(variable) { variable.clone() } else { format!("variable_{index}") };
            (name, variable.clone())
        };
        Vertical { attributes: (1..).zip(variables).map(attribute).collect() }
    }

    /// The attributes of texts, each with its variable.
    pub fn attributes(&self) -> Vec<(String, String)> {
        self.attributes.clone()
    }
}

impl Writer for Vertical {
    fn begin(&mut self, document: &Head, out: &mut Out) {
        out.main.push_str("<text id=\"");
        out.replaced += escape_attribute(document.name, &mut out.main);
        out.main.push('"');
        for (attribute, variable) in &self.attributes {
            let value = document.variables.iter().find(|(name, _)| name == variable);
            out.main.push_str(&format!(" {attribute}=\""));
            // A value ends with its line.
            let value = value.map_or(String::new(), |(_, value)| one_line(value));
            out.replaced += escape_attribute(&value, &mut out.main);
            out.main.push('"');
        }
        out.main.push_str(">\n");
    }

    fn add(&mut self, passage: &AnnotatedPassage, out: &mut Out) {
        for sentence in passage.sentences() {
            out.main.push_str(&format!("<s n=\"{}\">\n", sentence.number));
            for token in &sentence.tokens {
                for (index, column) in [token.form, &token.lemma, &token.pos].into_iter().enumerate() {
                    if index > 0 {
                        out.main.push('\t');
                    }
                    out.replaced += escape(&one_line(column), &mut out.main);
                }
                let of_marker = token.hit.map(|(found, _)| attributes(found, &passage.setup.labels));
                match of_marker {
                    Some(values) => {
                        for (_, value) in values {
                            out.main.push('\t');
                            out.replaced += escape(&one_line(value), &mut out.main);
                        }
                    }
                    None => super::marker::ATTRIBUTES.iter().for_each(|_| {
                        out.main.push('\t');
                        out.main.push_str(NONE);
                    }),
                }
                out.main.push('\n');
            }
            out.main.push_str("</s>\n");
        }
    }

    fn end(&mut self, out: &mut Out) {
        out.main.push_str("</text>\n");
    }
}

/// A value without line ends and tabs.
fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}
