//! In what the set-ups of two runs differ.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

use std::fmt::Display;

use serde_json::{Map, Value, to_value};

use super::{Identified, RunRecord};
use crate::messages::Message;

/// How many digits of a digest are shown.
const DIGITS: usize = 12;

/// Where two runs differ in program, morphological analyser, dictionary or lexicon. Each is given with what it is called.
pub fn set_up_differences(
    (first_name, first): (&dyn Display, &RunRecord),
    (second_name, second): (&dyn Display, &RunRecord),
) -> Vec<Message> {
    let names: [(_, &dyn Display); 2] = [("first_name", first_name), ("second_name", second_name)];
    let message =
        |key, values: &[(&'static str, &dyn Display)]| Message::new(key, &[&names, values].concat());
    let mut differences = Vec::new();
    for (key, first, second) in [
        ("record_differences.program", &first.hedgerow, &second.hedgerow),
        ("record_differences.lindera", &first.lindera, &second.lindera),
    ] {
        if first != second {
            differences.push(message(key, &[("first", first), ("second", second)]));
        }
    }
    let [own, other] = [&first.dictionary, &second.dictionary];
    if own != other {
        let [own, other] = [own, other].map(|file| format!("{} ({})", file.name, shown(&file.sha256)));
        differences.push(message("record_differences.dictionary", &[("first", &own), ("second", &other)]));
    }
    for file in &first.lexicon.files {
        match second.lexicon.files.iter().find(|other| other.name == file.name) {
            None => differences.push(message("record_differences.lexicon_first", &[("file", &file.name)])),
            Some(other) if !second.lexicon.files.contains(file) => {
                let digests = [shown(&file.sha256), shown(&other.sha256)];
                let [first, second] = &digests;
                differences.push(message(
                    "record_differences.lexicon",
                    &[("file", &file.name), ("first", first), ("second", second)],
                ));
            }
            Some(_) => {}
        }
    }
    let is_new = |file: &&Identified| !first.lexicon.files.iter().any(|other| other.name == file.name);
    for file in second.lexicon.files.iter().filter(is_new) {
        differences.push(message("record_differences.lexicon_second", &[("file", &file.name)]));
    }
    // The same files in another order, or one of them twice.
    if differences.is_empty() && first.lexicon.sha256 != second.lexicon.sha256 {
        let digests = [&first.lexicon.sha256, &second.lexicon.sha256].map(|digest| shown(digest));
        let [first, second] = &digests;
        differences
            .push(message("record_differences.lexicon_order", &[("first", first), ("second", second)]));
    }
    differences
}

/// Where the options of two runs differ, their tables of variables and their comparison left aside.
pub fn option_differences(
    (first_name, first): (&dyn Display, &RunRecord),
    (second_name, second): (&dyn Display, &RunRecord),
) -> Vec<Message> {
    let options = [first, second].map(|record| match to_value(&record.options) {
        Ok(Value::Object(options)) => options,
        _ => Map::new(),
    });
    let [own, other] = &options;
    let mut names: Vec<&String> = own.keys().chain(other.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let differing =
        names.into_iter().filter(|name| *name != "variables" && own.get(*name) != other.get(*name));
    let message = |name: &String| {
        let [first, second] = [own, other].map(|options| options.get(name).unwrap_or(&Value::Null));
        let values: [(_, &dyn Display); 5] = [
            ("name", name),
            ("first", first),
            ("second", second),
            ("first_name", first_name),
            ("second_name", second_name),
        ];
        Message::new("record_differences.option", &values)
    };
    differing.map(message).collect()
}

fn shown(digest: &str) -> String {
    format!("{}…", digest.get(..DIGITS).unwrap_or(digest))
}
