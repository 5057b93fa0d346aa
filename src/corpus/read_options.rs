//! How documents are to be read.

use super::{Encoding, HtmlPart};

/// What a user may say of the documents; by default, everything is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of documents without a byte-order mark.
    pub encoding: Option<Encoding>,
    /// Put `�` in the place of bytes that are not of the encoding, instead of refusing the document.
    pub allow_malformed: bool,
    /// Which part of a web page is read.
    pub html: HtmlPart,
    /// The column of tables that holds the text; without it, one that is called so.
    pub text_column: Option<String>,
    /// The column of tables that names the row; without it, rows are numbered from 1.
    pub id_column: Option<String>,
}
