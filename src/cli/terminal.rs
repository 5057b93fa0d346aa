//! What is printed: in colour where a terminal shows it, and nothing in it that a terminal would obey.

use std::env;
use std::io::{self, Stderr, StderrLock, Stdout, StdoutLock, Write};

use console::Term;
use hedgerow::messages::printable;

/// The columns that suffice, and that a file or a pipe gets.
pub const COLUMNS: usize = 80;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The word before what went wrong.
    Error,
    /// The word before what is to be known.
    Note,
    /// The names of columns, and headings.
    Header,
    /// Of hedges: blue, as in the report.
    Hedge,
    /// Of assertive markers: vermilion.
    Assertive,
}

impl Style {
    /// The parameters of the terminal's "select graphic rendition".
    fn parameters(self) -> &'static str {
        match self {
            Style::Error => "1;31",
            Style::Note => "1;36",
            Style::Header => "1",
            Style::Hedge => "38;5;32",
            Style::Assertive => "38;5;166",
        }
    }
}

/// Where text is printed to.
pub trait Output: Write {
    /// How many columns a line may take: 80, or those of a terminal that has more.
    fn columns(&self) -> usize;

    /// Whether a person reads it there as it comes.
    fn is_terminal(&self) -> bool;

    /// Prints text in the colour of what it is, where there is colour.
    fn paint(&mut self, style: Style, text: &str) -> io::Result<()>;
}

/// Escapes what goes to a terminal, but for the line ends and tabs that lines and rows are made of. Where a name or a cell
/// may hold these as well, whoever prints it escapes it beforehand.
pub struct Terminal<W> {
    out: W,
    columns: usize,
    is_terminal: bool,
    has_colours: bool,
}

impl Terminal<StdoutLock<'static>> {
    /// Standard output.
    pub fn stdout(stream: Stdout) -> Self {
        Terminal::of(stream.lock(), &Term::stdout())
    }
}

impl Terminal<StderrLock<'static>> {
    /// Standard error.
    pub fn stderr(stream: Stderr) -> Self {
        Terminal::of(stream.lock(), &Term::stderr())
    }
}

impl<W: Write> Terminal<W> {
    /// A stream that may be a terminal. Colours: not with NO_COLOR or TERM=dumb, which `console` looks at.
    fn of(out: W, terminal: &Term) -> Self {
        let is_terminal = terminal.is_term();
        let known = terminal.size_checked().filter(|_| is_terminal);
        let is_refused = env::var_os("CLICOLOR").is_some_and(|value| value == "0");
        Terminal {
            out,
            columns: known.map_or(COLUMNS, |(_, columns)| COLUMNS.max(columns.into())),
            is_terminal,
            has_colours: is_terminal && !is_refused && terminal.features().colors_supported(),
        }
    }

    /// The stream below, for what a program reads.
    pub fn unescaped(&mut self) -> &mut W {
        &mut self.out
    }
}

impl<W: Write> Output for Terminal<W> {
    fn columns(&self) -> usize {
        self.columns
    }

    fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    fn paint(&mut self, style: Style, text: &str) -> io::Result<()> {
        if !self.has_colours {
            return self.write_all(text.as_bytes());
        }
        write!(self.out, "\u{1b}[{}m", style.parameters())?;
        self.write_all(text.as_bytes())?;
        self.out.write_all(b"\x1b[0m")
    }
}

impl<W: Write> Write for Terminal<W> {
    /// Takes all of the buffer or fails. Characters come whole, as what is printed is text.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in String::from_utf8_lossy(bytes).split_inclusive(['\n', '\t']) {
            let text = piece.strip_suffix(['\n', '\t']).unwrap_or(piece);
            self.out.write_all(printable(text).as_bytes())?;
            self.out.write_all(&piece.as_bytes()[text.len()..])?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
impl Terminal<Vec<u8>> {
    /// A terminal, or a file, that keeps what is printed.
    pub fn kept(is_terminal: bool, columns: usize) -> Self {
        Terminal { out: Vec::new(), columns, is_terminal, has_colours: is_terminal }
    }

    /// What was printed.
    pub fn printed(self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_rows_stay_and_escape_sequences_do_not() {
        let mut out = Terminal::kept(true, COLUMNS);
        out.write_all("a\t\u{1b}[31m犬\u{7}\r\n\u{9b}2J\u{202e}\n".as_bytes()).unwrap();
        assert_eq!(out.printed(), "a\t\\u{1b}[31m犬\\u{7}\\r\n\\u{9b}2J\\u{202e}\n");
    }

    #[test]
    fn what_is_painted_is_escaped_as_well_and_has_no_colour_in_a_file() {
        let mut out = Terminal::kept(true, COLUMNS);
        out.paint(Style::Hedge, "a\u{1b}[31m").unwrap();
        assert_eq!(out.printed(), "\u{1b}[38;5;32ma\\u{1b}[31m\u{1b}[0m");
        let mut out = Terminal::kept(false, COLUMNS);
        out.paint(Style::Hedge, "a").unwrap();
        assert_eq!(out.printed(), "a");
    }
}
