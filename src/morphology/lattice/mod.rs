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
//! - Eight words are weighed at once, where processor and dictionary allow it ([`lanes`]).
//!
//! `tests/library/tokeniser.rs` holds it against an exhaustive search and against lindera's segmenter, and the tests of
//! this folder hold the lanes against the plain search. Its interface is [`Lattice`] and, for the dictionary,
//! [`DictionaryView`], [`Layout`] and [`lay_out`]; all else is private to this folder.

mod arrivals;
mod candidates;
mod characters;
#[cfg(target_arch = "x86_64")]
mod lanes;
mod layout;
mod plain;
mod search;
mod trie;
mod unknown;

use lindera::dictionary::Dictionary;

use self::arrivals::Step;
use self::candidates::Text;
#[cfg(target_arch = "x86_64")]
use self::lanes::{Lanes, MOST_BLANKS, Weighing, fits, least_of_eight};
use self::plain::Plain;
use self::search::find_way;
use self::unknown::{UNKNOWN, UnknownWords};
use super::{Morpheme, Word};

pub(super) use self::layout::{Files, ROW, lay_out};
pub(super) use self::trie::Layout;

/// What the search reads of a dictionary.
#[derive(Clone, Copy)]
pub(super) struct DictionaryView<'d> {
    pub words: &'d Dictionary,
    pub layout: Layout<'d>,
}

/// The longest text that can be cut at once, in bytes: places have numbers of 16 bits.
pub(super) const LONGEST: usize = u16::MAX as usize;

/// The buffers of the search, for one dictionary.
pub(super) struct Lattice {
    text: Text,
    unknown: UnknownWords,
    /// The class of unknown words that blanks are given; none if the dictionary has no category for them.
    blank: Option<Word>,
    #[cfg(target_arch = "x86_64")]
    lanes: Lanes,
    plain: Plain,
    /// The best path, the last word first.
    path: Vec<Step>,
}

impl Lattice {
    pub fn new(dictionary: DictionaryView) -> Self {
        let text = Text::new(dictionary);
        let unknown = &dictionary.words.unknown_dictionary;
        let classes = text.characters.blanks().map(|category| unknown.lookup_word_ids(category));
        Lattice {
            text,
            unknown: UnknownWords::new(dictionary),
            blank: classes.and_then(<[u32]>::first).map(|class| Word::unknown(*class)),
            #[cfg(target_arch = "x86_64")]
            lanes: Lanes::new(dictionary.layout),
            plain: Plain::default(),
            path: Vec::new(),
        }
    }

    /// Appends the morphemes of `text`, which has [`LONGEST`] bytes at most and begins `offset` bytes behind the
    /// beginning of its sentence. The dictionary must be the one that the lattice was made for.
    pub fn cut(
        &mut self,
        dictionary: DictionaryView,
        text: &str,
        offset: usize,
        morphemes: &mut Vec<Morpheme>,
    ) {
        assert!(text.len() <= LONGEST, "{} bytes are too many to be cut at once", text.len());
        self.text.look_up(dictionary, text);
        // A dictionary without unknown words for some character; half a sentence must not pass for a whole one.
        let is_found = self.find_in_lanes(dictionary) || self.find_plainly(dictionary);
        assert!(is_found, "the dictionary has no path through {text:?}");
        let mut behind = 0;
        for Step { word, start, end, .. } in self.path.iter().rev() {
            let word = if word & UNKNOWN > 0 {
                Word::unknown(word & !UNKNOWN)
            } else {
                Word::known(dictionary.layout.number(*word))
            };
            self.add_blank(behind, *start, offset, morphemes);
            morphemes.push(self.morpheme(*start, *end, word, offset));
            behind = *end;
        }
        self.add_blank(behind, self.text.length() as u32, offset, morphemes);
    }

    /// Fills `path`, on every processor and with every dictionary; false if there is none.
    fn find_plainly(&mut self, dictionary: DictionaryView) -> bool {
        find_way(dictionary, &self.text, &mut self.unknown, &mut self.plain, &mut self.path)
    }

    /// The same in lanes; false also if this processor, dictionary or text is not one for them.
    #[cfg(target_arch = "x86_64")]
    fn find_in_lanes(&mut self, dictionary: DictionaryView) -> bool {
        let fits = fits(dictionary.layout) && !self.text.has_more_blanks_than(MOST_BLANKS);
        if !(fits && is_x86_feature_detected!("sse4.1")) {
            return false;
        }
        // SAFETY: the processor has been asked for what the function is compiled for.
        #[allow(unsafe_code)]
        unsafe {
            self.find_with_sse41(dictionary)
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn find_in_lanes(&mut self, _: DictionaryView) -> bool {
        false
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "sse4.1")]
    fn find_with_sse41(&mut self, dictionary: DictionaryView) -> bool {
        let Lattice { text, unknown, lanes, path, .. } = self;
        let mut weighing = Weighing { lanes, least: |numbers| least_of_eight(numbers) };
        find_way(dictionary, text, unknown, &mut weighing, path) && !weighing.lanes.is_overfull
    }

    fn morpheme(&self, start: u32, end: u32, word: Word, offset: usize) -> Morpheme {
        let byte = |position: u32| self.text.positions()[position as usize].byte + offset as u32;
        Morpheme { start: byte(start), end: byte(end), word }
    }

    fn add_blank(&self, start: u32, end: u32, offset: usize, morphemes: &mut Vec<Morpheme>) {
        if let Some(word) = self.blank.filter(|_| start < end) {
            morphemes.push(self.morpheme(start, end, word, offset));
        }
    }
}

#[cfg(test)]
mod tests {
    //! The lanes take the way that the plain search takes.

    use proptest::prelude::*;

    use super::super::Dictionary;
    use super::*;

    /// A word on the way: its number, its first place and the one behind it.
    type Found = (u32, u32, u32);

    /// Both ways through a text; that of the lanes is missing where they leave it to the plain search.
    fn both(dictionary: &Dictionary, lattice: &mut Lattice, text: &str) -> (Option<Vec<Found>>, Vec<Found>) {
        let dictionary = dictionary.view();
        let found =
            |lattice: &Lattice| lattice.path.iter().map(|step| (step.word, step.start, step.end)).collect();
        lattice.text.look_up(dictionary, text);
        let lanes = lattice.find_in_lanes(dictionary).then(|| found(lattice));
        assert!(lattice.find_plainly(dictionary), "{text:?}");
        (lanes, found(lattice))
    }

    /// Whether this processor has lanes.
    fn has_lanes() -> bool {
        #[cfg(target_arch = "x86_64")]
        return is_x86_feature_detected!("sse4.1");
        #[cfg(not(target_arch = "x86_64"))]
        false
    }

    #[track_caller]
    fn assert_same(dictionary: &Dictionary, texts: impl IntoIterator<Item = String>) {
        let mut lattice = Lattice::new(dictionary.view());
        for text in texts {
            let (lanes, plain) = both(dictionary, &mut lattice, &text);
            assert_eq!(lanes, has_lanes().then_some(plain), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn any_text(text in "[ぁ-んァ-ヴー一-龠々a-zA-Z0-9Ａ-Ｚ０-９ｱ-ﾝ。、！？・「」（）()…%㍿😀𠮷 \t\u{3000}\u{3099}αБ一二三-]{1,80}|\\PC{1,60}") {
            thread_local! {
                static DICTIONARY: Dictionary = Dictionary::embedded().unwrap();
            }
            DICTIONARY.with(|dictionary| assert_same(dictionary, [text]));
        }
    }

    #[test]
    fn all_of_unicode() {
        let all: Vec<char> = ('\0'..=char::MAX).collect();
        // Four bytes a character at most.
        let texts = all.chunks(LONGEST / 4).map(String::from_iter);
        assert_same(&Dictionary::embedded().unwrap(), texts);
    }

    #[test]
    fn twenty_thousand_characters_and_short_texts_behind() {
        let long: String =
            "効果が期待される、すもももももももものうち ".chars().cycle().take(20_000).collect();
        let texts =
            [long, "あ".repeat(20_000), "犬".into(), String::new(), " ".into(), "犬か ".repeat(3_000)];
        assert_same(&Dictionary::embedded().unwrap(), texts);
    }

    #[test]
    fn more_blanks_than_there_is_room_for() {
        let dictionary = Dictionary::embedded().unwrap();
        let mut lattice = Lattice::new(dictionary.view());
        for (blanks, fits) in [(255, true), (256, false)] {
            let text = format!("犬{}が", " ".repeat(blanks));
            let (lanes, plain) = both(&dictionary, &mut lattice, &text);
            assert_eq!(plain.iter().map(|(_, start, end)| (*start, *end)).collect::<Vec<_>>().len(), 2);
            assert_eq!(lanes, (fits && has_lanes()).then_some(plain), "{blanks}");
        }
    }

    /// Dictionaries made for a test.
    #[cfg(feature = "documents")]
    mod made {
        use std::fmt::Write;
        use std::fs;
        use std::path::Path;

        use super::super::super::DictionarySource;
        use super::*;

        /// A dictionary with so many contexts, words as (form, left, right, cost), and the costs of connections.
        fn dictionary(
            contexts: u16,
            words: impl IntoIterator<Item = (String, u16, u16, i16)>,
            cost: impl Fn(u16, u16) -> i16,
        ) -> Dictionary {
            let place = tempfile::tempdir().unwrap();
            let [source, built] = ["source", "built"].map(|name| place.path().join(name));
            fs::create_dir(&source).unwrap();
            let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unidic");
            for name in ["char.def", "unk.def"] {
                fs::copy(repository.join(name), source.join(name)).unwrap();
            }
            let (mut list, mut matrix) = (String::new(), format!("{contexts} {contexts}\n"));
            for (form, left, right, cost) in words {
                writeln!(list, "{form},{left},{right},{cost}{}", ",*".repeat(29)).unwrap();
            }
            for right in 0..contexts {
                for left in 0..contexts {
                    writeln!(matrix, "{right} {left} {}", cost(right, left)).unwrap();
                }
            }
            fs::write(source.join("lex.csv"), list).unwrap();
            fs::write(source.join("matrix.def"), matrix).unwrap();
            DictionarySource::find(&source, &built).unwrap().build().unwrap();
            Dictionary::from_folder(&built).unwrap()
        }

        /// Numbers that look random.
        fn mixed(one: impl Into<u32>, two: impl Into<u32>) -> i16 {
            let number = (one.into() << 16 ^ two.into())
                .wrapping_mul(0x9e37_79b1)
                .rotate_left(13)
                .wrapping_mul(0x85eb_ca6b);
            (number >> 16) as i16
        }

        /// Words 犬, 犬犬 and so on, each with so many contexts and costs.
        fn dogs(longest: usize, alike: u16) -> impl Iterator<Item = (String, u16, u16, i16)> {
            (1..=longest).flat_map(move |length| {
                (0..alike).map(move |word| {
                    let any = |salt: u32| mixed(salt + length as u32, word).unsigned_abs();
                    ("犬".repeat(length), any(1) % 40, any(100) % 40, mixed(7_u32, word) % 300)
                })
            })
        }

        #[test]
        fn three_hundred_and_more_words_arrive_at_a_place() {
            // Costs that are often the same, as the earlier must win.
            for most in [5, 3_000] {
                let dictionary = dictionary(40, dogs(4, 110), |right, left| mixed(right, left) % most);
                assert_same(&dictionary, (1..14).map(|length| "犬".repeat(length)));
            }
        }

        #[cfg(target_arch = "x86_64")]
        #[test]
        fn more_words_than_have_ordinals_are_left_to_the_plain_search() {
            let dictionary = dictionary(40, dogs(6, 110), |right, left| mixed(right, left) % 3_000);
            let mut lattice = Lattice::new(dictionary.view());
            let arrivals = |length: usize| 110 * length.min(6);
            for length in 1..9 {
                let (lanes, plain) = both(&dictionary, &mut lattice, &"犬".repeat(length));
                let fits = arrivals(length) <= lanes::MOST;
                assert_eq!(lanes, (fits && has_lanes()).then_some(plain), "{length}");
            }
        }

        #[test]
        fn costs_may_be_as_far_apart_as_the_lanes_can_tell() {
            for (least, fits) in [(i16::MIN + 1, true), (i16::MIN, false)] {
                let cost = |right, left| match mixed(right, left) % 5 {
                    0 => least,
                    1 => i16::MAX,
                    2 => i16::MAX - 1,
                    _ => mixed(left, right) | 1,
                };
                let dictionary = dictionary(40, dogs(3, 20), cost);
                let mut lattice = Lattice::new(dictionary.view());
                for length in 1..40 {
                    let (lanes, plain) = both(&dictionary, &mut lattice, &"犬".repeat(length));
                    assert_eq!(lanes, (fits && has_lanes()).then_some(plain), "{least}, {length}");
                }
            }
        }
    }
}
