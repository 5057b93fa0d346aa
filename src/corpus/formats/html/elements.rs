//! What elements of HTML are to a reader, by their names, attributes and classes.

use std::collections::HashMap;
use std::sync::LazyLock;

use dom_query::{Element, local_name};
use serde::Deserialize;

/// What stands in `elements.toml`.
#[derive(Deserialize)]
struct Lists {
    block: Vec<String>,
    unseen: Vec<String>,
    preformatted: Vec<String>,
    furniture: Vec<String>,
    unseen_class: Vec<String>,
    cookies: Vec<String>,
    cookies_of_sites: Vec<String>,
    word: HashMap<Word, Vec<String>>,
}

/// What a word of an id or class hints at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Word {
    Links,
    Side,
    Header,
    Footer,
    Overlay,
    Advertisement,
}

/// What an element's name says of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub is_block: bool,
    pub is_unseen: bool,
    pub is_preformatted: bool,
    pub is_furniture: bool,
}

struct Tables {
    names: HashMap<String, Name>,
    unseen_classes: Vec<String>,
    words: HashMap<String, Word>,
    cookies: Vec<String>,
    cookies_of_sites: Vec<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a list of the program's own, which tests read")]
    let lists: Lists = toml::from_str(include_str!("elements.toml")).expect("the lists are TOML");
    let mut names: HashMap<String, Name> = HashMap::new();
    for name in lists.block {
        names.entry(name).or_default().is_block = true;
    }
    for name in lists.unseen {
        names.entry(name).or_default().is_unseen = true;
    }
    for name in lists.preformatted {
        names.entry(name).or_default().is_preformatted = true;
    }
    for name in lists.furniture {
        names.entry(name).or_default().is_furniture = true;
    }
    let words = lists
        .word
        .into_iter()
        .flat_map(|(kind, words)| words.into_iter().map(move |word| (word, kind)))
        .collect();
    let Lists { unseen_class: unseen_classes, cookies, cookies_of_sites, .. } = lists;
    Tables { names, unseen_classes, words, cookies, cookies_of_sites }
});

impl Name {
    /// Of an element.
    pub fn of(element: &Element) -> Self {
        TABLES.names.get(&*element.name.local).copied().unwrap_or_default()
    }
}

/// What the attributes of an element say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// Whether it is not shown.
    pub is_hidden: bool,
    /// Whether a style makes a block or a part of a line of it.
    pub is_block: Option<bool>,
    /// Whether a role makes it navigation or an overlay.
    pub is_furniture: bool,
    /// What its id and classes hint at.
    pub word: Option<Word>,
}

impl Attributes {
    /// Of an element.
    pub fn of(element: &Element) -> Self {
        let mut found = Attributes::default();
        let mut is_open = element.name.local != local_name!("dialog");
        for attribute in &element.attrs {
            let value: &str = &attribute.value;
            match attribute.name.local {
                local_name!("class") => {
                    found.is_hidden |= value.split_ascii_whitespace().any(|class| {
                        TABLES.unseen_classes.iter().any(|unseen| unseen.eq_ignore_ascii_case(class))
                    });
                    found.word = found.word.or_else(|| word(value));
                }
                local_name!("id") => found.word = word(value).or(found.word),
                local_name!("style") => found.read_style(value),
                local_name!("hidden") => found.is_hidden |= !value.eq_ignore_ascii_case("until-found"),
                local_name!("aria-hidden") => found.is_hidden |= value.eq_ignore_ascii_case("true"),
                local_name!("open") => is_open = true,
                local_name!("role") => match value.trim().to_ascii_lowercase().as_str() {
                    "navigation" | "search" | "menu" | "menubar" | "toolbar" | "tablist" | "dialog"
                    | "alertdialog" => found.is_furniture = true,
                    "banner" => found.word = Some(Word::Header),
                    "contentinfo" => found.word = Some(Word::Footer),
                    "complementary" => found.word = found.word.or(Some(Word::Side)),
                    _ => {}
                },
                _ => {}
            }
        }
        found.is_hidden |= !is_open;
        found
    }

    fn read_style(&mut self, style: &str) {
        for declaration in style.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.split('!').next().unwrap_or_default().trim();
            let is = |name: &str| value.eq_ignore_ascii_case(name);
            if property.trim().eq_ignore_ascii_case("visibility") {
                self.is_hidden |= is("hidden") || is("collapse");
            } else if property.trim().eq_ignore_ascii_case("display") {
                self.is_hidden |= is("none");
                self.is_block = match () {
                    () if is("none") || is("contents") => None,
                    () => Some(!value.to_ascii_lowercase().starts_with("inline")),
                };
            }
        }
    }
}

/// What an id, or the classes of an element, hint at: the first of their words that is known.
fn word(value: &str) -> Option<Word> {
    let is_part = |c: char| !c.is_ascii_alphanumeric();
    // Long ones are of frameworks that write styles into classes.
    if value.len() > 300 {
        return None;
    }
    let mut words = value.split(is_part).filter(|word| !word.is_empty());
    words.find_map(|word| {
        let lower = word.to_ascii_lowercase();
        TABLES.words.get(&lower).copied().or_else(|| camel_case(word))
    })
}

/// Whether a text is about the cookies of a site: it says so, or a button stands by it. Recipes have neither.
pub(super) fn is_about_cookies(text: &str, has_control: bool) -> bool {
    let names = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    names(&TABLES.cookies) && (has_control || names(&TABLES.cookies_of_sites))
}

/// What a part of a word in camel case hints at: `sideBar`, `CookieConsent`.
fn camel_case(word: &str) -> Option<Word> {
    let starts = word.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at);
    let starts: Vec<usize> = std::iter::once(0).chain(starts.filter(|at| *at > 0)).collect();
    if starts.len() == 1 {
        return None;
    }
    let ends = starts.iter().copied().skip(1).chain([word.len()]);
    let mut parts = starts.iter().zip(ends).map(|(start, end)| word[*start..end].to_ascii_lowercase());
    parts.find_map(|part| TABLES.words.get(&part).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_classes_hint_by_their_words() {
        for (value, expected) in [
            ("gnav", Some(Word::Links)),
            ("l-header__logo", Some(Word::Header)),
            ("js CookieConsent", Some(Word::Overlay)),
            ("sideBar", Some(Word::Side)),
            ("text menu-detail", Some(Word::Links)),
            ("shadow adapter inside", None),
            ("Bar", None),
            ("", None),
        ] {
            assert_eq!(word(value), expected, "{value}");
        }
    }

    #[test]
    fn no_name_stands_twice_in_a_list() {
        let lists: Lists = toml::from_str(include_str!("elements.toml")).unwrap();
        let words = lists.word.into_values().flatten().collect();
        for list in
            [lists.block, lists.unseen, lists.preformatted, lists.furniture, lists.unseen_class, words]
        {
            let mut sorted = list.clone();
            sorted.sort();
            sorted.dedup();
            assert_eq!(sorted.len(), list.len(), "{list:?}");
        }
    }
}
