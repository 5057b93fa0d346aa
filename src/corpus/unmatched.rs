//! Names that match none of the other side: those of rows and those of documents.

use std::fmt;

use crate::nearest::nearest;
use crate::text::folded;

/// How many names of a side are shown.
const SHOWN: usize = 5;

/// How many names are searched for one that is mistyped: comparing them letter by letter takes a while.
const SEARCHED: usize = 10_000;

/// A name that matches nothing, and what it probably means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The name.
    pub name: String,
    /// The nearest name of the other side.
    pub nearest: Option<(String, Unlikeness)>,
}

/// In what two names differ that probably mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unlikeness {
    /// Blanks around them, composed characters, or width.
    Form,
    /// Capital letters.
    Case,
    /// The extension.
    Extension,
    /// The folders before it, or the table of the row.
    Folder,
    /// A few letters.
    Letters,
}

impl Unlikeness {
    /// What differs, in words.
    pub fn name(self) -> &'static str {
        match self {
            Unlikeness::Form => "characters, such as composed ones",
            Unlikeness::Case => "case",
            Unlikeness::Extension => "extension",
            Unlikeness::Folder => "folder",
            Unlikeness::Letters => "letters",
        }
    }
}

impl fmt::Display for Unmatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.nearest {
            Some((nearest, unlikeness)) => {
                write!(f, "{} (nearest: {nearest}, of another {})", self.name, unlikeness.name())
            }
            None => f.write_str(&self.name),
        }
    }
}

/// The first of some names that match none of `others`, each with the nearest of them.
pub fn unmatched<'a>(
    names: impl IntoIterator<Item = &'a str>,
    others: impl IntoIterator<Item = &'a str> + Clone,
) -> Vec<Unmatched> {
    let names: Vec<&str> = names.into_iter().take(SHOWN).collect();
    let forms: Vec<[String; 4]> = names.iter().map(|name| forms(name)).collect();
    let mut nearest: Vec<Option<(Unlikeness, &str)>> = vec![None; names.len()];
    for other in others.clone() {
        let other_forms = self::forms(other);
        for (best, forms) in nearest.iter_mut().zip(&forms) {
            let unlikeness = unlikeness(forms, &other_forms);
            // The first of equals.
            if let Some(unlikeness) = unlikeness.filter(|new| best.is_none_or(|(old, _)| *new < old)) {
                *best = Some((unlikeness, other));
            }
        }
    }
    let shown = names.into_iter().zip(nearest).map(|(name, found)| {
        let mistyped = || self::nearest(name, others.clone().into_iter().take(SEARCHED));
        let found = found.or_else(|| Some((Unlikeness::Letters, mistyped()?)));
        Unmatched { name: name.into(), nearest: found.map(|(unlikeness, other)| (other.into(), unlikeness)) }
    });
    shown.collect()
}

/// A name without what two that mean the same may differ in: of one form; of one case, too; without an extension; without
/// the folders or the table before it.
fn forms(name: &str) -> [String; 4] {
    let form = folded(name.trim()).replace('\\', "/");
    let case = form.to_lowercase();
    let stem = without_extension(&case).to_owned();
    let last = stem.rsplit(['/', '#']).next().unwrap_or_default().to_owned();
    [form, case, stem, last]
}

fn unlikeness(name: &[String; 4], other: &[String; 4]) -> Option<Unlikeness> {
    let steps = [Unlikeness::Form, Unlikeness::Case, Unlikeness::Extension, Unlikeness::Folder];
    let mut forms = steps.into_iter().zip(name.iter().zip(other));
    forms.find(|(_, (name, other))| !name.is_empty() && name == other).map(|(step, _)| step)
}

fn without_extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty() && extension.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            stem
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(name: &str) -> Option<(String, Unlikeness)> {
        let documents = ["texts/a.txt", "b.html", "ｶﾞ.txt", "long-name.txt", "t.csv#7", "x/B.html"];
        unmatched([name], documents).remove(0).nearest
    }

    #[test]
    fn what_a_name_probably_means_is_found() {
        for (name, document, unlikeness) in [
            ("texts/a", "texts/a.txt", Unlikeness::Extension),
            ("texts/a.docx", "texts/a.txt", Unlikeness::Extension),
            ("texts\\a", "texts/a.txt", Unlikeness::Extension),
            ("a.txt", "texts/a.txt", Unlikeness::Folder),
            ("corpus/texts/a.txt", "texts/a.txt", Unlikeness::Folder),
            ("C:\\corpus\\b.html", "b.html", Unlikeness::Folder),
            ("B.HTML", "b.html", Unlikeness::Case),
            (" b.html", "b.html", Unlikeness::Form),
            ("カ\u{3099}.txt", "ｶﾞ.txt", Unlikeness::Form),
            ("long-nmae.txt", "long-name.txt", Unlikeness::Letters),
            ("7", "t.csv#7", Unlikeness::Folder),
        ] {
            assert_eq!(nearest(name), Some((document.into(), unlikeness)), "{name}");
        }
        for name in ["other.txt", "", "."] {
            assert_eq!(nearest(name), None, "{name}");
        }
    }

    #[test]
    fn five_are_shown() {
        let names: Vec<String> = (0..9).map(|name| format!("{name}{name}{name}")).collect();
        let shown = unmatched(names.iter().map(String::as_str), ["a"]);
        assert_eq!(shown.len(), SHOWN);
        assert_eq!(shown[4].to_string(), "444");
    }
}
