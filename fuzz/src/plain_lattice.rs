//! The cheapest way through a text, found by trying every word against every word before it.

use hedgerow::morphology::{Tokeniser, Word};
use lindera::dictionary::Dictionary;
use lindera_dictionary::dictionary::character_definition::CategoryId;
use lindera_dictionary::viterbi::WordEntry;

/// A morpheme: where it begins and ends in bytes, and its word or its class of unknown words.
pub type Cut = (usize, usize, Word);

/// A text as our lattice cuts it.
pub fn cut(tokeniser: &mut Tokeniser, text: &str) -> Vec<Cut> {
    let mut morphemes = Vec::new();
    tokeniser.tokenise(text, &mut morphemes);
    morphemes.iter().map(|m| (m.start as usize, m.end as usize, m.word)).collect()
}

/// A word that may stand somewhere: how long it is in characters, and what it costs.
#[derive(Clone, Copy)]
struct Choice {
    length: usize,
    word: Word,
    entry: WordEntry,
}

/// The categories of a character; blanks of all kinds have that of the space.
fn categories(dictionary: &Dictionary, character: char) -> &[CategoryId] {
    let definition = &dictionary.character_definition;
    definition.lookup_categories(if character.is_whitespace() { ' ' } else { character })
}

/// All words that may begin with a text: those of the dictionary, and, where `unknown` has it so, others.
fn choices(dictionary: &Dictionary, text: &[char], unknown: impl Fn(bool) -> bool) -> Vec<Choice> {
    let string: String = text.iter().collect();
    let known = dictionary.prefix_dictionary.prefix(&string);
    let mut choices: Vec<Choice> = known
        .map(|(end, entry)| {
            let length = string[..end].chars().count();
            Choice { length, word: Word::known(entry.word_id().id()), entry }
        })
        .collect();
    let found = !choices.is_empty();
    if !unknown(found) {
        return choices;
    }
    let definition = &dictionary.character_definition;
    for (at, category) in categories(dictionary, text[0]).iter().enumerate() {
        let rule = definition.lookup_definition(*category);
        if found && !rule.invoke {
            continue;
        }
        let alike = |c: &&char| categories(dictionary, **c).get(at) == Some(category);
        let run = text.iter().take_while(alike).count();
        let mut lengths: Vec<usize> = (1..=run.min(rule.length as usize)).collect();
        lengths.push(if rule.group { run } else { 1 });
        lengths.sort();
        lengths.dedup();
        for length in lengths {
            for class in dictionary.unknown_dictionary.lookup_word_ids(*category) {
                let entry = dictionary.unknown_dictionary.word_entry(*class);
                choices.push(Choice { length, word: Word::unknown(*class), entry });
            }
        }
    }
    choices
}

/// What the cheapest way through a text costs, and what the way costs that our lattice has found: every word is
/// tried against every word before it, with nothing left out.
pub fn costs(dictionary: &Dictionary, text: &str, found: &[Cut]) -> (i32, Option<i32>) {
    let characters: Vec<char> = text.chars().collect();
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let matrix = &dictionary.connection_cost_matrix;
    // By place: the right context of each word that ends there, with the cost of the cheapest way to it.
    let mut ways: Vec<Vec<(u32, i32)>> = vec![Vec::new(); characters.len() + 1];
    ways[0].push((0, 0));
    let mut ours = Some((0, 0));
    let mut begins_unknown = 0;
    for start in 0..characters.len() {
        if ways[start].is_empty() {
            continue;
        }
        let unknown = |found: bool| begins_unknown <= start || !found;
        let choices = choices(dictionary, &characters[start..], unknown);
        let is_unknown = |choice: &&Choice| choice.word.unknown_class().is_some();
        let longest = |category: &CategoryId| {
            let classes = dictionary.unknown_dictionary.lookup_word_ids(*category);
            let of = |c: &&Choice| classes.iter().any(|class| c.word.unknown_class() == Some(*class));
            let rule = dictionary.character_definition.lookup_definition(*category);
            let lengths =
                choices.iter().filter(is_unknown).filter(of).map(|c| if rule.group { c.length } else { 1 });
            lengths.max()
        };
        // The last category that asks for unknown words says where the next may begin.
        if let Some(length) = categories(dictionary, characters[start]).iter().rev().find_map(longest) {
            begins_unknown = start + length;
        }
        let word = found.iter().find(|(at, ..)| *at == bytes[start]);
        for Choice { length, word: choice, entry } in choices {
            let step = |(right, cost): &(u32, i32)| cost + matrix.cost(*right, entry.left_id());
            let best = ways[start].iter().map(step).min().unwrap() + i32::from(entry.word_cost());
            ways[start + length].push((entry.right_id(), best));
            if word == Some(&(bytes[start], bytes[start + length], choice)) {
                ours = ours.map(|way| (entry.right_id(), step(&way) + i32::from(entry.word_cost())));
            }
        }
    }
    let finish = |(right, cost): &(u32, i32)| cost + matrix.cost(*right, 0);
    (ways[characters.len()].iter().map(finish).min().unwrap(), ours.as_ref().map(finish))
}
