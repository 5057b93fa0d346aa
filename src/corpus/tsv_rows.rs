//! Tables whose cells are separated by tabs, with quotation marks around cells or without.
//!
//! Spreadsheets put a cell with a tab, a line end or a quotation mark in it into quotation marks, and double those in it.
//! Corpora are exported without any: a mark at the start of a cell is a part of the text there, and must not take the
//! rows behind it along. So a row is a line where its cells are as many as those of the header, and goes on in the next
//! where a cell that begins with a mark goes on and the lines by themselves are no rows.

use std::io::{BufRead, BufReader, Read};

use memchr::memchr2;

use super::csv_rows::{CsvError, CsvProblem};

/// How far the mark that closes a cell is looked for, in bytes; and in a table of one column, in lines.
const FARTHEST: usize = 16 << 20;
const FARTHEST_LINES: usize = 100;

/// The rows of a table.
pub(super) struct TsvRows<R> {
    lines: Lines<R>,
    /// Lines that have been read ahead, those that come first last.
    ahead: Vec<Line>,
    /// The cells of the header; none before it has been read.
    columns: Option<usize>,
    /// Whether the cells of the header stand in quotation marks: then all may that need none.
    all_quoted: bool,
}

/// A line without its end.
struct Line {
    /// Its number, from 1.
    number: u64,
    text: String,
    end: &'static str,
}

impl<R: Read> TsvRows<R> {
    /// A table whose first line has this number.
    pub fn new(table: R, number: u64, limit: u64) -> Self {
        let lines = Lines { inner: BufReader::with_capacity(1 << 16, table), number, limit };
        TsvRows { lines, ahead: Vec::new(), columns: None, all_quoted: false }
    }

    /// Reads the next row into `cells`, and gives the line on which it begins; none at the end.
    pub fn next(&mut self, cells: &mut Vec<String>) -> Result<Option<u64>, CsvError> {
        let mut line = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.text.is_empty() => {}
                Some(line) => break line,
            }
        };
        let number = line.number;
        if self.columns.is_none() {
            line.text = line.text.trim_start_matches('\u{feff}').to_owned();
            let is_quoted = |cell: &str| cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"');
            self.all_quoted = line.text.split('\t').all(is_quoted);
        }
        *cells = self.row(line)?;
        let columns = *self.columns.get_or_insert(cells.len());
        if columns == cells.len() {
            return Ok(Some(number));
        }
        let problem = CsvProblem::CellCount { cells: cells.len() as u64, header: columns as u64 };
        Err(CsvError { line: number, problem })
    }

    /// The cells of the row that begins with a line.
    fn row(&mut self, first: Line) -> Result<Vec<String>, CsvError> {
        let plain = self.plain(&first.text);
        if !first.text.contains('"') {
            return Ok(plain);
        }
        let is_row = |cells: &[String]| self.columns.is_none_or(|columns| columns == cells.len());
        let mut quoting = Quoting::new(self.all_quoted);
        match quoting.feed(&first.text, first.end) {
            State::Complete if is_row(&quoting.cells) => return Ok(quoting.cells),
            State::Complete | State::Unquoted => return Ok(plain),
            State::Open => {}
        }
        let is_first_a_row = is_row(&plain);
        let is_one_column = self.columns == Some(1);
        if is_first_a_row && !is_one_column && self.columns.is_some() && self.next_is_a_row()? {
            return Ok(plain);
        }
        let mut behind = Vec::new();
        let mut length = first.text.len();
        let mut state = State::Open;
        while matches!(state, State::Open)
            && length < FARTHEST
            && !(is_one_column && behind.len() == FARTHEST_LINES)
        {
            let Some(line) = self.line()? else { break };
            state = quoting.feed(&line.text, line.end);
            length = length.saturating_add(line.text.len());
            behind.push(line);
        }
        let is_quoted = matches!(state, State::Complete)
            && self.columns.is_none_or(|columns| columns == quoting.cells.len());
        // With one column, nothing tells one row from several.
        if is_quoted && !is_one_column {
            return Ok(quoting.cells);
        }
        self.ahead.extend(behind.into_iter().rev());
        if is_first_a_row && !is_quoted {
            return Ok(plain);
        }
        Err(CsvError { line: first.number, problem: CsvProblem::OpenQuote })
    }

    /// Whether the next line that is not empty has as many cells as the header, or there is none.
    fn next_is_a_row(&mut self) -> Result<bool, CsvError> {
        let mut seen = Vec::new();
        let is_row = loop {
            let Some(line) = self.line()? else { break true };
            let cells = (!line.text.is_empty()).then(|| self.plain(&line.text).len());
            seen.push(line);
            if let Some(cells) = cells {
                break self.columns == Some(cells);
            }
        };
        self.ahead.extend(seen.into_iter().rev());
        Ok(is_row)
    }

    /// The cells of a line that is a row.
    fn plain(&self, line: &str) -> Vec<String> {
        let cell = |cell: &str| {
            let mut quoting = Quoting::new(self.all_quoted);
            match quoting.feed(cell, "") {
                State::Complete => quoting.cells.concat(),
                State::Open | State::Unquoted => cell.to_owned(),
            }
        };
        line.split('\t').map(cell).collect()
    }

    fn line(&mut self) -> Result<Option<Line>, CsvError> {
        match self.ahead.pop() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }
}

/// Reads cells of which some stand in quotation marks.
struct Quoting {
    all_quoted: bool,
    cells: Vec<String>,
    /// The cell whose mark has not been closed.
    open: Option<Cell>,
}

#[derive(Default)]
struct Cell {
    text: String,
    /// Whether it holds what only a cell in marks can.
    needs_marks: bool,
}

enum State {
    Complete,
    /// The last cell goes on in the next line.
    Open,
    /// A mark within a cell is not doubled: the marks belong to the text.
    Unquoted,
}

impl Quoting {
    fn new(all_quoted: bool) -> Self {
        Quoting { all_quoted, cells: Vec::new(), open: None }
    }

    /// Reads a line.
    fn feed(&mut self, line: &str, end: &str) -> State {
        let mut rest = line;
        loop {
            if self.open.is_none() {
                match rest.strip_prefix('"') {
                    Some(quoted) => {
                        self.open = Some(Cell::default());
                        rest = quoted;
                    }
                    None => {
                        let (cell, behind) =
                            rest.split_once('\t').map_or((rest, None), |(cell, behind)| (cell, Some(behind)));
                        self.cells.push(cell.to_owned());
                        match behind {
                            Some(behind) => rest = behind,
                            None => return State::Complete,
                        }
                        continue;
                    }
                }
            }
            let Some(mut cell) = self.open.take() else { continue };
            let Some((before, behind)) = rest.split_once('"') else {
                cell.needs_marks = true;
                cell.text.push_str(rest);
                cell.text.push_str(end);
                self.open = Some(cell);
                return State::Open;
            };
            cell.needs_marks |= before.contains('\t');
            cell.text.push_str(before);
            if let Some(behind) = behind.strip_prefix('"') {
                cell.text.push('"');
                cell.needs_marks = true;
                self.open = Some(cell);
                rest = behind;
                continue;
            }
            let keeps_marks = !(self.all_quoted || cell.needs_marks || cell.text.is_empty());
            self.cells.push(if keeps_marks { format!("\"{}\"", cell.text) } else { cell.text });
            match behind.strip_prefix('\t') {
                Some(behind) => rest = behind,
                None if behind.is_empty() => return State::Complete,
                None => return State::Unquoted,
            }
        }
    }
}

/// Lines that end in `\n`, `\r\n` or `\r`.
struct Lines<R> {
    inner: BufReader<R>,
    number: u64,
    /// How many bytes a line may have.
    limit: u64,
}

impl<R: Read> Lines<R> {
    fn next(&mut self) -> Result<Option<Line>, CsvError> {
        let number = self.number;
        let unreadable = |source| CsvError { line: number, problem: CsvProblem::Unreadable(source) };
        let too_long = CsvError { line: number, problem: CsvProblem::TooLong { limit: self.limit } };
        let mut bytes = Vec::new();
        let mut end = "";
        loop {
            let buffer = self.inner.fill_buf().map_err(unreadable)?;
            if buffer.is_empty() {
                break;
            }
            let line_end = memchr2(b'\n', b'\r', buffer);
            let Some((before, behind)) = line_end.and_then(|at| buffer.split_at_checked(at)) else {
                bytes.extend_from_slice(buffer);
                if bytes.len() as u64 > self.limit {
                    return Err(too_long);
                }
                let length = buffer.len();
                self.inner.consume(length);
                continue;
            };
            bytes.extend_from_slice(before);
            let is_return = behind.starts_with(b"\r");
            let length = before.len().saturating_add(1);
            self.inner.consume(length);
            end = if is_return { "\r" } else { "\n" };
            if is_return && self.inner.fill_buf().map_err(unreadable)?.first() == Some(&b'\n') {
                self.inner.consume(1);
                end = "\r\n";
            }
            break;
        }
        if bytes.is_empty() && end.is_empty() {
            return Ok(None);
        }
        if bytes.len() as u64 > self.limit {
            return Err(too_long);
        }
        self.number = self.number.saturating_add(1);
        let text =
            String::from_utf8(bytes).map_err(|_| CsvError { line: number, problem: CsvProblem::NotUtf8 })?;
        Ok(Some(Line { number, text, end }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Vec<Result<(u64, Vec<String>), u64>>;

    /// The rows with their lines, or the lines of errors.
    fn rows(table: &str) -> Rows {
        let mut rows = TsvRows::new(table.as_bytes(), 1, u64::MAX);
        let mut found = Vec::new();
        let mut cells = Vec::new();
        loop {
            match rows.next(&mut cells) {
                Ok(None) => return found,
                Ok(Some(line)) => found.push(Ok((line, cells.clone()))),
                Err(error) => found.push(Err(error.line)),
            }
        }
    }

    /// The cells of rows that can all be read, with `|` between them.
    fn cells(table: &str) -> Vec<String> {
        rows(table).into_iter().map(|row| row.unwrap().1.join("|")).collect()
    }

    #[test]
    fn marks_without_quoting_are_text() {
        for (table, expected) in [
            (
                "a\tb\n1\t\"犬。\n2\t猫。\n3\t鳥\"\n4\t魚\n",
                &["a|b", "1|\"犬。", "2|猫。", "3|鳥\"", "4|魚"][..],
            ),
            ("a\tb\n1\t\"犬\"と猫\n2\t\"犬\"\n", &["a|b", "1|\"犬\"と猫", "2|\"犬\""]),
            ("a\tb\n\"犬\t1\n猫\"\t2\n", &["a|b", "\"犬|1", "猫\"|2"]),
            ("a\tb\n1\t\"犬\n", &["a|b", "1|\"犬"]),
            ("a\tb\n1\t\"犬\"\"\n", &["a|b", "1|\"犬\"\""]),
        ] {
            assert_eq!(cells(table), expected, "{table}");
        }
    }

    #[test]
    fn cells_in_marks_hold_tabs_line_ends_and_doubled_marks() {
        for (table, expected) in [
            ("a\tb\n1\t\"犬\n猫\"\n2\t鳥\n", &["a|b", "1|犬\n猫", "2|鳥"][..]),
            ("a\tb\n\"犬\r\n\r\n猫\"\t1\r\n", &["a|b", "犬\r\n\r\n猫|1"]),
            ("a\tb\n1\t\"犬\t猫\"\n", &["a|b", "1|犬\t猫"]),
            ("a\tb\n1\t\"\"\"犬\"\"と猫\"\n2\t\"\"\n", &["a|b", "1|\"犬\"と猫", "2|"]),
            ("\"a\"\t\"b\"\n\"1\"\t\"犬\"\n", &["a|b", "1|犬"]),
            ("\"a\nb\"\tc\n1\t2\n", &["a\nb|c", "1|2"]),
            ("a\tb\tc\n1\t\"犬\n2\t猫\"\t3\n", &["a|b|c", "1|犬\n2\t猫|3"]),
        ] {
            assert_eq!(cells(table), expected, "{table}");
        }
    }

    #[test]
    fn what_nothing_tells_is_an_error_and_loses_no_row() {
        // One column: one row or two.
        let found = rows("text\n\"犬\n猫\"\n鳥\n");
        assert_eq!(found[1], Err(2));
        assert_eq!(found.last().unwrap().as_ref().unwrap().1, ["鳥"]);
        // The first line has too few cells, and no mark closes.
        assert_eq!(rows("a\tb\n\"犬\n1\t猫\n")[1], Err(2));
        assert_eq!(rows("a\tb\n1\n")[1], Err(2));
    }

    #[test]
    fn lines_are_right_with_line_ends_of_every_kind() {
        for end in ["\n", "\r\n", "\r"] {
            let table = "\u{feff}a\tb||1\t\"x|y\"|||2\tz|3|4\tw".replace('|', end);
            let lines: Vec<Result<u64, u64>> =
                rows(&table).into_iter().map(|row| row.map(|row| row.0)).collect();
            assert_eq!(lines, [Ok(1), Ok(3), Ok(7), Err(8), Ok(9)], "{end:?}");
        }
    }
}
