//! What can be wrong with the input, as data; `messages` puts it into words.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::{CsvError, CsvProblem, Encoding, HtmlPart, Kind, TablePassedOver};
use crate::messages::Message;

/// An input that can't be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum CorpusError {
    /// A path that doesn't exist, or may not be accessed.
    Path {
        /// The path.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A file that can't be read.
    Unreadable {
        /// The document.
        document: String,
        /// The system's error.
        source: io::Error,
    },
    /// The temporary file for standard input can't be written.
    TemporaryFile {
        /// The folder for temporary files.
        folder: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// What is in a folder and neither a file nor a folder: a pipe, a device, a socket.
    NotAFile {
        /// The document.
        document: String,
    },
    /// A path to what is neither a file nor a folder.
    PathToNoFile {
        /// The path.
        path: PathBuf,
    },
    /// A document that would have to be held in memory as a whole, and is larger than the limit.
    TooLarge {
        /// The document.
        document: String,
        /// Its size in bytes, if it is known without reading it all.
        size: Option<u64>,
        /// The limit in bytes.
        limit: u64,
    },
    /// A document on which the program itself failed.
    Panicked {
        /// The document.
        document: String,
        /// What the program says of it.
        message: String,
    },
    /// A file that is not as it was when it was first read.
    Changed {
        /// The document.
        document: String,
    },
    /// Bytes that are not of the encoding.
    Malformed {
        /// The document.
        document: String,
        /// The encoding.
        encoding: Encoding,
        /// How many bytes.
        malformed: usize,
        /// The offset of the first of them in bytes, behind a byte-order mark.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// Text in ISO-2022-JP within a text of another encoding.
    Escape {
        /// The document.
        document: String,
        /// The other encoding.
        encoding: Encoding,
        /// The offset of the escape sequence in bytes, behind a byte-order mark.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// Bytes that are valid in two encodings, and too short for a decision.
    Ambiguous {
        /// The document.
        document: String,
        /// The encodings.
        encodings: [Encoding; 2],
    },
    /// Bytes that are not valid in any encoding of Japanese.
    UnknownEncoding {
        /// The document.
        document: String,
    },
    /// A NUL character, which no text has.
    Nul {
        /// The document.
        document: String,
        /// Its offset in bytes.
        offset: usize,
    },
    /// A file without text.
    NoText {
        /// The document.
        document: String,
        /// In what there is none.
        what: NoText,
    },
    /// A file that is not what its name says.
    Damaged {
        /// The document.
        document: String,
        /// What it should be.
        kind: Kind,
        /// What is wrong.
        damage: Damage,
    },
    /// A row of a table of documents that can't be read; those behind it may be.
    Row {
        /// The table.
        document: String,
        /// The line, from 1; of a spreadsheet, the row.
        line: u64,
        /// What is wrong.
        problem: TableProblem,
    },
    /// A table of documents without a column that is known to hold the text.
    NoTextColumn {
        /// The table.
        document: String,
        /// Its columns.
        columns: Vec<String>,
    },
    /// A file that holds no document.
    NoDocument {
        /// The file.
        document: String,
    },
    /// A file of a kind that is not read.
    UnknownKind {
        /// The file.
        path: PathBuf,
        /// Its extension with the dot, as it is in the name.
        extension: String,
    },
    /// A name that is not Unicode, so that no table can hold it.
    NotUnicode {
        /// The file.
        path: PathBuf,
    },
    /// Two files whose documents would have one name.
    DuplicateName {
        /// The name.
        document: String,
        /// The first file.
        first: PathBuf,
        /// The second.
        second: PathBuf,
    },
    /// Paths without a document.
    NoDocuments {
        /// The paths.
        paths: Vec<PathBuf>,
        /// How many files of each other kind there are, by extension.
        passed_over: BTreeMap<String, u64>,
        /// Tables without a column that is known to hold the text.
        tables_passed_over: Vec<TablePassedOver>,
    },
    /// A column of a table of documents with a name that is reserved.
    ReservedColumn {
        /// The table.
        document: String,
        /// The name.
        column: String,
    },
    /// A table of variables or a gold coding that can't be opened or read.
    TableUnreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A table of variables that can't be used.
    Variables {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        problem: TableProblem,
    },
    /// A gold coding that can't be used.
    Gold {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        problem: TableProblem,
    },
}

/// In what there is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoText {
    /// A file of any kind.
    File,
    /// A web page, of which this part was asked for.
    Page(HtmlPart),
    /// A document of Word's.
    Word,
    /// A PDF: no Japanese on so many pages.
    Pdf {
        /// How many.
        pages: usize,
    },
}

/// What is wrong with a file that is not what its name says. The words of a decoder or parser are given as it says them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// What its parser says.
    Parser(String),
    /// A compressed file that can't be decompressed, by the decoder's words.
    Compression(String),
    /// A table that can't be read to its end, by the reader's words.
    Stream(String),
    /// A file that grows more than any text when it is decompressed.
    Growth {
        /// The number of times that is allowed.
        limit: u64,
    },
    /// A place of a spreadsheet beyond its last row or column.
    CellOutside(String),
    /// A spreadsheet that counts more strings than it can hold.
    StringCount {
        /// How many.
        count: u64,
    },
    /// A page or XML that nests deeper than any.
    TooDeep {
        /// How many elements may stand within one another.
        limit: usize,
    },
    /// An element with more attributes than any has.
    TooManyAttributes {
        /// How many one may have.
        limit: usize,
    },
    /// A PDF whose objects are not found.
    NoPdf,
    /// A page of a PDF that can't be unpacked.
    PdfPage(usize),
    /// A PDF with a password.
    PdfPassword,
    /// A spreadsheet without a sheet.
    NoSheet,
    /// An archive without a member that it must have.
    MissingMember(String),
    /// A member that is no XML, by the parser's words.
    MemberNotXml(String, String),
    /// A part of a document of Word's in which a field has no end.
    OpenField(String),
    /// A part of a document of Word's that refers to text in another file.
    TextElsewhere(String),
    /// XML that is neither TEI nor a web page; the name of its root.
    OtherXml(String),
    /// Subtitles without a line of times.
    NoTimes,
    /// A file of Office before 2007, or one with a password.
    OldOffice,
    /// No archive, or part of one, by the decoder's words.
    Archive(String),
    /// An archive or member that is encrypted.
    Encrypted,
    /// An archive compressed by a method that is not read, by the decoder's words.
    UnsupportedMethod(String),
    /// An archive of too many members.
    TooManyMembers {
        /// How many it has.
        members: usize,
        /// How many it may have.
        limit: usize,
    },
    /// A member whose name leads out of the archive.
    MemberOutside(String),
    /// Members of one name that can't be told apart.
    EqualNames,
    /// Members that share bytes of the archive, as one does that is made to fill the memory or the disk.
    OverlappingMembers,
    /// An archive within an archive.
    NestedArchive,
    /// What must be held in memory as a whole, and is larger than the limit.
    TooLarge {
        /// Its size in bytes, if it is known without reading it all.
        size: Option<u64>,
        /// The limit in bytes.
        limit: u64,
    },
    /// A member that can't be decompressed, by the decoder's words.
    Member(String),
}

/// What is wrong with the header or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableProblem {
    /// It can't be read, by the reader's words.
    Unreadable(String),
    /// Not UTF-8.
    NotUtf8,
    /// A row of another length than the header.
    CellCount {
        /// Its cells.
        cells: u64,
        /// Those of the header.
        header: u64,
    },
    /// Two columns of one name.
    DuplicateColumn(String),
    /// No column of this name.
    MissingColumn {
        /// The name.
        column: String,
        /// The columns that there are.
        columns: Vec<String>,
    },
    /// A workbook without a sheet of this name.
    MissingSheet {
        /// The name.
        sheet: String,
        /// The sheets that there are.
        sheets: Vec<String>,
    },
    /// A table of variables without a column `document`; the columns that there are.
    NoDocumentColumn(Vec<String>),
    /// A gold coding without this column.
    NoGoldColumn(&'static str),
    /// A column without a name; its index, from 0.
    UnnamedColumn(usize),
    /// A cell in a column without a name.
    UnnamedCell(String),
    /// A column with a name that is reserved.
    ReservedColumn(String),
    /// A row without any column of the names that are known to hold the text.
    NoTextCell(Vec<String>),
    /// A row without this column.
    MissingCell(String),
    /// A row whose id, in this column, is empty.
    EmptyId(String),
    /// A row with an id that another has.
    DuplicateId {
        /// The column.
        column: String,
        /// The id.
        id: String,
    },
    /// A text with a NUL character.
    Nul,
    /// A line that is no JSON object, by the parser's words.
    NotAnObject(String),
    /// Half of a pair of surrogates, such as half an emoji, as it is written.
    LoneSurrogate(String),
    /// A quotation mark that may open a cell of several lines or be a part of the text.
    OpenQuote,
    /// A quotation mark that opens a cell, and none that closes it.
    UnclosedQuote,
    /// A cell with an error in the place of a value.
    ErrorCell {
        /// Its place, such as `B3`.
        place: String,
        /// The error, such as `#N/A`.
        error: String,
    },
    /// Two rows of one document.
    DuplicateDocument(String),
    /// Two values of a variable for one document.
    DuplicateValue {
        /// The document.
        document: String,
        /// The variable.
        variable: String,
    },
    /// A cell that should be a whole number.
    NotANumber {
        /// The column.
        column: &'static str,
        /// The cell.
        cell: String,
    },
    /// A cell that should be true or false.
    NotABoolean {
        /// The column.
        column: &'static str,
        /// The cell.
        cell: String,
    },
    /// What the caller says of a row.
    Other(Message),
}

impl CorpusError {
    /// A file that is not what its name says, or that is too large.
    pub(super) fn damaged(document: &str, kind: Kind, damage: Damage) -> Self {
        let document = document.to_owned();
        match damage {
            Damage::TooLarge { size, limit } => CorpusError::TooLarge { document, size, limit },
            damage => CorpusError::Damaged { document, kind, damage },
        }
    }
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl From<CsvError> for (u64, TableProblem) {
    fn from(CsvError { line, problem }: CsvError) -> Self {
        let problem = match problem {
            CsvProblem::NotUtf8 => TableProblem::NotUtf8,
            CsvProblem::CellCount { cells, header } => TableProblem::CellCount { cells, header },
            CsvProblem::OpenQuote => TableProblem::OpenQuote,
            CsvProblem::UnclosedQuote => TableProblem::UnclosedQuote,
            CsvProblem::TooLong { limit } => TableProblem::Unreadable(format!("more than {limit} bytes")),
            CsvProblem::Unreadable(source) => TableProblem::Unreadable(source.to_string()),
        };
        (line, problem)
    }
}

impl fmt::Display for TableProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl Error for Damage {}

impl Error for CorpusError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            CorpusError::Path { source, .. }
            | CorpusError::Unreadable { source, .. }
            | CorpusError::TemporaryFile { source, .. }
            | CorpusError::TableUnreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}
