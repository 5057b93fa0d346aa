//! The catalogues have the messages that the code names, and no others.

use std::collections::BTreeSet;

use crate::files::{below, top};
use crate::sources::code;

/// The catalogues of the library, of the program and of the report.
const ENGLISH: [&str; 3] =
    ["src/messages/en.toml", "src/cli/messages/en.toml", "src/report/messages/en.toml"];

/// The keys of a catalogue, `section.name`, each with its sentences.
fn catalogue(path: &str) -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(top().join(path)).unwrap();
    let mut keys = Vec::new();
    for (section, names) in text.parse::<toml::Table>().unwrap() {
        for (name, sentence) in names.as_table().unwrap() {
            let sentences = match sentence {
                toml::Value::Table(forms) => {
                    let forms: Vec<_> = forms.iter().map(|(form, text)| (form.as_str(), text)).collect();
                    assert!(
                        matches!(forms[..], [("one", _), ("other", _)]),
                        "{path}: {section}.{name}: give it `one` and `other`"
                    );
                    forms.into_iter().map(|(_, text)| text.as_str().unwrap().to_owned()).collect()
                }
                text => vec![text.as_str().unwrap().to_owned()],
            };
            keys.push((format!("{section}.{name}"), sentences));
        }
    }
    keys
}

/// Everything in quotation marks in a folder's code.
fn strings(folder: &str) -> BTreeSet<String> {
    let sources = below(folder, "rs");
    let quoted = |text: String| text.split('"').skip(1).map(str::to_owned).collect::<Vec<_>>();
    let strings = sources.into_iter().flat_map(|(_, text)| quoted(code(&text)));
    // The page's template and its script name words too.
    let page = ["html", "js"].into_iter().flat_map(|extension| below(folder, extension));
    strings.chain(page.flat_map(|(_, text)| quoted(text))).collect()
}

fn keys(catalogue: &[(String, Vec<String>)]) -> BTreeSet<&str> {
    catalogue.iter().map(|(key, _)| key.as_str()).collect()
}

/// The names in braces.
fn placeholders(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// Whether a string is the key of a message in one of some sections.
fn is_key(text: &str, sections: &BTreeSet<&str>) -> bool {
    text.split_once('.').is_some_and(|(section, name)| {
        let is_name = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        sections.contains(section)
            && is_name(name)
            && !["csv", "html", "json", "rs", "toml", "xlsx"].contains(&name)
    })
}

/// The folders with catalogues: `en.toml` and `ja.toml`.
const FOLDERS: [&str; 2] = ["src/messages", "src/cli/messages"];

/// What every language has: for each key the names in braces of its sentences.
fn shape(path: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut keys: Vec<(String, BTreeSet<String>)> = catalogue(path)
        .iter()
        .map(|(key, sentences)| {
            let names = sentences.iter().flat_map(|sentence| placeholders(sentence)).map(str::to_owned);
            (key.clone(), names.collect())
        })
        .collect();
    keys.sort();
    keys
}

#[test]
fn every_message_is_said_in_both_languages_with_the_same_values() {
    for folder in FOLDERS {
        let [english, japanese] = ["en", "ja"].map(|language| shape(&format!("{folder}/{language}.toml")));
        for (key, names) in &english {
            let own = japanese.iter().find(|(own, _)| own == key);
            let own = own.unwrap_or_else(|| panic!("{folder}/ja.toml lacks {key}"));
            // Where English has a form for one, `count` may stand in the other form alone.
            assert_eq!(&own.1, names, "{folder}/ja.toml: the names in braces of {key}");
        }
        for (key, _) in &japanese {
            assert!(english.iter().any(|(own, _)| own == key), "{folder}/en.toml lacks {key}");
        }
    }
}

#[test]
fn every_sentence_in_japanese_is_japanese() {
    let is_japanese = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    for folder in FOLDERS {
        for (key, sentences) in catalogue(&format!("{folder}/ja.toml")) {
            for sentence in sentences {
                let words = sentence.split(['{', '}']).step_by(2).collect::<String>();
                // What has none is values and names alone (`DP`, `F1`).
                let has_words = words.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 2);
                assert!(!has_words || words.chars().any(is_japanese), "{folder}/ja.toml: {key}: {sentence}");
            }
        }
    }
}

#[test]
fn every_message_is_in_its_catalogue_and_used() {
    let catalogues = ENGLISH.map(catalogue);
    let all: BTreeSet<&str> = catalogues.iter().flat_map(|catalogue| keys(catalogue)).collect();
    let strings = strings("src");
    for key in &all {
        assert!(strings.contains(*key), "no code names the message {key}");
    }
    let sections = all.iter().filter_map(|key| Some(key.split_once('.')?.0)).collect();
    for key in strings.iter().filter(|text| is_key(text, &sections)) {
        assert!(all.contains(key.as_str()), "the catalogues lack {key}");
    }
}

#[test]
fn every_placeholder_is_a_value_that_code_names() {
    let strings = strings("src");
    for path in ENGLISH {
        for (key, sentences) in catalogue(path) {
            for name in sentences.iter().flat_map(|sentence| placeholders(sentence)) {
                assert!(strings.contains(name), "{path}: {key}: nothing gives a value for {{{name}}}");
            }
        }
    }
}

#[test]
fn the_library_names_no_option_of_the_program() {
    let both = ["src/messages/en.toml", "src/messages/ja.toml"].map(catalogue).concat();
    for (key, sentences) in both {
        for sentence in sentences {
            assert!(
                !sentence.contains(" --") && !sentence.contains("`--"),
                "{key} names an option: {sentence}"
            );
        }
    }
}
