//! Unknown words: those that the dictionary allows for by the categories of their characters (`char.def`, `unk.def`).

use std::ops::Range;

use lindera_dictionary::dictionary::character_definition::CategoryId;

use super::DictionaryView;
use super::arrivals::{Arrivals, Span};
use super::candidates::{End, Position, Text};
use super::trie::Entry;

/// What the search adds to the classes of unknown words, to tell them from the entries of known ones.
pub const UNKNOWN: u32 = 1 << 31;

/// The cheapest word of a class with the last end that was added; none ends at 0.
#[derive(Clone, Copy, Default)]
struct Cheapest {
    end: u32,
    cost: i32,
}

/// What the dictionary says of a category.
struct Category {
    /// Whether its unknown words may begin where words of the dictionary do.
    invokes: bool,
    /// Whether a whole run of its characters is a word.
    groups: bool,
    /// The length of the longest words that end inside a run.
    longest: usize,
    /// Its classes of unknown words.
    classes: Vec<(u32, Entry)>,
}

/// The rules for unknown words, and what was added of them.
pub struct UnknownWords {
    categories: Vec<Category>,
    /// The last run of positions whose first category is the same.
    run: Range<usize>,
    /// By class: the cheapest word that is a whole run of characters, and the cheapest that is not.
    cheapest: Vec<[Cheapest; 2]>,
    /// The ends of the words that are not a whole run.
    ends: Vec<End>,
}

impl UnknownWords {
    pub fn new(DictionaryView { words, layout }: DictionaryView) -> Self {
        let unknown = &words.unknown_dictionary;
        let category = |index| {
            let rule = words.character_definition.lookup_definition(CategoryId(index));
            let class = |class: &u32| {
                let word = unknown.word_entry(*class);
                (*class, layout.entry(word.left_id(), word.right_id(), word.word_cost()))
            };
            Category {
                invokes: rule.invoke,
                groups: rule.group,
                longest: rule.length as usize,
                classes: unknown.lookup_word_ids(CategoryId(index)).iter().map(class).collect(),
            }
        };
        UnknownWords {
            categories: (0..words.character_definition.categories().len()).map(category).collect(),
            run: 0..0,
            cheapest: vec![Default::default(); unknown.costs.len()],
            ends: Vec::new(),
        }
    }

    /// Begins with another text.
    pub fn begin(&mut self) {
        self.run = 0..0;
        self.cheapest.fill(Default::default());
    }

    /// Adds the unknown words that begin at a place: those of all its categories, or, where a word of the dictionary
    /// was `found`, of those that invoke them. Gives the end of the longest of the last category.
    #[inline(always)]
    pub fn add(
        &mut self,
        dictionary: DictionaryView,
        text: &Text,
        arrivals: &mut impl Arrivals,
        start: usize,
        found: bool,
    ) -> Option<usize> {
        let UnknownWords { categories, run, cheapest, ends } = self;
        let span = |End { position, next }: End| Span {
            start: start as u32,
            next: next as u32,
            blanks: (next - position) as u32,
        };
        let mut last = None;
        for (ordinal, category) in text.categories(start).iter().enumerate() {
            let category = &categories[category.0];
            if found && !category.invokes {
                continue;
            }
            let (whole, parts) = if category.groups {
                let run = run_at(run, text, start, ordinal);
                (run, run.min(category.longest))
            } else {
                (1, text.run_length(start, category.longest, ordinal))
            };
            let end = text.end(start + whole);
            ends.clear();
            for length in (1..parts + 1).filter(|length| *length != whole) {
                ends.push(text.end(start + length));
            }
            for (class, entry) in &category.classes {
                // The same for every length.
                let way = arrivals.cheapest(dictionary.layout.row(entry.row));
                let cost = way.cost + i32::from(entry.cost);
                let [cheapest_run, cheapest_part] = &mut cheapest[*class as usize];
                if cheapest_run.is_beaten(end, cost) {
                    arrivals.add(span(end), class | UNKNOWN, *entry, way);
                }
                for end in &*ends {
                    if cheapest_part.is_beaten(*end, cost) {
                        arrivals.add(span(*end), class | UNKNOWN, *entry, way);
                    }
                }
            }
            last = Some(start + whole);
        }
        last
    }
}

impl Cheapest {
    /// Whether a word of the class is to be added, as none has the same end at no higher cost: all have the same edges
    /// from there on, so it could not be on the best path. Without this, each letter of `application` begins a word that
    /// ends with it.
    #[inline(always)]
    fn is_beaten(&mut self, end: End, cost: i32) -> bool {
        let end = end.position as u32;
        let is_beaten = self.end != end || cost < self.cost;
        if is_beaten {
            *self = Cheapest { end, cost };
        }
        is_beaten
    }
}

/// How many characters from `start` on have, at `ordinal`, the same category. Each character of a long run asks for the
/// rest of it.
fn run_at(run: &mut Range<usize>, text: &Text, start: usize, ordinal: usize) -> usize {
    if ordinal == 0 && run.contains(&start) {
        return run.end - start;
    }
    let length = text.run_length(start, usize::MAX, ordinal);
    if ordinal == 0 {
        *run = start..start + length;
    }
    length
}

impl Text {
    /// How many characters from `start` on, of so many at most, have at `ordinal` the category of the first.
    fn run_length(&self, start: usize, most: usize, ordinal: usize) -> usize {
        let category = |position: &Position| self.characters.categories(position.character).get(ordinal);
        let positions = &self.positions()[start..self.length()];
        let wanted = positions.first().and_then(category);
        positions.iter().take(most).take_while(|position| category(position) == wanted).count()
    }
}
