//! Partial results: what is found in some of a corpus's documents, in lines that runs elsewhere add up ([`merge`]).
//!
//! A part is a line that says with what it was made ([`begin`]), a line for each document ([`row`]), and a line with a digest of
//! all before it ([`end`]), by which a part that was cut off is known. Parts may stand behind each other in a file.

mod begin;
mod coded;
mod end;
mod error;
mod id;
mod line_digest;
mod merge;
mod part;
mod row;
mod rows;
mod run;
mod sorting;

pub use error::PartError;
pub use merge::{MergeOptions, Merged, merge};
pub use part::{bytes_of_parts, verify_parts};
pub use run::{PartialRun, count_partial};
