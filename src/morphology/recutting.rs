//! Words that another dictionary cuts otherwise than the lexicon expects, cut anew as its schema says.

use super::{Analyser, Join, Morpheme, Schema, Word};

/// The first of the numbers of words that are in no dictionary, but in a schema: far above the classes of unknown words.
const FIRST: u32 = 1 << 24;

/// Cuts the words of a schema anew; one for each thread.
pub(super) struct Recutter {
    /// By number of the dictionary's word: which split it needs, as far as it is known.
    splits: Vec<Needed>,
    recut: Vec<Morpheme>,
}

#[derive(Clone, Copy)]
enum Needed {
    Unseen,
    None,
    Split(u32),
}

impl Recutter {
    /// None for a dictionary whose words are those of the lexicon.
    pub fn new(analyser: &Analyser) -> Option<Self> {
        let schema = analyser.schema();
        let is_needed = !(schema.split.is_empty() && schema.join.is_empty());
        is_needed.then(|| Recutter { splits: Vec::new(), recut: Vec::new() })
    }

    /// Cuts the morphemes from the one with the number `from` on anew.
    pub fn recut(&mut self, analyser: &Analyser, sentence: &str, from: usize, morphemes: &mut Vec<Morpheme>) {
        self.recut.clear();
        for morpheme in &morphemes[from..] {
            match self.split(analyser, morpheme, sentence) {
                None => self.recut.push(*morpheme),
                Some((number, length)) => {
                    let middle = morpheme.end - length as u32;
                    self.recut.push(Morpheme { end: middle, ..*morpheme });
                    self.recut.push(Morpheme {
                        start: middle,
                        word: Word::unknown(FIRST + number),
                        ..*morpheme
                    });
                }
            }
        }
        morphemes.truncate(from);
        let splits = analyser.schema().split.len();
        let mut at = 0;
        while let Some(morpheme) = self.recut.get(at) {
            match join(analyser.schema(), &self.recut[at..], sentence) {
                None => morphemes.push(*morpheme),
                Some((number, words)) => {
                    let word = Word::unknown(FIRST + (splits + number) as u32);
                    let end = self.recut[at + words - 1].end;
                    morphemes.push(Morpheme { end, word, ..*morpheme });
                    at += words - 1;
                }
            }
            at += 1;
        }
    }

    /// The number of the split that a word needs, and the length of its second word in bytes.
    fn split(&mut self, analyser: &Analyser, morpheme: &Morpheme, sentence: &str) -> Option<(u32, usize)> {
        let schema = analyser.schema();
        let id = morpheme.word.known_id()? as usize;
        if id >= self.splits.len() {
            self.splits.resize(analyser.dictionary().words().max(id + 1), Needed::Unseen);
        }
        if let Needed::Unseen = self.splits[id] {
            let form = schema
                .form
                .and_then(|column| analyser.dictionary().inner().word_details_iter(id).nth(column));
            let surface = morpheme.surface(sentence);
            let found = schema.split.iter().position(|split| {
                form == Some(split.form.as_str())
                    && surface.len() > split.last.len()
                    && surface.ends_with(&split.last)
            });
            self.splits[id] = found.map_or(Needed::None, |number| Needed::Split(number as u32));
        }
        match self.splits[id] {
            Needed::Split(number) => Some((number, schema.split[number as usize].last.len())),
            _ => None,
        }
    }
}

/// The index of the longest join that the morphemes begin with, and how many they are.
fn join(schema: &Schema, morphemes: &[Morpheme], sentence: &str) -> Option<(usize, usize)> {
    let surface = |at: usize| morphemes.get(at).map(|morpheme| morpheme.surface(sentence));
    let fits = |join: &Join| {
        let are_there = join.words.iter().enumerate().all(|(at, word)| surface(at) == Some(word));
        let next = surface(join.words.len()).unwrap_or_default();
        are_there && !join.unless_before.iter().any(|word| word == next)
    };
    let joins = schema.join.iter().enumerate();
    let longest = joins.filter(|(_, join)| fits(join)).max_by_key(|(_, join)| join.words.len());
    longest.map(|(index, join)| (index, join.words.len()))
}

/// Lemma and part of speech of a word that a schema has made, if the class of a word is one.
pub(super) fn features(analyser: &Analyser, class: u32) -> Option<(&str, &str)> {
    let number = class.checked_sub(FIRST)? as usize;
    let schema = analyser.schema();
    match schema.split.get(number) {
        Some(split) => Some((&split.lemma, &split.pos)),
        None => {
            schema.join.get(number - schema.split.len()).map(|join| (join.lemma.as_str(), join.pos.as_str()))
        }
    }
}
