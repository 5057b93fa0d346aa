//! A coding of documents by readers, from a table.

use std::path::{Path, PathBuf};

use super::named_table::{NamedTable, document_name};
use super::{CorpusError, ReadOptions, TableProblem};
use crate::messages::Message;

/// Columns of a sheet of items that were drawn to be judged, which has those of a coding as well.
const OF_SHEETS: [&str; 2] = ["judgement", "stratum"];

/// The columns of the table.
const COLUMNS: [&str; 8] = ["document", "line", "start", "end", "node", "stance", "category", "negated"];

/// A marker as a reader coded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldMarker {
    /// The document.
    pub document: String,
    /// The line of the document, from 1, on which the sentence with the node begins.
    pub line: u64,
    /// The character offset of the node in the decoded document.
    pub start: u64,
    /// The character offset of its end.
    pub end: u64,
    /// The node.
    pub node: String,
    /// hedge or assertive.
    pub stance: String,
    /// The category.
    pub category: String,
    /// Whether the marker itself is negated.
    pub negated: bool,
    /// The line of the table, from 1.
    pub row: u64,
}

/// A coding by readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gold {
    /// The table.
    pub path: PathBuf,
    /// The markers, in the order of the table.
    pub markers: Vec<GoldMarker>,
    /// The documents of rows without a marker, which were read, and the lines of these rows.
    pub read: Vec<(String, u64)>,
}

impl Gold {
    /// Reads a table with the columns `document,line,start,end,node,stance,category,negated`, in any order and among
    /// others: CSV, TSV, JSON Lines or one of Excel's, in any of the encodings. A row with a document alone says that it
    /// was read, and has no marker.
    ///
    /// # Errors
    /// A table that can't be read, or the first row that is not of this form.
    pub fn read(path: &Path, options: &ReadOptions) -> Result<Self, CorpusError> {
        let wrong = |(line, problem)| CorpusError::Gold { path: path.into(), line, problem };
        let (markers, read) = markers(&named_table(path, options)?).map_err(wrong)?;
        Ok(Gold { path: path.into(), markers, read })
    }

    /// Reads a table with the column `document`, among others: a coding without markers, of documents that were read.
    ///
    /// # Errors
    /// As [`Gold::read`].
    pub fn read_documents(path: &Path, options: &ReadOptions) -> Result<Self, CorpusError> {
        let table = named_table(path, options)?;
        let column = table.header.iter().position(|cell| cell == COLUMNS[0]);
        let Some(column) = column else {
            let problem = TableProblem::Other(Message::new("evaluation.no_document_column", &[]));
            return Err(CorpusError::Gold { path: path.into(), line: 1, problem });
        };
        let cell = |cells: &[String]| document_name(cells.get(column).map_or("", String::as_str));
        let read = table.rows.iter().map(|(line, cells)| (cell(cells), *line)).collect();
        Ok(Gold { path: path.into(), markers: Vec::new(), read })
    }

    /// A row that does not fit the documents.
    pub(crate) fn error(&self, row: u64, message: Message) -> CorpusError {
        CorpusError::Gold { path: self.path.clone(), line: row, problem: TableProblem::Other(message) }
    }
}

fn named_table(path: &Path, options: &ReadOptions) -> Result<NamedTable, CorpusError> {
    NamedTable::read(path, options).map_err(|error| match error {
        CorpusError::Row { line, problem, .. } => CorpusError::Gold { path: path.into(), line, problem },
        other => other,
    })
}

/// The markers, and the documents without one.
type Coding = (Vec<GoldMarker>, Vec<(String, u64)>);

fn markers(table: &NamedTable) -> Result<Coding, (u64, TableProblem)> {
    if OF_SHEETS.iter().all(|name| table.header.iter().any(|cell| cell.trim() == *name)) {
        return Err((1, TableProblem::Other(Message::new("evaluation.sheet", &[]))));
    }
    let mut columns = [0; COLUMNS.len()];
    for (column, name) in columns.iter_mut().zip(COLUMNS) {
        let found = table.header.iter().position(|cell| cell == name);
        *column = found.ok_or((1, TableProblem::NoGoldColumn(name)))?;
    }
    let (mut markers, mut read) = Coding::default();
    for (line, cells) in &table.rows {
        let cells = columns.map(|column| cells.get(column).map_or("", String::as_str));
        match cells {
            [document, rest @ ..] if !document.is_empty() && rest.iter().all(|cell| cell.is_empty()) => {
                read.push((document_name(document), *line))
            }
            _ => markers.push(marker(cells, *line).map_err(|problem| (*line, problem))?),
        }
    }
    Ok((markers, read))
}

fn marker(cells: [&str; COLUMNS.len()], row: u64) -> Result<GoldMarker, TableProblem> {
    let [document, line, start, end, node, stance, category, negated] = cells;
    Ok(GoldMarker {
        document: document_name(document),
        line: number("line", line)?,
        start: number("start", start)?,
        end: number("end", end)?,
        node: node.into(),
        stance: stance.into(),
        category: category.into(),
        negated: boolean("negated", negated)?,
        row,
    })
}

fn number(column: &'static str, cell: &str) -> Result<u64, TableProblem> {
    cell.parse().map_err(|_| TableProblem::NotANumber { column, cell: cell.into() })
}

/// `true` or `false`, in capitals too, or 1 or 0, as spreadsheets write them.
fn boolean(column: &'static str, cell: &str) -> Result<bool, TableProblem> {
    match cell.to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(TableProblem::NotABoolean { column, cell: cell.into() }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::named_table::RowEnds;
    use super::*;

    fn read(table: &[u8]) -> Result<Vec<GoldMarker>, (u64, TableProblem)> {
        match NamedTable::from_bytes("gold.csv", table, &ReadOptions::default(), RowEnds::Whole) {
            Ok(table) => markers(&table).map(|(markers, _)| markers),
            Err(CorpusError::Row { line, problem, .. }) => Err((line, problem)),
            Err(other) => panic!("{other}"),
        }
    }

    const HEADER: &str = "document,line,start,end,node,stance,category,negated";

    #[test]
    fn columns_may_be_in_any_order_and_among_others() {
        let table = "\u{feff}id,negated,category,stance,node,end,start,line,document\r\n\
                     1,TRUE,hope,hedge,犬,4,3,2,a.txt\r\n";
        let marker = GoldMarker {
            document: "a.txt".into(),
            line: 2,
            start: 3,
            end: 4,
            node: "犬".into(),
            stance: "hedge".into(),
            category: "hope".into(),
            negated: true,
            row: 2,
        };
        assert_eq!(read(table.as_bytes()), Ok(vec![marker]));
    }

    #[test]
    fn errors_name_their_line_with_line_ends_of_every_kind() {
        for end in ["\n", "\r\n", "\r"] {
            let row = |line: &str, start: &str, negated: &str| {
                format!("a.txt,{line},{start},4,\"犬{end}\",hedge,hope,{negated}{end}")
            };
            let table = |last: String| format!("{HEADER}{end}{}{end}{last}", row("1", "3", "false"));
            let not_a_number = |column, cell: &str| TableProblem::NotANumber { column, cell: cell.into() };
            for (last, problem) in [
                (row("x", "3", "false"), not_a_number("line", "x")),
                (row("1", "-3", "false"), not_a_number("start", "-3")),
                (row("1", "3", "no"), TableProblem::NotABoolean { column: "negated", cell: "no".into() }),
                (format!("a.txt,1{end}"), TableProblem::CellCount { cells: 2, header: 8 }),
            ] {
                assert_eq!(read(table(last).as_bytes()), Err((5, problem)), "{end:?}");
            }
        }
        let problem = TableProblem::NoGoldColumn("line");
        assert_eq!(read(b"document,start\na.txt,1\n"), Err((1, problem)));
    }
}
