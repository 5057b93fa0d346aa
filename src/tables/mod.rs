//! The tables: their columns, writing them as CSV, and the record of the run.
//!
//! Files stand under a temporary name until all of them are complete: see [`Folder`].

mod categories;
mod columns;
mod concordance;
mod documents;
mod folder;
mod manifest;
mod markers;
mod table;

pub use categories::Categories;
pub use columns::{Column, columns};
pub use concordance::{Concordance, Line};
pub use documents::Documents;
pub use folder::Folder;
pub use manifest::{Identified, LexiconRecord, Manifest, OptionsRecord};
pub use markers::Markers;
pub use table::TableError;
