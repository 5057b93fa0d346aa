//! What the terminal shows.

pub mod comparison;
pub mod evaluation;
mod figures;
mod names;
pub mod progress;
pub mod summary;
mod table;

pub use figures::{counted, grouped};
pub use names::one_line;
