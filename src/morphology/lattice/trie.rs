//! The dictionary as the search reads it, in the bytes of [`lay_out`](super::layout::lay_out).

use super::layout::{HEADER, ROW, filter_bit};

/// The code of a character that is in no form.
pub const NO_CODE: u32 = u32::MAX;

/// What a dictionary weighs a word by.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Where the connection costs of its left context begin in the matrix.
    pub row: u32,
    /// The right context id, for the word behind.
    pub right: u16,
    pub cost: i16,
}

/// The connection costs of a left context, by right context; and what stands behind them in the matrix.
pub type Row = [i16; ROW];

/// The words that are written alike.
#[derive(Clone, Copy, Default)]
pub struct Words(u32);

impl Words {
    pub const NONE: Words = Words(0);

    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.0 & 0xff == 0
    }
}

/// A node of the trie.
#[derive(Clone, Copy)]
pub struct TrieNode {
    index: u32,
    base: u32,
    filter: u32,
}

impl TrieNode {
    /// No node: no form goes on.
    pub const NONE: TrieNode = TrieNode { index: u32::MAX, base: 0, filter: 0 };
}

/// Forms, words and connection costs of a dictionary.
#[derive(Clone, Copy)]
pub struct Layout<'d> {
    nodes: &'d [[u8; 16]],
    entries: &'d [[u8; 8]],
    runs: &'d [[u8; 8]],
    codes: &'d [[u8; 4]],
    costs: &'d [i16],
    /// The number of right contexts.
    columns: u32,
    /// The least connection cost.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
    pub least: i16,
    /// The greatest connection cost less the least.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
    pub spread: u32,
}

impl<'d> Layout<'d> {
    /// Reads the bytes of a layout, and the costs of the matrix that it was made with, with [`ROW`] more behind.
    pub fn new(bytes: &'d [u8], costs: &'d [i16]) -> Self {
        let (header, rest) = bytes.as_chunks().0.split_first_chunk().unwrap_or((&[[0; 4]; HEADER], &[]));
        let [nodes, entries, runs, codes, least, greatest, columns, _] = header.map(u32::from_le_bytes);
        let mut rest = rest.as_flattened();
        let mut part = |length: u32, size: usize| {
            let (part, others) = rest.split_at_checked(length as usize * size).unwrap_or_default();
            rest = others;
            part
        };
        Layout {
            nodes: part(nodes, 16).as_chunks().0,
            entries: part(entries, 8).as_chunks().0,
            runs: part(runs, 8).as_chunks().0,
            codes: part(codes, 4).as_chunks().0,
            costs,
            columns,
            least: least as i16,
            spread: greatest.wrapping_sub(least),
        }
    }

    /// The code of a character.
    pub fn code(self, character: char) -> u32 {
        self.codes.get(character as usize).map_or(NO_CODE, |code| u32::from_le_bytes(*code))
    }

    pub fn root(self) -> TrieNode {
        self.nodes.first().map_or(TrieNode::NONE, |root| node(0, *root).0)
    }

    /// The node that an edge leads to, and the words of the form that ends there.
    #[inline(always)]
    pub fn child(self, parent: TrieNode, code: u32) -> Option<(TrieNode, Words)> {
        // Most forms that don't go on are known by this, without a look at a node that is seldom in the cache.
        if parent.filter & filter_bit(code) == 0 {
            return None;
        }
        let index = parent.base ^ code;
        let (child, before, words) = node(index, *self.nodes.get(index as usize)?);
        (before == parent.index).then_some((child, words))
    }

    /// Gives each node that a text leads to: its length in characters, and the words of the form that ends there. The
    /// text is read from the node on.
    #[inline(always)]
    pub fn common_prefixes(self, mut node: TrieNode, text: &[u32], mut each: impl FnMut(usize, Words)) {
        for (index, code) in text.iter().enumerate() {
            let Some((child, words)) = self.child(node, *code) else { return };
            each(index + 1, words);
            node = child;
        }
    }

    /// Words with what they are weighed by; the last in the dictionary first, as it wins ties, as in lindera.
    #[inline(always)]
    pub fn entries(self, words: Words) -> impl ExactSizeIterator<Item = (u32, Entry)> {
        let first = (words.0 >> 8) as usize;
        let entries = self.entries.get(first..first + (words.0 & 0xff) as usize).unwrap_or_default();
        entries.iter().enumerate().rev().map(move |(index, bytes)| {
            let number = u64::from_le_bytes(*bytes);
            let entry =
                Entry { row: number as u32, right: (number >> 32) as u16, cost: (number >> 48) as i16 };
            ((first + index) as u32, entry)
        })
    }

    /// The costs of a left context, by where they begin.
    #[inline(always)]
    pub fn row(self, start: u32) -> &'d Row {
        let start = start as usize;
        let row = self.costs.get(start..start + ROW).and_then(|row| row.try_into().ok());
        row.expect("each context of a dictionary that was loaded has costs, and as many follow the last")
    }

    /// An entry of a word with these contexts.
    pub fn entry(self, left: u32, right: u32, cost: i16) -> Entry {
        Entry { row: left * self.columns, right: right as u16, cost }
    }

    /// The number of the word with this entry in lindera's dictionary.
    pub fn number(self, entry: u32) -> u32 {
        let run = |[a, b, c, d, rest @ ..]: &[u8; 8]| {
            (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes(*rest))
        };
        let behind = self.runs.partition_point(|bytes| run(bytes).0 <= entry);
        let (first, number) = behind.checked_sub(1).map_or((0, 0), |index| run(&self.runs[index]));
        number + (entry - first)
    }
}

/// A node with what stands in its bytes: the node before it, and its words.
#[inline(always)]
fn node(index: u32, bytes: [u8; 16]) -> (TrieNode, u32, Words) {
    let number = u128::from_le_bytes(bytes);
    let node = TrieNode { index, base: number as u32, filter: (number >> 96) as u32 };
    (node, (number >> 32) as u32, Words((number >> 64) as u32))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use lindera::dictionary::{Dictionary as Theirs, load_fs_dictionary_with_options};

    use super::super::super::Dictionary;
    use super::*;

    fn theirs() -> Theirs {
        load_fs_dictionary_with_options(&Path::new(env!("HEDGEROW_BUILT")).join("ipadic"), false).unwrap()
    }

    #[test]
    fn forms_and_words_are_those_that_lindera_finds() {
        let (dictionary, theirs) = (Dictionary::embedded().unwrap(), theirs());
        let layout = dictionary.view().layout;
        let matrix = &theirs.connection_cost_matrix;
        let text: Vec<char> =
            "東京都に行った。すもももももももものうち、ｶﾀｶﾅとABC㍿😀𠮷\u{ffff}だ\u{0}\u{3000}！"
                .chars()
                .collect();
        let codes: Vec<u32> = text.iter().map(|character| layout.code(*character)).collect();
        let mut all = 0;
        for start in 0..text.len() {
            let mut found = Vec::new();
            layout.common_prefixes(layout.root(), &codes[start..], |length, words| {
                let first = found.len();
                for (index, Entry { row, right, cost }) in layout.entries(words) {
                    found.insert(first, (length, layout.number(index), row, right, cost));
                }
            });
            let suffix: String = text[start..].iter().collect();
            let expected = theirs.prefix_dictionary.prefix(&suffix).map(|(end, entry)| {
                let row = entry.left_id() * matrix.forward_size;
                let length = suffix[..end].chars().count();
                (length, entry.word_id().id(), row, entry.right_id() as u16, entry.word_cost())
            });
            assert_eq!(found, expected.collect::<Vec<_>>(), "from character {start}");
            all += found.len();
        }
        assert!(all > 30, "{all} words show little");
    }

    #[test]
    fn costs_are_those_of_the_matrix() {
        let (dictionary, theirs) = (Dictionary::embedded().unwrap(), theirs());
        let layout = dictionary.view().layout;
        let matrix = &theirs.connection_cost_matrix;
        let (mut least, mut greatest) = (0, 0);
        for left in 0..matrix.backward_size {
            let row = matrix.row(left);
            assert_eq!(layout.row(layout.entry(left, 0, 0).row)[..row.len()], *row);
            least = row.iter().copied().fold(least, i16::min);
            greatest = row.iter().copied().fold(greatest, i16::max);
        }
        assert_eq!((layout.least, layout.spread), (least, greatest.abs_diff(least).into()));
    }

    #[test]
    fn a_dictionary_without_words_has_no_form() {
        let layout = Layout::new(&[], &[]);
        layout
            .common_prefixes(layout.root(), &[layout.code('語')], |length, _| panic!("a form of {length}"));
    }
}
