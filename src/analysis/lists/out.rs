//! The file that a list is written to.

use std::path::Path;

use crate::analysis::AnalysisError;
use crate::messages::Language;
use crate::publishing::NewFile;
use crate::tables::{TableError, TableRecord};

/// A list in a file: as CSV, or, where the name of the file ends in .xlsx, as a workbook that is made of this.
pub(super) struct ListFile {
    csv: NewFile,
    #[cfg(feature = "report")]
    workbook: Option<NewFile>,
}

impl ListFile {
    /// Begins it; the flag says whether a file that is there may be replaced.
    ///
    /// # Errors
    /// A file that exists, or can't be written.
    pub fn create((path, may_replace): (&Path, bool)) -> Result<Self, AnalysisError> {
        let create = || NewFile::create(path, may_replace).map_err(TableError::from);
        Ok(ListFile {
            csv: create()?,
            #[cfg(feature = "report")]
            workbook: match path.extension() {
                Some(extension) if extension.eq_ignore_ascii_case("xlsx") => Some(create()?),
                _ => None,
            },
        })
    }

    /// Where the table is to be written as CSV.
    pub fn path(&self) -> &Path {
        self.csv.path()
    }

    /// Puts the table in its place when it is written; what a workbook says of its columns is in a language.
    ///
    /// # Errors
    /// A file that can't be written.
    #[cfg_attr(not(feature = "report"), expect(unused_variables, reason = "a workbook is made of them"))]
    pub fn publish(self, record: &TableRecord, language: Language) -> Result<(), AnalysisError> {
        #[cfg(feature = "report")]
        if let Some(workbook) = self.workbook {
            crate::report::workbook::write_table(workbook.path(), self.csv.path(), record, language)?;
            return Ok(workbook.publish().map_err(TableError::from)?);
        }
        Ok(self.csv.publish().map_err(TableError::from)?)
    }
}
