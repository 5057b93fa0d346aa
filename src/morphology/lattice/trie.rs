//! The dictionary's trie of surface forms, walked in the bytes that lindera's builder wrote.
//!
//! lindera walks it as well, but maps each character to its code once for each candidate, and checks each byte that it
//! reads: a sixth of all instructions of cutting, of which half are left here (docs/performance.md).

use std::borrow::Cow;

/// An entry of `dict.vals`: word id, word cost, left and right context id, all little-endian.
pub type Record = [u8; 10];

/// The code of a character that is in no form.
pub const NO_CODE: u32 = u32::MAX;

/// `base` and `check` are numbers of 31 bits and a flag. The flag of `base` marks a leaf, and the number is then the
/// index of its form; the flag of `check` says that a form ends at the node, with its leaf at `base`.
const NUMBER: u32 = u32::MAX >> 1;

/// The files of a dictionary that the trie is read from.
#[derive(Default)]
pub struct TrieFiles {
    /// `dict.trie`.
    pub trie: Cow<'static, [u8]>,
    /// `dict.valsidx`.
    pub first_records: Cow<'static, [u8]>,
}

/// A node of the trie.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TrieNode {
    index: u32,
    base: u32,
}

impl TrieNode {
    /// No node: no form goes on.
    pub const NONE: TrieNode = TrieNode { index: u32::MAX, base: 0 };
}

/// Indices of records: those of the words that are written alike.
#[derive(Clone, Copy)]
pub struct RecordRange {
    start: u32,
    end: u32,
}

impl RecordRange {
    pub const EMPTY: RecordRange = RecordRange { start: 0, end: 0 };

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// All surface forms as a double-array trie over characters (Aoe 1989), with the records of the words of each form.
///
/// `dict.trie` is written by the crate crawdad, in little-endian u32: the number of codes, the code of each code point, one
/// number that is not needed here, the number of nodes, then `base` and `check` of each node.
#[derive(Clone, Copy)]
pub struct Trie<'d> {
    codes: &'d [[u8; 4]],
    nodes: &'d [[u8; 8]],
    /// By form: the index of the first of its records; and the number of all records.
    first_records: &'d [[u8; 4]],
    records: &'d [Record],
}

impl<'d> Trie<'d> {
    /// The trie of a dictionary that lindera has loaded, and so has found whole; `records` are the bytes of `dict.vals`.
    pub fn new(files: &'d TrieFiles, records: &'d [u8]) -> Self {
        let (numbers, _) = files.trie.as_chunks();
        let (codes, rest) = numbers
            .split_first()
            .and_then(|(length, numbers)| numbers.split_at_checked(number(*length) as usize))
            .unwrap_or_default();
        Trie {
            codes,
            nodes: rest.get(2..).unwrap_or_default().as_flattened().as_chunks().0,
            first_records: files.first_records.as_chunks().0,
            records: records.as_chunks().0,
        }
    }

    /// The code of a character.
    pub fn code(self, character: char) -> u32 {
        self.codes.get(character as usize).map_or(NO_CODE, |code| number(*code))
    }

    pub fn root(self) -> TrieNode {
        self.nodes.first().map_or(TrieNode::NONE, |root| TrieNode { index: 0, base: base_and_check(root).0 })
    }

    /// The node that an edge leads to, and the records of the form that ends there.
    #[inline(always)]
    pub fn child(self, parent: TrieNode, code: u32) -> Option<(TrieNode, RecordRange)> {
        let index = parent.base ^ code;
        let (base, check) = base_and_check(self.nodes.get(index as usize)?);
        if check & NUMBER != parent.index {
            return None;
        }
        if base > NUMBER {
            return Some((TrieNode::NONE, self.range(base)));
        }
        let leaf = if check > NUMBER { self.nodes.get(base as usize) } else { None };
        let range = leaf.map_or(RecordRange::EMPTY, |leaf| self.range(base_and_check(leaf).0));
        Some((TrieNode { index, base }, range))
    }

    /// Gives each form that a text begins with, the shortest first: its length in characters, and its records. The text
    /// is read from the node on.
    #[inline(always)]
    pub fn common_prefixes(self, mut node: TrieNode, text: &[u32], mut each: impl FnMut(usize, RecordRange)) {
        for (index, code) in text.iter().enumerate() {
            if node == TrieNode::NONE {
                return;
            }
            let Some((child, records)) = self.child(node, *code) else { return };
            if !records.is_empty() {
                each(index + 1, records);
            }
            node = child;
        }
    }

    /// The records of a range.
    #[inline(always)]
    pub fn records(self, range: RecordRange) -> &'d [Record] {
        self.records.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The records of the form whose leaf has this base.
    #[inline(always)]
    fn range(self, base: u32) -> RecordRange {
        let form = (base & NUMBER) as usize;
        let ends = self.first_records.get(form..).and_then(<[_]>::first_chunk);
        ends.map_or(RecordRange::EMPTY, |[start, end]| RecordRange {
            start: number(*start),
            end: number(*end),
        })
    }
}

fn number(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes)
}

#[inline(always)]
fn base_and_check(node: &[u8; 8]) -> (u32, u32) {
    let both = u64::from_le_bytes(*node);
    (both as u32, (both >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::super::super::Dictionary;
    use super::*;

    #[test]
    fn forms_and_words_are_those_that_lindera_finds() {
        let dictionary = Dictionary::embedded().unwrap();
        let trie = dictionary.view().trie;
        let text: Vec<char> =
            "東京都に行った。すもももももももものうち、ｶﾀｶﾅとABC㍿😀𠮷\u{ffff}だ\u{0}！".chars().collect();
        let codes: Vec<u32> = text.iter().map(|character| trie.code(*character)).collect();
        let mut all = 0;
        for start in 0..text.len() {
            let mut found = Vec::new();
            trie.common_prefixes(trie.root(), &codes[start..], |length, range| {
                found.push((trie.records(range).as_flattened(), length));
            });
            let theirs = dictionary.view().words.prefix_dictionary.common_prefix_search(&text[start..]);
            assert_eq!(found, theirs.collect::<Vec<_>>(), "from character {start}");
            all += found.len();
        }
        assert!(all > 30, "{all} forms show little");
    }

    #[test]
    fn a_dictionary_without_words_has_no_form() {
        let files = TrieFiles { trie: vec![0; 12].into(), first_records: vec![0; 4].into() };
        let trie = Trie::new(&files, &[]);
        trie.common_prefixes(trie.root(), &[trie.code('語')], |length, _| panic!("a form of {length}"));
    }
}
