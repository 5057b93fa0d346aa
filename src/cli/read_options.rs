//! How documents are read: the options that several commands share.

use std::path::PathBuf;

use clap::ValueEnum;
use hedgerow::corpus::{Encoding, HtmlPart, MaxDocument, ReadOptions, SheetChoice};
use hedgerow::text::WrapPolicy;

use super::error::{Error, Result};

/// How the documents are read.
#[derive(clap::Args)]
#[command(next_help_heading = "Reading")]
pub struct ReadArguments {
    /// The encoding of all documents without a byte-order mark (Shift_JIS, EUC-JP, ISO-2022-JP, UTF-8, UTF-16LE …); without it, it is detected
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Put � in the place of bytes that are not of the encoding, instead of refusing the document; run.json says how many
    #[arg(long)]
    allow_malformed: bool,
    /// Which part of web pages to read: main (without navigation and the like), all, or css:SELECTOR
    #[arg(long, value_name = "PART", default_value = "main")]
    html: HtmlPart,
    /// The column of tables (.csv, .tsv, .jsonl, .xlsx) that holds the text; each row is a document. Without it: text, テキスト or 本文
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// The column of tables that names the row; without it, rows are numbered
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
    /// The sheet of workbooks (.xlsx) to read, or all of them; without it, the first that is visible
    #[arg(long, value_name = "NAME")]
    sheet: Option<SheetChoice>,
    /// How large a document may be of which all is held in memory: a page, a cell, a row of JSON Lines, a file of Office, a member of an archive
    #[arg(long, value_name = "SIZE", default_value = "64MB")]
    max_document: MaxDocument,
    /// Whether lines go on in the next, in text with line ends for a page's sake: auto (where that is plain), always, or never; alone it means always
    #[arg(long, value_name = "WHEN", default_value = "auto", default_missing_value = "always", num_args = 0..=1, require_equals = true)]
    wrapped: When,
}

/// When lines are joined.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum When {
    Auto,
    #[value(alias = "yes")]
    Always,
    #[value(alias = "no")]
    Never,
}

impl ReadArguments {
    /// What was asked for.
    pub fn reading(&self) -> ReadOptions {
        ReadOptions {
            encoding: self.encoding,
            allow_malformed: self.allow_malformed,
            html: self.html.clone(),
            text_column: self.text_column.clone(),
            id_column: self.id_column.clone(),
            sheet: self.sheet.clone().unwrap_or_default(),
            max_document: self.max_document,
            ..ReadOptions::default()
        }
    }

    /// The paths that were typed, with the files in the place of patterns.
    pub fn paths(&self, paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
        let is_when = |path: &&PathBuf| path.to_str().is_some_and(|text| When::from_str(text, true).is_ok());
        match paths.iter().find(is_when) {
            // `--wrapped auto`: taken as `--wrapped` alone and a path.
            Some(path) if self.wrapped == When::Always && !path.exists() => {
                Err(Error::own("program.wrapped_value", &[("value", &path.display())]))
            }
            _ => super::paths::expanded(paths),
        }
    }

    /// When lines are joined.
    pub fn wrapped(&self) -> WrapPolicy {
        match self.wrapped {
            When::Auto => WrapPolicy::Auto,
            When::Always => WrapPolicy::Always,
            When::Never => WrapPolicy::Never,
        }
    }
}
