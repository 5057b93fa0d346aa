//! A pattern as the sequences of base forms that it matches, if these are all that it says.

use crate::lexicon::pattern::value::{branches, is_literal};
use crate::lexicon::pattern::{Attribute, Pattern, TokenTest};

/// Base forms, one after the other.
pub(super) type Sequence = Vec<String>;

/// How many sequences an entry may come to.
const MOST: usize = 1000;

/// What can't be said in base forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unsayable {
    /// Why, in a word.
    pub reason: &'static str,
    /// What it is.
    pub detail: String,
}

impl Unsayable {
    pub fn new(reason: &'static str, detail: impl Into<String>) -> Self {
        Unsayable { reason, detail: detail.into() }
    }
}

/// The sequences of a pattern, in its order, each once; `base_form` gives that of a word which is looked for by its form.
pub(super) fn sequences(
    pattern: &Pattern,
    base_form: &mut impl FnMut(&str) -> Option<String>,
) -> Result<Vec<Sequence>, Unsayable> {
    let mut said: Vec<Sequence> = Vec::new();
    for sequence in expanded(pattern, base_form)? {
        if !sequence.is_empty() && !said.contains(&sequence) {
            said.push(sequence);
        }
    }
    Ok(said)
}

fn expanded(
    pattern: &Pattern,
    base_form: &mut impl FnMut(&str) -> Option<String>,
) -> Result<Vec<Sequence>, Unsayable> {
    let all = match pattern {
        Pattern::Token(test) => words(test, base_form)?.into_iter().map(|word| vec![word]).collect(),
        Pattern::SentenceStart | Pattern::SentenceEnd => return Err(Unsayable::new("boundary", "<s>, </s>")),
        Pattern::Sequence(parts) => {
            let mut all = vec![Vec::new()];
            for part in parts {
                all = joined(&all, &expanded(part, base_form)?)?;
            }
            all
        }
        Pattern::Alternatives(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(expanded(part, base_form)?);
            }
            all
        }
        Pattern::Repeat { inner, min, max } => {
            let Some(max) = max else { return Err(Unsayable::new("repetition", "*, +")) };
            let once = expanded(inner, base_form)?;
            let (mut all, mut repeated) = (Vec::new(), vec![Vec::new()]);
            for times in 0..=*max {
                if times >= *min {
                    all.extend(repeated.iter().cloned());
                }
                repeated = joined(&repeated, &once)?;
            }
            all
        }
    };
    if all.len() > MOST { Err(too_many()) } else { Ok(all) }
}

fn joined(left: &[Sequence], right: &[Sequence]) -> Result<Vec<Sequence>, Unsayable> {
    if left.len().saturating_mul(right.len()) > MOST {
        return Err(too_many());
    }
    Ok(left.iter().flat_map(|left| right.iter().map(|right| [&left[..], right].concat())).collect())
}

fn too_many() -> Unsayable {
    Unsayable::new("many", format!("more than {MOST} sequences"))
}

/// The base forms that a condition accepts.
fn words(
    test: &TokenTest,
    base_form: &mut impl FnMut(&str) -> Option<String>,
) -> Result<Vec<String>, Unsayable> {
    match test {
        TokenTest::Any => Err(Unsayable::new("any", "[]")),
        TokenTest::Different(_, value) => Err(Unsayable::new("exclusion", format!("!=\"{value}\""))),
        TokenTest::All(_) => Err(Unsayable::new("conjunction", "&")),
        TokenTest::Either(parts) => {
            let mut words_of_all = Vec::new();
            for part in parts {
                words_of_all.extend(words(part, base_form)?);
            }
            Ok(words_of_all)
        }
        TokenTest::Equal(Attribute::Pos, value) => Err(Unsayable::new("pos", format!("pos=\"{value}\""))),
        TokenTest::Equal(attribute, value) => {
            let branches = branches(value);
            if let Some(expression) = branches.iter().find(|branch| !is_literal(branch)) {
                return Err(Unsayable::new("expression", *expression));
            }
            let literals = branches.into_iter();
            match attribute {
                Attribute::Lemma => Ok(literals.map(str::to_owned).collect()),
                // A form that is not its own base form stands for others, too.
                _ => {
                    let mut said = |form: &str| base_form(form).filter(|base| base == form);
                    literals.map(|form| said(form).ok_or_else(|| Unsayable::new("form", form))).collect()
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::pattern::{Macros, parse};

    fn said(pattern: &str) -> Result<Vec<String>, &'static str> {
        let pattern = parse(pattern, &Macros::new()).unwrap();
        let base_form = &mut |word: &str| Some(if word == "ませ" { "ます" } else { word }.to_owned());
        let joined = |all: Vec<Sequence>| all.iter().map(|sequence| sequence.join(" ")).collect();
        sequences(&pattern, base_form).map(joined).map_err(|unsayable| unsayable.reason)
    }

    #[test]
    fn a_pattern_of_base_forms_is_its_sequences() {
        let strings = |all: &[&str]| Ok(all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        for (pattern, expected) in [
            ("[lemma=\"予想|予測\"] [lemma=\"する\"]", strings(&["予想 する", "予測 する"])),
            ("\"かも\" \"は\"?", strings(&["かも", "かも は"])),
            ("\"a\"{1,2} | [lemma=\"b\" | word=\"c\"]", strings(&["a", "a a", "b", "c"])),
            ("\"あり\" \"ませ\"", Err("form")),
            ("[pos=\"名詞\"]", Err("pos")),
            ("\"a\"*", Err("repetition")),
            ("[lemma=\"a.*\"]", Err("expression")),
            ("[word=\"a\" & lemma=\"b\"]", Err("conjunction")),
            ("[lemma!=\"a\"]", Err("exclusion")),
            ("\"a\" </s>", Err("boundary")),
            ("\"a\" []", Err("any")),
            ("[lemma=\"a|b|c|d|e|f\"]{4}", Err("many")),
        ] {
            assert_eq!(said(pattern), expected, "{pattern}");
        }
    }
}
