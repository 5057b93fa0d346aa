//! What the labels of another program mean.

use crate::lexicon::{CategoryLabel, Lexicon, Stance};
use crate::messages::Message;
use crate::nearest::nearest;
use crate::text::folded;

/// What says that a marker is denied: of a feature or attribute its name, and a part of a label.
const NEGATED: [&str; 3] = ["negated", "negation", "否定"];

/// What stands between the parts of a label.
const BETWEEN: [char; 7] = ['/', ':', '.', '-', '_', '・', ' '];

/// The category of a marker, and whether the marker is denied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub category: String,
    pub stance: Stance,
    pub negated: bool,
}

/// The categories that a label may mean.
pub struct Labels(Vec<CategoryLabel>);

/// Labels are compared whatever the width and case of their letters, figures and signs.
fn form(label: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        c => c,
    };
    folded(label.trim()).chars().map(narrow).collect::<String>().to_lowercase()
}

impl Labels {
    pub fn of(lexicon: &Lexicon) -> Self {
        Labels(crate::lexicon::Labels::of(lexicon).categories)
    }

    /// Reads a label: the name of a category or its Japanese term; before it may stand its stance, and `!` if the marker is denied,
    /// behind it `negated` or 否定, in brackets or not: `possibility`, `可能性（否定）`, `!hedge/possibility`, `hedge-possibility-negated`.
    pub fn read(&self, label: &str) -> Result<Label, Message> {
        let whole = form(label);
        let (name, negated) = without_negated(&whole);
        if let Some(known) = self.category(name) {
            return Ok(Label { category: known.name.to_string(), stance: known.stance, negated });
        }
        for stance in Stance::ALL {
            let rest = name.strip_prefix(stance.name()).and_then(|rest| rest.strip_prefix(BETWEEN));
            let Some(known) = rest.and_then(|rest| self.category(rest.trim())) else { continue };
            if known.stance != stance {
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("label", &label), ("category", &known.name), ("stance", &known.stance.name())];
                return Err(Message::new("coding.other_stance", &values));
            }
            return Ok(Label { category: known.name.to_string(), stance, negated });
        }
        let names = self.0.iter().flat_map(|known| [&*known.name, &*known.term]);
        Err(match nearest(name, names) {
            Some(near) => Message::new("coding.near_category", &[("label", &label), ("nearest", &near)]),
            None => {
                let known: Vec<&str> = self.0.iter().map(|known| &*known.name).collect();
                Message::new("coding.no_category", &[("label", &label), ("known", &known.join(", "))])
            }
        })
    }

    fn category(&self, name: &str) -> Option<&CategoryLabel> {
        // Programs that allow no blank in a label have a line below in its place.
        let is_meant = |own: &str| own == name || own.replace(' ', "_") == name;
        self.0.iter().find(|known| [&known.name, &known.term].iter().any(|own| is_meant(&form(own))))
    }
}

/// A label in its form without what says that the marker is denied, and whether it says so.
fn without_negated(label: &str) -> (&str, bool) {
    if let Some(rest) = label.strip_prefix('!') {
        return (rest.trim(), true);
    }
    for word in NEGATED {
        let bracketed = label.strip_suffix(')').and_then(|rest| rest.strip_suffix(word)?.strip_suffix('('));
        let joined = || label.strip_suffix(word)?.strip_suffix(BETWEEN);
        if let Some(rest) = bracketed.or_else(joined) {
            return (rest.trim(), true);
        }
    }
    (label, false)
}

/// Whether a feature or attribute says that a marker is denied.
pub fn says_negated(name: &str) -> bool {
    NEGATED.contains(&&*form(name))
}

/// What the value of such a feature says; an empty one is false.
pub fn negated(name: &str, value: &str) -> Result<bool, Message> {
    match &*form(value) {
        "true" | "yes" | "1" | "はい" | "negated" | "否定" => Ok(true),
        "" | "false" | "no" | "0" | "いいえ" | "affirmed" | "肯定" => Ok(false),
        _ => Err(Message::new("coding.negated", &[("name", &name), ("value", &value)])),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn labels() -> Labels {
        let label =
            |name: &str, stance, term: &str| CategoryLabel { name: name.into(), stance, term: term.into() };
        Labels(vec![
            label("possibility", Stance::Hedge, "可能性"),
            label("reportive", Stance::Hedge, "伝聞・引用"),
            label("certainty", Stance::Assertive, "確信・断定"),
        ])
    }

    #[test]
    fn a_label_is_a_category_with_or_without_its_stance_and_negated() {
        for (label, category, negated) in [
            ("possibility", "possibility", false),
            (" Ｐｏｓｓｉｂｉｌｉｔｙ ", "possibility", false),
            ("伝聞・引用", "reportive", false),
            ("!reportive", "reportive", true),
            ("！伝聞・引用", "reportive", true),
            ("可能性（否定）", "possibility", true),
            ("可能性・否定", "possibility", true),
            ("possibility_negated", "possibility", true),
            ("Possibility (Negated)", "possibility", true),
            ("hedge/possibility", "possibility", false),
            ("hedge-possibility-negated", "possibility", true),
            ("!assertive:確信・断定", "certainty", true),
        ] {
            let read = labels().read(label).unwrap_or_else(|error| panic!("{label}: {error}"));
            assert_eq!((read.category.as_str(), read.negated), (category, negated), "{label}");
        }
        for (label, words) in [
            ("possiblity", "did you mean possibility"),
            ("確信・断言", "did you mean 確信・断定"),
            ("人名", "possibility, reportive, certainty"),
            ("assertive/possibility", "possibility is no category of that stance, but of hedge"),
            ("negated", "`negated` is no category"),
            ("", "no category"),
        ] {
            let error = labels().read(label).unwrap_err().to_string();
            assert!(error.contains(words), "{label}: {error}");
        }
    }

    #[test]
    fn a_feature_says_yes_or_no() {
        assert!(says_negated("Negated") && says_negated("否定") && !says_negated("category"));
        for (value, expected) in [("TRUE", true), ("はい", true), ("", false), ("０", false)] {
            assert_eq!(negated("negated", value), Ok(expected), "{value}");
        }
        assert!(negated("否定", "perhaps").unwrap_err().to_string().contains("`perhaps`"));
    }
}
