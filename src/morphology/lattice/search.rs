//! The forward search: each word candidate is added behind the cheapest way to it (Viterbi 1967).

use super::DictionaryView;
use super::arrivals::{Arrivals, Cheapest, NO_WAY, Span, Step, Way};
use super::candidates::{Candidate, Text};
use super::unknown::UnknownWords;

/// The left and the right context id of both ends of a sentence (BOS and EOS), in every dictionary.
const BOUNDARY: u32 = 0;

/// Finds the cheapest way through a text that has been looked up: its words, the last first. False if there is none.
#[inline(always)]
pub fn find_way(
    dictionary: DictionaryView,
    text: &Text,
    unknown: &mut UnknownWords,
    arrivals: &mut impl Arrivals,
    path: &mut Vec<Step>,
) -> bool {
    path.clear();
    let Some(mut way) = search(dictionary, text, unknown, arrivals) else { return false };
    while way != NO_WAY {
        let step = arrivals.step(way);
        way = step.before;
        path.push(step);
    }
    // The beginning.
    path.pop();
    true
}

/// Gives the way to the end of the text.
#[inline(always)]
fn search(
    dictionary: DictionaryView,
    text: &Text,
    unknown: &mut UnknownWords,
    arrivals: &mut impl Arrivals,
) -> Option<Way> {
    let layout = dictionary.layout;
    let (positions, length) = (text.positions(), text.length());
    arrivals.begin(length);
    unknown.begin();
    let boundary = layout.entry(BOUNDARY, BOUNDARY, 0);
    let beginning = Span { start: 0, next: text.end(0).next as u32, blanks: 0 };
    arrivals.add(beginning, 0, boundary, Cheapest { cost: 0, before: NO_WAY });
    // Where words of the dictionary begin, unknown ones are added only behind the last unknown one.
    let mut unknown_end = 0;
    let mut candidates = 0..0;
    for (start, ends) in positions.windows(2).enumerate() {
        candidates = candidates.end..ends[1].candidates as usize;
        if !arrivals.turn_to(start) {
            continue;
        }
        for candidate in text.candidates[candidates.clone()].iter().rev() {
            let Candidate { words, next, blanks } = *candidate;
            let span = Span { start: start as u32, next: next.into(), blanks: blanks.into() };
            arrivals.add_alike(layout, span, words);
        }
        let found = !candidates.is_empty();
        if !found || (unknown_end <= start && text.characters.get(ends[0].character).invokes) {
            let end = unknown.add(dictionary, text, arrivals, start, found);
            unknown_end = end.unwrap_or(unknown_end);
        }
    }
    arrivals.turn_to(length).then(|| arrivals.cheapest(layout.row(boundary.row)).before)
}
