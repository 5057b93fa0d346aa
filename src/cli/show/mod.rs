//! What the terminal shows.

pub mod comparison;
pub mod evaluation;
mod figures;
mod names;
pub mod progress;
pub mod summary;
pub mod table;

use std::io::{self, Write};

use hedgerow::messages::Message;

pub use figures::{counted, grouped};
pub use names::one_line;

/// Prints notes of the library, each on a line.
pub fn notes(out: &mut impl Write, notes: &[Message]) -> io::Result<()> {
    notes.iter().try_for_each(|note| writeln!(out, "note: {note}"))
}
