//! The options of a run, from its record.

use super::OptionsRecord;
use crate::corpus::{MaxDocument, ReadOptionError, ReadOptions, SheetChoice};
use crate::text::WrapPolicy;

impl OptionsRecord {
    /// How its documents were read, without its table of variables.
    ///
    /// # Errors
    /// A value that is none of the option's.
    pub fn reading(&self) -> Result<ReadOptions, ReadOptionError> {
        Ok(ReadOptions {
            encoding: self.encoding.as_deref().map(str::parse).transpose()?,
            allow_malformed: self.allow_malformed,
            html: self.html.parse()?,
            text_column: self.text_column.clone(),
            id_column: self.id_column.clone(),
            sheet: match self.sheet.as_deref() {
                None => SheetChoice::FirstVisible,
                Some("all") => SheetChoice::All,
                Some(name) => SheetChoice::Named(name.into()),
            },
            max_document: self.max_document.map_or_else(MaxDocument::default, MaxDocument),
            ..ReadOptions::default()
        })
    }

    /// When its lines were joined; none where the record names no such policy.
    pub fn wrapping(&self) -> Option<WrapPolicy> {
        [WrapPolicy::Auto, WrapPolicy::Always, WrapPolicy::Never]
            .into_iter()
            .find(|policy| policy.name() == self.wrapped)
    }
}
