//! Looking into tables and archives before they are read: which have texts, and which variables.

use std::io::{BufReader, Cursor};
use std::path::PathBuf;

use super::document_reader::{open_file, table_variables, variables_of};
use super::formats::Archive;
use super::{Corpus, CorpusError, Input, Kind, ReadOptions};

impl Corpus {
    /// Looks into the tables and archives: the names of their variables are known before the first document is
    /// read, and a table in a folder none of whose columns holds the text is passed over.
    ///
    /// # Errors
    /// A table that was named and has no text, or nothing to count.
    pub fn look_into(&mut self, paths: &[PathBuf], options: &ReadOptions) -> Result<(), Vec<CorpusError>> {
        let mut errors = Vec::new();
        let mut inputs = std::mem::take(&mut self.inputs);
        inputs.retain(|input| match input.form.kind {
            kind if kind.is_table() => match variables_of(input, options) {
                Err(CorpusError::NoTextColumn { .. }) if paths[input.argument].is_dir() => {
                    self.tables_passed_over.push(input.document.clone());
                    false
                }
                Err(error @ CorpusError::NoTextColumn { .. }) => {
                    errors.push(error);
                    false
                }
                // It is told of when the table is read, or skipped.
                Err(_) => true,
                Ok(variables) => {
                    self.add_columns(variables);
                    true
                }
            },
            Kind::Zip => self.look_into_archive(input, options),
            _ => true,
        });
        self.inputs = inputs;
        if errors.is_empty() && self.inputs.is_empty() && self.unreadable.is_empty() {
            let path = |path: &PathBuf| path.display().to_string();
            let paths = paths.iter().map(path).collect::<Vec<_>>().join(", ");
            errors.push(CorpusError::Nothing { paths, other: self.passed_over_in_brackets() });
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Whether an archive has anything to read in it.
    fn look_into_archive(&mut self, input: &Input, options: &ReadOptions) -> bool {
        let open = |file| Archive::open(&input.document, Box::new(BufReader::new(file)));
        // It is told of when the archive is read, or skipped.
        let Ok(archive) = open_file(input).and_then(open) else { return true };
        for extension in &archive.passed_over {
            *self.passed_over.entry(extension.clone()).or_default() += 1;
        }
        let members = archive.len();
        let mut without_text = 0;
        for table in archive.tables() {
            let Ok(table) = table else { continue };
            let file = Box::new(Cursor::new(table.bytes));
            match table_variables(&table.document, table.form, file, options) {
                Ok(variables) => self.add_columns(variables),
                Err(CorpusError::NoTextColumn { .. }) => {
                    without_text += 1;
                    self.tables_passed_over.push(table.document);
                }
                Err(_) => {}
            }
        }
        members > without_text
    }

    fn add_columns(&mut self, variables: Vec<String>) {
        for variable in variables {
            if !self.columns.contains(&variable) {
                self.columns.push(variable);
            }
        }
    }

    fn passed_over_in_brackets(&self) -> String {
        let mut there = self.tables_passed_over.clone();
        there.extend(Some(self.passed_over_in_words()).filter(|words| !words.is_empty()));
        if there.is_empty() { String::new() } else { format!(" (there: {})", there.join(", ")) }
    }
}
