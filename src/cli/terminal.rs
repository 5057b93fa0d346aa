//! What is printed: nothing in it that a terminal would obey.

use std::io::{self, Write};

use hedgerow::messages::printable;

/// Escapes what goes to a terminal, but for the line ends and tabs that lines and rows are made of. Where a name or a cell
/// may hold these as well, whoever prints it escapes it beforehand.
pub struct Terminal<W>(pub W);

impl<W: Write> Write for Terminal<W> {
    /// Takes all of the buffer or fails. Characters come whole, as what is printed is text.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in String::from_utf8_lossy(bytes).split_inclusive(['\n', '\t']) {
            let text = piece.strip_suffix(['\n', '\t']).unwrap_or(piece);
            self.0.write_all(printable(text).as_bytes())?;
            self.0.write_all(&piece.as_bytes()[text.len()..])?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_rows_stay_and_escape_sequences_do_not() {
        let mut out = Terminal(Vec::new());
        out.write_all("a\t\u{1b}[31m犬\u{7}\r\n\u{9b}2J\u{202e}\n".as_bytes()).unwrap();
        let printed = String::from_utf8(out.0).unwrap();
        assert_eq!(printed, "a\t\\u{1b}[31m犬\\u{7}\\r\n\\u{9b}2J\\u{202e}\n");
    }
}
