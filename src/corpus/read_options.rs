//! How documents are read.

use std::path::PathBuf;

use super::{Encoding, HtmlPart, MaxDocument, SheetChoice};

/// What a user may say of the documents; by default, everything is detected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of documents without a byte-order mark.
    pub encoding: Option<Encoding>,
    /// Replace bytes that are not of the encoding by `�`, instead of refusing the document.
    pub allow_malformed: bool,
    /// Which part of a web page is read.
    pub html: HtmlPart,
    /// The column of tables that holds the text; without it, one with a name that is known.
    pub text_column: Option<String>,
    /// The column of tables that names the row; without it, rows are numbered from 1.
    pub id_column: Option<String>,
    /// Which sheets of a workbook are read.
    pub sheet: SheetChoice,
    /// How many bytes of a document may be held in memory as a whole.
    pub max_document: MaxDocument,
    /// The table of variables; without it, `variables.csv` at the top of each folder.
    pub variables: Option<PathBuf>,
    /// Names that no variable may have, such as those of columns of the results.
    pub reserved: Vec<String>,
}
