//! What can be wrong with the input.

use std::io;
use std::path::PathBuf;

use super::Encoding;

/// An input that can't be read, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A path that isn't there, or may not be looked at.
    #[error("{}: {source}; check the spelling of the path and the rights to read it", path.display())]
    Path {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that can't be read.
    #[error("{document}: {source}; check the rights to read it (--skip-unreadable leaves it out)")]
    Unreadable {
        /// The document.
        document: String,
        /// What the system said.
        source: io::Error,
    },
    /// Bytes that are not of the encoding.
    #[error(
        "{document}: {malformed} bytes are not {encoding}, the first is byte {byte} (line {line}); give the encoding with --encoding, or put � in their place with --allow-malformed (--skip-unreadable leaves it out)"
    )]
    Malformed {
        /// The document.
        document: String,
        /// The encoding.
        encoding: Encoding,
        /// How many bytes.
        malformed: usize,
        /// The first of them, from 0.
        byte: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// Bytes that two encodings make sense of.
    #[error(
        "{document}: too short to tell {one} from {other}; give the encoding with --encoding, or save it as UTF-8 with a byte-order mark (--skip-unreadable leaves it out)"
    )]
    Ambiguous {
        /// The document.
        document: String,
        /// One of the encodings.
        one: Encoding,
        /// The other.
        other: Encoding,
    },
    /// Bytes that no encoding of Japanese makes sense of.
    #[error(
        "{document}: not UTF-8, Shift_JIS, EUC-JP or ISO-2022-JP; give the encoding with --encoding, or save it as UTF-8 (--skip-unreadable leaves it out)"
    )]
    Encoding {
        /// The document.
        document: String,
    },
    /// A NUL character, which no text holds.
    #[error(
        "{document}: a NUL character at byte {byte}, so it is no text, or UTF-16 without a byte-order mark; save it as UTF-8 (--skip-unreadable leaves it out)"
    )]
    Binary {
        /// The document.
        document: String,
        /// Where it is, from 0.
        byte: usize,
    },
    /// A file with nothing to read in it.
    #[error("{document}: there is no text in the {what}, {why} (--skip-unreadable leaves it out)")]
    NoText {
        /// The document.
        document: String,
        /// What it is.
        what: &'static str,
        /// Why that may be, and what to do.
        why: String,
    },
    /// A file that is not what its name says.
    #[error("{document}: {message} (--skip-unreadable leaves it out)")]
    Damaged {
        /// The document.
        document: String,
        /// What is wrong, and what to do.
        message: String,
    },
    /// A row of a table that can't be read.
    #[error("{document}, line {line}: {message} (--skip-unreadable leaves the row out)")]
    Row {
        /// The table.
        document: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong, and what to do.
        message: String,
    },
    /// A table none of whose columns is known to hold the text.
    #[error(
        "{document}: no column is called text, テキスト or 本文; say with --text-column which one holds the text: {columns}"
    )]
    NoTextColumn {
        /// The table.
        document: String,
        /// The names of its columns.
        columns: String,
    },
    /// A file that holds no document.
    #[error("{document}: there is no document in it; leave it out (--skip-unreadable does)")]
    Empty {
        /// The file.
        document: String,
    },
    /// A file named on the command line that is of no kind that can be read.
    #[error("{}: files of this kind are not read; {remedy}", path.display())]
    Kind {
        /// The file.
        path: PathBuf,
        /// What to do.
        remedy: &'static str,
    },
    /// A name that is no Unicode, so that no table can hold it.
    #[error("{}: the name is not Unicode; rename the file", path.display())]
    Name {
        /// The file.
        path: PathBuf,
    },
    /// Two inputs under one name.
    #[error("{} and {} would both be the document {document}; give one folder above both, or rename one", first.display(), second.display())]
    DuplicateName {
        /// The name.
        document: String,
        /// The first file.
        first: PathBuf,
        /// The second.
        second: PathBuf,
    },
    /// Nothing to count.
    #[error("no document in {paths}: no file there is of a kind that is read, such as .txt or .html{other}")]
    Nothing {
        /// The paths that were searched.
        paths: String,
        /// What was there instead, if anything.
        other: String,
    },
    /// A table that can't be opened or read.
    #[error("{}: {source}; check the path, and the rights to read it", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A table of variables that can't be used.
    #[error("{}, line {line}: {message}", path.display())]
    Variables {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong and what was expected.
        message: String,
    },
    /// A variable in a table of documents with the name of a column of the results.
    #[error("the column `{name}` of a table of documents has the name of a column of the results; rename it")]
    Column {
        /// The name.
        name: String,
    },
    /// A gold coding that does not fit.
    #[error("{}, line {line}: {message}", path.display())]
    Gold {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong and what was expected.
        message: String,
    },
}
