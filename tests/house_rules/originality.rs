//! Texts that belong to others stay outside.

use std::fs;

use crate::files::{everything, top};

/// A sentence this long, in characters, is nobody's by chance.
const LONG: usize = 15;

#[test]
fn no_file_holds_a_sentence_of_the_coded_texts() {
    // Only those who develop the lexicon have the texts.
    let Ok(folder) = fs::read_dir(top().join("../shared/gold")) else { return };
    let texts: Vec<String> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let sentences: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split(['。', '！', '？', '!', '?', '\n']))
        .map(str::trim)
        .filter(|sentence| sentence.chars().count() >= LONG)
        .collect();
    assert!(!sentences.is_empty(), "the folder holds no texts");
    for (file, text) in everything() {
        for sentence in &sentences {
            assert!(!text.contains(sentence), "{file} holds a sentence of the coded texts: {sentence}");
        }
    }
}
