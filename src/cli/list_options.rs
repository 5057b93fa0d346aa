//! What `search` and `frequencies` read, and where they write: the options that both share.

use std::path::{Path, PathBuf};

use hedgerow::analysis::{CountOptions, LeftOut, parallel};
use hedgerow::corpus::Corpus;
use hedgerow::{Counter, SetupError};

use super::again::with_variables;
use super::error::{Error, Result};
use super::language::asked;
use super::messages::words;
use super::read_options::ReadArguments;
use super::show::{counted, note};
use super::terminal::Output;

/// A corpus of which a list is made.
#[derive(clap::Args)]
pub struct ListArguments {
    /// A table of variables, as for count; without it, variables.csv, .tsv or .xlsx at the top of a folder
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    variables: Option<PathBuf>,
    /// A dictionary that `hedgerow dictionary build` has written, in the place of the one inside the program
    #[arg(long, value_name = "DIR", help_heading = "Coding")]
    dictionary: Option<PathBuf>,
    /// Write all rows to this file (.csv or .xlsx), which must not exist, in the place of the terminal
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Replace the file of --out
    #[arg(long, requires = "out", help_heading = "Output")]
    force: bool,
    /// Leave out documents that can't be read
    #[arg(long, help_heading = "Reading")]
    skip_unreadable: bool,
    /// Leave out documents with next to no Japanese in them (English, Chinese, Korean, figures)
    #[arg(long, help_heading = "Reading")]
    skip_other_languages: bool,
    /// Leave out documents that equal or resemble an earlier one
    #[arg(long, help_heading = "Reading")]
    drop_duplicates: bool,
    #[command(flatten)]
    reading: ReadArguments,
}

impl ListArguments {
    /// Opens the corpus, and builds a counter that looks for a query. No variable may have the name of a column of a table.
    pub fn open(
        &self,
        paths: &[PathBuf],
        query: Option<&str>,
        tables: &[&str],
    ) -> Result<(Counter, Corpus, CountOptions)> {
        if let Some(out) = &self.out
            && !out.extension().is_some_and(|extension| {
                ["csv", "xlsx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
            })
        {
            return Err(Error::own("lists.extension", &[("path", &out.display())]));
        }
        let reading = with_variables(self.reading.reading(), self.variables.clone(), tables);
        let paths = self.reading.paths(paths)?;
        let counter = || -> std::result::Result<Counter, SetupError> {
            let builder = Counter::builder().wrapping(self.reading.wrapped());
            self.dictionary
                .iter()
                .fold(builder, |builder, folder| builder.dictionary(folder))
                .build_query(query)
        };
        let (counter, corpus) = parallel::join(counter, || Corpus::open(&paths, &reading));
        let options = CountOptions {
            reading,
            skip_unreadable: self.skip_unreadable,
            skip_other_languages: self.skip_other_languages,
            drop_duplicates: self.drop_duplicates,
            language: asked().unwrap_or_default(),
            ..CountOptions::default()
        };
        Ok((counter?, corpus?, options))
    }

    /// The file to write to, and whether it may be replaced.
    pub fn out(&self) -> Option<(&Path, bool)> {
        self.out.as_deref().map(|path| (path, self.force))
    }
}

/// Says what was left out.
pub fn notes(out: &mut impl Output, left_out: &LeftOut) -> std::io::Result<()> {
    for error in &left_out.unreadable {
        note(out, "texts.left_out", &[("error", &words(&error.message()))])?;
    }
    if left_out.documents > 0 {
        note(out, "lists.left_out", &[("documents", &counted(left_out.documents, "counted.document"))])?;
    }
    Ok(())
}
