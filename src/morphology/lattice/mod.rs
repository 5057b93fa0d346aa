//! The lattice: all ways to cut a text into words, and the best path through it (Viterbi 1967).
//!
//! Words, word costs and connection costs are those of lindera's dictionary. The search is our own, as it takes most of
//! the running time, and differs from lindera's segmenter:
//!
//! - All word candidates are looked up before any is weighed: look-ups wait for memory, and those of neighbouring
//!   positions can wait together. Each character's code and categories are looked up once for each thread.
//! - A blank is no node, as in MeCab: the words on both sides of it are connected with each other.
//! - Where no word of the dictionary begins, an unknown word may begin inside another unknown word, as in MeCab:
//!   `です。）` would else end in the symbol `。）`, as no word begins at `）`.
//! - Unknown words of one class with the same end are nodes only if cheaper than those before.
//!
//! `tests/tokeniser.rs` holds it against an exhaustive search and against lindera's segmenter. Its interface is
//! [`Lattice`] and, for the dictionary, [`DictionaryView`] and [`TrieFiles`]; all else is private to this folder.

mod candidates;
mod characters;
mod node;
mod search;
mod trie;
mod unknown;

use std::iter;
use std::ops::Range;

use lindera::dictionary::Dictionary;

use self::candidates::{Candidate, Position};
use self::characters::Characters;
use self::node::{Node, Predecessor};
use self::unknown::Cheapest;
use super::{Morpheme, Word};

pub(super) use self::trie::{Trie, TrieFiles};

/// What the search reads of a dictionary.
#[derive(Clone, Copy)]
pub(super) struct DictionaryView<'d> {
    pub words: &'d Dictionary,
    pub trie: Trie<'d>,
}

/// The buffers of the search, for one dictionary.
pub(super) struct Lattice {
    characters: Characters,
    /// The class of unknown words that blanks are given; none if the dictionary has no category for them.
    blank: Option<Word>,
    /// By position: the trie's code of its character.
    codes: Vec<u32>,
    /// By character of the text, and the end of the text.
    positions: Vec<Position>,
    /// Those that begin at the same position stand together, the shortest first.
    candidates: Vec<Candidate>,
    nodes: Vec<Node>,
    /// By position: the nodes that words beginning there are connected with. All are empty between two searches.
    predecessors: Vec<Vec<Predecessor>>,
    /// The last run of positions whose first category is the same.
    run: Range<usize>,
    /// By class of unknown words: the cheapest node that is a whole run of characters, and the cheapest that is not.
    cheapest: Vec<[Cheapest; 2]>,
    /// The best path as indices of nodes, the last first.
    path: Vec<u32>,
}

impl Lattice {
    pub fn new(dictionary: DictionaryView) -> Self {
        let DictionaryView { words, .. } = dictionary;
        let characters = Characters::new(dictionary);
        let classes = characters.blanks().map(|category| words.unknown_dictionary.lookup_word_ids(category));
        Lattice {
            characters,
            blank: classes.and_then(<[u32]>::first).map(|class| Word::unknown(*class)),
            codes: Vec::new(),
            positions: Vec::new(),
            candidates: Vec::new(),
            nodes: Vec::new(),
            predecessors: Vec::new(),
            run: 0..0,
            cheapest: vec![Default::default(); words.unknown_dictionary.costs.len()],
            path: Vec::new(),
        }
    }

    /// Appends the morphemes of `text`, which begins `offset` bytes behind the beginning of its sentence. The
    /// dictionary must be the one that the lattice was made for.
    pub fn cut(
        &mut self,
        dictionary: DictionaryView,
        text: &str,
        offset: usize,
        morphemes: &mut Vec<Morpheme>,
    ) {
        self.look_up(dictionary, text);
        let last = self.search(dictionary, text);
        self.backtrace(last);
        let mut end = 0;
        for index in self.path.iter().rev() {
            let Node { start, length, word, .. } = self.nodes[*index as usize];
            self.add_blank(end, start, offset, morphemes);
            end = start + u32::from(length);
            morphemes.push(self.morpheme(start, end, word, offset));
        }
        self.add_blank(end, self.codes.len() as u32, offset, morphemes);
    }

    /// Fills `path`, from the last node to the one behind the node of the beginning.
    fn backtrace(&mut self, last: u32) {
        self.path.clear();
        let nodes = iter::successors(Some(last), |index| Some(self.nodes[*index as usize].predecessor));
        self.path.extend(nodes.take_while(|index| *index != node::BEGINNING));
    }

    fn morpheme(&self, start: u32, end: u32, word: Word, offset: usize) -> Morpheme {
        let byte = |position: u32| self.positions[position as usize].byte + offset as u32;
        Morpheme { start: byte(start), end: byte(end), word }
    }

    fn add_blank(&self, start: u32, end: u32, offset: usize, morphemes: &mut Vec<Morpheme>) {
        if let Some(word) = self.blank.filter(|_| start < end) {
            morphemes.push(self.morpheme(start, end, word, offset));
        }
    }
}
