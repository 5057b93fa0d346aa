//! What the terminal shows.

pub mod comparison;
pub mod evaluation;
mod figures;
mod names;
pub mod progress;
pub mod summary;
pub mod table;

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use hedgerow::messages::Message;

use super::messages::own_words;

pub use figures::{counted, grouped};
pub use names::one_line;

/// Prints notes of the library, each on a line.
pub fn notes(out: &mut impl Write, notes: &[Message]) -> io::Result<()> {
    notes.iter().try_for_each(|note| print_note(out, note))
}

/// Prints a note of the program's own.
pub fn note(
    out: &mut impl Write,
    key: &'static str,
    values: &[(&'static str, &dyn Display)],
) -> io::Result<()> {
    print_note(out, own_words(key, values))
}

fn print_note(out: &mut impl Write, note: impl Display) -> io::Result<()> {
    writeln!(out, "{}{note}", own_words("program.note", &[]))
}

/// Says where the results are.
pub fn tables(out: &mut impl Write, folder: &Path) -> io::Result<()> {
    writeln!(out, "{}", own_words("program.tables", &[("folder", &folder.display())]))
}
