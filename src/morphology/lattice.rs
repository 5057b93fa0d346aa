//! The lattice: every way to cut a stretch of text into words, and the cheapest of them.
//!
//! The words, their costs and the costs of their neighbourhood are lindera's; the search (Viterbi 1967) is our own,
//! as it is most of the running time. All words are looked up before any is weighed: look-ups wait for memory, and
//! those of neighbouring places can wait together. In two things it follows MeCab rather than lindera's lattice:
//!
//! - A blank is no word that its neighbours are weighed against: the words before and behind it are neighbours.
//! - Where no word of the dictionary begins, one that it does not know may, within another such word too: `です。）`
//!   would else end in the sign `。）`, as no word begins at `）` behind it.

use std::iter;
use std::mem;
use std::ops::Range;

use lindera::dictionary::Dictionary;

use super::characters::{Character, CharacterId, Characters, END};
use super::forms::{Forms, Record};
use super::{Morpheme, Word};

/// The name that MeCab's `char.def` has for the category of blanks.
const BLANKS: &str = "SPACE";

/// What a sentence begins and ends with: the context 0 of every dictionary.
const BOUNDARY: u16 = 0;

/// A character of the stretch.
struct Place {
    byte: u32,
    /// The number of the first of the words that begin here.
    words: u32,
    character: CharacterId,
    /// That its character is a blank: every word that ends before it asks.
    is_blank: bool,
}

/// A way to arrive at a place: a word that ends there behind the cheapest way to its beginning.
#[derive(Clone, Copy)]
struct Arrival {
    word: Word,
    start: u32,
    length: u16,
    /// The number of the arrival at its beginning.
    before: u32,
}

/// Where a word ends: behind its last character, and where the text goes on with no blank.
#[derive(Clone, Copy)]
struct End {
    place: usize,
    next: usize,
}

/// A word to go on by.
#[derive(Clone, Copy)]
struct Step {
    word: Word,
    cost: i16,
    left: u16,
    right: u16,
}

/// What it costs to come to an end by words of a class; nothing ends at 0.
#[derive(Clone, Copy, Default)]
struct Way {
    end: u32,
    cost: i32,
}

/// How an arrival is left again. Costs are compared together with numbers, so that of equal ones
/// the first to arrive is taken, as in lindera.
struct Leaving {
    cost_and_number: i64,
    right: u16,
}

fn cost_and_number(cost: i32, number: u32) -> i64 {
    (i64::from(cost) << 32) | i64::from(number)
}

/// What it costs to go on by a step behind the cheapest arrival.
fn cost_by(step: Step, cheapest: i64) -> i32 {
    (cheapest >> 32) as i32 + i32::from(step.cost)
}

/// The buffers of the search, for one dictionary.
pub(super) struct Lattice<'d> {
    dictionary: &'d Dictionary,
    forms: Forms<'d>,
    characters: Characters<'d>,
    /// What stands for a word of blanks; nothing if the dictionary has no category for them.
    blank: Option<Word>,
    /// What stands for each character when words are looked up.
    codes: Vec<u32>,
    places: Vec<Place>,
    /// The words that begin at each place: where each ends, and all that are written so.
    words: Vec<(u32, &'d [Record])>,
    arrivals: Vec<Arrival>,
    /// By place: how those that arrive there are left. All are empty between two searches.
    arrived: Vec<Vec<Leaving>>,
    /// The last run of characters whose first category is the same.
    run: Range<usize>,
    /// For each class of words that the dictionary does not know: the cheapest way by a whole run of such characters, and
    /// that by a part of one.
    unknown: Vec<Way>,
    path: Vec<u32>,
}

impl<'d> Lattice<'d> {
    pub fn new(dictionary: &'d Dictionary, forms: Forms<'d>) -> Self {
        let category = dictionary.character_definition.category_id_by_name(BLANKS);
        let word = |category| dictionary.unknown_dictionary.lookup_word_ids(category).first();
        let blanks = category.and_then(|category| Some((category, Word::unknown(*word(category)?))));
        let category = blanks.map(|(category, _)| category);
        Lattice {
            dictionary,
            forms,
            characters: Characters::new(&dictionary.character_definition, forms, category),
            blank: blanks.map(|(_, word)| word),
            codes: Vec::new(),
            places: Vec::new(),
            words: Vec::new(),
            arrived: Vec::new(),
            arrivals: Vec::new(),
            run: 0..0,
            unknown: vec![Way::default(); 2 * dictionary.unknown_dictionary.costs.len()],
            path: Vec::new(),
        }
    }

    /// Appends the morphemes of `text`, which stands `shift` bytes behind the beginning of its sentence.
    pub fn cut(&mut self, text: &str, shift: usize, morphemes: &mut Vec<Morpheme>) {
        self.look_up(text);
        let end = self.search(text);
        self.path.clear();
        self.path.extend(
            iter::successors(Some(end), |number| Some(self.arrivals[*number as usize].before))
                .take_while(|number| *number != 0),
        );
        let mut at = 0;
        for number in self.path.iter().rev() {
            let Arrival { start, length, word, .. } = self.arrivals[*number as usize];
            self.add_blank(at, start, shift, morphemes);
            at = start + u32::from(length);
            morphemes.push(self.morpheme(start, at, word, shift));
        }
        self.add_blank(at, self.codes.len() as u32, shift, morphemes);
    }

    fn morpheme(&self, start: u32, end: u32, word: Word, shift: usize) -> Morpheme {
        let byte = |place: u32| self.places[place as usize].byte + shift as u32;
        Morpheme { start: byte(start), end: byte(end), word }
    }

    fn add_blank(&self, start: u32, end: u32, shift: usize, morphemes: &mut Vec<Morpheme>) {
        if let Some(word) = self.blank.filter(|_| start < end) {
            morphemes.push(self.morpheme(start, end, word, shift));
        }
    }

    /// Looks up all words that begin anywhere in the text.
    fn look_up(&mut self, text: &str) {
        let Lattice { forms, characters, codes, places, words, .. } = self;
        codes.clear();
        places.clear();
        words.clear();
        for (byte, character) in text.char_indices() {
            let character = characters.number(character);
            let Character { code, is_blank, .. } = *characters.get(character);
            codes.push(code);
            places.push(Place { byte: byte as u32, words: 0, character, is_blank });
        }
        for (start, place) in places.iter_mut().enumerate() {
            place.words = words.len() as u32;
            let Character { words: alone, branch, .. } = *characters.get(place.character);
            let end = start as u32 + 1;
            if !alone.is_empty() {
                words.push((end, alone));
            }
            forms.ahead(branch, &codes[start + 1..], |length, longer| {
                words.push((end + length as u32, longer))
            });
        }
        places.push(Place {
            byte: text.len() as u32,
            words: words.len() as u32,
            character: END,
            is_blank: false,
        });
    }

    /// Finds the cheapest way through the text; gives the number of the arrival at its end.
    fn search(&mut self, text: &str) -> u32 {
        let length = self.codes.len();
        if self.arrived.len() <= length {
            self.arrived.resize_with(length + 1, Vec::new);
        }
        self.arrivals.clear();
        self.run = 0..0;
        self.unknown.fill(Way::default());
        self.arrivals.push(Arrival { word: Word::unknown(0), length: 0, start: 0, before: 0 });
        let begin = self.end(0).next;
        self.arrived[begin].push(Leaving { cost_and_number: 0, right: BOUNDARY });
        // Where a word is found, those that the dictionary does not know begin behind the last that was considered.
        let mut unknown_end = 0;
        for start in 0..length {
            if self.arrived[start].is_empty() {
                continue;
            }
            let mut leaving = mem::take(&mut self.arrived[start]);
            let here = self.places[start].words..self.places[start + 1].words;
            for number in here.clone().rev() {
                let (end, records) = self.words[number as usize];
                self.arrive_by(&leaving, start, end as usize, records);
            }
            let invokes = || self.characters.get(self.places[start].character).invokes;
            if here.is_empty() || (unknown_end <= start && invokes()) {
                unknown_end =
                    self.arrive_by_unknown(&leaving, start, !here.is_empty()).unwrap_or(unknown_end);
            }
            leaving.clear();
            self.arrived[start] = leaving;
        }
        // A dictionary without unknown words for some character; half a sentence must not pass for a whole one.
        assert!(!self.arrived[length].is_empty(), "the dictionary has no path through {text:?}");
        let end = self.cheapest(&self.arrived[length], BOUNDARY) as u32;
        self.arrived[length].clear();
        end
    }

    /// The end of a word before a place.
    fn end(&self, place: usize) -> End {
        End { place, next: place + self.places[place..].iter().take_while(|place| place.is_blank).count() }
    }

    /// Goes on from `start` by each of the words that are written alike; the last in the dictionary comes first.
    fn arrive_by(&mut self, leaving: &[Leaving], start: usize, end: usize, records: &[Record]) {
        let end = self.end(end);
        for record in records.iter().rev() {
            let [i0, i1, i2, i3, c0, c1, l0, l1, r0, r1] = *record;
            let step = Step {
                word: Word::known(u32::from_le_bytes([i0, i1, i2, i3])),
                cost: i16::from_le_bytes([c0, c1]),
                left: u16::from_le_bytes([l0, l1]),
                right: u16::from_le_bytes([r0, r1]),
            };
            self.arrive(start, end, step, self.cheapest(leaving, step.left));
        }
    }

    /// Goes on from `start` by words that the dictionary does not know, where the character asks for it or no
    /// word was found; gives where the last of them ends.
    fn arrive_by_unknown(&mut self, leaving: &[Leaving], start: usize, found: bool) -> Option<usize> {
        let definition = &self.dictionary.character_definition;
        let mut last = None;
        let categories = self.characters.get(self.places[start].character).categories;
        for (ordinal, category) in categories.iter().enumerate() {
            let rule = definition.lookup_definition(*category);
            if found && !rule.invoke {
                continue;
            }
            let most = rule.length as usize;
            let (whole, parts) = if rule.group {
                let whole = self.run_of(start, ordinal);
                (whole, whole.min(most))
            } else {
                (1, self.alike(&self.places[start..][..most.min(self.places.len() - start)], ordinal))
            };
            let end = self.end(start + whole);
            for class in self.dictionary.unknown_dictionary.lookup_word_ids(*category) {
                let entry = self.dictionary.unknown_dictionary.word_entry(*class);
                let step = Step {
                    word: Word::unknown(*class),
                    cost: entry.word_cost(),
                    left: entry.left_id() as u16,
                    right: entry.right_id() as u16,
                };
                // However long the word is, what stands before it is the same.
                let way = self.cheapest(leaving, step.left);
                let slot = 2 * *class as usize;
                self.arrive_if_cheaper(start, end, step, way, slot);
                for length in (1..parts + 1).filter(|length| *length != whole) {
                    self.arrive_if_cheaper(start, self.end(start + length), step, way, slot + 1);
                }
            }
            last = Some(start + whole);
        }
        last
    }

    /// Goes on from `start` by a word that the dictionary does not know, if it is cheaper than those before of its class
    /// that end with it: a later one that is not can't be chosen. Every character of `application` may begin a word that
    /// ends with it. `slot` is where the cheapest of its class stands in `unknown`.
    #[inline(always)]
    fn arrive_if_cheaper(&mut self, start: usize, end: End, step: Step, way: i64, slot: usize) {
        let (place, cost) = (end.place as u32, cost_by(step, way));
        let known = &mut self.unknown[slot];
        if known.end != place || cost < known.cost {
            *known = Way { end: place, cost };
            self.arrive(start, end, step, way);
        }
    }

    /// How many characters from `start` on are of a category: that which stands at `ordinal` for the first of them.
    fn run_of(&mut self, start: usize, ordinal: usize) -> usize {
        // Each character of a long line of signs asks for the rest of it.
        if ordinal == 0 && self.run.contains(&start) {
            return self.run.end - start;
        }
        let length = self.alike(&self.places[start..], ordinal);
        if ordinal == 0 {
            self.run = start..start + length;
        }
        length
    }

    /// The cheapest arrival to go on from by a word with this left context: its cost, that of the context included,
    /// and its number.
    #[inline(always)]
    fn cheapest(&self, leaving: &[Leaving], left: u16) -> i64 {
        let costs = self.dictionary.connection_cost_matrix.row(left.into());
        let way = |from: &Leaving| from.cost_and_number + (i64::from(costs[from.right as usize]) << 32);
        leaving.iter().map(way).min().unwrap_or(0)
    }

    #[inline(always)]
    fn arrive(&mut self, start: usize, end: End, step: Step, way: i64) {
        let number = self.arrivals.len() as u32;
        let cost_and_number = cost_and_number(cost_by(step, way), number);
        self.arrived[end.next].push(Leaving { cost_and_number, right: step.right });
        self.arrivals.push(Arrival {
            word: step.word,
            start: start as u32,
            length: (end.place - start) as u16,
            before: way as u32,
        });
    }

    /// How many of these places have, at `ordinal`, the category of the first.
    fn alike(&self, places: &[Place], ordinal: usize) -> usize {
        let Some(first) = places.first() else { return 0 };
        let category = |place: &Place| self.characters.get(place.character).categories.get(ordinal);
        let wanted = category(first);
        places.iter().take_while(|place| category(place) == wanted).count()
    }
}
