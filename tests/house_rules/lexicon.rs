//! The lexicon is kept in order.

use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

use crate::files::below;

/// The least number of entries in a category.
const ENTRIES: usize = 10;

/// The least number of sentences in which the entries of a category must be found.
const EXAMPLES: usize = 25;

/// The category files, parsed, by path.
fn files() -> Vec<(String, Table)> {
    let parse = |(file, text): (String, String)| (file, text.parse::<Table>().unwrap());
    below("dictionaries/modality", "toml").into_iter().map(parse).collect()
}

fn entries<'a>(file: &'a Table, key: &str) -> &'a [Value] {
    file[key].as_array().unwrap()
}

fn id(entry: &Value) -> &str {
    entry["id"].as_str().unwrap()
}

#[test]
fn entries_are_sorted_by_id() {
    for (file, table) in files() {
        let ids: Vec<&str> = entries(&table, "entry").iter().map(id).collect();
        for pair in ids.windows(2) {
            assert!(pair[0] < pair[1], "{file}: {} stands before {}", pair[0], pair[1]);
        }
    }
}

#[test]
fn ids_are_unique_over_all_files() {
    let files = files();
    let mut seen = BTreeMap::new();
    for (file, table) in &files {
        for entry in entries(table, "entry") {
            let earlier = seen.insert(id(entry), file);
            assert_eq!(earlier, None, "{} stands in {file} too", id(entry));
        }
    }
}

#[test]
fn a_file_is_named_for_its_category_and_describes_it() {
    for (file, table) in files() {
        let stem = Path::new(&file).file_stem().and_then(|stem| stem.to_str());
        assert_eq!(table["category"].as_str(), stem, "{file}");
        for key in ["term", "definition", "source"] {
            assert!(
                table.get(key).and_then(Value::as_str).is_some_and(|text| !text.is_empty()),
                "{file}: {key}"
            );
        }
    }
}

#[test]
fn a_category_has_entries_and_examples_enough() {
    for (file, table) in files() {
        let entries = entries(&table, "entry");
        assert!(entries.len() >= ENTRIES, "{file}: {} entries", entries.len());
        let examples: usize = entries.iter().map(|entry| entry["examples"].as_array().unwrap().len()).sum();
        assert!(examples >= EXAMPLES, "{file}: {examples} examples");
    }
}

#[test]
fn a_form_is_given_only_where_it_differs_from_the_id() {
    for (file, table) in files() {
        for entry in entries(&table, "entry") {
            let form = entry.get("form").and_then(Value::as_str);
            assert_ne!(form, Some(id(entry)), "{file}");
        }
    }
}

#[test]
fn an_entry_gives_no_sentence_twice() {
    for (file, table) in files() {
        for entry in entries(&table, "entry") {
            let lists =
                ["examples", "denied", "counterexamples"].into_iter().filter_map(|key| entry.get(key));
            let mut sentences: Vec<&str> =
                lists.flat_map(|list| list.as_array().unwrap()).map(|text| text.as_str().unwrap()).collect();
            sentences.sort_unstable();
            for pair in sentences.windows(2) {
                assert_ne!(pair[0], pair[1], "{file}: {}", id(entry));
            }
        }
    }
}

#[test]
fn rules_for_sentences_look_at_their_end_only() {
    let text = include_str!("../../dictionaries/context/sentence.toml");
    let table = text.parse::<Table>().unwrap();
    for rule in entries(&table, "rule") {
        let keys: Vec<&str> = rule.as_table().unwrap().keys().map(String::as_str).collect();
        assert!(keys.contains(&"before") && !keys.contains(&"node") && !keys.contains(&"after"), "{keys:?}");
    }
    let examples = entries(&table, "example");
    assert!(examples.len() >= 30, "{} examples", examples.len());
}

#[test]
fn rules_of_a_context_have_names_of_their_own() {
    for (file, text) in below("dictionaries/context", "toml") {
        let table = text.parse::<Table>().unwrap();
        let mut ids: Vec<&str> = entries(&table, "rule").iter().map(id).collect();
        ids.sort_unstable();
        for pair in ids.windows(2) {
            assert_ne!(pair[0], pair[1], "{file}");
        }
    }
}
