//! A document.

use std::sync::Arc;

use super::{CorpusError, DocumentReader, Input, ReadOptions, TableProblem};
use crate::text::composed;

/// A document, decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its name in the tables: the path of its file; of a row, `#` and its id behind it.
    pub name: String,
    /// Whether its id is a whole number of JSON and no text: such ids are in the order of their values.
    pub has_integer_id: bool,
    /// Its text, without a byte-order mark; line ends as in the file.
    pub text: String,
    /// Its size: that of the file in bytes, or of the text of a row.
    pub bytes: u64,
    /// The variables in its row of a table, with their values, in the order of the columns.
    pub variables: Vec<(Arc<str>, String)>,
    /// The line ends that end no sentence, such as that of a `<br>` for looks: their offsets in bytes, in order.
    pub joined: Vec<usize>,
}

impl Document {
    /// Reads a file that is one document; of several, the first.
    ///
    /// # Errors
    /// A file that can't be read, or that holds no document.
    pub fn read(input: &Input) -> Result<Self, CorpusError> {
        let none = || CorpusError::NoDocument { document: input.document.clone() };
        DocumentReader::open(input, &ReadOptions::default()).next().unwrap_or_else(|| Err(none()))
    }

    /// The document of a row that is in memory: as a row of JSON Lines with this text, this id and these variables. Its name is
    /// its id.
    ///
    /// ```
    /// let row = hedgerow::Document::of_row(" 1 ", "効く。", [("year".into(), "2026".into())])?;
    /// assert_eq!((row.name.as_str(), row.variables[0].1.as_str()), ("1", "2026"));
    /// # Ok::<(), hedgerow::CorpusError>(())
    /// ```
    ///
    /// # Errors
    /// An empty id, or a text with a NUL.
    pub fn of_row(
        id: &str,
        text: &str,
        variables: impl IntoIterator<Item = (Arc<str>, String)>,
    ) -> Result<Self, CorpusError> {
        let name = composed(id.trim());
        let wrong = |problem| CorpusError::Row { document: name.clone(), line: 1, problem };
        if name.is_empty() {
            return Err(wrong(TableProblem::EmptyId("id".into())));
        }
        if text.contains('\0') {
            return Err(wrong(TableProblem::Nul));
        }
        let mut variables: Vec<_> = variables.into_iter().collect();
        variables.sort();
        Ok(Document { text: text.into(), bytes: text.len() as u64, variables, name, ..Document::default() })
    }

    /// The documents in the contents of a file. The extension of `name` says what they are: `a.html` is a web page,
    /// `a.csv` a table with a document in each row.
    ///
    /// ```
    /// use hedgerow::{Document, ReadOptions};
    ///
    /// let page = Document::from_bytes("a.html", "<h1>題</h1><p>効果が期待される。".into(), &ReadOptions::default())?;
    /// assert_eq!(page[0].text, "題\n効果が期待される。\n");
    /// let rows = Document::from_bytes("a.csv", "text,year\n効く。,2026\n".into(), &ReadOptions::default())?;
    /// assert_eq!((rows[0].name.as_str(), rows[0].text.as_str()), ("a.csv#1", "効く。"));
    /// # Ok::<(), hedgerow::CorpusError>(())
    /// ```
    ///
    /// # Errors
    /// Contents that are not what the name says, or can't be decoded.
    pub fn from_bytes(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Vec<Self>, CorpusError> {
        DocumentReader::from_bytes(name, bytes, options).collect()
    }
}
