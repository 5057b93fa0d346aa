//! Finding the markers of the lexicon in a sentence, and judging their context.

mod alphabet;
mod automaton;
mod candidates;
mod classes;
mod determined;
mod hit;
mod matcher;
mod symbols;
mod unknown;
mod values;

pub use candidates::{Candidate, Verdict};
pub use hit::Hit;
pub use matcher::{Finder, Matcher};
pub use symbols::Symbol;
