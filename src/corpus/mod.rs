//! Documents: finding, opening and decoding them, and their variables.
//!
//! [`Corpus::open`] finds the files below some paths, and what the corpus needs to know of them before the first is
//! read; a [`DocumentReader`] gives the documents of each. What a file is, and how its text is extracted, is told by
//! one small file a format in `formats`.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod catching;
mod csv_rows;
mod decoding;
mod decoding_reader;
mod document;
mod document_reader;
mod encoding;
mod encoding_names;
mod error;
mod formats;
mod gold;
mod hashing;
mod input;
mod input_record;
mod leftovers;
mod limits;
mod long_text;
mod messages;
mod named_table;
mod opening;
mod read_option_error;
mod read_options;
mod search;
mod sheet_choice;
mod tsv_rows;
mod unmatched;
mod variables;

pub(crate) use csv_rows::{CsvError, CsvProblem, CsvRows};
pub(crate) use decoding::decode_text;
pub use document::Document;
pub use document_reader::DocumentReader;
pub use encoding::Encoding;
pub use error::{CorpusError, Damage, NoText, TableProblem};
pub use formats::{Compression, Form, HtmlPart, Kind, next_to_nothing};
pub use gold::{Gold, GoldMarker};
pub use input::{Input, Origin, STANDARD_INPUT};
pub use input_record::InputRecord;
pub use limits::MaxDocument;
pub(crate) use long_text::{LONG, LongText, TextReader};
pub(crate) use named_table::{NamedTable, document_name, read_file};
pub use opening::{Corpus, TablePassedOver};
pub use read_option_error::ReadOptionError;
pub use read_options::ReadOptions;
pub use sheet_choice::SheetChoice;
pub use unmatched::{Unlikeness, Unmatched, unmatched};
pub use variables::Variables;
