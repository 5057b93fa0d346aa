//! How documents are read: the options that several commands share.

use hedgerow::corpus::{Encoding, HtmlPart, Reading};

/// How the documents are read.
#[derive(clap::Args)]
pub struct ReadingArguments {
    /// The encoding of all documents without a byte-order mark (Shift_JIS, EUC-JP, ISO-2022-JP, UTF-8, UTF-16LE …); without it, it is detected
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Put � in the place of bytes that are not of the encoding, instead of refusing the document; run.json says how many
    #[arg(long)]
    allow_malformed: bool,
    /// Which part of web pages to read: main (without navigation and the like), all, or css:SELECTOR
    #[arg(long, value_name = "PART", default_value = "main")]
    html: HtmlPart,
}

impl ReadingArguments {
    /// What was asked for.
    pub fn reading(&self) -> Reading {
        Reading { encoding: self.encoding, allow_malformed: self.allow_malformed, html: self.html.clone() }
    }
}
