//! What the terminal shows.

pub mod comparison;
pub mod correction;
pub mod evaluation;
mod figures;
pub mod lines;
mod names;
pub mod progress;
pub mod summary;
pub mod table;
pub mod wrapping;

use std::fmt::Display;
use std::io;
use std::path::Path;

use hedgerow::messages::Message;
use hedgerow::tables::REPORT;

use super::messages::{own_words, words};
use super::terminal::{Output, Style};

pub use figures::counted;
pub use hedgerow::messages::grouped;
pub use names::{in_words, one_line, stance_name};

/// The columns before the further lines of a note.
const NOTE_INDENT: usize = 6;

/// Prints notes of the library, each on a line.
pub fn notes(out: &mut impl Output, notes: &[Message]) -> io::Result<()> {
    notes.iter().try_for_each(|note| print_note(out, words(note)))
}

/// Prints a note of the program's own.
pub fn note(
    out: &mut impl Output,
    key: &'static str,
    values: &[(&'static str, &dyn Display)],
) -> io::Result<()> {
    print_note(out, own_words(key, values))
}

fn print_note(out: &mut impl Output, note: impl Display) -> io::Result<()> {
    let word = own_words("program.note", &[]);
    out.paint(Style::Note, word.trim_end())?;
    let text = format!("{word}{note}");
    // In a file or a pipe a note is a line.
    let columns = if out.is_terminal() { out.columns() } else { usize::MAX };
    for (number, line) in wrapping::lines(&text, columns, NOTE_INDENT).iter().enumerate() {
        let line = if number == 0 { line.get(word.trim_end().len()..).unwrap_or_default() } else { line };
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Says where the results are.
pub fn tables(out: &mut impl Output, folder: &Path) -> io::Result<()> {
    writeln!(out, "{}", own_words("program.tables", &[("folder", &folder.display())]))?;
    page(out, folder)
}

/// Says where the page is, if there is one.
pub fn page(out: &mut impl Output, folder: &Path) -> io::Result<()> {
    let path = folder.join(REPORT);
    match path.is_file() {
        true => writeln!(out, "{}", own_words("program.page", &[("path", &path.display())])),
        false => Ok(()),
    }
}
