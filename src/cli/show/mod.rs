//! What the terminal shows.

pub mod comparison;
pub mod evaluation;
mod figures;
pub mod progress;
pub mod summary;
mod table;

pub use figures::{counted, grouped};
