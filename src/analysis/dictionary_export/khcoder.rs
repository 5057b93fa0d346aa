//! KH Coder's coding rules: a code for each category and stance, and phrases of base forms.
//!
//! Source of the notation: Higuchi, K., *KH Coder Reference Manual*, on coding rules.

use super::Said;
use crate::lexicon::{Category, Lexicon, Stance};

/// Whether KH Coder reads something else than itself in a word.
pub(super) fn is_sign(word: &str) -> bool {
    let is_sign = |c: char| c.is_whitespace() || "+-*/()[]<>|&!='\"#\u{ff0a}".contains(c);
    word.contains(is_sign) || ["and", "or", "not"].contains(&word)
}

/// The rules.
pub(super) fn rules(lexicon: &Lexicon, said: &[Said]) -> String {
    let mut rules = String::new();
    for stance in Stance::ALL {
        let mut codes = Vec::new();
        for (index, category) in lexicon.categories.iter().enumerate().filter(|(_, of)| of.stance == stance) {
            let of_category = said.iter().filter(|said| said.entry.category == index);
            let phrases: Vec<String> =
                of_category.flat_map(|said| &said.sequences).map(|sequence| sequence.join("+")).collect();
            if !phrases.is_empty() {
                let code = code(category);
                rules.push_str(&format!("*{code}\n{}\n\n", phrases.join("\nor ")));
                codes.push(format!("*{code}"));
            }
        }
        if !codes.is_empty() {
            rules.push_str(&format!("*{}\n{}\n\n", name(stance), codes.join(" or ")));
        }
    }
    rules
}

/// The name of a category's code, in Japanese where the lexicon has a term.
fn code(category: &Category) -> String {
    let term = if category.term.is_empty() { &category.name } else { &category.term };
    let plain = term.chars().map(|c| if is_sign(&c.to_string()) { '_' } else { c });
    format!("{}_{}", name(category.stance), plain.collect::<String>())
}

fn name(stance: Stance) -> &'static str {
    match stance {
        Stance::Hedge => "ヘッジ",
        Stance::Assertive => "断定",
    }
}
