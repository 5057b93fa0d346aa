//! Finding the markers of the lexicon in a sentence, and judging their context.

mod alphabet;
mod candidates;
mod classes;
mod hit;
mod interning;
mod lazy_dfa;
mod matcher;
mod nfa;
mod symbol;
mod unknown;
mod values;

pub use candidates::{Candidate, Verdict};
pub use hit::Hit;
pub use matcher::{Finder, Matcher};
pub use symbol::Symbol;
