//! What is kept of the words of a hit: those of its node, and those by which lines are sorted.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::analysis::{CutSentence, Look};
use crate::markers::Hit;
use crate::messages::Message;
use crate::morphology::Analyser;

/// How far from the node a position may be.
const FURTHEST: usize = 9;

/// A position by whose morpheme lines are sorted. Blanks have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortPosition {
    /// So many morphemes left of the node.
    Left(usize),
    /// The node.
    Node,
    /// So many morphemes right of the node.
    Right(usize),
}

/// A text that is no position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionError(String);

impl PositionError {
    /// What the error says.
    pub fn message(&self) -> Message {
        Message::new("search.position", &[("position", &self.0), ("furthest", &FURTHEST)])
    }
}

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for PositionError {}

impl FromStr for SortPosition {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        let wrong = || PositionError(text.into());
        let text = text.trim().to_ascii_lowercase();
        if text == "node" {
            return Ok(SortPosition::Node);
        }
        let number = text.trim_matches(['l', 'r']).parse().ok();
        let number = number.filter(|number| (1..=FURTHEST).contains(number)).ok_or_else(wrong)?;
        // `1R`, as AntConc has it, or `R1`.
        match text.replace(|c: char| c.is_ascii_digit(), "").as_str() {
            "l" => Ok(SortPosition::Left(number)),
            "r" => Ok(SortPosition::Right(number)),
            _ => Err(wrong()),
        }
    }
}

/// The words of a hit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HitWords {
    /// The lemmas of the node's morphemes, with blanks between.
    pub lemma: String,
    /// Their parts of speech.
    pub pos: String,
    /// The words at the positions by which lines are sorted: a key whose bytes have their order.
    pub key: Vec<u8>,
}

/// Keeps the words of hits, in their order.
pub(super) struct HitLook {
    /// None where the lemmas of nodes are not asked for.
    analyser: Option<Arc<Analyser>>,
    positions: Arc<[SortPosition]>,
    pub words: Vec<HitWords>,
}

impl HitLook {
    pub fn new(analyser: Option<Arc<Analyser>>, positions: Arc<[SortPosition]>) -> Self {
        HitLook { analyser, positions, words: Vec::new() }
    }
}

impl Look for HitLook {
    fn see_hit(&mut self, sentence: CutSentence, hit: &Hit) {
        if self.analyser.is_none() && self.positions.is_empty() {
            return;
        }
        let mut words = HitWords::default();
        let node = &sentence.morphemes[hit.first..hit.last];
        if let Some(analyser) = &self.analyser {
            for morpheme in node {
                let features = analyser.features(morpheme.word, morpheme.surface(sentence.text));
                for (list, word) in [(&mut words.lemma, features.lemma), (&mut words.pos, &*features.pos)] {
                    if !list.is_empty() {
                        list.push(' ');
                    }
                    list.push_str(word);
                }
            }
        }
        let surface = |morpheme: &crate::morphology::Morpheme| morpheme.surface(sentence.text);
        let is_seen = |word: &&str| !word.trim().is_empty();
        let left = || sentence.morphemes[..hit.first].iter().rev().map(surface).filter(is_seen);
        let right = || sentence.morphemes[hit.last..].iter().map(surface).filter(is_seen);
        for position in &*self.positions {
            match position {
                SortPosition::Left(number) => words.key.extend(left().nth(number - 1).unwrap_or("").bytes()),
                SortPosition::Right(number) => {
                    words.key.extend(right().nth(number - 1).unwrap_or("").bytes())
                }
                SortPosition::Node => words.key.extend(node.iter().map(surface).flat_map(str::bytes)),
            }
            // Below every character, so that a word stands before one that it begins.
            words.key.push(0);
        }
        self.words.push(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_as_corpus_tools_write_them() {
        for (text, position) in [
            ("1R", Some(SortPosition::Right(1))),
            (" r3 ", Some(SortPosition::Right(3))),
            ("9l", Some(SortPosition::Left(9))),
            ("Node", Some(SortPosition::Node)),
            ("0R", None),
            ("10R", None),
            ("1", None),
            ("R", None),
            ("1RL", None),
            ("l1r", None),
            ("", None),
        ] {
            assert_eq!(text.parse().ok(), position, "{text}");
        }
    }
}
