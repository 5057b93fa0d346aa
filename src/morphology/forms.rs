//! The words of a dictionary by their form, read where lindera's builder wrote them.
//!
//! lindera looks forms up as well, but asks for the code of each character at each place, and checks each byte that it
//! reads: a sixth of all instructions of cutting, of which half are left here (docs/performance.md).

use std::borrow::Cow;

/// A record of lindera's dictionary: a word's number, its cost, its left and its right context.
pub(super) type Record = [u8; 10];

/// The code of a character that stands in no form; no node is reached by it.
pub(super) const NO_CODE: u32 = u32::MAX;

/// The bits of a node's halves that are a number. The first bit marks, in `base`, a leaf, whose number is that of its form;
/// in `check`, a form that ends here, whose leaf is the node at `base`.
const NUMBER: u32 = u32::MAX >> 1;

/// The files of a dictionary that its forms are read from.
#[derive(Default)]
pub(super) struct FormFiles {
    /// `dict.trie`.
    pub trie: Cow<'static, [u8]>,
    /// `dict.valsidx`.
    pub first_records: Cow<'static, [u8]>,
}

/// Some characters that forms begin with, as a node of their tree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Branch {
    node: u32,
    base: u32,
}

impl Branch {
    /// No form begins so, or none goes on.
    pub const NONE: Branch = Branch { node: u32::MAX, base: 0 };
}

/// All forms, as a double array over characters (Aoe 1989), and the words that are written so.
///
/// `dict.trie` is what the package crawdad writes, all of it numbers of four bytes, the smallest first: how many codes there
/// are, the codes by character, a number that is not needed here, how many nodes there are, and `base` and `check` of each.
#[derive(Clone, Copy)]
pub(super) struct Forms<'d> {
    codes: &'d [[u8; 4]],
    nodes: &'d [[u8; 8]],
    /// By form: the number of the first of its records.
    first_records: &'d [[u8; 4]],
    records: &'d [Record],
}

impl<'d> Forms<'d> {
    /// The forms of a dictionary that lindera has loaded, and so has found whole; `records` are the bytes of `dict.vals`.
    pub fn new(files: &'d FormFiles, records: &'d [u8]) -> Self {
        let (numbers, _) = files.trie.as_chunks();
        let (codes, behind) = numbers
            .split_first()
            .and_then(|(length, numbers)| numbers.split_at_checked(number(*length) as usize))
            .unwrap_or_default();
        Forms {
            codes,
            nodes: behind.get(2..).unwrap_or_default().as_flattened().as_chunks().0,
            first_records: files.first_records.as_chunks().0,
            records: records.as_chunks().0,
        }
    }

    /// What stands for a character when forms are looked up.
    pub fn code(self, character: char) -> u32 {
        self.codes.get(character as usize).map_or(NO_CODE, |code| number(*code))
    }

    /// Where the forms begin.
    pub fn root(self) -> Branch {
        self.nodes.first().map_or(Branch::NONE, |root| Branch { node: 0, base: halves(root).0 })
    }

    /// Where the forms go on that have a character next, and the words whose form ends with it.
    #[inline(always)]
    pub fn step(self, from: Branch, code: u32) -> Option<(Branch, &'d [Record])> {
        let node = from.base ^ code;
        let (base, check) = halves(self.nodes.get(node as usize)?);
        if check & NUMBER != from.node {
            return None;
        }
        if base > NUMBER {
            return Some((Branch::NONE, self.words(base)));
        }
        let leaf = if check > NUMBER { self.nodes.get(base as usize) } else { None };
        let words = leaf.map_or(&[][..], |leaf| self.words(halves(leaf).0));
        Some((Branch { node, base }, words))
    }

    /// Gives the forms that go on with a text, from the shortest to the longest: how many of its characters each has, and
    /// the words that are written so.
    #[inline(always)]
    pub fn ahead(self, mut from: Branch, text: &[u32], mut each: impl FnMut(usize, &'d [Record])) {
        for (before, code) in text.iter().enumerate() {
            if from == Branch::NONE {
                return;
            }
            let Some((next, words)) = self.step(from, *code) else { return };
            if !words.is_empty() {
                each(before + 1, words);
            }
            from = next;
        }
    }

    /// The words of the form whose leaf has this base.
    #[inline(always)]
    fn words(self, base: u32) -> &'d [Record] {
        let form = (base & NUMBER) as usize;
        let ends = self.first_records.get(form..).and_then(<[_]>::first_chunk);
        let range = ends.map(|[first, behind]| number(*first) as usize..number(*behind) as usize);
        range.and_then(|range| self.records.get(range)).unwrap_or_default()
    }
}

fn number(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes)
}

/// `base` and `check` of a node.
#[inline(always)]
fn halves(node: &[u8; 8]) -> (u32, u32) {
    let both = u64::from_le_bytes(*node);
    (both as u32, (both >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::super::Dictionary;
    use super::*;

    #[test]
    fn forms_and_words_are_those_that_lindera_finds() {
        let dictionary = Dictionary::embedded().unwrap();
        let forms = dictionary.forms();
        let text: Vec<char> =
            "東京都に行った。すもももももももものうち、ｶﾀｶﾅとABC㍿😀𠮷\u{ffff}だ\u{0}！".chars().collect();
        let codes: Vec<u32> = text.iter().map(|character| forms.code(*character)).collect();
        let mut all = 0;
        for start in 0..text.len() {
            let mut found = Vec::new();
            forms.ahead(forms.root(), &codes[start..], |length, words| {
                found.push((words.as_flattened(), length))
            });
            let theirs = dictionary.inner().prefix_dictionary.common_prefix_search(&text[start..]);
            assert_eq!(found, theirs.collect::<Vec<_>>(), "from character {start}");
            all += found.len();
        }
        assert!(all > 30, "{all} forms show little");
    }

    #[test]
    fn a_dictionary_without_words_has_no_form() {
        let files = FormFiles { trie: vec![0; 12].into(), first_records: vec![0; 4].into() };
        let forms = Forms::new(&files, &[]);
        forms.ahead(forms.root(), &[forms.code('語')], |length, _| panic!("a form of {length}"));
    }
}
