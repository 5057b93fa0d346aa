//! quanteda's dictionary as YAML: stance, category, marker, and the sequences of each.
//!
//! Source of the format: Benoit, K. et al., quanteda, `dictionary(file = …, format = "YAML")`.

use super::Said;
use crate::lexicon::{Lexicon, Stance};

/// Whether quanteda reads something else than itself in a word: a pattern, or the blank between words.
pub(super) fn is_sign(word: &str) -> bool {
    word.contains(|c: char| c == '*' || c == '?' || c.is_whitespace())
}

/// The dictionary.
pub(super) fn dictionary(lexicon: &Lexicon, said: &[Said]) -> String {
    let mut yaml = String::new();
    for stance in Stance::ALL {
        let categories = lexicon.categories.iter().enumerate();
        let of_stance: Vec<_> = (categories.filter(|(_, category)| category.stance == stance))
            .filter(|(index, _)| said.iter().any(|said| said.entry.category == *index))
            .collect();
        if !of_stance.is_empty() {
            yaml.push_str(&format!("{stance}:\n"));
        }
        for (index, category) in of_stance {
            yaml.push_str(&format!("  {}:\n", quoted(&category.name)));
            for said in said.iter().filter(|said| said.entry.category == index) {
                yaml.push_str(&format!("    {}:\n", quoted(&said.entry.id)));
                for sequence in &said.sequences {
                    yaml.push_str(&format!("    - {}\n", quoted(&sequence.join(" "))));
                }
            }
        }
    }
    yaml
}

/// A string of JSON, which is one of YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
