//! CSV, row by row, and what can be wrong with it.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::ops::Range;

use csv::{ErrorKind, StringRecord};
use memchr::memchr2_iter;

/// The rows of a table in CSV.
pub(crate) struct CsvRows<R> {
    reader: csv::Reader<LineEnds<R>>,
    header: StringRecord,
}

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
}

impl<R: Read> CsvRows<R> {
    /// Reads the header of a table in UTF-8.
    pub fn new(table: R, separator: u8) -> Result<Self, CsvError> {
        let reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(LineEnds::new(table));
        let mut rows = CsvRows { reader, header: StringRecord::new() };
        match rows.reader.headers() {
            Ok(header) => rows.header = header.clone(),
            Err(error) => return Err(rows.error(error)),
        }
        Ok(rows)
    }

    /// The cells of the header; a byte-order mark is left in the first.
    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    /// Reads the next row into `record`, and gives the line, from 1, on which it begins; none at the end.
    pub fn next(&mut self, record: &mut StringRecord) -> Result<Option<u64>, CsvError> {
        match self.reader.read_record(record) {
            Ok(true) => {
                let offset = record.position().map_or(0, csv::Position::byte);
                Ok(Some(self.reader.get_mut().line_at(offset)))
            }
            Ok(false) => Ok(None),
            Err(error) => Err(self.error(error)),
        }
    }

    fn error(&mut self, error: csv::Error) -> CsvError {
        let offset = error.position().map(csv::Position::byte);
        let lines = self.reader.get_mut();
        let line = offset.map_or(lines.line, |offset| lines.line_at(offset));
        let problem = match error.into_kind() {
            ErrorKind::UnequalLengths { expected_len, len, .. } => {
                CsvProblem::CellCount { cells: len, header: expected_len }
            }
            ErrorKind::Utf8 { .. } => CsvProblem::NotUtf8,
            ErrorKind::Io(source) => CsvProblem::Unreadable(source),
            // Of seeking and (de)serialising, which no caller does.
            other => CsvProblem::Unreadable(io::Error::other(format!("{other:?}"))),
        };
        CsvError { line, problem }
    }
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
}

impl<R> LineEnds<R> {
    fn new(inner: R) -> Self {
        LineEnds { inner, read: 0, after_return: None, ends: VecDeque::new(), line: 1 }
    }

    /// The line of a row that begins at or, with blank lines in between, behind an offset. Rows are asked for in order.
    fn line_at(&mut self, mut offset: u64) -> u64 {
        while let Some(end) = self.ends.front().filter(|end| end.start <= offset) {
            self.line += 1;
            offset = offset.max(end.end);
            self.ends.pop_front();
        }
        self.line
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        for index in memchr2_iter(b'\r', b'\n', &buffer[..read]) {
            let start = self.read + index as u64;
            if buffer[index] == b'\n' && self.after_return == Some(start) {
                // Without one to extend, the `\r` has been counted already.
                if let Some(end) = self.ends.back_mut() {
                    end.end = start + 1;
                }
                continue;
            }
            if buffer[index] == b'\r' {
                self.after_return = Some(start + 1);
            }
            self.ends.push_back(start..start + 1);
        }
        self.read += read as u64;
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
