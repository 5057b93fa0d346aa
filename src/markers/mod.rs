//! Finding the markers of the lexicon in a sentence, and classifying their context.

mod alphabet;
mod candidates;
mod classes;
mod finder;
mod hit;
mod interning;
mod lazy_dfa;
mod matcher;
mod nfa;
mod rules;
mod side;
mod symbol;
mod unknown;
mod values;

pub use candidates::{Candidate, Verdict};
pub use finder::Finder;
pub use hit::Hit;
pub use matcher::Matcher;
pub use symbol::Symbol;
