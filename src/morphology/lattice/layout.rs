//! Lays the forms and words of a dictionary out for the search. The build script does so for the embedded one, with
//! this file; a dictionary from a folder is laid out when it is loaded.
//!
//! What a step of the search reads stands together, so that it waits for memory once: with a node of the trie its words,
//! with a word what it is weighed by. lindera keeps them in five places.
//!
//! All numbers are little-endian: a header of eight of 32 bits (how many nodes, entries, runs and codes; the least and
//! the greatest connection cost; the length of a row of these; one that is not used), then
//!
//! - the nodes of a double-array trie over characters (Aoe 1989): `base`, the node before, the words of the form that
//!   ends there (index of the first entry × 256 + how many), and a filter: the bit `code % 32` of each child;
//! - the entries of words: where the connection costs of the left context begin, right context, cost;
//! - runs of words whose numbers follow each other: the first entry, and its number in lindera's dictionary;
//! - by code point, the code of the character in the trie.

use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;

/// How many costs follow a row of the matrix, at least: an index of 16 bits needs no check.
pub const ROW: usize = u16::MAX as usize + 1;

/// The numbers of the header.
pub const HEADER: usize = 8;

/// In crawdad's trie `base` and `check` are numbers of 31 bits and a flag. The flag of `base` marks a leaf, and the
/// number is then the index of its form; the flag of `check` says that a form ends at the node, with its leaf at `base`.
const NUMBER: u32 = u32::MAX >> 1;

/// As in MeCab, whose double array has room for no more.
const MOST_WORDS: u32 = 1 << 24;
const MOST_ALIKE: u32 = u8::MAX as u32;

/// The files of a dictionary that lindera's builder has written.
pub struct Files<'f> {
    /// `dict.trie`, of the crate crawdad: the number of codes, the code of each code point, one number that is not needed
    /// here, the number of nodes, then `base` and `check` of each node.
    pub trie: &'f [u8],
    /// `dict.valsidx`: by form, the index of the first of its words; and the number of all words.
    pub first_words: &'f [u8],
    /// `dict.vals`: number, cost, left and right context of each word, in 10 bytes.
    pub words: &'f [u8],
}

/// What is wrong with files that can't be laid out.
const CONTRADICTION: &str = "its files contradict each other; build it again";
const TOO_MANY: &str = "it has more than 16,777,216 words, or more than 255 that are written alike";

/// The bytes of the layout.
///
/// # Errors
/// If the files contradict each other or the matrix, or have more words than there is room for.
pub fn lay_out(files: &Files, matrix: &ConnectionCostMatrix) -> Result<Vec<u8>, &'static str> {
    let trie: Vec<u32> = numbers(files.trie).collect();
    let (length, rest) = trie.split_first().ok_or(CONTRADICTION)?;
    let (codes, rest) = rest.split_at_checked(*length as usize).ok_or(CONTRADICTION)?;
    let (nodes, _) = rest.get(2..).ok_or(CONTRADICTION)?.as_chunks();
    let first_words: Vec<u32> = numbers(files.first_words).collect();
    let (words, _) = files.words.as_chunks();
    let nodes = lay_out_nodes(nodes, &first_words, words.len())?;

    let (columns, rows) = (matrix.forward_size, matrix.backward_size);
    let (mut entries, mut runs, mut expected) = (Vec::with_capacity(2 * words.len()), Vec::new(), None);
    for (index, word) in words.iter().enumerate() {
        let [i0, i1, i2, i3, c0, c1, l0, l1, r0, r1] = *word;
        let number = u32::from_le_bytes([i0, i1, i2, i3]);
        let [cost, left, right] =
            [[c0, c1], [l0, l1], [r0, r1]].map(|two| u32::from(u16::from_le_bytes(two)));
        if left >= rows || right >= columns {
            return Err(CONTRADICTION);
        }
        entries.extend([left * columns, cost << 16 | right]);
        if expected != Some(number) {
            runs.extend([index as u32, number]);
        }
        expected = number.checked_add(1);
    }
    let costs = &matrix.costs()[..(rows * columns) as usize];
    let [least, greatest] =
        [costs.iter().min(), costs.iter().max()].map(|cost| i32::from(*cost.unwrap_or(&0)) as u32);
    let [nodes_, words_, runs_, codes_] =
        [nodes.len() / 4, words.len(), runs.len() / 2, codes.len()].map(|length| length as u32);
    let header: [u32; HEADER] = [nodes_, words_, runs_, codes_, least, greatest, columns, 0];
    let all = header.into_iter().chain(nodes).chain(entries).chain(runs).chain(codes.iter().copied());
    Ok(all.flat_map(u32::to_le_bytes).collect())
}

/// Four numbers for each node.
fn lay_out_nodes(nodes: &[[u32; 2]], first_words: &[u32], words: usize) -> Result<Vec<u32>, &'static str> {
    let of_form = |base: u32| {
        let form = first_words.get((base & NUMBER) as usize..).and_then(<[u32]>::first_chunk);
        let [first, end] =
            *form.filter(|[first, end]| first <= end && *end as usize <= words).ok_or(CONTRADICTION)?;
        let count = end - first;
        if first < MOST_WORDS && count <= MOST_ALIKE { Ok(first << 8 | count) } else { Err(TOO_MANY) }
    };
    let mut laid_out = Vec::with_capacity(4 * nodes.len());
    for [base, check] in nodes {
        // Of a place that is not used, all bits of the number are set.
        let words = match () {
            () if check & NUMBER == NUMBER => 0,
            () if *base > NUMBER => of_form(*base)?,
            () if *check > NUMBER => of_form(nodes.get(*base as usize).ok_or(CONTRADICTION)?[0])?,
            () => 0,
        };
        laid_out.extend([base & NUMBER, check & NUMBER, words, 0]);
    }
    for (index, [_, check]) in nodes.iter().enumerate().skip(1) {
        let parent = (check & NUMBER) as usize;
        if let Some([base, _]) = nodes.get(parent).filter(|[base, _]| *base <= NUMBER) {
            // The code 0 is the end of a form.
            let code = base ^ index as u32;
            laid_out[4 * parent + 3] |= if code > 0 { filter_bit(code) } else { 0 };
        }
    }
    Ok(laid_out)
}

/// The bit of a child in the filter of a node.
#[inline(always)]
pub fn filter_bit(code: u32) -> u32 {
    1_u32.wrapping_shl(code)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number))
}
