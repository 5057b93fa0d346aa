//! CSV, row by row, and what can be wrong with it.

use std::collections::VecDeque;
use std::io::{self, Cursor, Read};
use std::ops::Range;

use csv::{ErrorKind, StringRecord};
use memchr::memchr2_iter;

use super::tsv_rows::TsvRows;

/// The rows of a table in CSV, or with another separator.
pub(crate) struct CsvRows<R> {
    rows: Rows<Beginning<R>>,
    header: StringRecord,
    /// How many bytes a row may have.
    limit: u64,
}

enum Rows<R> {
    Csv(Box<csv::Reader<LineEnds<R>>>),
    /// Separated by tabs, whose quotation marks may be text.
    Tsv(TsvRows<R>, Vec<String>),
}

/// A table of which the beginning has been read.
type Beginning<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// What is wrong with a table in CSV.
#[derive(Debug)]
pub(crate) struct CsvError {
    /// The line, from 1, on which the row begins.
    pub line: u64,
    pub problem: CsvProblem,
}

#[derive(Debug)]
pub(crate) enum CsvProblem {
    Unreadable(io::Error),
    NotUtf8,
    /// A row of another length than the header.
    CellCount {
        cells: u64,
        header: u64,
    },
    /// A quotation mark that may open a cell of several lines or be a part of the text.
    OpenQuote,
    /// A quotation mark that opens a cell, and none that closes it.
    UnclosedQuote,
    /// A row of more than so many bytes.
    TooLong {
        limit: u64,
    },
}

impl<R: Read> CsvRows<R> {
    /// Reads the header of a table in UTF-8. A first line `sep=;`, which Excel takes for the name of the separator, is
    /// taken for it here, too.
    pub fn new(table: R, separator: u8) -> Result<Self, CsvError> {
        CsvRows::limited(table, separator, u64::MAX)
    }

    /// The same with rows of so many bytes at most.
    pub fn limited(mut table: R, separator: u8, limit: u64) -> Result<Self, CsvError> {
        let mut head = Vec::new();
        let unreadable = |source| CsvError { line: 1, problem: CsvProblem::Unreadable(source) };
        table.by_ref().take(SEPARATOR_LINE).read_to_end(&mut head).map_err(unreadable)?;
        let named = named_separator(&head);
        if let Some((_, length)) = named {
            head.drain(..length);
        }
        let table = Cursor::new(head).chain(table);
        let line = if named.is_some() { 2 } else { 1 };
        let rows = if separator == b'\t' && named.is_none() {
            Rows::Tsv(TsvRows::new(table, line, limit), Vec::new())
        } else {
            let separator = named.map_or(separator, |(separator, _)| separator);
            let mut builder = csv::ReaderBuilder::new();
            builder.delimiter(separator).has_headers(false).flexible(true);
            Rows::Csv(Box::new(builder.from_reader(LineEnds::new(table, line))))
        };
        let mut rows = CsvRows { rows, header: StringRecord::new(), limit };
        let mut header = StringRecord::new();
        rows.next(&mut header)?;
        rows.header = header;
        Ok(rows)
    }

    /// The cells of the header; a byte-order mark is left in the first.
    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    /// Reads the next row into `record`, and gives the line, from 1, on which it begins; none at the end. Of a row of another length than
    /// the header, `record` has the cells as well.
    pub fn next(&mut self, record: &mut StringRecord) -> Result<Option<u64>, CsvError> {
        match &mut self.rows {
            Rows::Csv(reader) => {
                let start = reader.position().byte();
                reader.get_mut().farthest = start.saturating_add(self.limit);
                match reader.read_record(record) {
                    Ok(true) => {}
                    Ok(false) => return Ok(None),
                    Err(error) => return Err(csv_error(reader.get_mut(), start, error, self.limit)),
                }
                let offset = record.position().map_or(0, csv::Position::byte);
                if reader.position().byte().saturating_sub(offset) > self.limit {
                    let line = reader.get_mut().line_at(offset);
                    return Err(CsvError { line, problem: CsvProblem::TooLong { limit: self.limit } });
                }
                let is_behind_end = reader.get_ref().is_end(reader.position().byte());
                if is_behind_end && record.len() == 1 && record.get(0) == Some(END_CELL) {
                    record.clear();
                    return Ok(None);
                }
                let line = reader.get_mut().line_at(offset);
                if is_behind_end && record.iter().next_back().is_some_and(|cell| cell.ends_with(END)) {
                    return Err(CsvError { line, problem: CsvProblem::UnclosedQuote });
                }
                let (cells, header) = (record.len() as u64, self.header.len() as u64);
                if header > 0 && cells != header {
                    return Err(CsvError { line, problem: CsvProblem::CellCount { cells, header } });
                }
                Ok(Some(line))
            }
            Rows::Tsv(rows, cells) => {
                let line = rows.next(cells);
                record.clear();
                if !matches!(line, Ok(None)) {
                    record.extend(cells.iter());
                }
                line
            }
        }
    }
}

/// How long a line that names the separator may be, in bytes.
const SEPARATOR_LINE: u64 = 16;

/// The separator that the first line of a table names, and the length of that line with its end.
fn named_separator(head: &[u8]) -> Option<(u8, usize)> {
    let end = head.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(head.len());
    let (line, behind) = head.split_at_checked(end)?;
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let (key, separator) = line.split_at_checked(4)?;
    let [separator] = separator else { return None };
    let line_end = if behind.starts_with(b"\r\n") { 2 } else { usize::from(!behind.is_empty()) };
    key.eq_ignore_ascii_case(b"sep=").then_some((*separator, end.saturating_add(line_end)))
}

/// What is put behind the end of a table: a row of its own, unless a cell is open there. (`csv` takes the end of a table for
/// the end of an open cell.)
const END: &str = "\n\0\n";
const END_CELL: &str = "\0";

/// The error of a row that begins at or behind an offset.
fn csv_error<R>(lines: &mut LineEnds<R>, start: u64, error: csv::Error, limit: u64) -> CsvError {
    let line = lines.line_at(error.position().map_or(start, csv::Position::byte));
    let problem = match error.into_kind() {
        ErrorKind::Utf8 { .. } => CsvProblem::NotUtf8,
        ErrorKind::Io(source) if source.kind() == io::ErrorKind::FileTooLarge => {
            CsvProblem::TooLong { limit }
        }
        ErrorKind::Io(source) => CsvProblem::Unreadable(source),
        // Of seeking and (de)serialising, which no caller does.
        other => CsvProblem::Unreadable(io::Error::other(format!("{other:?}"))),
    };
    CsvError { line, problem }
}

/// Notes the line ends of what is read: `\n`, `\r\n` and `\r`. (Positions of `csv` have lines by `\n` alone, and count
/// that of `\r\n` to the next row.)
struct LineEnds<R> {
    inner: R,
    /// How many bytes have been read.
    read: u64,
    /// Where the last `\r` ends.
    after_return: Option<u64>,
    /// Line ends behind the row that was asked for last, as offsets.
    ends: VecDeque<Range<u64>>,
    /// The line of that row.
    line: u64,
    /// How far may be read, as an offset.
    farthest: u64,
    /// Where the table ended, and [`END`] stands.
    end: Option<u64>,
}

impl<R> LineEnds<R> {
    /// What is read begins on this line.
    fn new(inner: R, line: u64) -> Self {
        LineEnds {
            inner,
            read: 0,
            after_return: None,
            ends: VecDeque::new(),
            line,
            farthest: u64::MAX,
            end: None,
        }
    }

    /// Whether an offset is that behind [`END`].
    fn is_end(&self, offset: u64) -> bool {
        self.end.is_some_and(|end| end.saturating_add(END.len() as u64) == offset)
    }

    /// The line of a row that begins at or, with blank lines in between, behind an offset. Rows are asked for in order.
    fn line_at(&mut self, mut offset: u64) -> u64 {
        while let Some(end) = self.ends.front().filter(|end| end.start <= offset) {
            self.line = self.line.saturating_add(1);
            offset = offset.max(end.end);
            self.ends.pop_front();
        }
        self.line
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.end.is_some() {
            return Ok(0);
        }
        if self.read >= self.farthest {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(buffer)?;
        if read == 0
            && let Some(place) = buffer.get_mut(..END.len())
        {
            place.copy_from_slice(END.as_bytes());
            self.end = Some(self.read);
            return Ok(END.len());
        }
        let bytes = buffer.get(..read).unwrap_or(buffer);
        for index in memchr2_iter(b'\r', b'\n', bytes) {
            let start = self.read.saturating_add(index as u64);
            let end = start.saturating_add(1);
            let is_return = bytes.get(index) == Some(&b'\r');
            if !is_return && self.after_return == Some(start) {
                // Without one to extend, the `\r` has been counted already.
                if let Some(line_end) = self.ends.back_mut() {
                    line_end.end = end;
                }
                continue;
            }
            if is_return {
                self.after_return = Some(end);
            }
            self.ends.push_back(start..end);
        }
        self.read = self.read.saturating_add(read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct OneByOne<'a>(&'a [u8]);

    impl Read for OneByOne<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.read(&mut buffer[..1])
        }
    }

    fn lines(table: &[u8]) -> Vec<u64> {
        fn of(table: impl Read) -> Vec<u64> {
            let mut rows = CsvRows::new(table, b',').unwrap();
            let mut record = StringRecord::new();
            std::iter::from_fn(|| rows.next(&mut record).unwrap()).collect()
        }
        let lines = of(table);
        assert_eq!(lines, of(OneByOne(table)));
        lines
    }

    #[test]
    fn lines_are_right_with_line_ends_of_every_kind() {
        for end in ["\n", "\r\n", "\r"] {
            for (table, expected) in [
                ("a,b|1,2|3,4|", &[2, 3][..]),
                ("a,b|1,2|3,4", &[2, 3]),
                ("|a,b||1,2|||3,4||", &[4, 7]),
                ("a,b|\"1|1|\",2|3,4|", &[2, 5]),
                ("\"a|\",b|1,2|", &[3]),
                ("a,b|", &[]),
            ] {
                assert_eq!(lines(table.replace('|', end).as_bytes()), expected, "{table} with {end:?}");
            }
        }
    }

    #[test]
    fn a_first_line_may_name_the_separator() {
        for (head, row) in
            [("sep=;", "1;2"), ("SEP=,", "1,2"), ("\"sep=\t\"", "1\t2"), ("\u{feff}sep=|", "1|2")]
        {
            for end in ["\n", "\r\n", "\r"] {
                let table = format!("{head}{end}{}{end}{row}{end}", row.replace('1', "a").replace('2', "b"));
                let mut rows = CsvRows::new(table.as_bytes(), b',').unwrap();
                assert_eq!(rows.header(), &["a", "b"][..], "{table:?}");
                let mut record = StringRecord::new();
                assert_eq!(
                    (rows.next(&mut record).unwrap(), &record),
                    (Some(3), &StringRecord::from(vec!["1", "2"]))
                );
            }
        }
        for table in ["sep=\n1\n", "sep,x\n1,2\n", "sep=;;\n1\n", "sep", ""] {
            let rows = CsvRows::new(table.as_bytes(), b',').unwrap();
            assert_eq!(rows.header().get(0), table.split(['\n', ',']).next().filter(|cell| !cell.is_empty()));
        }
    }

    #[test]
    fn lines_are_right_in_a_long_table() {
        let row = "犬,\"走\r\nる\"\r\n";
        let found = lines(("a,b\r\n".to_owned() + &row.repeat(5_000)).as_bytes());
        assert_eq!(found, (0..5_000).map(|row| 2 + 2 * row).collect::<Vec<u64>>());
    }

    #[test]
    fn errors_have_the_line_of_their_row() {
        for end in ["\n", "\r\n", "\r"] {
            let table = "a,b|\"1|1\",2||3|5,6|".replace('|', end);
            let mut rows = CsvRows::new(table.as_bytes(), b',').unwrap();
            let mut record = StringRecord::new();
            assert_eq!(rows.next(&mut record).unwrap(), Some(2));
            let error = rows.next(&mut record).unwrap_err();
            assert!(matches!(error.problem, CsvProblem::CellCount { cells: 1, header: 2 }), "{error:?}");
            assert_eq!(error.line, 5, "{end:?}");
            assert_eq!(rows.next(&mut record).unwrap(), Some(6));
        }
        let error = CsvRows::new(&b"\r\n\r\na,\xff\r\n"[..], b',').err().unwrap();
        assert!(matches!(error.problem, CsvProblem::NotUtf8));
        assert_eq!(error.line, 3);
    }
}
